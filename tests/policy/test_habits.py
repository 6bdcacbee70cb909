"""Habits: the hours and the channel learned from when and where somebody wrote, with both sides of each edge."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from scheduler.policy.habits import Hours, fitting, habitual_channel, habitual_hours

SHANGHAI = ZoneInfo("Asia/Shanghai")
NEW_YORK = ZoneInfo("America/New_York")
NOW = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)
"""Monday 10:00 in Shanghai."""
EVERY_DAY = frozenset(range(7))


def at(hour: int, days_ago: int = 1, channel: str = "web") -> tuple[datetime, str]:
    local = (NOW.astimezone(SHANGHAI) - timedelta(days=days_ago)).replace(hour=hour, minute=30)
    return local, channel


@pytest.mark.parametrize(
    ("written", "hours"),
    [
        ([], None),
        ([at(9, day) for day in range(1, 5)], None),
        ([at(9, day) for day in range(1, 6)], "09:00-10:00"),
        ([at(9, day) for day in range(86, 91)], None),  # the oldest is 90 days and half an hour old
        ([at(11, day) for day in range(85, 90)], "11:00-12:00"),
        ([at(9), at(9), at(9), at(20), at(20), at(20)], "09:00-10:00"),
        ([at(9), at(9), at(20), at(20), at(20)], "20:00-21:00"),
        ([at(8), at(9), at(10), at(11), at(12)], "08:00-11:00"),
        ([at(23, day) for day in range(1, 6)], "23:00-24:00"),
        ([at(0), at(1), at(22), at(23), at(12), at(12), at(12)], "12:00-23:00"),
    ],
)
def test_the_fewest_hours_in_which_half_of_the_messages_came(
    written: list[tuple[datetime, str]], hours: str | None
) -> None:
    learned = habitual_hours(written, SHANGHAI, NOW)
    assert (str(learned) if learned else None) == hours


def test_the_days_are_those_on_which_they_write() -> None:
    mondays = [at(9, 7 * week) for week in range(1, 9)]
    learned = habitual_hours([*mondays, at(9, 6)], SHANGHAI, NOW)  # one Tuesday among them
    assert learned is not None
    assert learned.days == {0, 1}
    learned = habitual_hours([*mondays, *mondays, at(9, 6)], SHANGHAI, NOW)
    assert learned is not None
    assert learned.days == {0}


@pytest.mark.parametrize(
    ("channels", "liked"),
    [
        ("web web web web", None),
        ("web web web web web", "web"),
        ("web web telegram telegram telegram", "telegram"),
        ("web web web telegram telegram telegram", None),
    ],
)
def test_the_channel_is_where_most_of_at_least_five_messages_came(channels: str, liked: str | None) -> None:
    assert habitual_channel([at(9, channel=one) for one in channels.split()], NOW) == liked


@pytest.mark.parametrize(
    ("now", "first"),
    [
        ("2026-11-23T08:59", "2026-11-23T09:00"),
        ("2026-11-23T09:00", "2026-11-23T09:00"),
        ("2026-11-23T11:59", "2026-11-23T11:59"),
        ("2026-11-23T12:00", "2026-11-24T09:00"),
    ],
)
def test_the_next_moment_in_somebodys_hours(now: str, first: str) -> None:
    hours = Hours(time(9), time(12))
    local = datetime.fromisoformat(now).replace(tzinfo=SHANGHAI)
    assert hours.next_from(SHANGHAI, local).astimezone(SHANGHAI).replace(tzinfo=None).isoformat()[:16] == first


def test_a_day_on_which_they_do_not_write_is_passed_over() -> None:
    hours = Hours(time(9), time(12), frozenset({4}))
    assert hours.next_from(SHANGHAI, NOW).astimezone(SHANGHAI).weekday() == 4


def test_hours_are_their_own_clock_on_the_day_on_which_it_is_put_back() -> None:
    saturday = datetime(2026, 10, 31, 15, 0, tzinfo=NEW_YORK)
    assert Hours(time(9), time(10)).next_from(NEW_YORK, saturday) == datetime(2026, 11, 1, 14, 0, tzinfo=UTC)


def test_hours_that_come_too_late_change_nothing() -> None:
    hours = Hours(time(13), time(14))
    wished = hours.next_from(SHANGHAI, NOW)
    assert fitting(hours, SHANGHAI, NOW, wished) == wished
    assert fitting(hours, SHANGHAI, NOW, wished - timedelta(seconds=1)) == NOW
    assert fitting(hours, SHANGHAI, NOW, None) == wished
    assert fitting(None, SHANGHAI, NOW, None) == NOW
