"""Reminders: which rung of a due touch called whom, and when they heard it; the ledger of the ladder."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Column, ForeignKey, Index, Integer, Table

from storage.columns import Id, Moment, Serial, metadata
from storage.rows import Rows

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
Index("ix_reminders_hearer", reminders.c.hearer_id, reminders.c.said_at)
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


class Reminders(Rows):
    """Who was called by which rung."""

    def add(self, new: Reminder) -> None:
        self._add(reminders, **{name: getattr(new, name) for name in Reminder.__dataclass_fields__})
