"""Tickets: requests with a promise, from the first word to the rating."""

from __future__ import annotations

import random
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final

from sqlalchemy import (
    JSON,
    BindParameter,
    Column,
    ColumnElement,
    ForeignKey,
    Index,
    Integer,
    Table,
    and_,
    bindparam,
    func,
    or_,
    select,
    update,
)

from storage.columns import Id, Moment, Name, Serial, Short, metadata
from storage.customers import customers
from storage.rows import Query, Rows
from storage.staff import Scope
from storage.vault import Sealed

LETTERS: Final = "23456789ACDEFGHJKMNPQRTVWXYZ"
"""Letters and digits that are hard to confuse, read aloud or written by hand: no 0/O, 1/I/L, 8/B, 5/S, U/V pairs."""
OPEN: Final = ("new", "taken", "waiting", "resolved")
OVER: Final = ("closed", "dismissed")
"""Nothing is to be done any more; what was dismissed never was a request, and no promise counts for it."""
RUNNING: Final = ("new", "taken")
"""In these states our own clock runs; while waiting for the customer it is paused."""

tickets = Table(
    "tickets",
    metadata,
    Column("number", Short, primary_key=True),
    Column("customer_id", Id, ForeignKey("customers.id"), index=True),
    Column("contact_id", Id, ForeignKey("contacts.id")),
    Column("channel", Short, nullable=False),
    Column("type", Short, nullable=False),
    Column("priority", Short, nullable=False),
    Column("status", Short, nullable=False, default="new"),
    Column("words", Sealed, nullable=False),
    Column("owner_id", Id, ForeignKey("staff.id")),
    Column("group_id", Id, ForeignKey("groups.id")),
    Column("team", Short, nullable=False, default="default"),
    Column("calendar", Short),
    Column("opened_at", Moment, nullable=False),
    Column("first_response_due", Moment, nullable=False),
    Column("first_response_at", Moment),
    Column("goal", Short, nullable=False),
    Column("resolution_due", Moment, nullable=False),
    Column("resolved_at", Moment),
    Column("closed_at", Moment),
    Column("waiting_since", Moment),
    Column("paused_seconds", Integer, nullable=False, default=0),
    Column("watch_at", Moment, index=True),
    Column("told", JSON, nullable=False, default=list),
    Column("rating", Integer),
    Column("reopened", Integer, nullable=False, default=0),
    Column("version", Integer, nullable=False, default=1),
    Column("came_as", Id),
    Column("mode", Short),
)
Index("ix_tickets_contact", tickets.c.contact_id, tickets.c.opened_at)
Index("ix_tickets_owner", tickets.c.owner_id, tickets.c.status, tickets.c.resolution_due)
Index("ix_tickets_status", tickets.c.status, tickets.c.resolution_due)
Index("ix_tickets_opened", tickets.c.opened_at)
Index("ix_tickets_answered", tickets.c.first_response_at)
Index("ix_tickets_resolved", tickets.c.resolved_at)
ticket_events = Table(
    "ticket_events",
    metadata,
    Column("id", Serial, primary_key=True),
    Column("number", Short, ForeignKey("tickets.number"), nullable=False, index=True),
    Column("at", Moment, nullable=False),
    Column("actor", Name, nullable=False),
    Column("what", Short, nullable=False),
    Column("detail", JSON, nullable=False),
)
Index("ix_ticket_events_what", ticket_events.c.what, ticket_events.c.at)


@dataclass(frozen=True, slots=True)
class Ticket:
    """A request and the promise made about it; times are UTC, `told` says who heard which warning and when."""

    number: str
    channel: str
    type: str
    priority: str
    words: str
    opened_at: datetime
    first_response_due: datetime
    resolution_due: datetime
    goal: str = "resolution"
    """Which figure of the promise `resolution_due` is: the resolution, the closed loop, or service under way."""
    status: str = "new"
    customer_id: str | None = None
    contact_id: str | None = None
    owner_id: str | None = None
    group_id: str | None = None
    team: str = "default"
    calendar: str | None = None
    """The policy's calendar on which the promise is counted; the company's if None."""
    first_response_at: datetime | None = None
    resolved_at: datetime | None = None
    closed_at: datetime | None = None
    waiting_since: datetime | None = None
    paused_seconds: int = 0
    watch_at: datetime | None = None
    told: list[Any] = field(default_factory=list)
    rating: int | None = None
    reopened: int = 0
    mode: str | None = None
    """What becomes of words in its thread: None keeps them among us, `reply` sends them to the customer."""
    version: int = 1

    @property
    def is_open(self) -> bool:
        return self.status in OPEN


@dataclass(frozen=True, slots=True)
class TicketEvent:
    """One thing that happened to a ticket."""

    at: datetime
    actor: str
    what: str
    detail: dict[str, Any]


_columns = tuple(tickets.c[name] for name in Ticket.__dataclass_fields__)
_by_number = select(*_columns).where(tickets.c.number == bindparam("number"))
_exists = select(tickets.c.number).where(tickets.c.number == bindparam("number"))
_open_of = (
    select(*_columns)
    .where(tickets.c.contact_id == bindparam("contact"), tickets.c.status.in_(OPEN))
    .order_by(tickets.c.opened_at.desc())
)


_open_about = (
    select(tickets.c.customer_id, tickets.c.number)
    .where(
        tickets.c.customer_id.in_(bindparam("about", expanding=True)),
        tickets.c.status.in_((*RUNNING, "waiting")),
    )
    .order_by(tickets.c.resolution_due.desc())
)
_owed_by = (
    select(*_columns)
    .where(tickets.c.owner_id == bindparam("owner"), tickets.c.status.in_((*RUNNING, "waiting")))
    .order_by(tickets.c.resolution_due)
    .limit(bindparam("most"))
)


def new_number(randomness: random.Random) -> str:
    """Make a ticket number that cannot be guessed from another: 28^5, some 17 million."""
    return "T-" + "".join(randomness.choices(LETTERS, k=5))


_now = bindparam("now", type_=Moment)
_most: BindParameter[int] = bindparam("most")
_watched = select(*_columns).where(tickets.c.watch_at <= _now).order_by(tickets.c.watch_at).limit(_most)
_resolved = select(*_columns).where(tickets.c.status == "resolved", tickets.c.resolved_at <= _now).limit(_most)


class Tickets(Rows):
    """The requests."""

    def add(self, ticket: Ticket) -> None:
        self._add(tickets, **{name: getattr(ticket, name) for name in Ticket.__dataclass_fields__})

    def exists(self, number: str) -> bool:
        return bool(self._select(_exists, number=number))

    def get(self, number: str) -> Ticket | None:
        return self._first(Ticket, _by_number, number=number)

    def seen_by(self, scope: Scope, number: str) -> Ticket | None:
        """Read a ticket if the person may see it; a foreign one is as missing as one that never was."""
        return self._first(Ticket, self._visible(scope).where(tickets.c.number == number.strip().upper()), tickets)

    def foreign(self, scope: Scope, numbers: Collection[str]) -> set[str]:
        """Tell which of these tickets are on record, but not for this person's eyes."""
        seen = select(tickets.c.number).outerjoin(customers, customers.c.id == tickets.c.customer_id)
        seen = seen.where(tickets.c.number.in_(numbers), self._may_see(scope))
        hidden = select(tickets.c.number).where(tickets.c.number.in_(numbers), tickets.c.number.not_in(seen))
        return {row.number for row in self._select(hidden, tickets)} if numbers else set()

    def open_of(self, contact_id: str) -> list[Ticket]:
        """Give a contact's open tickets, the newest first."""
        return self._all(Ticket, _open_of, contact=contact_id)

    def settled_since(self, customer_id: str, since: datetime) -> int:
        """Count the requests of a customer that were settled since then and stayed so."""
        where = (tickets.c.customer_id == customer_id, tickets.c.resolved_at >= since)
        settled = tickets.c.status.in_(("resolved", "closed"))
        return int(self._select(select(func.count()).where(*where, settled), tickets)[0][0])

    def newest_of(self, contact_id: str, limit: int = 5) -> list[Ticket]:
        statement = select(*_columns).where(tickets.c.contact_id == contact_id)
        return self._all(Ticket, statement.order_by(tickets.c.opened_at.desc()).limit(limit), tickets)

    def listed(
        self,
        scope: Scope,
        *,
        statuses: Sequence[str] = OPEN,
        owner_id: str | None = None,
        customer_id: str | None = None,
        limit: int = 50,
    ) -> list[Ticket]:
        """List visible tickets, the one whose promise ends first on top."""
        mine = owner_id is not None and owner_id == scope.person.id  # what they look after is theirs to see
        statement = (select(*_columns) if mine else self._visible(scope)).where(tickets.c.status.in_(statuses))
        if owner_id:
            statement = statement.where(tickets.c.owner_id == owner_id)
        if customer_id:
            statement = statement.where(tickets.c.customer_id == customer_id)
        return self._all(Ticket, statement.order_by(tickets.c.resolution_due).limit(limit), tickets)

    def open_about(self, customer_ids: Collection[str]) -> dict[str, str]:
        """Give for each of these customers who has a request open its number; of several the one promised first."""
        found = self._select(_open_about, tickets, about=[*customer_ids])
        return {row.customer_id: row.number for row in found}

    def owed_by(self, owner_id: str, limit: int) -> list[Ticket]:
        """List what somebody has in hand or waits for, the one whose promise ends first on top."""
        return self._all(Ticket, _owed_by, tickets, owner=owner_id, most=limit)

    def _visible(self, scope: Scope) -> Query:
        statement = select(*_columns).outerjoin(customers, customers.c.id == tickets.c.customer_id)
        return statement.where(self._may_see(scope))

    def _may_see(self, scope: Scope) -> ColumnElement[bool]:
        mine = scope.clause(customers.c.owner_id, customers.c.group_id)
        if scope.everything:
            return mine
        person = scope.person
        shared: list[ColumnElement[bool]] = [
            tickets.c.owner_id.in_(scope.owners),
            tickets.c.customer_id.is_(None),
            tickets.c.group_id.in_(scope.groups),
        ]
        if person.role in ("service", "engineer"):
            shared.append(tickets.c.status.not_in(OVER))  # requests are their work, whoever's customer it is
        known = and_(tickets.c.customer_id.is_not(None), mine)
        return or_(known, *shared)

    def change(self, ticket: Ticket, **values: Any) -> Ticket:
        """Change a ticket and give it as it is now.

        Raises:
            Conflict: somebody else changed it since it was read.
        """
        same = and_(tickets.c.number == ticket.number, tickets.c.version == ticket.version)
        self._change(update(tickets).where(same).values(values | {"version": ticket.version + 1}), tickets)
        changed = self.get(ticket.number)
        assert changed is not None  # noqa: S101 - it was just changed in this transaction
        return changed

    def note(self, number: str, actor: str, what: str, now: datetime, **detail: Any) -> None:
        """Append to the ticket's history."""
        self._add(ticket_events, number=number, at=now, actor=actor, what=what, detail=detail)

    def history(self, number: str) -> list[TicketEvent]:
        columns = (ticket_events.c.at, ticket_events.c.actor, ticket_events.c.what, ticket_events.c.detail)
        statement = select(*columns).where(ticket_events.c.number == number).order_by(ticket_events.c.id)
        return self._all(TicketEvent, statement, tickets, ticket_events)

    def watched(self, now: datetime, limit: int) -> list[Ticket]:
        """Find tickets about whose promise something has to be said now; costs what is due."""
        return self._all(Ticket, _watched, tickets, now=now, most=limit)

    def resolved_before(self, moment: datetime, limit: int) -> list[Ticket]:
        """Find tickets that were resolved before a moment and are not closed yet."""
        return self._all(Ticket, _resolved, tickets, now=moment, most=limit)
