"""Entries: what people said to each other, kept on the customer's timeline apart from the queues."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from sqlalchemy import Column, ForeignKey, Index, String, Table, bindparam, func, or_, select, update

from storage.columns import Id, Moment, Name, Serial, Short, metadata
from storage.rows import Rows
from storage.vault import Sealed, SealedJson

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
    Column("identity", String(32)),
    Column("came_as", Id),
    Column("message", String(32)),
    Column("slot", Name),
    Column("files", SealedJson),
    Column("corrections", SealedJson),
    Column("written_at", Moment),
    Column("sequence", String(40)),
    Column("revision", String(40)),
)
TAKEN_BACK: Final = "taken back"
"""The state of words that whoever said them took back: nothing of them is kept but who and when."""
RECALLING: Final = "recalling"
"""The state of words that whoever said them has asked back from where their customer reads them."""
Index("ix_entries_contact", entries.c.contact_id, entries.c.id)
Index("ix_entries_customer", entries.c.customer_id, entries.c.at)
Index("ix_entries_ticket", entries.c.ticket, entries.c.id)
Index("ix_entries_message", entries.c.message)


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
    identity: str | None = None
    """The mark of the address it was said from, by which it stays with that address when chats are split again."""
    message: str | None = None
    """The mark of the platform's own message, by which a later correction of it is known."""
    slot: str | None = None
    """The card on which colleagues read it."""
    files: list[Any] | None = None
    corrections: list[Any] | None = None
    """What it said before, the oldest first: `words` and the moment `until` which it said so."""
    written_at: datetime | None = None
    """When it was written, if that was long before it came, at `at`."""
    sequence: str | None = None
    """Where it stands among what was written in its chat, as text that sorts so; None where its platform does not say."""
    revision: str | None = None
    """The same of the correction by which it says what it says now."""
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
_by_message = select(*_columns).where(entries.c.message == bindparam("message")).order_by(entries.c.id.desc()).limit(1)
_on_card = (
    select(*_columns)
    .where(entries.c.ticket == bindparam("ticket"), entries.c.slot == bindparam("slot"))
    .order_by(entries.c.id)
)
_later = (
    select(*_columns)
    .where(entries.c.contact_id == bindparam("contact"), entries.c.flow == "in", entries.c.at >= bindparam("since"))
    .where(entries.c.channel == bindparam("channel"), entries.c.sequence > bindparam("sequence"))
    .order_by(entries.c.sequence, entries.c.id)
    .limit(1)
)
_newest_card = (
    select(entries.c.slot)
    .where(entries.c.ticket == bindparam("ticket"), entries.c.flow == "in", entries.c.slot.is_not(None))
    .order_by(entries.c.id.desc())
    .limit(1)
)
_heard_since = select(func.count()).where(
    entries.c.contact_id == bindparam("contact"), entries.c.flow == "in", entries.c.at >= bindparam("since")
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

    def moments(self, contact_id: str, since: datetime, limit: int = 500) -> list[tuple[datetime, str]]:
        """Tell when and on which channel a contact wrote since then, the newest `limit`; opens no words."""
        where = (entries.c.contact_id == contact_id, entries.c.flow == "in", entries.c.at >= since)
        statement = select(entries.c.at, entries.c.channel).where(*where).order_by(entries.c.id.desc()).limit(limit)
        return [(row.at, row.channel) for row in self._select(statement, entries)]

    def last_heard(self, contact_id: str) -> datetime | None:
        """Tell when the contact last wrote to us."""
        found: datetime | None = self._select(_last, contact=contact_id, flow="in")[0][0]
        return found

    def last_words(self, numbers: Sequence[str]) -> dict[str, datetime]:
        """Tell when each of these tickets was last spoken about with its customer, by either, leaving out what never arrived."""
        return {row[0]: row[1] for row in self._select(_last_words, entries, numbers=list(numbers))}

    def mark(self, key: str, state: str) -> None:
        self._execute(update(entries).where(entries.c.key == key).values(state=state), entries)

    def belongs(self, key: str, ticket: str, slot: str | None = None) -> None:
        """Say which ticket words were about, and on which card colleagues read them."""
        self._execute(update(entries).where(entries.c.key == key).values(ticket=ticket, slot=slot), entries)

    def by_message(self, message: str) -> Entry | None:
        """Find words by the mark of the platform's message."""
        return self._first(Entry, _by_message, message=message)

    def on_card(self, ticket: str, slot: str) -> list[Entry]:
        """Give what stands on one card of a ticket, in the order in which it was written."""
        return in_order(self._all(Entry, _on_card, ticket=ticket, slot=slot))

    def written_next(self, contact_id: str, channel: str, sequence: str, since: datetime) -> Entry | None:
        """Find what a contact wrote next after something there, among what came since then."""
        asked = {"contact": contact_id, "channel": channel, "sequence": sequence, "since": since}
        return self._first(Entry, _later, **asked)

    def newest_card(self, ticket: str) -> str | None:
        """Name the card on which a customer's newest words stand."""
        return next((row.slot for row in self._select(_newest_card, ticket=ticket)), None)

    def count_heard(self, contact_id: str, since: datetime) -> int:
        """Count what a contact wrote since then."""
        return int(self._select(_heard_since, contact=contact_id, since=since)[0][0])

    def change(self, key: str, **values: Any) -> None:
        self._execute(update(entries).where(entries.c.key == key).values(values), entries)

    def get(self, key: str) -> Entry | None:
        return self._first(Entry, select(*_columns).where(entries.c.key == key), entries)


def in_order(said: Sequence[Entry]) -> list[Entry]:
    """Put what came into the order in which it was written; what tells nothing of that stays where it came."""
    ordered: list[Entry] = []
    for entry in said:
        place = len(ordered)
        while place and (entry.sequence or "") < (ordered[place - 1].sequence or "") and entry.sequence:
            place -= 1
        ordered.insert(place, entry)
    return ordered
