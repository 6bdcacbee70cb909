"""The inbox: everything that happened to us, stored before anything is done about it."""

from __future__ import annotations

import hashlib
import zlib
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any, Final

from sqlalchemy import (
    Column,
    Index,
    Integer,
    String,
    Table,
    Text,
    UniqueConstraint,
    bindparam,
    delete,
    exists,
    func,
    or_,
    select,
    text,
    union_all,
    update,
)
from sqlalchemy.dialects import postgresql, sqlite

from storage.columns import Moment, Name, Serial, Short, metadata
from storage.patience import BLOCKED_AT_MOST, FORGOTTEN_AT_ONCE, KEPT, PAUSES
from storage.rows import Rows
from storage.vault import BadKey, SealedJson, unopened, vault

DEADLY: Final = 3
"""So many processes may end while they handle an event, then it is not tried any more."""

LONGEST_ID: Final = Name.length or 0

inbox = Table(
    "inbox",
    metadata,
    Column("id", Serial, primary_key=True),
    Column("channel", Short, nullable=False),
    Column("external_id", Name, nullable=False),
    Column("kind", Short, nullable=False),
    Column("conversation", Name),
    Column("body", SealedJson, nullable=False),
    Column("received_at", Moment, nullable=False),
    Column("state", String(8), nullable=False, default="new"),
    Column("attempts", Integer, nullable=False, default=0),
    Column("next_at", Moment, nullable=False),
    Column("blocked_since", Moment),
    Column("error", Text),
    Column("handled_at", Moment),
    UniqueConstraint("channel", "external_id"),
    sqlite_autoincrement=True,  # what is said is keyed by the event's id, so an id never comes back
)
_waiting = inbox.c.state == "new"
Index("ix_inbox_due", inbox.c.next_at, inbox.c.id, sqlite_where=_waiting, postgresql_where=_waiting)
Index("ix_inbox_conversation", inbox.c.conversation, inbox.c.id, sqlite_where=_waiting, postgresql_where=_waiting)
Index("ix_inbox_handled", inbox.c.handled_at)
_dead = inbox.c.state == "dead"
Index("ix_inbox_dead", inbox.c.conversation, sqlite_where=_dead, postgresql_where=_dead)


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happened: who said or pressed what, where, and in which conversation.

    `external_id` is the platform's own id for it and holds no address; conversation and body are kept unreadable.
    """

    channel: str
    external_id: str
    kind: str
    sender: str = ""
    address: str = ""
    body: dict[str, Any] = field(default_factory=dict)
    conversation: str | None = None
    id: int = 0
    attempts: int = 0
    received_at: datetime | None = None
    error: str | None = None
    readable: bool = True
    """False if it was sealed with a key that is not here: it ends as a dead letter until the key is back."""

    def __post_init__(self) -> None:
        """Keep an id that no platform has ever sent, and no column holds, by its digest: it is as much its own."""
        if len(self.external_id) > LONGEST_ID:
            digest = hashlib.sha256(self.external_id.encode("utf-8", "replace")).hexdigest()
            object.__setattr__(self, "external_id", digest)


_columns = (
    inbox.c.id,
    inbox.c.channel,
    inbox.c.external_id,
    inbox.c.kind,
    inbox.c.conversation,
    unopened(inbox.c.body),
    inbox.c.attempts,
    inbox.c.received_at,
    inbox.c.error,
)


def _event(row: Sequence[Any]) -> Event:
    id_, channel, external_id, kind, conversation, sealed, attempts, received_at, error = row
    event = Event(
        channel=channel,
        external_id=external_id,
        kind=kind,
        conversation=conversation,
        id=id_,
        attempts=attempts,
        received_at=received_at,
        error=error,
    )
    try:
        opened = vault.open_json(sealed)
    except BadKey:
        return replace(event, readable=False)
    return replace(event, **opened)


_add = {
    name: insert.on_conflict_do_nothing(index_elements=["channel", "external_id"]).returning(
        inbox.c.channel, inbox.c.external_id
    )
    for name, insert in (("sqlite", sqlite.insert(inbox)), ("postgresql", postgresql.insert(inbox)))
}
"""The insert that says what is new, in the words of each database."""
_older = inbox.alias("older")
_blocking = exists().where(
    _older.c.conversation == inbox.c.conversation,
    _older.c.state == "new",
    _older.c.id < inbox.c.id,
    or_(_older.c.blocked_since.is_(None), _older.c.blocked_since > bindparam("blocked_before")),
)
_heads = (
    select(*_columns)
    .where(_waiting, inbox.c.next_at <= bindparam("now"), or_(inbox.c.conversation.is_(None), ~_blocking))
    .order_by(inbox.c.id)
    .limit(bindparam("most"))
    .with_for_update(skip_locked=True, of=inbox)
)
_head = _heads.where(inbox.c.id == bindparam("only"))


class Inbox(Rows):
    """What has come in, in order within a conversation."""

    def add(self, events: Sequence[Event], now: datetime) -> list[Event]:
        """Store events that are not known yet; give those that were new."""
        if not events:
            return []
        self._order_arrivals(events)
        rows = [
            {
                "channel": event.channel,
                "external_id": event.external_id,
                "kind": event.kind,
                "conversation": vault.blind(event.conversation) if event.conversation else None,
                "body": {"sender": event.sender, "address": event.address, "body": event.body},
                "received_at": now,
                "next_at": now,
                "state": "new",
                "attempts": 0,
            }
            for event in events
        ]
        connection = self._connection
        found = connection.execute(_add[connection.dialect.name], rows)
        new = {(row.channel, row.external_id) for row in found}
        return [event for event in events if (event.channel, event.external_id) in new]

    def knows(self, event: Event) -> bool:
        """Tell whether an event came before: its deed was done then."""
        here = (inbox.c.channel == event.channel, inbox.c.external_id == event.external_id)
        return bool(self._select(select(inbox.c.id).where(*here).limit(1), inbox))

    def _order_arrivals(self, events: Iterable[Event]) -> None:
        """Let writers of one conversation wait for each other, so that ids follow commits."""
        if self._connection.dialect.name != "postgresql":
            return
        keys = sorted({zlib.crc32(event.conversation.encode()) - 2**31 for event in events if event.conversation})
        for key in keys:
            self._connection.execute(_advisory_lock, {"key": key})

    def heads(self, now: datetime, limit: int, *, only: int | None = None) -> list[Event]:
        """Claim the oldest unhandled event of each conversation; the claim lives as long as this transaction."""
        values = {"now": now, "blocked_before": now - BLOCKED_AT_MOST, "most": limit}
        found = self._select(_heads, **values) if only is None else self._select(_head, **values, only=only)
        return [_event(row) for row in found]

    def done(self, ids: Sequence[int], now: datetime) -> None:
        if ids:
            self._connection.execute(_done, [{"which": id_, "handled_at": now} for id_ in ids])

    def failed(self, event: Event, error: str, now: datetime) -> bool:
        """Plan the next attempt after a growing pause; true if there is none left and the event is a dead letter."""
        attempts = event.attempts + 1
        dead = attempts > len(PAUSES)
        values: dict[str, Any] = {"attempts": attempts, "error": error[:2000]}
        if dead:
            values |= {"state": "dead", "handled_at": now}
        else:
            values |= {
                "next_at": now + PAUSES[attempts - 1],
                "blocked_since": func.coalesce(inbox.c.blocked_since, bindparam("since", now, Moment)),
            }
        self._execute(update(inbox).where(inbox.c.id == event.id).values(values))
        return dead

    def suspect(self, event: Event, now: datetime) -> bool:
        """Count an attempt before it is made; false if too many processes have ended in it, and it is a dead letter.

        An attempt that ends in an error says so; one that says nothing took its process along.
        """
        silent = event.attempts >= DEADLY and event.error is None
        if silent or event.attempts > len(PAUSES):
            values = {"state": "dead", "error": "the process ended while this was handled", "handled_at": now}
        else:
            values = {"attempts": event.attempts + 1}
        self._execute(update(inbox).where(inbox.c.id == event.id, _waiting).values(values))
        return "state" not in values

    def unsettled(self, conversations: Collection[str], since: datetime) -> set[str]:
        """Tell in which of these conversations an event waits, or is a dead letter that came after `since`."""
        if not conversations:
            return set()
        names = {vault.blind(conversation): conversation for conversation in conversations}
        ours = inbox.c.conversation.in_(names)
        found = union_all(
            select(inbox.c.conversation).where(_waiting, ours),
            select(inbox.c.conversation).where(_dead, ours, inbox.c.received_at > since),
        )
        return {names[row.conversation] for row in self._buffer.connection.execute(found)}

    def next_due(self) -> datetime | None:
        """Tell when the next waiting event may be tried."""
        rows = self._select(select(func.min(inbox.c.next_at)).where(_waiting))
        found: datetime | None = rows[0][0]
        return found

    def dead(self, limit: int = 100) -> list[Event]:
        statement = select(*_columns).where(inbox.c.state == "dead").order_by(inbox.c.id).limit(limit)
        return [_event(row) for row in self._select(statement)]

    def replay(self, id_: int, now: datetime) -> bool:
        """Put a dead letter back in the queue; false if there is no such dead letter."""
        again = {"state": "new", "attempts": 0, "next_at": now, "blocked_since": None, "error": None}
        return (
            self._execute(update(inbox).where(inbox.c.id == id_, inbox.c.state == "dead").values(again)).rowcount == 1
        )

    def count(self, state: str) -> int:
        count: int = self._select(select(func.count()).select_from(inbox).where(inbox.c.state == state))[0][0]
        return count

    def oldest(self) -> datetime | None:
        """Tell since when the event waits that waits longest."""
        found: datetime | None = self._select(select(func.min(inbox.c.received_at)).where(_waiting))[0][0]
        return found

    def newest(self) -> Event | None:
        for row in self._select(select(*_columns).order_by(inbox.c.id.desc()).limit(1)):
            return _event(row)
        return None

    def forget(self, now: datetime) -> int:
        """Drop some handled events that no platform can repeat any more; few enough to hold nobody up."""
        old = (
            select(inbox.c.id).where(inbox.c.state == "done", inbox.c.handled_at < now - KEPT).limit(FORGOTTEN_AT_ONCE)
        )
        return self._execute(delete(inbox).where(inbox.c.id.in_(old))).rowcount


_advisory_lock = text("select pg_advisory_xact_lock(cast(7201 as integer), cast(:key as integer))")
_done = (
    update(inbox)
    .where(inbox.c.id == bindparam("which"))
    .values(state="done", handled_at=bindparam("handled_at"), error=None)
)
