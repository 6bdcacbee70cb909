"""A digest of all that the company knows: what changed nothing leaves it as it was."""

from __future__ import annotations

import hashlib
from typing import Any, Final

from sqlalchemy import Select, select

from storage.columns import metadata
from storage.store import Store

MACHINERY: Final = frozenset({"inbox", "outbox", "paces", "posts", "reply_windows", "settings"})
"""Queues, what stands in chats, and the machine's own notes: they move whenever anybody says anything."""


WORDS: Final = frozenset({"entries", "tickets", "ticket_events", "feedback", "audit"})
"""What a customer's words may become."""
_everything: Final = {name: select(table) for name, table in sorted(metadata.tables.items()) if name not in MACHINERY}
"""The questions, made once: they are asked around every command."""


def digest(store: Store, *, but: frozenset[str] = frozenset()) -> dict[str, str]:
    """Give one word for the rows of each table of the business, `but` some."""
    return {name: _word(store, question) for name, question in _everything.items() if name not in but}


def _word(store: Store, question: Select[Any]) -> str:
    rows = sorted(repr(tuple(row)) for row in store.connection.execute(question))
    return hashlib.sha256(repr(rows).encode()).hexdigest()
