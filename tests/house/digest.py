"""A digest of all that the company knows: what changed nothing leaves it as it was."""

from __future__ import annotations

import hashlib
from typing import Final

from sqlalchemy import select

from storage.columns import metadata
from storage.store import Store

MACHINERY: Final = frozenset({"inbox", "outbox", "paces", "posts", "settings"})
"""Queues, what stands in chats, and the machine's own notes: they move whenever anybody says anything."""


WORDS: Final = frozenset({"entries", "tickets", "ticket_events", "feedback", "audit"})
"""What a customer's words may become."""
_everything: Final = {name: select(table) for name, table in sorted(metadata.tables.items()) if name not in MACHINERY}
"""The questions, made once: they are asked around every command."""


def digest(store: Store, *, but: frozenset[str] = frozenset()) -> str:
    """Give one word for every row of every table of the business, `but` some."""
    read = hashlib.sha256()
    for name, question in _everything.items():
        if name not in but:
            rows = sorted(repr(tuple(row)) for row in store.connection.execute(question))
            read.update(repr((name, rows)).encode())
    return read.hexdigest()
