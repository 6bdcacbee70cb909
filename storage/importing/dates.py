"""Dates as people write them, and which of day and month comes first in a file."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from typing import Final
from zoneinfo import ZoneInfo

from storage.importing.cells import Cell, folded
from storage.importing.problems import BadCell

EARLIEST: Final = datetime(1990, 1, 1, tzinfo=UTC)
"""Before it a date is a slip: empty cells of spreadsheets become 1900, those of programs 1970."""
OLDEST: Final = 120
"""Years that somebody may have lived."""
LOOKED_AT: Final = 1000
"""Dates of a file that decide whether its day and month need telling apart at all."""
_SERIALS: Final = range(30_000, 80_000)  # spreadsheet days of 1982 to 2119
_EPOCH: Final = datetime(1899, 12, 30)  # noqa: DTZ001 - a wall time, as everything in a spreadsheet
_MONTHS: Final = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]
_MONTH: Final = r"(?P<month>[a-z]{3})[a-z]*\.?"

_TWO_WAYS = re.compile(r"(?P<one>\d{1,2})[-/.](?P<two>\d{1,2})[-/.](?P<year>\d{4})(?P<rest>\D.*)?", re.ASCII)
_DATES: Final = tuple(
    re.compile(pattern + r"(?P<rest>\D.*)?", re.ASCII)
    for pattern in (
        r"(?P<year>\d{4})[-/.年] ?(?P<month>\d{1,2})[-/.月] ?(?P<day>\d{1,2}) ?[日号]?",
        r"(?P<year>\d{4})(?P<month>\d{2})(?P<day>\d{2})",
        rf"(?P<day>\d{{1,2}})[- ]{_MONTH}[-, ]+(?P<year>\d{{4}})",
        rf"{_MONTH} (?P<day>\d{{1,2}})(?:st|nd|rd|th)?,? (?P<year>\d{{4}})",
    )
)
_BIRTHDAYS: Final = tuple(
    re.compile(pattern, re.ASCII)
    for pattern in (
        r"(?:--)?(?P<month>\d{2})-(?P<day>\d{2})",
        r"(?P<month>\d{1,2})月 ?(?P<day>\d{1,2}) ?[日号]?",
        rf"(?P<day>\d{{1,2}})(?:st|nd|rd|th)?[- ]{_MONTH}",
        rf"{_MONTH} (?P<day>\d{{1,2}})(?:st|nd|rd|th)?",
    )
)
_TIME = re.compile(
    r"[t, ]*(?:\(?(?:星期|周).\)?)? ?(?P<before>上午|下午|晚上|凌晨|am|pm)? ?"
    r"(?P<hour>\d{1,2})[:时点](?:(?P<minute>\d{1,2})分?)?(?::?(?P<second>\d{1,2})(?:\.\d+)?秒?)? ?(?P<after>am|pm)?"
    r" ?(?P<zone>z|utc|[-+]\d{2}:?\d{2})?",
    re.ASCII,
)
_NO_TIME = re.compile(r"[t, ]*(?:\(?(?:星期|周).\)?)?")
_AFTERNOON: Final = frozenset({"下午", "晚上", "pm"})


def day_comes_first(values: Iterable[Cell]) -> bool | None:
    """Tell whether a file writes 13/1/2025 or 1/13/2025, from the first date that can be read in one way only.

    None if no date needs it, or if no date tells: then those that could be read in two ways are refused.
    """
    needed = False
    for place, value in enumerate(values):
        match = _TWO_WAYS.fullmatch(folded(value)) if isinstance(value, str) else None
        if match is None:
            if place >= LOOKED_AT and not needed:
                return None
            continue
        needed = True
        if max(int(match["one"]), int(match["two"])) > len(_MONTHS):
            return int(match["one"]) > int(match["two"])
    return None


def moment(value: Cell, zone: ZoneInfo, *, day_first: bool | None) -> datetime:
    """Read when something was, in UTC; a wall time is one of `zone`.

    Raises:
        BadCell: it is missing, no date, before 1990, or its day and month could be swapped.
    """
    wall = _wall(value, day_first=day_first)
    try:
        at = (wall if wall.tzinfo else wall.replace(tzinfo=zone)).astimezone(UTC)
    except (OverflowError, ValueError):
        raise BadCell("import-refused-date-range") from None
    if at < EARLIEST:
        raise BadCell("import-refused-date-range")
    return at


def day(value: Cell, *, day_first: bool | None) -> date:
    """Read a calendar day, such as the end of a contract.

    Raises:
        BadCell: it is missing, no date, before 1990, or its day and month could be swapped.
    """
    found = _wall(value, day_first=day_first).date()
    if found < EARLIEST.date():
        raise BadCell("import-refused-date-range")
    return found


def birthday(value: Cell, today: date, *, day_first: bool | None) -> str:
    """Read a birthday as `1986-05-24`; as `05-24` where the year is not told, as in 5月24日, 24 May or 05-24.

    Raises:
        BadCell: it is missing, no date, not of somebody alive today, or its day and month could be swapped.
    """
    text = folded(value).casefold() if isinstance(value, str) else ""
    for pattern in _BIRTHDAYS:
        if match := pattern.fullmatch(text):
            month = match["month"]
            return _in_leap_year(int(month) if month.isdigit() else _month(month), int(match["day"]))
    found = _wall(value, day_first=day_first).date()
    if not today.year - OLDEST <= found.year or found > today:
        raise BadCell("import-refused-birthday")
    return found.isoformat()


def _in_leap_year(month: int, day: int) -> str:
    try:
        return f"{date(2000, month, day):%m-%d}"
    except ValueError:
        raise BadCell("import-refused-date") from None


def _wall(value: Cell, *, day_first: bool | None) -> datetime:
    if isinstance(value, datetime):
        return value
    if isinstance(value, date):
        return datetime.combine(value, time())
    if isinstance(value, float | int) and not isinstance(value, bool):
        return _of_serial(float(value))
    if value is None or isinstance(value, str):
        return _written(value or "", day_first=day_first)
    raise BadCell("import-refused-date")


@lru_cache(maxsize=65_536)
def _written(value: str, *, day_first: bool | None) -> datetime:
    text = folded(value).casefold()
    if not text:
        raise BadCell("import-refused-no-date")
    try:
        return _of_text(text, day_first=day_first)
    except ValueError:  # the 30th of February, 25 o'clock
        raise BadCell("import-refused-date") from None


def _of_text(text: str, *, day_first: bool | None) -> datetime:
    for pattern in _DATES:
        if match := pattern.fullmatch(text):
            month = match["month"]
            month_number = int(month) if month.isdigit() else _month(month)
            return _with_time(date(int(match["year"]), month_number, int(match["day"])), match["rest"])
    if match := _TWO_WAYS.fullmatch(text):
        day, month_number = _told_apart(int(match["one"]), int(match["two"]), day_first=day_first)
        return _with_time(date(int(match["year"]), month_number, day), match["rest"])
    return _of_serial(float(text))


def _month(name: str) -> int:
    return _MONTHS.index(name) + 1


def _told_apart(one: int, two: int, *, day_first: bool | None) -> tuple[int, int]:
    """Give day and month; a date that can be read in one way only needs nothing else."""
    if one > len(_MONTHS) or one == two:
        return one, two
    if two > len(_MONTHS):
        return two, one
    if day_first is None:
        raise BadCell("import-refused-ambiguous-date")
    return (one, two) if day_first else (two, one)


def _with_time(day: date, rest: str | None) -> datetime:
    if not rest or _NO_TIME.fullmatch(rest):
        return datetime.combine(day, time())
    match = _TIME.fullmatch(rest)
    if match is None:
        raise BadCell("import-refused-date")
    hour = _hour(int(match["hour"]), match["before"] or match["after"])
    clock = time(hour, int(match["minute"] or 0), int(match["second"] or 0))
    wall = datetime.combine(day, clock)
    return wall.replace(tzinfo=datetime.fromisoformat(f"2000-01-01T00:00{_offset(match['zone'])}").tzinfo)


def _hour(hour: int, half: str | None) -> int:
    if half is None:
        return hour
    return hour % 12 + (12 if half in _AFTERNOON else 0) if hour <= len(_MONTHS) else hour


def _offset(zone: str | None) -> str:
    return "" if zone is None else "+00:00" if zone in {"z", "utc"} else zone


def _of_serial(days: float) -> datetime:
    """Read the days since 1900 that a spreadsheet shows where a date has lost its format."""
    if not _SERIALS.start <= days < _SERIALS.stop:
        raise BadCell("import-refused-date")
    return _EPOCH + timedelta(seconds=round(days * 86_400))
