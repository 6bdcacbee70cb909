"""Mornings: one message a person and working day, whatever goes down when; nobody hears it off duty, nobody misses it."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest

from bot.app import Bot
from bot.channels.webchat.channel import WebChat
from handlers.cards import Card
from handlers.morning_cards import slot_of
from scheduler.policy.document import default_text
from storage.database import Database
from storage.inbox import Event
from tests.policy.samples import changed
from tests.team import FALLBACK, Team, make_team, shanghai, wall
from tests.world import Colleague, World, all_words

BEAT = timedelta(minutes=30)


@pytest.fixture
def team(world: World) -> Team:
    return make_team(world)


def mornings(team: Team, who: Colleague) -> list[str]:
    """When somebody was wished a good morning, or greeted later the same day."""
    return [at for at, title in team.heard(who) if title.partition(":")[0].endswith(who.person.name)]


@pytest.mark.parametrize(
    ("until", "down", "heard", "covers"),
    [
        ("11-25 08:29:59", {"seconds": 2}, "11-25 08:30", ""),
        ("11-25 08:00:00", {"minutes": 59}, "11-25 08:59", ""),
        ("11-25 08:29:59", {"minutes": 59}, "11-25 09:28", ""),
        ("11-25 08:29:00", {"hours": 25}, "11-26 09:29", "This covers 2 days, since 24 Nov."),
        ("11-25 08:29:00", {"days": 7}, "12-02 08:30", "This covers 8 days, since 24 Nov."),
        ("11-25 08:29:00", {"hours": 10}, "11-26 08:30", "This covers 2 days, since 24 Nov."),  # up after work
    ],
)
def test_what_was_missed_while_the_bot_was_down_is_said_once_with_its_age(
    team: Team, until: str, down: dict[str, float], heard: str, covers: str
) -> None:
    world = team.world
    world.until(shanghai(until), step=timedelta(hours=3))
    before = mornings(team, team.li)
    world.sleeps(**down)
    world.until(shanghai(heard), step=BEAT)
    world.until(shanghai(f"{heard[:5]} 18:00"), step=BEAT)
    assert mornings(team, team.li) == [*before, heard]
    card = team.li.cards()[-1]
    assert card.text == covers
    rungs = team.calls(team.li)
    assert len({rung for _, rung, _ in rungs}) == len(rungs), "no rung twice"
    assert all(said == called for called, _, said in rungs)
    world.until(world.now + timedelta(days=1), step=timedelta(hours=2))
    assert "covers" not in all_words(team.li.cards()[-1]), "the next one is an ordinary morning"


def test_a_quiet_morning_says_nothing_and_is_no_gap(team: Team) -> None:
    team.world.until(shanghai("11-25 09:00"), step=BEAT)
    team.li.types("/crm log Acme called, all well")
    team.world.until(shanghai("12-03 09:00"), step=timedelta(hours=2))
    said = [at for at in mornings(team, team.li) if at > "11-25 09:00"]
    assert said == ["12-03 09:00"], "next due on Monday 7: two working days ahead is Thursday"
    assert "covers" not in all_words(team.li.cards()[-1]), "seven quiet mornings were mornings"


def test_a_free_day_and_the_evening_have_no_morning(database: Database) -> None:
    world = World(database, changed("extra_holidays: []", "extra_holidays: [2026-11-27]"), shanghai("11-25 19:00"))
    team = make_team(world)
    world.beat()
    assert team.heard(team.li) == [], "who is put on record in the evening hears of it in the morning"
    world.until(shanghai("12-01 08:00"), step=BEAT)
    assert [at[:5] for at in mornings(team, team.li)] == ["11-26", "11-30"]
    world.end()


def test_a_make_up_saturday_is_a_working_day_and_national_day_is_none(database: Database) -> None:
    world = World(database, changed("language: zh-CN", "language: en"), shanghai("09-28 19:00"))
    team = make_team(world)
    late = team.add("Late Ltd", shanghai("09-10 15:00"), owner=team.li)
    assert late.customer is not None
    world.until(shanghai("10-12 18:00"), step=timedelta(hours=2, minutes=15))
    days = [at[:5] for at in mornings(team, team.li)]
    assert days == ["09-29", "09-30", "10-08", "10-09", "10-10", "10-12"]
    world.end()


def test_who_is_on_leave_hears_nothing_and_their_deputy_has_their_day_with_their_name(team: Team) -> None:
    mo = team.world.colleague("Mo Yan")
    away = {"deputy_id": mo.person.id, "away_until": shanghai("11-27 00:00")}
    team.world.change(lambda store: store.staff.change(team.li.person.id, **away))
    team.world.until(shanghai("11-27 10:00"), step=BEAT)
    assert mornings(team, team.li) == ["11-27 08:30"]
    assert mornings(team, mo) == ["11-23 10:30", "11-24 08:30", "11-25 08:30", "11-26 08:30"]
    assert "with Li Na" in all_words(mo.cards()[-1])
    assert [rung for _, rung, _ in team.calls(mo)] == [1, 2]
    assert [rung for _, rung, _ in team.calls(team.li)] == [3]


def test_who_is_on_leave_without_a_deputy_hears_on_return_how_long_it_was(team: Team) -> None:
    team.world.until(shanghai("11-24 12:00"), step=BEAT)
    team.world.change(lambda store: store.staff.change(team.li.person.id, away_until=shanghai("12-04 00:00")))
    team.world.until(shanghai("12-04 09:00"), step=timedelta(hours=2))
    assert mornings(team, team.li)[2:] == ["12-04 09:00"]
    team.li.hears("This covers 10 days, since 24 Nov.", "Acme Ltd")
    assert [(rung, said[:5]) for _, rung, said in team.calls(team.li)][1:] == [(2, "12-04"), (3, "12-04")]


def test_who_is_back_early_has_a_morning_again(team: Team) -> None:
    team.world.change(lambda store: store.staff.change(team.li.person.id, away_until=shanghai("12-20 00:00")))
    team.world.until(shanghai("11-24 12:00"), step=BEAT)
    team.world.change(lambda store: store.staff.change(team.li.person.id, away_until=None))
    team.world.until(shanghai("11-25 09:00"), step=BEAT)
    assert mornings(team, team.li) == ["11-24 12:30", "11-25 08:30"], "what they were called for waits no longer"


def test_each_person_has_their_own_morning_and_a_call_across_zones_waits_for_it(team: Team) -> None:
    team.world.change(lambda store: store.staff.change(team.sun.person.id, zone="America/New_York"))
    team.world.until(shanghai("11-28 12:00"), step=BEAT)
    assert team.calls(team.sun) == [("11-27 08:30", 3, "11-27 21:30")], "08:30 in New York is 21:30 in Shanghai"
    assert mornings(team, team.sun) == ["11-27 21:30"]


def test_who_moves_to_another_zone_has_one_morning_a_day(team: Team) -> None:
    team.world.until(shanghai("11-24 12:00"), step=BEAT)
    team.world.change(lambda store: store.staff.change(team.li.person.id, zone="America/New_York"))
    team.world.until(shanghai("11-27 12:00"), step=BEAT)
    assert mornings(team, team.li)[2:] == ["11-25 21:30", "11-26 21:30"], "Tuesday's was heard in Shanghai"
    assert not any(post.edited for post in team.world.posts(team.li.address)), "nothing was said over again"


def test_another_hour_in_the_policy_keeps_one_morning_a_day(team: Team) -> None:
    team.world.until(shanghai("11-24 12:00"), step=BEAT)
    team.world.adopt(default_text().replace("language: zh-CN", "language: en").replace('"08:30"', '"10:30"'))
    team.world.until(shanghai("11-26 12:00"), step=BEAT)
    assert mornings(team, team.li)[2:] == ["11-25 10:30", "11-26 10:30"]


def test_a_morning_that_does_not_get_through_is_said_at_the_fallback_place(team: Team) -> None:
    team.world.until(shanghai("11-24 09:00"), step=BEAT)
    (key,) = [key for key in keys(team) if key.split(":")[1] == team.li.person.id][-1:]
    body = {"key": key, "state": "failed", "channel": "web", "address": team.li.address, "error": "gone"}
    team.world.hands_in(Event("outbox", f"{key}:failed", "delivery news", body=body | {"receipt": True}))
    said = team.wang.hears("This is for Li Na, whom I could not reach", "Acme Ltd", place=FALLBACK)
    assert "Log" in [button.label for button in said.every_button]
    assert team.wang.count("did not get through", place=FALLBACK) == 0, "said once, not as an alarm as well"
    sent = Event("outbox", f"{key}:sent", "delivery news", body=body | {"state": "sent", "error": None})
    team.world.hands_in(sent)
    assert team.wang.count("whom I could not reach", place=FALLBACK) == 1


def keys(team: Team) -> list[str]:
    sent = team.world.ask(lambda store: store.outbox.in_state("sent", limit=1000))
    return [message.key for message in sent if message.key.startswith("morning:")]


def test_whoever_leads_people_hears_a_digest_in_the_same_place(team: Team, monkeypatch: pytest.MonkeyPatch) -> None:
    boss = team.world.colleague("Boss", "admin")
    team.world.colleague("Clerk", "admin")
    team.world.change(lambda store: store.staff.change(team.wang.person.id, manager_id=boss.person.id))
    wanted: list[dict[str, Any]] = []
    monkeypatch.setitem(team.world.bot.routes.answers, "digest wanted", lambda _ctx, facts: wanted.append(facts))
    team.world.until(shanghai("11-24 09:00"), step=BEAT)
    assert {facts["person"].name for facts in wanted} == {"Wang Qiang", "Boss"}
    today = [facts for facts in wanted if facts["person"].name == "Wang Qiang"][-1]
    morning = team.world.ask(lambda store: store.mornings.get(today["morning"]))
    assert morning is not None
    assert (wall(today["since"]), wall(morning.said_at)) == ("11-23 10:30", "11-24 08:30")
    assert today["slot"] == slot_of(team.wang.person.id, morning.day)


def test_a_second_event_of_the_same_day_says_nothing_over_again(team: Team) -> None:
    team.world.until(shanghai("11-24 09:00"), step=BEAT)
    id_ = team.li.person.id
    team.world.hands_in(Event("clock", f"morning:{id_}:again", "morning", body={"person": id_}))
    assert mornings(team, team.li) == ["11-23 10:30", "11-24 08:30"]
    assert not any(post.edited for post in team.world.posts(team.li.address))


def test_who_left_has_no_morning(team: Team) -> None:
    team.world.change(lambda store: store.staff.change(team.li.person.id, active=False))
    team.world.until(shanghai("11-25 09:00"), step=BEAT)
    assert team.heard(team.li) == []


@pytest.fixture
def replicas(database: Database) -> Iterator[tuple[Team, Bot]]:
    if database.is_sqlite:
        pytest.skip("one process has a SQLite file")
    world = World(database)
    other = world._runner.run(_replica(database, world))
    yield make_team(world), other
    other.writer.stop()
    world.end()


async def _replica(database: Database, world: World) -> Bot:
    return Bot(database, [WebChat()], None, world.clock)


def test_two_replicas_say_each_morning_and_call_once(replicas: tuple[Team, Bot]) -> None:
    team, other = replicas
    for n in range(6):
        owner = team.world.colleague(f"Rep {n}", manager_id=team.wang.person.id)
        team.add(f"Client {n}", shanghai("11-13 10:00"), owner=owner)
    for moment in ("11-23 10:00:00", "11-24 08:30:00", "11-25 08:30:00", "11-25 08:30:05", "11-25 08:30:10"):
        team.world.clock.moment = shanghai(moment)
        team.world._runner.run(_together(team.world.bot, other))
    assert mornings(team, team.li) == ["11-23 10:00", "11-24 08:30", "11-25 08:30"]
    said = keys(team)
    assert len(said) == len(set(said))
    unheard = team.world.ask(lambda store: store.reminders.unheard())
    assert unheard == {}
    assert [rung for _, rung, _ in team.calls(team.li)] == [1, 2]


async def _together(*bots: Bot) -> None:
    """Let both beat at once and work until neither has anything left."""
    await asyncio.gather(*(bot.beat() for bot in bots))
    for _ in range(200):
        turns = await asyncio.gather(*(bot.pump.turn() for bot in bots))
        deliveries = [task for bot in bots for task in bot.pump._deliveries]
        if deliveries:
            await asyncio.wait(deliveries)
        elif not any(turn.moved for turn in turns) and not any(bot.pump._settlements for bot in bots):
            return


def test_what_a_card_says_is_settled_where_it_was_said_even_days_later(team: Team) -> None:
    team.world.until(shanghai("11-27 09:00"), step=BEAT)
    team.world.sleeps(days=2)
    team.li.presses("Log", row="Acme", words="called on Sunday")
    (friday,) = [post for post in team.world.posts(team.li.address) if wall(post.at) == "11-27 08:30"]
    assert "✓ Acme Ltd: call, noted" in all_words(Card.model_validate(friday.card))
