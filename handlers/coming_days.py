"""Coming days: the day that somebody names in passing, as “Friday”, “3 Dec”, “in three days” or 下周五."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, timedelta
from typing import Final

from prompts.phrases import LANGUAGES, phrases

_MONTHS: Final = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_WEEKDAYS: Final = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_CHINESE: Final = "一二三四五六日"
_NAME_OF_MONTH: Final = rf"(?P<month>{'|'.join(_MONTHS)})[a-z]*\.?"
WEEK: Final = 7


def _in_full(found: re.Match[str], _: date) -> date:
    return date(int(found["year"]), int(found["month"]), int(found["day"]))


def _this_year_or_next(found: re.Match[str], today: date) -> date:
    name = found["month"]
    month = int(name) if name.isdigit() else _MONTHS.index(name) + 1
    day = date(today.year, month, int(found["day"]))
    return day if day >= today else day.replace(year=today.year + 1)


def _in_days(found: re.Match[str], today: date) -> date:
    return today + timedelta(days=int(found["days"]))


def _weekday(found: re.Match[str], today: date) -> date:
    """Give the next day of that name; 下周 means the week after this one."""
    name = found["day"]
    place = _WEEKDAYS.index(name) if name in _WEEKDAYS else _CHINESE.index(name.replace("天", "日"))
    if found["next"]:
        return today + timedelta(days=WEEK - today.weekday() + place)
    return today + timedelta(days=(place - today.weekday() - 1) % WEEK + 1)


_READERS: Final[tuple[tuple[str, Callable[[re.Match[str], date], date]], ...]] = (
    (r"(?P<year>\d{4})[-/.年](?P<month>\d{1,2})[-/.月](?P<day>\d{1,2})", _in_full),
    (r"(?P<month>\d{1,2})月(?P<day>\d{1,2})", _this_year_or_next),
    (rf"\b(?P<day>\d{{1,2}})(?:st|nd|rd|th)?[- ]{_NAME_OF_MONTH}", _this_year_or_next),
    (rf"\b{_NAME_OF_MONTH} (?P<day>\d{{1,2}})(?!\d)", _this_year_or_next),
    (r"(?P<days>\d{1,3}) ?(?:days?\b|天)", _in_days),
    (rf"\b(?P<next>next )?(?P<day>{'|'.join(_WEEKDAYS)})(?:day|sday|nesday|rsday|urday|s|nes|rs|urs)?\b", _weekday),
    (r"(?P<next>下)?(?:个)?(?:周|星期|礼拜)(?P<day>[一二三四五六日天])", _weekday),
)
"""From the plainest to the vaguest."""


def day_coming(words: str, today: date) -> date | None:
    """Read the day that words name, seen from today; None if they name none, or one that no calendar has."""
    folded = words.casefold()
    for count, key in ((2, "day-words-after-tomorrow"), (1, "day-words-tomorrow")):
        spoken = (word for language in LANGUAGES for word in phrases(language)(key).split("|"))
        if any(word.casefold() in folded for word in spoken):
            return today + timedelta(days=count)
    for pattern, read in _READERS:
        found = re.search(pattern, folded)
        if found:
            try:
                return read(found, today)
            except (ValueError, OverflowError):
                return None
    return None
