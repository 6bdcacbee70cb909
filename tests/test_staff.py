"""Colleagues come, go away, come back and leave; who left hears nothing more, and a typo silences nobody."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from bot.operations import (
    Hands,
    OperationRefused,
    add_person,
    bring_back,
    list_people,
    remove_person,
    send_away,
)
from tests.world import Colleague, Guest, World, all_words

COMPLAINT = "My order arrived damaged, I want to complain!"


def hands(world: World) -> Hands:
    return Hands(world.change, world.ask, lambda: world.now, lambda: world.bot.policies.current)


def added(world: World, name: str, **more: Any) -> Colleague:
    """Put somebody on record as an operator does."""
    id_ = add_person(hands(world), **{"name": name, "role": "rep", "addresses": {}, **more})["id"]
    person = world.ask(lambda s: s.staff.get(id_))
    assert person is not None
    return Colleague(world, f"staff:{id_}", person)


def company(world: World) -> tuple[Colleague, Colleague, Guest]:
    wang = world.colleague("Wang Qiang", "manager")
    li = world.colleague("Li Na", manager_id=wang.person.id)
    return wang, li, world.customer("Galaxy Ltd", contact="Chen Wei", owner=li, tier="growth")


def fall_due(world: World, guest: Guest) -> None:
    """Let a customer have been due to be contacted since yesterday."""
    customer = guest.customer
    assert customer is not None
    moments = {"touch_due_at": world.now - timedelta(days=1), "touch_next_at": world.now}
    world.change(lambda s: s.customers.change(customer, **moments))


@pytest.mark.parametrize(("wrong", "key"), [({"zone": "Berlin"}, "zone"), ({"language": "de"}, "language")])
def test_a_zone_or_language_that_nobody_knows_is_refused_before_it_silences_anybody(
    world: World, wrong: dict[str, str], key: str
) -> None:
    with pytest.raises(OperationRefused) as refusal:
        added(world, "Li Na", **wrong)
    assert refusal.value.key == f"operator-{key}"
    assert list_people(hands(world)) == []


def test_a_zone_that_is_wrong_on_record_keeps_no_customer_waiting(world: World) -> None:
    li = world.colleague("Li Na", zone="Berlin")
    chen = world.customer("Galaxy Ltd", owner=li, tier="growth")
    chen.writes(COMPLAINT)
    chen.hears(world.ticket.number)
    li.hears(world.ticket.number)
    fall_due(world, chen)
    world.wait(hours=30, step=timedelta(hours=1))
    li.hears("Galaxy Ltd", "due")


def test_what_is_given_of_a_known_colleague_changes_the_rest_stays(world: World) -> None:
    added(world, "Boss", role="manager")
    added(world, "Li Na", manager="Boss", zone="Asia/Shanghai")
    add_person(hands(world), name="Li Na", role="service", addresses={}, language="zh-CN", zone="Europe/Berlin")
    _, li = sorted(list_people(hands(world)), key=lambda person: person["name"])
    assert (li["role"], li["language"], li["zone"]) == ("service", "zh-CN", "Europe/Berlin")
    assert li["manager_id"] is not None


def test_a_mistyped_slack_id_is_nobody_once_it_is_corrected(world: World) -> None:
    added(world, "Li Na", addresses={"slack": "UWRONG", "telegram": "7"})
    li = added(world, "Li Na", addresses={"slack": "URIGHT"})
    assert world.ask(lambda s: s.staff.at("slack", "UWRONG")) is None
    assert world.ask(lambda s: s.staff.at("slack", "URIGHT")) == li.person
    (listed,) = list_people(hands(world))
    assert listed["addresses"] == {"slack": "URIGHT", "telegram": "7", "web": li.address}


def test_every_address_and_who_is_here_away_or_gone_stands_in_the_list(world: World) -> None:
    ada, _, _ = (added(world, name) for name in ("Ada", "Bob", "Cai"))
    for address in ("U1", "U2"):
        world.change(lambda s, address=address: s.staff.bind(ada.person.id, "slack", address))  # type: ignore[misc]
    send_away(hands(world), name="Bob", until="2026-11-30")
    remove_person(hands(world), name="Cai")
    listed = {person["name"]: person for person in list_people(hands(world))}
    assert {name: person["state"] for name, person in listed.items()} == {"Ada": "here", "Bob": "away", "Cai": "left"}
    assert listed["Ada"]["addresses"]["slack"] == "U1, U2"


def test_who_is_removed_can_do_nothing_and_hears_nothing_more(world: World) -> None:
    wang, li, chen = company(world)
    chen.writes(COMPLAINT)
    left = remove_person(hands(world), name="Li Na")
    assert (left["customers"], left["tickets"]) == (1, 1)
    before = len(li.cards())
    chen.writes(COMPLAINT + " secret words")
    world.wait(minutes=70)
    assert len(li.cards()) == before
    wang.hears("Galaxy Ltd")
    li.types("/crm customer list")
    li.hears("don't know you yet")
    li.hears_nothing("secret words")


def test_a_new_ticket_of_somebody_who_left_is_their_managers(world: World) -> None:
    wang, _, chen = company(world)
    remove_person(hands(world), name="Li Na")
    chen.writes(COMPLAINT)
    assert world.ticket.owner_id == wang.person.id
    wang.hears(world.ticket.number, "Take it")


def test_who_comes_back_is_the_same_person(world: World) -> None:
    _, li, chen = company(world)
    remove_person(hands(world), name="Li Na")
    added(world, "Li Na")
    chen.writes(COMPLAINT)
    li.hears(world.ticket.number)


def test_a_deputy_hears_and_sees_until_the_person_is_back(world: World) -> None:
    _, li, chen = company(world)
    sun = world.colleague("Sun Bo")
    send_away(hands(world), name="Li Na", until="2026-11-30", deputy="Sun Bo")
    chen.writes(COMPLAINT)
    sun.hears(world.ticket.number)
    sun.types("/crm who Galaxy")
    sun.hears("Galaxy Ltd", "Li Na")
    bring_back(hands(world), name="Li Na")
    sun.types("/crm customer list")
    assert "Galaxy Ltd" not in all_words(sun.cards()[-1])
    world.wait(days=4, step=timedelta(hours=12))
    chen.writes("I want to complain about the invoice as well!")
    li.hears("invoice")
    sun.hears_nothing("invoice")


def test_away_lasts_through_the_last_day_on_the_persons_own_clock(world: World) -> None:
    added(world, "Li Na", zone="Asia/Shanghai")
    send_away(hands(world), name="Li Na", until="2026-11-23")
    world.until(world.now.replace(hour=15, minute=59), step=timedelta(hours=1))
    assert list_people(hands(world))[0]["state"] == "away"
    world.wait(minutes=1)
    assert list_people(hands(world))[0]["state"] == "here"


@pytest.mark.parametrize(
    ("wrong", "key"),
    [
        ({"until": "soon"}, "operator-day"),
        ({"until": "2026-11-22"}, "operator-day-over"),
        ({"deputy": "Li Na"}, "operator-own-deputy"),
        ({"deputy": "Nobody"}, "operator-person"),
    ],
)
def test_what_cannot_be_meant_by_away_is_refused_in_words(world: World, wrong: dict[str, str], key: str) -> None:
    added(world, "Li Na")
    with pytest.raises(OperationRefused) as refusal:
        send_away(hands(world), **{"name": "Li Na", "until": "2026-11-30", **wrong})
    assert refusal.value.key == key


def test_who_stands_in_for_a_stand_in_hears_and_sees(world: World) -> None:
    _, _, chen = company(world)
    world.colleague("Sun Bo")
    zhao = world.colleague("Zhao Min")
    send_away(hands(world), name="Li Na", until="2026-11-30", deputy="Sun Bo")
    send_away(hands(world), name="Sun Bo", until="2026-11-30", deputy="Zhao Min")
    chen.writes(COMPLAINT)
    zhao.hears(world.ticket.number)
    zhao.types("/crm who Galaxy")
    zhao.hears("Galaxy Ltd", "Li Na")


def test_two_who_stand_in_for_each_other_do_not_hang(world: World) -> None:
    _, li, chen = company(world)
    world.colleague("Sun Bo")
    send_away(hands(world), name="Li Na", until="2026-11-30", deputy="Sun Bo")
    send_away(hands(world), name="Sun Bo", until="2026-11-30", deputy="Li Na")
    chen.writes(COMPLAINT)
    li.hears(world.ticket.number)


def test_a_deputy_who_left_hears_nothing(world: World) -> None:
    _, _, chen = company(world)
    sun = world.colleague("Sun Bo")
    send_away(hands(world), name="Li Na", until="2026-11-30", deputy="Sun Bo")
    remove_person(hands(world), name="Sun Bo")
    chen.writes(COMPLAINT)
    world.wait(minutes=40)
    assert sun.cards() == []


def test_a_manager_who_left_hears_nothing(world: World) -> None:
    wang, _, chen = company(world)
    remove_person(hands(world), name="Wang Qiang")
    chen.writes(COMPLAINT)
    world.wait(minutes=70)
    assert wang.cards() == []


def test_reminders_that_cannot_be_made_are_one_dead_letter_a_day_not_one_a_beat(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    _, _, chen = company(world)
    fall_due(world, chen)

    def broken(*_: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setitem(world.bot.routes.answers, "touches due", broken)
    world.wait(minutes=40, step=timedelta(seconds=30))
    assert world.ask(lambda s: (len(s.inbox.dead()), s.inbox.count("new"))) == (1, 0)
    world.wait(hours=24, minutes=10, step=timedelta(minutes=10))
    assert world.ask(lambda s: (len(s.inbox.dead()), s.inbox.count("new"))) == (2, 0)
