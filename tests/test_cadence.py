"""Cadence kept: rounds are counted once, full days give way, a follow-up brings the next date forward."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from scheduler.cadence import keep_touch
from scheduler.due_touches import DueTouches
from scheduler.policy.cadence import spread
from storage.columns import new_id
from storage.customers import Customer
from storage.rounds import Round
from storage.store import Store
from storage.touches import Touch
from tests.policy.samples import calendar, default
from tests.team import SHANGHAI, Team, due_day, make_team, record, shanghai, wall
from tests.world import Colleague, World

CHINA = calendar()
FULL = 12


@pytest.fixture
def team(world: World) -> Team:
    return make_team(world)


@pytest.mark.parametrize(
    ("touched", "outcome", "counted"),
    [
        ("11-20 10:00", "kept", "11-20 10:00"),  # days before it was due: it counts on that day
        ("11-25 08:00", "kept", "11-25 08:00"),
        ("11-25 23:59", "kept", "11-25 08:30"),  # the due day lasts until the owner's midnight
        ("11-26 00:01", "late", "11-25 08:30"),
    ],
)
def test_a_round_is_kept_until_the_due_day_ends(team: Team, touched: str, outcome: str, counted: str) -> None:
    touch(team, shanghai(touched))
    (kept,) = rounds(team)
    assert (kept.outcome, wall(kept.due_at), wall(kept.counted_at)) == (outcome, "11-25 08:30", counted)
    assert (kept.owner_id, kept.tier) == (team.li.person.id, "strategic")


def test_what_is_no_real_touch_ends_no_round_and_a_second_one_of_the_day_ends_no_second(team: Team) -> None:
    touch(team, shanghai("11-24 10:00"), "message")
    assert rounds(team) == []
    touch(team, shanghai("11-24 11:00"))
    touch(team, shanghai("11-24 15:00"))
    assert [one.outcome for one in rounds(team)] == ["kept"]
    touch(team, shanghai("12-08 09:00"))
    assert [one.outcome for one in rounds(team)] == ["late", "kept"]


def test_a_touch_that_is_logged_after_a_newer_one_moves_no_date_back(team: Team) -> None:
    touch(team, shanghai("11-24 10:00"))
    due = due_day(team.world, team.acme)
    touch(team, shanghai("11-18 10:00"))
    assert due_day(team.world, team.acme) == due
    assert len(rounds(team)) == 1


@pytest.mark.parametrize(
    ("load", "expected"),
    [
        ({}, "11-25"),
        ({"11-25": FULL - 1}, "11-25"),  # the twelfth still fits
        ({"11-25": FULL}, "11-24"),  # of days that are loaded alike the latest
        ({"11-25": FULL, "11-24": 3, "11-23": 2}, "11-23"),
        ({"11-25": FULL, "11-24": 30, "11-23": 20}, "11-25"),  # a fuller day is no better
        ({"11-25": FULL, "11-24": FULL, "11-23": FULL}, "11-25"),
        ({"11-25": 30, "11-24": FULL, "11-23": FULL}, "11-24"),  # a heap no day can take is spread evenly
    ],
)
def test_a_full_day_gives_way_to_the_least_loaded_shortly_before(load: dict[str, int], expected: str) -> None:
    days = {shanghai(f"{day} 08:30").astimezone(SHANGHAI).date(): count for day, count in load.items()}
    due = spread(default(), shanghai("11-25 08:30"), days, CHINA, after=shanghai("11-20 15:00"))
    assert wall(due) == f"{expected} 08:30"


@pytest.mark.parametrize(
    ("after", "expected"), [("11-19 10:00", "11-20"), ("11-20 10:00", "11-23"), ("11-23 10:00", "11-23")]
)
def test_nobody_is_due_on_the_day_of_the_last_contact_or_before(after: str, expected: str) -> None:
    """Monday 23: the working days before it are Friday and Thursday."""
    full = {shanghai("11-23 08:30").astimezone(SHANGHAI).date(): FULL}
    due = spread(default(), shanghai("11-23 08:30"), full, CHINA, after=shanghai(after))
    assert wall(due) == f"{expected} 08:30"


def test_a_logged_contact_falls_due_earlier_where_its_day_is_full_and_dues_that_stand_do_not_move(team: Team) -> None:
    busy = [team.add(f"Busy {n}", shanghai("11-25 09:00"), owner=team.li) for n in range(FULL)]
    assert {due_day(team.world, guest) for guest in busy} == {"12-07 08:30"}
    touch(team, shanghai("11-25 11:00"))
    assert due_day(team.world, team.acme) == "12-04 08:30"  # Friday, not Monday
    assert {due_day(team.world, guest) for guest in busy} == {"12-07 08:30"}


def test_two_thousand_customers_that_come_at_once_make_no_heap_that_the_window_could_take(team: Team) -> None:
    world, owners = team.world, [team.li, team.sun, team.wang]
    policy, people = world.bot.policies.current, {one.person.id: one.person for one in owners}
    due = world.ask(lambda _: _placed_at_once(DueTouches(policy, world.now, timedelta(), people), owners, 2000))
    heap = max(due.values())
    spread_out = world.ask(
        lambda s: _placed_at_once(
            DueTouches(policy, world.now, timedelta(), people, s.customers.due_days), owners, 2000
        )
    )
    assert max(spread_out.values()) <= heap // 3 + 1
    assert len(spread_out) == 3 * len(due)
    few = world.ask(
        lambda s: _placed_at_once(DueTouches(policy, world.now, timedelta(), people, s.customers.due_days), owners, 90)
    )
    assert max(few.values()) <= FULL


def _placed_at_once(touches: DueTouches, owners: list[Colleague], count: int) -> Counter[tuple[str, datetime]]:
    """Place so many customers who were all contacted today; count what falls on each day of each owner."""
    found: Counter[tuple[str, datetime]] = Counter()
    for n in range(count):
        owner = owners[n % len(owners)].person.id
        since = touches.now - timedelta(days=900)
        customer = Customer(new_id(), f"C{n}", owner_id=owner, last_touch_at=touches.now, since=since)
        due, _ = touches.of(customer, "growth", None)
        found[owner, due] += 1
    return found


@pytest.mark.parametrize(
    ("again_on", "expected"),
    [("2026-12-01", "12-01 08:30"), ("2026-12-05", "12-07 08:30"), ("2026-12-20", "12-07 08:30")],
)
def test_a_follow_up_is_due_on_its_day_if_that_is_earlier(team: Team, again_on: str, expected: str) -> None:
    """Saturday 5 December moves to Monday, which the rhythm says as well."""
    day = datetime.fromisoformat(again_on).date()
    world = team.world
    world.change(
        lambda s: keep_touch(
            s, world.bot.policies.current, record(s, team.acme), _touch(team, s, shanghai("11-25 10:00")), again_on=day
        )
    )
    assert due_day(world, team.acme) == expected


@pytest.mark.parametrize(("touched", "outcome"), [("11-25 12:59", "kept"), ("11-25 13:00", "late")])
def test_the_owners_midnight_decides_wherever_the_server_is(team: Team, touched: str, outcome: str) -> None:
    """What is due on Wednesday morning in Shanghai is due on Tuesday evening in New York."""
    team.world.change(lambda s: s.staff.change(team.li.person.id, zone="America/New_York"))
    touch(team, shanghai(touched))
    assert [one.outcome for one in rounds(team)] == [outcome]


def touch(team: Team, at: datetime, how: str = "call") -> None:
    team.world.change(lambda s: keep(s, team, record(s, team.acme), at, how))


def keep(store: Store, team: Team, customer: Customer, at: datetime, how: str) -> None:
    made = replace(_touch(team, store, at), customer_id=customer.id, kind=how)
    keep_touch(store, team.world.bot.policies.current, customer, made)


def _touch(team: Team, store: Store, at: datetime) -> Touch:
    return Touch(new_id(), record(store, team.acme).id, "call", "talked", at, staff_id=team.li.person.id)


def rounds(team: Team) -> list[Round]:
    return team.world.ask(lambda s: s.rounds.of(record(s, team.acme).id))
