"""Days that bring a reason to write: festivals, birthdays, anniversaries, and which days were looked through already."""

from __future__ import annotations

from calendar import isleap
from collections.abc import Iterable, Iterator
from datetime import date, datetime, time, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from scheduler.policy.calendars import moment
from scheduler.policy.country import festival_day
from scheduler.policy.document import Policy
from scheduler.policy.sections import Festival
from storage.celebrants import birthday_mark
from storage.store import Store

AHEAD: Final = timedelta(days=15)
"""So far ahead birthdays and festivals are looked for: further than any holiday week, before which they are prepared."""
BACK: Final = timedelta(days=31)
"""After a longer standstill, days that are over are not even shown as missed."""
OLDEST: Final = 60
"""Years back that a cooperation may have begun."""
DAY: Final = timedelta(days=1)
LOOKED: Final = "occasions looked for"
"""The setting that says on which company day the calendar was looked through, and up to which day."""
LEAP_DAY, DAY_BEFORE = (2, 29), (2, 28)


def company_day(policy: Policy, now: datetime) -> date:
    return now.astimezone(policy.company.zone).date()


def looked_on(store: Store) -> str | None:
    """Tell on which company day the calendar was looked through last."""
    known: str | None = (store.settings.get(LOOKED) or {}).get("on")
    return known


def take_days(store: Store, today: date) -> list[date]:
    """Give the days that nobody has looked at yet, up to the furthest that matters today; they count as looked at."""
    known = store.settings.get(LOOKED)
    first = max(date.fromisoformat(known["until"]) + DAY, today - BACK) if known else today
    last = max(today + AHEAD, first - DAY)
    store.settings.set(LOOKED, {"on": today.isoformat(), "until": last.isoformat()})
    return [first + n * DAY for n in range((last - first).days + 1)]


def festivals_on(policy: Policy, days: Iterable[date]) -> Iterator[tuple[Festival, date]]:
    """Find the festivals of these days."""
    for day in days:
        for festival in policy.occasions.festivals:
            if festival_day(festival.country, festival.holiday, day.year) == day:
                yield festival, day


def languages_of(policy: Policy, culture: str) -> list[str]:
    """Give the languages whose speakers are taken to be of a culture."""
    return [language for language, known in policy.occasions.cultures.items() if known == culture]


def birthday_marks(days: Iterable[date]) -> dict[str, date]:
    """Give the marks of the birthdays kept on these days; who was born on a leap day has the 28th in other years."""
    marks: dict[str, date] = {}
    for day in days:
        marks[birthday_mark(f"{day:%m-%d}")] = day
        if _stands_for_leap_day(day):
            marks[birthday_mark("02-29")] = day
    return marks


def same_day_before(zone: ZoneInfo, day: date) -> list[tuple[datetime, datetime]]:
    """Give this day of the year in every earlier year, as spans in a zone; the 28th stands for a leap day."""
    years = [year for year in range(day.year - OLDEST, day.year) if isleap(year) or (day.month, day.day) != LEAP_DAY]
    first = [day.replace(year=year) for year in years]
    last = [date(one.year, 3, 1) if _stands_for_leap_day(day) else one + DAY for one in first]
    return [(moment(zone, a, time()), moment(zone, b, time())) for a, b in zip(first, last, strict=True)]


def _stands_for_leap_day(day: date) -> bool:
    return (day.month, day.day) == DAY_BEFORE and not isleap(day.year)
