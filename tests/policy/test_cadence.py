"""When the next touch is due, and which mornings remind of it."""

from datetime import UTC, date, datetime

import pytest

from scheduler.policy.cadence import counts_as_touch, is_new, next_touch, rungs
from scheduler.policy.units import TouchKind
from tests.policy.samples import BERLIN, NEW_YORK, SHANGHAI, calendar, default, in_zone, shanghai

CHINA = calendar()
LONG_AGO = datetime(2020, 1, 1, tzinfo=UTC)


@pytest.mark.parametrize(
    ("tier", "last", "expected"),
    [
        ("strategic", "2026-03-04 15:00", "2026-03-16 08:30"),  # 12 days, a Monday
        ("strategic", "2026-03-02 15:00", "2026-03-16 08:30"),  # Saturday the 14th moves to Monday
        ("growth", "2026-03-04 15:00", "2026-04-07 08:30"),  # 4 April is a Saturday, the 5th and 6th Tomb-Sweeping
        ("growth", "2026-03-31 15:00", "2026-04-30 08:30"),  # April has no 31st
        ("dormant", "2026-03-04 15:00", "2026-06-04 08:30"),
        ("strategic", "2026-02-02 09:00", "2026-02-14 08:30"),  # a make-up Saturday is a working day
        ("strategic", "2026-02-03 09:00", "2026-02-24 08:30"),  # Sunday the 15th, then Spring Festival
        ("strategic", "2026-09-18 09:00", "2026-09-30 08:30"),  # the last day before National Day
        ("strategic", "2026-09-19 09:00", "2026-10-08 08:30"),  # 1 October: the whole week is free
        ("strategic", "2026-09-25 09:00", "2026-10-08 08:30"),  # 7 October, its last free day
        ("strategic", "2026-09-28 09:00", "2026-10-10 08:30"),  # Saturday the 10th is worked for it
        ("strategic", "2026-09-29 09:00", "2026-10-12 08:30"),  # Sunday the 11th is not
        ("strategic", "2026-09-08 09:00", "2026-09-20 08:30"),  # Sunday the 20th is worked as well
        ("growth", "2026-01-30 15:00", "2026-02-28 08:30"),  # February has no 30th; that Saturday is a make-up day
        ("growth", "2026-12-31 15:00", "2027-02-01 08:30"),  # 31 January is a Sunday
        ("dormant", "2026-11-30 15:00", "2027-03-01 08:30"),  # 28 February is a Sunday
        ("core", "2026-03-04 15:00", "2026-04-07 08:30"),
        ("potential", "2026-03-04 15:00", "2026-05-06 08:30"),  # 4 and 5 May are free after Labour Day
        ("base", "2026-03-04 15:00", "2026-09-04 08:30"),
        ("strategic_core", "2026-03-04 15:00", "2026-05-06 08:30"),
        ("key_business", "2026-03-04 15:00", "2026-06-04 08:30"),
        ("cultivation", "2026-03-04 15:00", "2027-03-04 08:30"),
        ("churn_warning", "2026-03-05 09:00", "2026-03-09 08:30"),  # two working days
        (None, "2026-03-04 15:00", "2026-04-07 08:30"),
        ("of an older policy", "2026-03-04 15:00", "2026-04-07 08:30"),
    ],
)
def test_the_next_touch_is_due_by_tier_on_a_working_morning(tier: str | None, last: str, expected: str) -> None:
    due = next_touch(
        default(), tier=tier, last_touch=shanghai(last), customer_since=LONG_AGO, calendar=CHINA, zone=SHANGHAI
    )
    assert due == shanghai(expected)


@pytest.mark.parametrize(
    ("last", "expected"),
    [
        (None, "2026-03-09 08:30"),  # never touched: a week after they came
        ("2026-03-03 10:00", "2026-03-10 08:30"),
        ("2026-05-23 10:00", "2026-06-01 08:30"),  # +7 is day 89 of 90, a Saturday
        ("2026-05-24 10:00", "2026-08-24 08:30"),  # +7 is day 90, past the first days: three months
        ("2026-02-01 10:00", "2026-03-09 08:30"),  # a talk before they were a customer does not count
    ],
)
def test_new_customers_are_touched_every_week_for_their_first_days(last: str | None, expected: str) -> None:
    due = next_touch(
        default(),
        tier="dormant",
        last_touch=None if last is None else shanghai(last),
        customer_since=shanghai("2026-03-02 12:00"),
        calendar=CHINA,
    )
    assert due == shanghai(expected)


@pytest.mark.parametrize(("now", "new"), [("2026-05-30 23:59", True), ("2026-05-31 00:00", False)])
def test_the_first_days_end_at_the_owner_s_midnight(now: str, new: bool) -> None:  # noqa: FBT001 - a table's column
    since = shanghai("2026-03-02 12:00")
    assert is_new(default(), customer_since=since, now=shanghai(now), zone=SHANGHAI) is new


def test_a_touch_late_at_night_belongs_to_the_owner_s_day() -> None:
    late = in_zone("2026-03-04 23:30", NEW_YORK)  # already the 5th in UTC
    office = calendar("America/New_York", "US")
    due = next_touch(default(), tier="strategic", last_touch=late, customer_since=LONG_AGO, calendar=office)
    assert due == in_zone("2026-03-16 08:30", NEW_YORK)  # summer time has begun in between


def test_an_owner_far_from_their_calendar_is_reminded_in_their_own_morning() -> None:
    due = next_touch(
        default(),
        tier="strategic",
        last_touch=shanghai("2026-03-04 15:00"),
        customer_since=LONG_AGO,
        calendar=CHINA,
        zone=BERLIN,
    )
    assert due == in_zone("2026-03-16 08:30", BERLIN)
    assert rungs(default(), due, CHINA, BERLIN)[1].at == due


@pytest.mark.parametrize(
    ("due", "mornings"),
    [
        ("2026-03-16 08:30", ["2026-03-12", "2026-03-16", "2026-03-18", "2026-03-23"]),
        ("2026-02-24 08:30", ["2026-02-13", "2026-02-24", "2026-02-26", "2026-03-02"]),  # make-up days count
        ("2026-03-14 08:30", ["2026-03-12", "2026-03-16", "2026-03-18", "2026-03-23"]),  # snoozed to a Saturday
    ],
)
def test_reminders_climb_on_working_mornings(due: str, mornings: list[str]) -> None:
    ladder = rungs(default(), shanghai(due), CHINA)
    assert [rung.name for rung in ladder] == ["ahead", "due", "overdue_2", "overdue_5"]
    assert [rung.audience for rung in ladder] == ["owner", "owner", "owner_and_group", "manager"]
    assert [rung.at for rung in ladder] == [shanghai(f"{day} 08:30") for day in mornings]


@pytest.mark.parametrize(
    ("kind", "tier", "new", "counts"),
    [
        ("call", "strategic", False, True),
        ("greeting", "strategic", False, False),
        ("case", "growth", False, True),
        ("benefit", "dormant", False, True),
        ("benefit", "dormant", True, False),  # no selling in the first days
        ("visit", "strategic", False, True),
        ("meeting", "strategic", False, True),
        ("review", "strategic", False, True),
        ("chat", "strategic", False, False),
        ("case", "strategic", False, False),
        ("case", "strategic", True, True),  # any tier in its first days: value and cases
        ("solution", "growth", False, True),
        ("tips", "growth", False, True),
        ("benefit", "growth", False, False),
        ("greeting", "growth", False, False),
        ("trial", "dormant", False, True),
        ("diagnosis", "dormant", False, True),
        ("tips", "dormant", False, False),
        ("greeting", "dormant", True, False),
        ("call", "core", False, True),
        ("chat", "core", False, False),
        ("visit", "strategic_core", False, True),
        ("call", "strategic_core", False, False),
        ("report", "key_business", False, True),
        ("call", "churn_warning", False, True),
        ("chat", "churn_warning", False, False),
        ("greeting", "base", False, True),
        ("greeting", None, False, True),
    ],
)
def test_only_real_touches_count(kind: TouchKind, tier: str | None, new: bool, counts: bool) -> None:  # noqa: FBT001 - a table's columns
    assert counts_as_touch(default(), kind, tier=tier, new=new) is counts


def test_dates_are_the_owner_s_and_not_utc_s() -> None:
    assert CHINA.local_date(datetime(2026, 3, 2, 16, tzinfo=UTC)) == date(2026, 3, 3)
