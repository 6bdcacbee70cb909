"""The rows of the outbox: what is kept of each message, how it is found, and how a row is read as a message."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from sqlalchemy import JSON, Boolean, Column, Index, Integer, String, Table, Text, bindparam

from storage.columns import Moment, Name, Serial, Short, metadata
from storage.messages import Kind, Message
from storage.vault import BadKey, Sealed, SealedJson, unopened, vault

outbox = Table(
    "outbox",
    metadata,
    Column("id", Serial, primary_key=True),
    Column("key", Name, nullable=False, unique=True),
    Column("channel", Short, nullable=False),
    Column("chat", String(32), nullable=False),
    Column("address", Sealed, nullable=False),
    Column("lane", Name, nullable=False),
    Column("kind", Short, nullable=False),
    Column("slot", Name, nullable=False),
    Column("thread", Name),
    Column("card", SealedJson, nullable=False),
    Column("guards", JSON, nullable=False),
    Column("receipt", Boolean, nullable=False, default=False),
    Column("created_at", Moment, nullable=False),
    Column("not_before", Moment, nullable=False),
    Column("expires_at", Moment),
    Column("rank_at", Moment, nullable=False),
    Column("next_at", Moment, nullable=False),
    Column("state", String(10), nullable=False, default="pending"),
    Column("attempts", Integer, nullable=False, default=0),
    Column("throttles", Integer, nullable=False, default=0),
    Column("lease_until", Moment),
    Column("fence", String(32)),
    Column("blocked_since", Moment),
    Column("error", Text),
    Column("settled_at", Moment),
)
OPEN = ("pending", "sending")
is_open = outbox.c.state.in_(bindparam("open", OPEN, expanding=True, literal_execute=True))
is_pending = outbox.c.state == "pending"
is_sending = outbox.c.state == "sending"
Index(
    "ix_outbox_rank",
    outbox.c.channel,
    outbox.c.rank_at,
    outbox.c.id,
    sqlite_where=is_pending,
    postgresql_where=is_pending,
)
Index("ix_outbox_lane", outbox.c.lane, outbox.c.id, sqlite_where=is_open, postgresql_where=is_open)
Index("ix_outbox_lease", outbox.c.lease_until, sqlite_where=is_sending, postgresql_where=is_sending)
Index("ix_outbox_slot", outbox.c.chat, outbox.c.slot, sqlite_where=is_pending, postgresql_where=is_pending)
Index("ix_outbox_settled", outbox.c.settled_at)
ENDED = ("sent", "superseded", "cancelled", "expired", "suppressed")
BAD = ("unknown", "failed", "dead")
"""How a message ends badly: a person has to look at it."""
is_bad = outbox.c.state.in_(bindparam("bad", BAD, expanding=True, literal_execute=True))
Index("ix_outbox_bad", outbox.c.state, outbox.c.id, outbox.c.not_before, sqlite_where=is_bad, postgresql_where=is_bad)


columns = (
    outbox.c.key,
    outbox.c.channel,
    unopened(outbox.c.address),
    unopened(outbox.c.card),
    outbox.c.kind,
    outbox.c.slot,
    outbox.c.thread,
    outbox.c.guards,
    outbox.c.receipt,
    outbox.c.not_before,
    outbox.c.expires_at,
    outbox.c.id,
    outbox.c.attempts,
    outbox.c.fence,
    outbox.c.state,
    outbox.c.error,
    outbox.c.created_at,
    outbox.c.blocked_since,
)


def message_of(row: Sequence[Any]) -> Message:
    """Read `columns` as a message; one that was sealed with another key has no address and no card."""
    key, channel, address, card, kind, slot, thread, guards, *rest = row
    message = Message(key, channel, "", {}, Kind(kind), slot, thread, tuple(guards), *rest)
    try:
        return replace(message, address=vault.open(address).decode(), card=vault.open_json(card))
    except BadKey:
        return replace(message, readable=False)
