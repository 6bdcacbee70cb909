"""The sections of the policy document, one class each; what each number means stands in `default.yaml`."""

from datetime import date, timedelta
from typing import Annotated, Literal
from zoneinfo import ZoneInfo

from pydantic import BeforeValidator, Field, model_validator
from pydantic_core import PydanticCustomError

from scheduler.policy.units import (
    WEEKDAYS,
    Address,
    Audience,
    Clock,
    Hours,
    Id,
    Label,
    MessageKind,
    Percent,
    Priority,
    RequestType,
    Section,
    Shift,
    Span,
    TimeOfDay,
    TouchKind,
)

Language = Literal["en", "zh-CN"]
Count = Annotated[int, Field(ge=1, le=10_000)]


class Company(Section):
    name: Annotated[str, Field(min_length=1)]
    zone: ZoneInfo
    other_zones: tuple[ZoneInfo, ...] = ()
    language: Language
    calendar: Id

    @property
    def zones(self) -> tuple[ZoneInfo, ...]:
        return (self.zone, *self.other_zones)


class Every(Section):
    """A distance between two contacts, in exactly one unit."""

    days: Count | None = None
    months: Count | None = None
    working_days: Count | None = None

    @model_validator(mode="after")
    def _one_unit(self) -> "Every":
        if sum(unit is not None for unit in (self.days, self.months, self.working_days)) != 1:
            raise PydanticCustomError("one-unit", "one-unit")
        return self


class Rhythm(Section):
    """How often, and which touches are real ones; None lets every touch count."""

    every: Every
    counts: tuple[TouchKind, ...] | None = None


class TierRhythm(Rhythm):
    tier: Id


class NewCustomers(Rhythm):
    first: Span


class Spread(Section):
    """How many touches may fall due with one owner a day, and how many working days earlier the rest may be put."""

    most_a_day: Count = 12
    earlier: Annotated[int, Field(ge=0, le=10)] = 2


class Cadence(Section):
    tiers: tuple[TierRhythm, ...]
    otherwise: Rhythm
    new_customers: NewCustomers
    spread: Spread = Spread()


class RungEntry(Section):
    name: Id
    working_days: Annotated[int, Field(ge=-30, le=60)]
    audience: Audience


class Reminders(Section):
    morning: TimeOfDay
    ladder: Annotated[tuple[RungEntry, ...], Field(min_length=1)]


class PromiseLine(Section):
    """One promise; a request that several lines speak of gets the stricter of each figure."""

    name: Id
    types: tuple[RequestType, ...] | None = None
    tiers: tuple[Id, ...] | None = None
    first_response: Span | None = None
    under_way: Span | None = None
    resolution: Span | None = None
    closing: Span | None = None
    clock: Clock | None = None
    priority: Priority | None = None
    priority_up: Annotated[int, Field(ge=0, le=3)] = 0
    named_person: bool = False

    def speaks_of(self, request: str, tier: str | None) -> bool:
        return (self.types is None or request in self.types) and (self.tiers is None or tier in self.tiers)


class WarningEntry(Section):
    percent: Annotated[int, Field(ge=1, le=100)]
    audience: Audience


def spread_weekdays(value: object) -> object:
    """Turn `mon-fri: [...]` into one entry a day; a day named twice is an error, for the later would hide the first."""
    if not isinstance(value, dict):
        return value
    days: dict[str, object] = {}
    for key, hours in value.items():
        names = days_of(str(key))
        if not names:
            raise PydanticCustomError("weekday", "weekday", {"key": str(key)})
        if not days.keys().isdisjoint(names):
            raise PydanticCustomError("weekday-twice", "weekday-twice", {"key": str(key)})
        days.update(dict.fromkeys(names, hours))
    return days


def days_of(key: str) -> tuple[str, ...]:
    """Return the weekdays of a key such as `sat` or `mon-fri`; none if it is no weekday or runs backwards."""
    first, _, last = key.partition("-")
    names: tuple[str, ...] = WEEKDAYS
    if first not in names or (last or first) not in names:
        return ()
    return names[names.index(first) : names.index(last or first) + 1]


class Week(Section):
    """The shifts of each weekday; a day without shifts is free."""

    mon: tuple[Hours, ...] = ()
    tue: tuple[Hours, ...] = ()
    wed: tuple[Hours, ...] = ()
    thu: tuple[Hours, ...] = ()
    fri: tuple[Hours, ...] = ()
    sat: tuple[Hours, ...] = ()
    sun: tuple[Hours, ...] = ()

    @property
    def days(self) -> tuple[tuple[Shift, ...], ...]:
        return (self.mon, self.tue, self.wed, self.thu, self.fri, self.sat, self.sun)


class CalendarEntry(Section):
    zone: ZoneInfo
    week: Annotated[Week, BeforeValidator(spread_weekdays)]
    country: str | None = None
    subdivision: str | None = None
    extra_holidays: tuple[date, ...] = ()
    extra_workdays: tuple[date, ...] = ()
    makeup_hours: tuple[Hours, ...] = ()


class QuietHours(Section):
    starts: TimeOfDay
    ends: TimeOfDay
    marketing_on_weekends: bool


class MessageRule(Section):
    kind: MessageKind
    consent: bool
    capped: bool
    marketing: bool


class Consent(Section):
    messages: tuple[MessageRule, ...]
    cap: Annotated[int, Field(ge=0, le=100)]
    cap_within: Span
    complaint_holds: Span = timedelta(days=30)

    def rule(self, kind: MessageKind) -> MessageRule:
        """Return what holds for that kind of message; the policy check has made sure that every kind has a line."""
        return next(rule for rule in self.messages if rule.kind == kind)


class Team(Section):
    name: Id
    address: Address
    types: tuple[RequestType, ...] = ()
    language: Language | None = None


class Routes(Section):
    teams: tuple[Team, ...]
    fallback: Address

    def team_for(self, request: RequestType) -> Team | None:
        """Return the team that answers such requests, or None if no line names it."""
        return next((team for team in self.teams if request in team.types), None)

    def address_of(self, team: str | None) -> str:
        """Return where the cards of a team go; the fallback for a team that the policy does not name."""
        return next((entry.address for entry in self.teams if entry.name == team), self.fallback)

    def is_place(self, address: str) -> bool:
        """Tell whether cards of some team, or those that nobody else gets, stand there."""
        return address == self.fallback or any(team.address == address for team in self.teams)

    def language_of(self, team: str | None) -> Language | None:
        """Return the language of a team's channel, or None where the company's is spoken."""
        return next((entry.language for entry in self.teams if entry.name == team), None)


class Conversation(Section):
    join: Span
    auto_close: Span
    undo: Span
    draft_lifetime: Span


class Festival(Section):
    """A day on which people of a culture are greeted; when it is says the holiday list of a country."""

    id: Id
    label: Label
    culture: Id
    country: str
    holiday: str


class Occasions(Section):
    """Reasons to write that come by the calendar, and how long before them somebody has to know."""

    renewal: tuple[Count, ...]
    maintenance: Count
    birthdays: bool
    anniversaries: bool
    send_at: TimeOfDay
    cultures: dict[Language, Id]
    festivals: tuple[Festival, ...]


class Targets(Section):
    """What share, in percent, is good enough; the digest measures against it."""

    first_response: Percent
    under_way: Percent
    resolution: Percent
    csat: Percent
    cadence: Percent


class Digest(Section):
    """What a manager's digest measures against, and how long things may wait before it speaks of them."""

    targets: Targets
    draft_waits: Span
    looks_back: Span
