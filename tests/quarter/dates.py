"""Dates by our own short arithmetic: offices with their week and holidays, and when a customer is due again."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from functools import cached_property
from zoneinfo import ZoneInfo

import holidays
from dateutil.relativedelta import relativedelta

MORNING = time(8, 30)
DAY = timedelta(days=1)
LADDER: tuple[int, ...] = (-2, 0, 2, 5)
"""Working days before and after the due day: ahead, due, with the group, with the manager."""
NEW_DAYS = 90
RHYTHMS: Mapping[str | None, relativedelta] = {
    "strategic": relativedelta(days=12),
    "growth": relativedelta(months=1),
    "dormant": relativedelta(months=3),
    None: relativedelta(months=1),
}
WEEKLY = relativedelta(days=7)
TALKS = frozenset({"call", "visit", "meeting"})
COUNTS: Mapping[str | None, frozenset[str]] = {
    "strategic": TALKS,
    "growth": TALKS | {"message"},
    "dormant": TALKS | {"message"},
    "new": TALKS | {"message"},
    None: TALKS | {"message", "greeting", "other"},
}


@dataclass(frozen=True)
class Office:
    """One place of the company: its clock, its week, its country's free days."""

    key: str
    zone: ZoneInfo
    country: str
    part: str | None
    opens: time
    closes: tuple[time, ...]
    """When work ends, Monday first; no entry for a free weekday."""
    language: str = "en"
    _known: dict[date, bool] = field(default_factory=dict, repr=False, compare=False, hash=False)

    @cached_property
    def _holidays(self) -> holidays.HolidayBase:
        return holidays.country_holidays(self.country, subdiv=self.part, years=(2026, 2027))

    def works(self, day: date) -> bool:
        if day not in self._known:
            free = day in self._holidays
            made_up = day in getattr(self._holidays, "weekend_workdays", ())
            self._known[day] = not free and (day.weekday() < len(self.closes) or made_up)
        return self._known[day]

    def next(self, day: date) -> date:
        """Give that day if it is worked, otherwise the next that is."""
        while not self.works(day):
            day += DAY
        return day

    def shift(self, day: date, count: int) -> date:
        """Walk so many worked days forwards or back."""
        day, step = (self.next(day), DAY if count > 0 else -DAY)
        while count:
            day += step
            count -= (1 if step > timedelta() else -1) * self.works(day)
        return day

    def at(self, day: date, clock: time = MORNING) -> datetime:
        return datetime.combine(day, clock, self.zone).astimezone(UTC)

    def day(self, at: datetime) -> date:
        return at.astimezone(self.zone).date()

    def end(self, day: date) -> datetime:
        """Tell when work ends on a worked day; a make-up day is worked like a Monday."""
        return self.at(day, self.closes[day.weekday()] if day.weekday() < len(self.closes) else self.closes[0])

    def speaks(self, at: datetime) -> datetime:
        """Tell when somebody who is called at this moment may hear it: now, or on the next worked morning."""
        day = self.day(at)
        if self.works(day) and at < self.at(day):
            return self.at(day)
        if self.works(day) and at < self.end(day):
            return at
        return self.at(self.next(day + DAY))

    def rungs(self, due: date) -> list[datetime]:
        return [self.at(self.shift(due, count)) for count in LADDER]


def offices() -> tuple[Office, ...]:
    six, five, two = time(18), time(17), time(14)
    return (
        Office("shanghai", ZoneInfo("Asia/Shanghai"), "CN", None, time(9), (six,) * 5, "zh-CN"),
        Office("berlin", ZoneInfo("Europe/Berlin"), "DE", "BE", time(8, 30), (five,) * 4 + (two,)),
        Office("new york", ZoneInfo("America/New_York"), "US", "NY", time(9), (time(17, 30),) * 5),
    )


def due_day(office: Office, tier: str | None, last: date, since: date) -> date:
    """Count a customer's next due day from the last real contact; new ones are seen weekly in their first days."""
    last = max(last, since)
    weekly = last + WEEKLY < since + timedelta(days=NEW_DAYS)
    return office.next(last + (WEEKLY if weekly else RHYTHMS[tier]))


def is_new(office: Office, since: date, at: datetime) -> bool:
    return (office.day(at) - since).days < NEW_DAYS


def counts(kind: str, tier: str | None, *, new: bool) -> bool:
    """Tell whether such a contact is a real one for this customer."""
    return kind in COUNTS["new" if new else tier]


def tier_of(orders: Mapping[str, tuple[datetime, float]], today: date, zone: ZoneInfo) -> str:
    """Sort a customer by the orders that are known, as of the end of a day: money of 12 months, silence of 6."""
    first = today - relativedelta(months=12)
    days = [(at.astimezone(zone).date(), amount) for at, amount in orders.values()]
    money = sum(amount for day, amount in days if first < day <= today)
    bought = [day for day, amount in days if amount > 0 and day <= today]
    if bought and today >= max(bought) + relativedelta(months=6):
        return "dormant"
    return "strategic" if money > 10_000 else "growth" if money >= 1_000 else "dormant"
