"""My day: one card of all that waits for a person, within what they may see, with honest counts."""

from __future__ import annotations

from datetime import timedelta

import pytest

from handlers.cards import Card
from storage.database import Database
from tests.telegram.stage import Stage
from tests.world import Colleague, Guest, World, all_words

COMPLAINT = "My order arrived damaged, I want to complain!"
SQLITE = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


def due(world: World, name: str, owner: Colleague | None, days: float = 0) -> Guest:
    """Put a customer on record whose touch was due so many days ago, at nine in Shanghai."""
    at = world.now - timedelta(days=days, hours=1)
    return world.customer(name, owner=owner, tier="strategic", touch_due_at=at)


def day(who: Colleague) -> Card:
    who.types("/crm day")
    return who.cards()[-1]


def rows(who: Colleague) -> list[str]:
    """Give the headings and the first lines of what they hold."""
    return [row.text.splitlines()[0].split(" (strategic")[0] for row in day(who).rows]


def test_a_day_lists_what_waits_for_me_in_this_order_and_opens_each(world: World) -> None:
    li = world.colleague("Li Na")
    due(world, "Acme", li, days=5)
    due(world, "Beta", li)
    due(world, "Later", li, days=-3)
    delta = world.customer("Delta", contact="Dai", owner=li)
    li.types("/crm log Delta called about the pump")
    li.types("/crm draft Delta follow-up")
    world.customer("Comet", owner=li).writes(COMPLAINT)
    number = world.ticket.number
    heads = ["Overdue with you: 1", "Due today: 1", "Your tickets: 1", "Drafts that wait for your yes: 1"]
    names = ["Acme", "Beta", f"{number} · Comet · complaint", "Dai (Delta) · follow-up"]
    shown = rows(li)
    assert shown[::2] == heads
    assert [line.startswith(name) for line, name in zip(shown[1::2], names, strict=True)] == [True] * 4, shown
    assert day(li).text == "1 overdue · 1 due today · 1 ticket · 1 draft"

    li.presses("Show", row=number)
    li.hears(COMPLAINT, "Take it")
    li.presses("Show", row="Beta")
    li.hears("Contact due: Beta")
    li.presses("Log", row="Acme", words="called, all is well")
    assert "Overdue" not in rows(li)[0]
    li.presses("Show", row="Delta")
    assert li.cards()[-1].title.startswith("Draft for Dai"), "the draft's card came down to where its maker looks"
    li.presses("Send")
    world.wait(seconds=30, step=timedelta(seconds=10))
    delta.hears("We spoke on the phone")
    assert li.count("Draft for Dai") == 1


@SQLITE
@pytest.mark.parametrize(
    ("language", "line"), [("en", "Nothing is waiting for you. A good moment"), ("zh-CN", "眼下没有等你处理的事")]
)
def test_a_quiet_day_is_one_friendly_line(world: World, language: str, line: str) -> None:
    card = day(world.colleague("Li Na", language=language))
    assert card.text.startswith(line)
    assert (card.rows, card.lines, card.fields, len(card.buttons)) == ((), (), (), 1)


@SQLITE
@pytest.mark.parametrize(
    ("many", "heading", "rest"),
    [
        (4, "Overdue with you: 4", False),
        (5, "Overdue with you: 5 (the first 4)", True),
        (6, "Overdue with you: at least 6 (the first 4)", True),
    ],
)
def test_a_list_that_is_cut_says_how_many_there_are(
    world: World, monkeypatch: pytest.MonkeyPatch, many: int, heading: str, *, rest: bool
) -> None:
    monkeypatch.setattr("handlers.day_touches.MOST", 6)
    li = world.colleague("Li Na")
    for number in range(many):
        due(world, f"Customer {number}", li, days=2 + number)
    assert rows(li)[0] == heading
    assert rows(li)[1].startswith(f"Customer {many - 1}"), "the longest overdue comes first"
    assert ("All due customers" in all_words(day(li))) is rest


@SQLITE
def test_the_first_promise_to_end_comes_first_and_what_waits_for_the_customer_last(world: World) -> None:
    li = world.colleague("Li Na", "service")
    for name, minutes in (("Slow", 0), ("Asked", 0), ("Quick", 0)):
        world.customer(name, owner=li, tier="strategic" if name == "Quick" else None).writes(COMPLAINT)
        world.wait(minutes=minutes + 1, step=timedelta(minutes=1))
    asked = next(t for t in world.tickets() if t.customer_id and _name(world, t.customer_id) == "Asked")
    li.types(f"/crm ticket wait {asked.number} words:which colour?")
    assert "waiting for the customer" not in all_words(day(li)), "a first answer is owed until it has left"
    world.wait(seconds=15, step=timedelta(seconds=5))
    tickets = [row for row in day(li).rows if "complaint" in row.text]
    assert [row.text.split(" · ")[1] for row in tickets][-1] == "Asked"
    assert "waiting for the customer" in tickets[-1].text
    world.wait(hours=2)
    late = [row.text for row in day(li).rows if "late by" in row.text]
    assert len(late) == 2
    assert day(li).tone == "alarm"


def _name(world: World, customer_id: str) -> str:
    known = world.ask(lambda store: store.customers.get(customer_id))
    return known.name if known else ""


@SQLITE
def test_a_manager_sees_what_is_amiss_in_the_team_and_nobody_else_does(world: World) -> None:
    boss = world.colleague("Boss", "manager")
    li = world.colleague("Li Na", manager_id=boss.person.id)
    bob, other = world.colleague("Bob"), world.colleague("Other", "manager")
    world.customer("Acme", owner=li).writes(COMPLAINT)
    assert "late or without" not in all_words(day(boss)), "a promise that still holds is no exception"
    world.stranger().writes(COMPLAINT)
    assert any("Your team, late or without an owner: 1" in line for line in rows(boss))
    assert "no owner yet" in all_words(day(boss))
    world.wait(hours=3)
    assert "Acme" in all_words(day(boss))
    assert "Li Na · late by" in all_words(day(boss))
    assert "Acme" not in all_words(day(other))
    assert "Acme" not in all_words(day(bob))
    assert "Your team" not in all_words(day(li))
    due(world, "Nova", li, days=3)
    assert "Overdue with you" not in all_words(day(boss)), "a rep's own customers are the rep's"
    boss.presses("Show", row="Acme")
    boss.hears(COMPLAINT, "Acme")


@SQLITE
def test_a_day_is_refreshed_on_its_own_card_in_the_readers_zone(world: World) -> None:
    ada = world.colleague("Ada", zone="America/New_York")
    assert day(ada).footer == "As of 21:00 on Sun 22 Nov"
    world.clock.moment += timedelta(minutes=5)
    due(world, "Acme", ada, days=1)
    ada.presses("Refresh")
    assert ada.count("My day") == 1
    ada.hears("As of 21:05 on Sun 22 Nov", "Acme")


@SQLITE
def test_a_stand_in_sees_what_waits_for_the_absent_and_drafts_too_old_are_gone(world: World) -> None:
    mo = world.colleague("Mo")
    li = world.colleague("Li Na", deputy_id=mo.person.id)
    due(world, "Acme", li, days=1)
    li.types("/crm log Acme called about the pump")
    world.change(
        lambda s: s.customers.change(s.customers.find(s.staff.scope(li.person), "Acme")[0], touch_due_at=world.now)
    )
    li.types("/crm draft Acme follow-up")
    assert "Acme" not in all_words(day(mo))
    world.change(lambda s: s.staff.change(li.person.id, away_until=world.now + timedelta(days=30)))
    assert "Drafts that wait for your yes: 1" in rows(mo)
    mo.presses("Show", row="kept until")
    mo.hears("Draft for", "Send")
    world.clock.moment += world.bot.policies.current.conversation.draft_lifetime
    assert "Drafts" not in all_words(day(mo))


@SQLITE
def test_a_foreign_draft_is_as_missing_as_none(world: World) -> None:
    li, bob = world.colleague("Li Na"), world.colleague("Bob")
    world.customer("Acme", owner=li)
    li.types("/crm log Acme called about the pump")
    li.types("/crm draft Acme follow-up")
    (draft,) = world.ask(lambda s: s.drafts.listed({li.person.id}))
    for id_ in (draft.id, "0" * 32):
        bob.runs("draft show", draft=id_)
        assert all_words(bob.cards()[-1]) == "There is no such draft here."
    li.presses("Drop")
    li.runs("draft show", draft=draft.id)
    li.hears("This card has moved on")


@SQLITE
@pytest.mark.parametrize(
    ("language", "title", "refresh", "log"), [("en", "My day", "Refresh", "Log"), ("zh-CN", "我的一天", "刷新", "记录")]
)
def test_in_telegram_a_day_is_one_message_refreshed_in_place(
    database: Database, language: str, title: str, refresh: str, log: str
) -> None:
    stage = Stage(database)
    try:
        li = stage.worker("Li Na", language=language)
        assert li.person is not None
        owner = Colleague(stage, "", li.person)
        due(stage, "Acme", owner, days=2)
        li.writes("/day")
        buttons = list(li.hears(title, "Acme").buttons)
        assert (buttons[0], buttons[-1]) == (log, refresh)
        due(stage, "Beta", owner, days=1)
        li.presses(refresh)
        lines = li.hears(title, "Beta").text.splitlines()
        assert li.count(title) == 1
        assert [line[:2] for line in lines if "Acme" in line or "Beta" in line] == ["1.", "2."], (
            "headings have no number"
        )
    finally:
        stage.end()
