"""Habits: on which channel and at which hours somebody mostly writes; learned from when they did."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from scheduler.policy.calendars import moment

LEARNED_FROM: Final = timedelta(days=90)
AT_LEAST: Final = 5
"""Fewer messages are no habit."""
HALF: Final = 0.5
"""The hours in which at least so many of their messages came."""
DAY: Final = 24


@dataclass(frozen=True, slots=True)
class Hours:
    """From one hour of somebody's own clock to another of the same day, on some weekdays (Monday is 0)."""

    starts: time
    ends: time
    days: frozenset[int] = frozenset(range(7))

    def __str__(self) -> str:
        ends = "24:00" if self.ends == time() else f"{self.ends:%H:%M}"
        return f"{self.starts:%H:%M}-{ends}"

    def next_from(self, zone: ZoneInfo, at: datetime) -> datetime:
        """Give the first moment from `at` on, in UTC, that lies in these hours."""
        local = at.astimezone(zone)
        for ahead in range(8):
            day = local.date() + timedelta(days=ahead)
            if day.weekday() not in self.days:
                continue
            begins = moment(zone, day, self.starts)
            ends = moment(zone, day + timedelta(days=1) if self.ends == time() else day, self.ends)
            if at < ends:
                return max(at, begins).astimezone(UTC)
        return at.astimezone(UTC)


def habitual_channel(written: Iterable[tuple[datetime, str]], now: datetime) -> str | None:
    """Name the channel on which most of somebody's messages came lately; None if those are too few for a habit."""
    counts = Counter(channel for at, channel in written if now - LEARNED_FROM < at <= now)
    if counts.total() < AT_LEAST:
        return None
    most = max(counts.values())
    best = sorted(channel for channel, count in counts.items() if count == most)
    return best[0] if len(best) == 1 else None


def habitual_hours(written: Iterable[tuple[datetime, str]], zone: ZoneInfo, now: datetime) -> Hours | None:
    """Give the fewest hours in a row in which half of somebody's messages came lately; None if those are too few.

    Of several such spans it is the one with more messages, then the earlier one. The days are those on which at least
    half of an even share came.
    """
    local = [at.astimezone(zone) for at, _ in written if now - LEARNED_FROM < at <= now]
    if len(local) < AT_LEAST:
        return None
    counts = Counter(at.hour for at in local)
    days = Counter(at.weekday() for at in local)
    for length in range(1, DAY + 1):
        spans = [
            (sum(counts[hour] for hour in range(start, start + length)), -start) for start in range(DAY - length + 1)
        ]
        count, start = max(spans)
        if count >= HALF * len(local):
            kept = frozenset(day for day, count in days.items() if count >= HALF * len(local) / 7)
            return Hours(time(-start), time((length - start) % DAY), kept)
    return None


def fitting(hours: Hours | None, zone: ZoneInfo, at: datetime, latest: datetime | None) -> datetime:
    """Put a moment off into somebody's hours; where those come too late to be of use, the moment stays as it is."""
    if hours is None:
        return at
    wished = hours.next_from(zone, at)
    return at if latest is not None and wished > latest else wished
