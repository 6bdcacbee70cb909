"""Promising: a ticket's due times, the warnings on the way to them, and how they were counted."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from scheduler.policy.calendars import Calendar, calendar_of, counted
from scheduler.policy.document import Policy
from scheduler.policy.promises import Figure, Promise, due_of, explain, promise_for, warn_at
from scheduler.policy.units import Step
from storage.tickets import RUNNING, Ticket

GOALS: tuple[Figure, ...] = ("resolution", "closing", "under_way")
"""What the second clock of a ticket counts to: the first of these that policy promises."""


@dataclass(frozen=True)
class Alert:
    """A moment at which somebody has to hear about a promise."""

    figure: str
    percent: int
    audience: str
    at: datetime

    @property
    def name(self) -> str:
        return f"{self.figure}:{self.percent}"


@dataclass(frozen=True)
class Promised:
    """A promise on its calendar."""

    promise: Promise
    calendar: Calendar
    goal: Figure

    @classmethod
    def of(cls, policy: Policy, kind: Any, tier: str | None, calendar: str | None = None) -> Promised:
        promise = promise_for(policy, type=kind, tier=tier)
        goal = next((figure for figure in GOALS if promise.figure(figure) is not None), "first_response")
        return cls(promise, calendar_of(policy, calendar), goal)  # type: ignore[arg-type]  # one of the four by construction

    def due(self, figure: Figure, opened_at: datetime, paused: timedelta = timedelta(0)) -> datetime:
        moment = due_of(self.promise, figure, opened_at, self.calendar, paused)
        assert moment is not None  # noqa: S101 - only promised figures are asked for
        return moment

    def why(self, ticket: Ticket) -> tuple[Step, ...]:
        """Give the steps that explain the due time which matters now."""
        figure: Figure = "first_response" if ticket.first_response_at is None else self.goal
        return explain(self.promise, figure, ticket.opened_at, self.calendar, timedelta(seconds=ticket.paused_seconds))

    def waited(self, since: datetime, now: datetime) -> int:
        """Count the seconds for which the customer kept us waiting, on the promise's own clock."""
        return int(counted(self.promise.clock, self.calendar, since, now).total_seconds())

    def warnings(self, policy: Policy, ticket: Ticket) -> list[Alert]:
        """Give the warnings that are still to come for a ticket whose clock runs, the earliest first."""
        if not is_running(ticket):
            return []
        told = {entry["name"] for entry in ticket.told}
        found = [w for figure, due in _running(ticket) for w in self._on(policy, ticket, figure, due)]
        return sorted((w for w in found if w.name not in told), key=lambda w: w.at)

    def _on(self, policy: Policy, ticket: Ticket, figure: str, due: datetime) -> Sequence[Alert]:
        start, paused = ticket.opened_at, timedelta(0)
        if figure != "first_response":
            paused = timedelta(seconds=ticket.paused_seconds)
        at = [
            warn_at(self.promise, self.calendar, start=start, due=due, percent=w.percent, paused=paused)
            for w in policy.warnings
        ]
        return [Alert(figure, w.percent, w.audience, moment) for w, moment in zip(policy.warnings, at, strict=True)]


def _running(ticket: Ticket) -> list[tuple[str, datetime]]:
    clocks = [] if ticket.first_response_at else [("first_response", ticket.first_response_due)]
    return (
        clocks
        if is_under_way(ticket) or ticket.status not in RUNNING
        else [*clocks, (ticket.goal, ticket.resolution_due)]
    )


def is_running(ticket: Ticket) -> bool:
    """Tell whether a promise is to be watched; a first answer is owed even while we say that we wait for them."""
    return ticket.status in RUNNING or (ticket.status == "waiting" and ticket.first_response_at is None)


def is_under_way(ticket: Ticket) -> bool:
    """Tell whether a promise of service under way is kept: somebody has taken it."""
    return ticket.goal == "under_way" and ticket.status != "new"


def calendar_for(policy: Policy, zone: str | None) -> str | None:
    """Name the calendar of the place where a customer is served; None for the company's own."""
    company = policy.calendars[policy.company.calendar]
    if zone is None or company.zone.key == zone:
        return None
    return next((name for name, entry in policy.calendars.items() if entry.zone.key == zone), None)


def watch_at(policy: Policy, ticket: Ticket, tier: str | None) -> datetime | None:
    """Tell when something has to be said next about a ticket's promise; None while its clock stands still."""
    coming = Promised.of(policy, ticket.type, tier, ticket.calendar).warnings(policy, ticket)
    return coming[0].at if coming else None
