"""Policies and calendars for the tables: the default one, the default with a line changed, and three cities."""

from datetime import UTC, date, datetime, timedelta
from functools import cache
from zoneinfo import ZoneInfo

from scheduler.policy.calendars import Calendar
from scheduler.policy.document import Policy, default_text, parse
from scheduler.policy.sections import CalendarEntry

OFFICE = {"mon-fri": ["09:00-12:00", "13:00-18:00"]}
SHANGHAI, NEW_YORK, BERLIN = (ZoneInfo(name) for name in ("Asia/Shanghai", "America/New_York", "Europe/Berlin"))


def changed(old: str, new: str, *more: tuple[str, str]) -> str:
    """Return the default text with parts replaced; each must be there exactly once."""
    text = default_text()
    for before, after in ((old, new), *more):
        assert text.count(before) == 1, f"{before!r} is there {text.count(before)} times"
        text = text.replace(before, after)
    return text


@cache
def default() -> Policy:
    return parse(default_text())


@cache
def with_scheme(name: str) -> Policy:
    return parse(changed("use: value_bands", f"use: {name}"))


def calendar(
    zone: str = "Asia/Shanghai",
    country: str | None = "CN",
    week: dict[str, list[str]] | None = None,
    free: tuple[date, ...] = (),
    worked: tuple[date, ...] = (),
) -> Calendar:
    entry = {"zone": zone, "country": country, "week": week or OFFICE, "extra_holidays": free, "extra_workdays": worked}
    return Calendar(CalendarEntry.model_validate(entry))


def shanghai(text: str) -> datetime:
    """Read `2026-02-13 16:00` as a Shanghai wall time; the moment in UTC."""
    return in_zone(text, SHANGHAI)


def in_zone(text: str, zone: ZoneInfo) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=zone).astimezone(UTC)


def hours(number: float) -> timedelta:
    return timedelta(hours=number)
