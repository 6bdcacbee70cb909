"""What a policy may not say although each line alone is fine: contradictions between its parts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import pairwise
from typing import TYPE_CHECKING, get_args

from scheduler.policy.country import festival_day, knows
from scheduler.policy.problems import Fault, Path
from scheduler.policy.schemes import ShareBands, ValueBands, WeightedDimensions, tiers_in
from scheduler.policy.units import MessageKind, RequestType, Shift

if TYPE_CHECKING:
    from scheduler.policy.document import Policy
    from scheduler.policy.sections import CalendarEntry

WHOLE = 100
"""Percent."""
ANY_YEAR = 2025
"""A year in whose holiday list a festival is looked for; the names stay the same."""


def faults(policy: Policy) -> Iterator[Fault]:
    """Find every contradiction in a policy that could be read."""
    yield from _company(policy)
    yield from _tiers(policy)
    yield from _cadence(policy)
    yield from _promises(policy)
    yield from _warnings(policy)
    yield from _calendars(policy)
    yield from _consent(policy)
    yield from _routes(policy)
    yield from _occasions(policy)


def _company(policy: Policy) -> Iterator[Fault]:
    if policy.company.calendar not in policy.calendars:
        known = ", ".join(policy.calendars)
        yield Fault(("company", "calendar"), "unknown-calendar", {"got": policy.company.calendar, "known": known})


def _tiers(policy: Policy) -> Iterator[Fault]:
    tiers = policy.tiers
    if tiers.use not in tiers.presets:
        yield Fault(("tiers", "use"), "unknown-scheme", {"got": tiers.use, "known": ", ".join(tiers.presets)})
    for name, scheme in tiers.presets.items():
        path = ("tiers", "presets", name)
        yield from _twice((*path, "entries"), (entry.id for entry in tiers_in(scheme)))
        match scheme:
            case ValueBands():
                yield from _value_bands(path, scheme)
            case ShareBands():
                yield from _sum((*path, "entries"), (entry.percent for entry in scheme.entries))
                weights = scheme.weights
                yield from _sum((*path, "weights"), (weights.average_order, weights.orders, weights.stage))
            case WeightedDimensions():
                yield from _dimensions(path, scheme)


def _value_bands(path: Path, scheme: ValueBands) -> Iterator[Fault]:
    *bounded, last = scheme.entries
    for index, entry in enumerate(bounded):
        if (entry.over is None) == (entry.at_least is None):
            yield Fault((*path, "entries", index), "one-bound", {"tier": entry.id})
    if last.bound is not None:
        yield Fault((*path, "entries", len(bounded)), "last-is-open", {"tier": last.id})
    for index, (upper, lower) in enumerate(pairwise(bounded), start=1):
        if upper.bound is not None and lower.bound is not None and lower.bound >= upper.bound:
            yield Fault((*path, "entries", index), "not-descending", {"tier": lower.id, "above": upper.id})
    if scheme.silence.tier not in {entry.id for entry in scheme.entries}:
        known = ", ".join(entry.id for entry in scheme.entries)
        yield Fault((*path, "silence", "tier"), "unknown-tier", {"got": scheme.silence.tier, "known": known})


def _dimensions(path: Path, scheme: WeightedDimensions) -> Iterator[Fault]:
    yield from _twice((*path, "dimensions"), (dimension.id for dimension in scheme.dimensions))
    yield from _sum((*path, "dimensions"), (dimension.weight for dimension in scheme.dimensions))
    for index, (upper, lower) in enumerate(pairwise(scheme.entries), start=1):
        if lower.at_least >= upper.at_least:
            yield Fault((*path, "entries", index), "not-descending", {"tier": lower.id, "above": upper.id})
    if scheme.entries[-1].at_least != 0:
        last = len(scheme.entries) - 1
        yield Fault((*path, "entries", last, "at_least"), "last-at-zero", {"tier": scheme.entries[-1].id})


def _cadence(policy: Policy) -> Iterator[Fault]:
    path = ("cadence", "tiers")
    lines = policy.cadence.tiers
    yield from _twice(path, (line.tier for line in lines))
    for index, line in enumerate(lines):
        yield from _known_tier(policy, (*path, index, "tier"), line.tier)
    used = policy.tiers.in_use() if policy.tiers.use in policy.tiers.presets else ()
    for entry in used:
        if entry.id not in {line.tier for line in lines}:
            yield Fault(path, "no-cadence", {"tier": entry.id})
    yield from _twice(("reminders", "ladder"), (rung.name for rung in policy.reminders.ladder))
    yield from _rising(("reminders", "ladder"), [rung.working_days for rung in policy.reminders.ladder])


def _promises(policy: Policy) -> Iterator[Fault]:
    yield from _twice(("promises",), (line.name for line in policy.promises))
    for index, line in enumerate(policy.promises):
        for place, tier in enumerate(line.tiers or ()):
            yield from _known_tier(policy, ("promises", index, "tiers", place), tier)
        figures = (line.first_response, line.under_way, line.resolution, line.closing)
        given = [figure for figure in figures if figure is not None]
        if given != sorted(given):
            yield Fault(("promises", index), "promise-order", {"name": line.name})
    for request in get_args(RequestType):
        if not any(line.first_response and line.speaks_of(request, None) for line in policy.promises):
            yield Fault(("promises",), "no-promise", {"type": request})


def _warnings(policy: Policy) -> Iterator[Fault]:
    yield from _rising(("warnings",), [entry.percent for entry in policy.warnings])


def _calendars(policy: Policy) -> Iterator[Fault]:
    for name, entry in policy.calendars.items():
        path = ("calendars", name)
        yield from _hours(policy, name, entry)
        if entry.country and not knows(entry.country, None):
            yield Fault((*path, "country"), "country", {"got": entry.country})
        elif entry.subdivision and not knows(entry.country, entry.subdivision):
            yield Fault((*path, "subdivision"), "subdivision", {"got": entry.subdivision})
        both = set(entry.extra_holidays) & set(entry.extra_workdays)
        if both:
            yield Fault((*path, "extra_workdays"), "both-free-and-working", {"got": min(both).isoformat()})


def _hours(policy: Policy, name: str, entry: CalendarEntry) -> Iterator[Fault]:
    path = ("calendars", name)
    morning = policy.reminders.morning.hour * 60 + policy.reminders.morning.minute
    if not any(entry.week.days):
        yield Fault((*path, "week"), "no-hours", {"name": name})
    elif not any(shifts and shifts[-1].closes > morning for shifts in entry.week.days):
        yield Fault(("reminders", "morning"), "morning-after-work", {"name": name})
    for day, shifts in zip(type(entry.week).model_fields, entry.week.days, strict=True):
        yield from _apart((*path, "week", day), shifts)
    yield from _apart((*path, "makeup_hours"), entry.makeup_hours)


def _consent(policy: Policy) -> Iterator[Fault]:
    kinds = [rule.kind for rule in policy.consent.messages]
    yield from _twice(("consent", "messages"), kinds)
    for kind in get_args(MessageKind):
        if kind not in kinds:
            yield Fault(("consent", "messages"), "no-message-rule", {"got": kind})


def _routes(policy: Policy) -> Iterator[Fault]:
    teams = policy.routes.teams
    yield from _twice(("routes", "teams"), (team.name for team in teams))
    yield from _twice(("routes", "teams"), (request for team in teams for request in team.types))


def _occasions(policy: Policy) -> Iterator[Fault]:
    path = ("occasions", "festivals")
    yield from _twice(("occasions", "renewal"), (str(lead) for lead in policy.occasions.renewal))
    yield from _twice(path, (festival.id for festival in policy.occasions.festivals))
    for index, festival in enumerate(policy.occasions.festivals):
        if not knows(festival.country, None):
            yield Fault((*path, index, "country"), "country", {"got": festival.country})
        elif festival_day(festival.country, festival.holiday, ANY_YEAR) is None:
            yield Fault((*path, index, "holiday"), "no-such-holiday", {"got": festival.holiday})


def _known_tier(policy: Policy, path: Path, tier: str) -> Iterator[Fault]:
    known = policy.tiers.known()
    if tier not in known:
        yield Fault(path, "unknown-tier", {"got": tier, "known": ", ".join(sorted(known))})


def _twice(path: Path, names: Iterable[str]) -> Iterator[Fault]:
    for name, count in Counter(names).items():
        if count > 1:
            yield Fault(path, "twice", {"got": name})


def _sum(path: Path, shares: Iterable[int]) -> Iterator[Fault]:
    total = sum(shares)
    if total != WHOLE:
        yield Fault(path, "not-a-hundred", {"total": total})


def _rising(path: Path, numbers: list[int]) -> Iterator[Fault]:
    for index, (before, after) in enumerate(pairwise(numbers), start=1):
        if after <= before:
            yield Fault((*path, index), "not-rising", {"got": after, "before": before})


def _apart(path: Path, shifts: tuple[Shift, ...]) -> Iterator[Fault]:
    if any(after.opens < before.closes for before, after in pairwise(shifts)):
        yield Fault(path, "shifts-overlap")
