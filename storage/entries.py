"""Entries: what people said to each other, kept on the customer's timeline apart from the queues."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Column, ForeignKey, Index, String, Table, bindparam, func, or_, select, update

from storage.columns import Id, Moment, Name, Serial, Short, metadata
from storage.rows import Rows
from storage.vault import Sealed

entries = Table(
    "entries",
    metadata,
    Column("id", Serial, primary_key=True),
    Column("key", Name, nullable=False, unique=True),
    Column("contact_id", Id, ForeignKey("contacts.id")),
    Column("customer_id", Id, ForeignKey("customers.id")),
    Column("ticket", Short),
    Column("flow", String(8), nullable=False),
    Column("author", Name, nullable=False),
    Column("channel", Short, nullable=False),
    Column("words", Sealed, nullable=False),
    Column("at", Moment, nullable=False),
    Column("state", Short),
)
Index("ix_entries_contact", entries.c.contact_id, entries.c.id)
Index("ix_entries_customer", entries.c.customer_id, entries.c.at)
Index("ix_entries_ticket", entries.c.ticket, entries.c.id)


@dataclass(frozen=True, slots=True)
class Entry:
    """One saying: `flow` is "in" from a customer, "out" to one, "internal" among staff; `author` is an id."""

    key: str
    flow: str
    author: str
    channel: str
    words: str
    at: datetime
    contact_id: str | None = None
    customer_id: str | None = None
    ticket: str | None = None
    state: str | None = None
    id: int = 0


_columns = tuple(entries.c[name] for name in Entry.__dataclass_fields__)
_last = select(func.max(entries.c.at)).where(
    entries.c.contact_id == bindparam("contact"), entries.c.flow == bindparam("flow")
)
_last_words = (
    select(entries.c.ticket, func.max(entries.c.at))
    .where(entries.c.ticket.in_(bindparam("numbers", expanding=True)), entries.c.flow.in_(("in", "out")))
    .where(or_(entries.c.state.is_(None), entries.c.state == "delivered"))
    .group_by(entries.c.ticket)
)


class Entries(Rows):
    """The timeline of words."""

    def add(self, entry: Entry) -> None:
        self._add(entries, **{name: getattr(entry, name) for name in Entry.__dataclass_fields__ if name != "id"})

    def of_ticket(self, number: str, limit: int = 50) -> list[Entry]:
        statement = select(*_columns).where(entries.c.ticket == number).order_by(entries.c.id.desc()).limit(limit)
        return self._all(Entry, statement, entries)[::-1]

    def of_customer(self, customer_id: str, limit: int = 20) -> list[Entry]:
        statement = select(*_columns).where(entries.c.customer_id == customer_id)
        return self._all(Entry, statement.order_by(entries.c.at.desc()).limit(limit), entries)

    def heard(self, contact_id: str, since: datetime, limit: int = 500) -> list[Entry]:
        """Give what the contact wrote since then, the newest `limit` of it, oldest first."""
        where = (entries.c.contact_id == contact_id, entries.c.flow == "in", entries.c.at >= since)
        statement = select(*_columns).where(*where).order_by(entries.c.id.desc()).limit(limit)
        return self._all(Entry, statement, entries)[::-1]

    def last_heard(self, contact_id: str) -> datetime | None:
        """Tell when the contact last wrote to us."""
        found: datetime | None = self._select(_last, contact=contact_id, flow="in")[0][0]
        return found

    def last_words(self, numbers: Sequence[str]) -> dict[str, datetime]:
        """Tell when each of these tickets was last spoken about with its customer, by either, leaving out what never arrived."""
        return {row[0]: row[1] for row in self._select(_last_words, entries, numbers=list(numbers))}

    def mark(self, key: str, state: str) -> None:
        self._execute(update(entries).where(entries.c.key == key).values(state=state), entries)

    def belongs(self, key: str, ticket: str) -> None:
        """Say which ticket words were about."""
        self._execute(update(entries).where(entries.c.key == key).values(ticket=ticket), entries)

    def get(self, key: str) -> Entry | None:
        return self._first(Entry, select(*_columns).where(entries.c.key == key), entries)

    def adopt(self, stranger_id: str, contact_id: str, customer_id: str | None) -> None:
        """Move a stranger's words to the contact they proved to be."""
        moved = {"contact_id": contact_id, "customer_id": customer_id}
        self._execute(update(entries).where(entries.c.contact_id == stranger_id).values(moved), entries)
