"""What a customer is promised for a request, until when, and why until then (响应时限)."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

from scheduler.policy.calendars import Calendar, after, counted
from scheduler.policy.document import Policy
from scheduler.policy.sections import PromiseLine
from scheduler.policy.skipped import skipped
from scheduler.policy.units import PRIORITIES, Clock, Priority, RequestType, Step, measured

Figure = Literal["first_response", "under_way", "resolution", "closing"]
FIGURES: tuple[Figure, ...] = ("first_response", "under_way", "resolution", "closing")
NONE = timedelta()


@dataclass(frozen=True)
class Promise:
    """What is promised for one request; a figure that nobody promised is None.

    `sources` names, for each figure given and for `clock` and `priority`, the line of the policy that it came from.
    """

    type: RequestType
    tier: str | None
    first_response: timedelta
    under_way: timedelta | None
    resolution: timedelta | None
    closing: timedelta | None
    clock: Clock
    priority: Priority
    named_person: bool
    sources: Mapping[str, str]

    def figure(self, name: Figure) -> timedelta | None:
        """Return one of the four spans by name."""
        return {
            "first_response": self.first_response,
            "under_way": self.under_way,
            "resolution": self.resolution,
            "closing": self.closing,
        }[name]


@dataclass(frozen=True)
class Counted:
    """The moments, in UTC, by which a promise is to be kept, and the steps that explain them."""

    first_response_due: datetime
    under_way_due: datetime | None
    resolution_due: datetime | None
    closing_due: datetime | None
    explanation: tuple[Step, ...]


def promise_for(policy: Policy, *, type: RequestType, tier: str | None) -> Promise:  # noqa: A002 - the business word
    """Return what the policy promises such a request from a customer of that tier; of several lines the stricter.

    Each figure is compared by itself. If one of the lines counts elapsed hours, all figures are elapsed hours.
    """
    lines = [line for line in policy.promises if line.speaks_of(type, tier)]
    strictest = {figure: _strictest(lines, figure) for figure in FIGURES}
    clock, clock_source = _clock(lines)
    priority, priority_source = _priority(lines)
    sources: dict[str, str] = {figure: found[1] for figure, found in strictest.items() if found}
    spans = {figure: found[0] if found else None for figure, found in strictest.items()}
    first = spans["first_response"]
    if first is None:
        raise LookupError(f"no line of the policy promises a first response to {type}")
    return Promise(
        type=type,
        tier=tier,
        first_response=first,
        under_way=spans["under_way"],
        resolution=spans["resolution"],
        closing=spans["closing"],
        clock=clock,
        priority=priority,
        named_person=any(line.named_person for line in lines),
        sources=sources | {"clock": clock_source, "priority": priority_source},
    )


def due(promise: Promise, opened_at: datetime, calendar: Calendar, paused: timedelta = NONE) -> Counted:
    """Return by when each part of a promise is to be kept, and why.

    `paused` is how long the request has waited for its customer, on the promise's own clock (see `paused_on`). The
    first response does not wait: somebody has to answer before a customer can keep us waiting.
    """
    moments = {figure: due_of(promise, figure, opened_at, calendar, paused) for figure in FIGURES}
    return Counted(
        first_response_due=after(promise.clock, calendar, opened_at, promise.first_response),
        under_way_due=moments["under_way"],
        resolution_due=moments["resolution"],
        closing_due=moments["closing"],
        explanation=tuple(_explained(promise, opened_at, calendar, paused)),
    )


def due_of(
    promise: Promise, figure: Figure, opened_at: datetime, calendar: Calendar, paused: timedelta = NONE
) -> datetime | None:
    """Return by when one part of a promise is to be kept, in UTC; None if it was not promised."""
    span = promise.figure(figure)
    waited = NONE if figure == "first_response" else paused
    return None if span is None else after(promise.clock, calendar, opened_at, span + waited)


def explain(
    promise: Promise, figure: Figure, opened_at: datetime, calendar: Calendar, paused: timedelta = NONE
) -> tuple[Step, ...]:
    """Return the steps from the opening to one due moment: what was promised, what did not count, what was paused."""
    until = due_of(promise, figure, opened_at, calendar, paused)
    if until is None:
        return ()
    steps = [_promised(promise, figure)]
    if promise.clock == "working":
        steps.extend(skipped(calendar, opened_at, until))
    if paused and figure != "first_response":
        steps.append(("policy-step-paused", measured(paused)))
    return tuple(steps)


def paused_on(promise: Promise, calendar: Calendar, waits: tuple[tuple[datetime, datetime], ...]) -> timedelta:
    """Return how long a request waited for its customer, on the promise's own clock; waits do not overlap."""
    return sum((counted(promise.clock, calendar, start, end) for start, end in waits), NONE)


def warn_at(
    promise: Promise, calendar: Calendar, *, start: datetime, due: datetime, percent: int, paused: timedelta = NONE
) -> datetime:
    """Return when so many percent of the time from `start` to `due` have passed, on the promise's own clock, in UTC.

    `paused` is the part of that time in which the clock stood still; it lies before the moment returned.
    """
    if percent == 100:  # noqa: PLR2004 - the whole: the due moment itself, also when it ends a working day
        return due
    running = counted(promise.clock, calendar, start, due) - paused
    return after(promise.clock, calendar, start, running * percent / 100 + paused)


def _strictest(lines: list[PromiseLine], figure: Figure) -> tuple[timedelta, str] | None:
    given = [(span, line.name) for line in lines if (span := getattr(line, figure)) is not None]
    return min(given, key=lambda found: found[0], default=None)


def _clock(lines: list[PromiseLine]) -> tuple[Clock, str]:
    for clock in ("elapsed", "working"):
        for line in lines:
            if line.clock == clock:
                return line.clock, line.name
    return "working", ""


def _priority(lines: list[PromiseLine]) -> tuple[Priority, str]:
    """Take the highest priority that a line names, then the largest uplift; the uplift is the source if it moved it."""
    named = [(PRIORITIES.index(line.priority), line.name) for line in lines if line.priority]
    base, source = max(named, key=lambda found: found[0], default=(PRIORITIES.index("normal"), ""))
    uplift = max(lines, key=lambda line: line.priority_up, default=None)
    raised = min(base + (uplift.priority_up if uplift else 0), len(PRIORITIES) - 1)
    return PRIORITIES[raised], uplift.name if uplift and raised > base else source


def _promised(promise: Promise, figure: Figure) -> Step:
    span = promise.figure(figure) or NONE
    filling = {"type": promise.type, "tier": promise.tier or "none", "figure": figure, "clock": promise.clock}
    return "policy-step-promise", {**filling, **measured(span), "line": promise.sources[figure]}


def _explained(promise: Promise, opened_at: datetime, calendar: Calendar, paused: timedelta) -> Iterator[Step]:
    """Say every figure, then what did not count on the way to the last of them."""
    given = [figure for figure in FIGURES if promise.figure(figure) is not None]
    yield from (_promised(promise, figure) for figure in given[:-1])
    yield from explain(promise, given[-1], opened_at, calendar, paused)
