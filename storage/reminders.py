"""Reminders: which rung of a due touch called whom, and when they heard it; the ledger of the ladder."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Column, ForeignKey, Index, Integer, Table, and_, func, literal, or_, select, update

from storage.columns import Id, Moment, Serial, metadata
from storage.customers import Customer, DueAlike, customers
from storage.rows import Rows, in_chunks

reminders = Table(
    "reminders",
    metadata,
    Column("id", Serial, primary_key=True),
    Column("customer_id", Id, ForeignKey("customers.id"), nullable=False),
    Column("owner_id", Id, ForeignKey("staff.id")),
    Column("hearer_id", Id, ForeignKey("staff.id")),
    Column("rung", Integer, nullable=False),
    Column("due_at", Moment, nullable=False),
    Column("called_at", Moment, nullable=False),
    Column("said_at", Moment),
)
Index("ix_reminders_hearer", reminders.c.hearer_id, reminders.c.called_at)
_unsaid = reminders.c.said_at.is_(None)
Index("ix_reminders_unsaid", reminders.c.hearer_id, reminders.c.id, sqlite_where=_unsaid, postgresql_where=_unsaid)
Index("ix_reminders_customer", reminders.c.customer_id, reminders.c.due_at)


@dataclass(frozen=True, slots=True)
class Reminder:
    """A rung that calls one person; without a hearer it is said at the fallback place. `rung` counts from 1."""

    customer_id: str
    owner_id: str | None
    hearer_id: str | None
    rung: int
    due_at: datetime
    called_at: datetime
    said_at: datetime | None = None


_about = tuple(customers.c[name] for name in Customer.__dataclass_fields__)
_columns = tuple(reminders.c[name] for name in Reminder.__dataclass_fields__)
IDS_AT_ONCE = 500
"""So many ids are named in one statement; SQLite's oldest builds take 999 values."""


class Reminders(Rows):
    """Who was called by which rung."""

    def add(self, new: Reminder) -> None:
        self._add(reminders, **{name: getattr(new, name) for name in Reminder.__dataclass_fields__})

    def call(
        self, alike: DueAlike, hearer_id: str | None, rung: int, now: datetime, *, said_at: datetime | None = None
    ) -> None:
        """Write down that a rung calls somebody about all customers that are due alike; one statement for all."""
        about = (customers.c.id, customers.c.owner_id, customers.c.touch_due_at)
        told = (literal(hearer_id, Id), literal(rung), literal(now, Moment), literal(said_at, Moment))
        names = ("customer_id", "owner_id", "due_at", "hearer_id", "rung", "called_at", "said_at")
        found = select(*about, *told).where(*alike.still(now))
        self._execute(reminders.insert().from_select(names, found), customers)

    def unsaid(self, hearer_id: str) -> list[int]:
        """Give the ids of the calls that a person has not heard yet."""
        where = (reminders.c.hearer_id == hearer_id, _unsaid)
        return [row.id for row in self._select(select(reminders.c.id).where(*where), reminders)]

    def unheard(self) -> dict[str, int]:
        """Tell who has not heard all that they were called for, each with the newest call; costs what is unheard."""
        newest = select(reminders.c.hearer_id, func.max(reminders.c.id)).where(
            _unsaid, reminders.c.hearer_id.is_not(None)
        )
        return {row[0]: row[1] for row in self._select(newest.group_by(reminders.c.hearer_id), reminders)}

    def said(self, ids: Sequence[int], now: datetime) -> None:
        """Write down that these calls were heard."""
        for chunk in in_chunks(ids, IDS_AT_ONCE):
            self._execute(update(reminders).where(reminders.c.id.in_(chunk)).values(said_at=now), reminders)

    def standing(
        self, hearer_id: str, since: datetime, *, but: Collection[str] = (), limit: int = 200
    ) -> list[Customer]:
        """List the customers for whom a person was called since then and whose touch is still due, oldest due first.

        Those of the owners in `but` are left out.
        """
        called = select(reminders.c.customer_id, reminders.c.due_at).where(
            reminders.c.hearer_id == hearer_id,
            reminders.c.called_at >= since,
            or_(reminders.c.owner_id.is_(None), reminders.c.owner_id.not_in(but)),
        )
        open_ = called.distinct().subquery()
        same = and_(customers.c.id == open_.c.customer_id, customers.c.touch_due_at == open_.c.due_at)
        found = select(*_about).join(open_, same).order_by(customers.c.touch_due_at, customers.c.name)
        return self._all(Customer, found.limit(limit), reminders, customers)

    def of(self, customer_id: str) -> list[Reminder]:
        """Give all calls about a customer, the oldest first."""
        statement = select(*_columns).where(reminders.c.customer_id == customer_id).order_by(reminders.c.id)
        return self._all(Reminder, statement, reminders)
