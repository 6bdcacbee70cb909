"""The words and measures that a policy is written in: request types, roles, spans of time, shifts, two-language labels."""

import re
from collections.abc import Mapping
from datetime import date, time, timedelta
from decimal import Decimal
from typing import Annotated, Literal, NamedTuple
from zoneinfo import ZoneInfo

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field
from pydantic_core import PydanticCustomError

RequestType = Literal["inquiry", "order_status", "service_request", "complaint", "fault", "price", "feedback", "other"]
Priority = Literal["low", "normal", "high", "urgent"]
Role = Literal["rep", "service", "engineer", "manager", "admin"]
Audience = Literal["owner", "owner_and_group", "manager"]
Clock = Literal["elapsed", "working"]
Weekday = Literal["mon", "tue", "wed", "thu", "fri", "sat", "sun"]
TouchKind = Literal[
    "call",
    "visit",
    "meeting",
    "chat",
    "review",
    "report",
    "case",
    "solution",
    "tips",
    "benefit",
    "trial",
    "diagnosis",
    "event",
    "greeting",
    "plan",
]
MessageKind = Literal[
    "reply",
    "update",
    "rating",
    "apology",
    "follow_up",
    "value_content",
    "maintenance",
    "renewal",
    "repurchase",
    "wake_up",
    "greeting",
    "greeting_benefit",
    "event",
    "survey",
    "campaign",
]

PRIORITIES: tuple[Priority, ...] = ("low", "normal", "high", "urgent")
WEEKDAYS: tuple[Weekday, ...] = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")

Filling = str | int | Decimal | date
Step = tuple[str, Mapping[str, Filling]]
"""One step of an explanation: the key of a text and what fills it. A datetime in it is local, ready to be shown."""

UNITS = {
    "s": timedelta(seconds=1),
    "min": timedelta(minutes=1),
    "h": timedelta(hours=1),
    "day": timedelta(days=1),
    "days": timedelta(days=1),
}
_PART = re.compile(r"(\d{1,6})\s*(s|min|h|days?)\b\s*")
_CLOCK = re.compile(r"([01]?\d|2[0-3]):([0-5]\d)")


class Section(BaseModel):
    """A part of the policy: never changed after it was read, and a word that nobody knows is an error."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Label(Section):
    """A name as people read it, in each language that the product speaks."""

    en: Annotated[str, Field(min_length=1)]
    zh_cn: Annotated[str, Field(min_length=1, alias="zh-CN")]

    def said_in(self, language: str) -> str:
        """Return the name in a language such as `zh-CN`; English for every language that it does not know."""
        return self.zh_cn if language.lower().startswith("zh") else self.en


class Shift(NamedTuple):
    """A stretch of a working day, in minutes after midnight; an end of 1440 is the midnight that closes the day."""

    opens: int
    closes: int


def read_span(value: object) -> timedelta:
    """Read `30 min`, `1 h 30 min` or `14 days`; zero and a bare number, whose unit nobody could tell, are refused."""
    if isinstance(value, timedelta):
        return value
    text = value.strip() if isinstance(value, str) else ""
    parts = _PART.findall(text)
    span = sum((int(number) * UNITS[unit] for number, unit in parts), timedelta())
    if not span or _PART.sub("", text):
        raise PydanticCustomError("span", "span")
    return span


def read_clock(value: object) -> time:
    """Read a time of day such as `08:30`."""
    if isinstance(value, time):
        return value
    match = _CLOCK.fullmatch(value.strip()) if isinstance(value, str) else None
    if match is None:
        raise PydanticCustomError("clock-time", "clock-time")
    return time(int(match[1]), int(match[2]))


def read_shift(value: object) -> Shift:
    """Read `09:00-12:00`; the end may be `24:00`, and comes after the start."""
    if isinstance(value, Shift):
        return value
    start, dash, end = value.partition("-") if isinstance(value, str) else ("", "", "")
    minutes = (_minutes(start), 1440 if end.strip() == "24:00" else _minutes(end))
    if not dash or minutes[0] is None or minutes[1] is None or minutes[0] >= minutes[1]:
        raise PydanticCustomError("shift", "shift")
    return Shift(minutes[0], minutes[1])


def _minutes(text: str) -> int | None:
    match = _CLOCK.fullmatch(text.strip())
    return int(match[1]) * 60 + int(match[2]) if match else None


def measured(span: timedelta) -> dict[str, str | int]:
    """Say a span as a whole number of its largest fitting unit, for texts: `{"amount": 90, "unit": "minutes"}`.

    Days stay hours, because a day of working time is not 24 hours; what is finer than a minute is rounded, except
    spans under a minute.
    """
    seconds = round(span.total_seconds())
    if abs(seconds) < 60:  # noqa: PLR2004 - seconds in a minute
        return {"amount": seconds, "unit": "seconds"}
    minutes = round(seconds / 60)
    return {"amount": minutes, "unit": "minutes"} if minutes % 60 else {"amount": minutes // 60, "unit": "hours"}


def zone_of(name: str | None) -> ZoneInfo | None:
    """Return the time zone of that name, or None if it is missing or nobody knows it."""
    try:
        return ZoneInfo(name) if name else None
    except (KeyError, ValueError, OSError):
        return None


Span = Annotated[timedelta, BeforeValidator(read_span)]
TimeOfDay = Annotated[time, BeforeValidator(read_clock)]
Hours = Annotated[Shift, BeforeValidator(read_shift)]
Id = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]*$")]
Percent = Annotated[int, Field(ge=0, le=100)]
Money = Annotated[Decimal, Field(ge=0, allow_inf_nan=False)]
Address = Annotated[str, Field(pattern=r"^[a-z]+:\S+$")]
