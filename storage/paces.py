"""Paces: when a chat or an account may be spoken to again, shared by every replica."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import Column, ColumnElement, Table, bindparam, case, delete, exists, select

from storage.columns import Moment, Name, metadata
from storage.patience import FORGOTTEN_AT_ONCE, KEPT
from storage.rows import Rows
from storage.vault import vault

paces = Table(
    "paces",
    metadata,
    Column("scope", Name, primary_key=True),
    Column("free_at", Moment, nullable=False),
)


_CLOSED: Final = "closed"


def account_scope(channel: str) -> str:
    return f"{channel}:"


def ban_scope(channel: str) -> str:
    """Name what a platform forbids a whole account for a while; its pace is kept apart and knows bursts."""
    return f"{channel}!"


def chat_scope(channel: str, address: str) -> str:
    """Name a chat by its blind index: where customers are reached stands nowhere in the open."""
    return vault.blind(f"{channel}:{address}")


def topic_scope(channel: str, address: str) -> str:
    """Name the pace of the topics in a chat."""
    return f"{chat_scope(channel, address)}topics"


def open_scope(channel: str, address: str) -> str:
    """Name a chat in which no topic could be opened: until then all is said in the open."""
    return f"{chat_scope(channel, address)}open"


def closed_scope(channel: str, address: str) -> str:
    """Name a chat that whoever has it closed to us; what its platform and its quotas allow is kept apart."""
    return f"{chat_scope(channel, address)}{_CLOSED}"


RESTS: Final = timedelta(days=1)
"""A chat that is not free for longer holds nobody up: it was closed to us, or a long quota is used up."""


def is_busy(chat: ColumnElement[str], until: ColumnElement[datetime] | datetime) -> ColumnElement[bool]:
    """Ask whether a chat may not be spoken to before a moment, because of its pace or because it is closed."""
    return exists().where(paces.c.scope.in_([chat, chat.concat(_CLOSED)]), paces.c.free_at > until)


_is_ban = paces.c.scope.contains("!")
_free = (
    select(paces.c.scope, paces.c.free_at)
    .where(paces.c.scope.in_(bindparam("scopes", expanding=True)))
    .order_by(paces.c.scope)
    .with_for_update()
)


class Paces(Rows):
    """The moments at which places are free again."""

    def free_at(self, scope: str) -> datetime | None:
        """Read a place's moment and hold it until this transaction ends, so that replicas take turns."""
        return self.free([scope]).get(scope)

    def free(self, scopes: Collection[str]) -> dict[str, datetime]:
        """Read the moments of places, where there are any, and hold them until this transaction ends."""
        return dict(map(tuple, self._select(_free, scopes=scopes))) if scopes else {}

    def set(self, moments: Mapping[str, datetime]) -> None:
        """Let places be free from these moments on; of several the latest holds."""
        if not moments:
            return
        statement = self._insert(paces)
        new = statement.excluded.free_at
        later = case((new > paces.c.free_at, new), else_=paces.c.free_at)
        statement = statement.on_conflict_do_update(index_elements=["scope"], set_={"free_at": later})
        rows = [{"scope": scope, "free_at": free} for scope, free in sorted(moments.items())]
        self._connection.execute(statement, rows)

    def forget(self, now: datetime, start: str) -> int:
        """Drop some chats that have long been free, looking from a mark on.

        A chat without a row is as free. What is kept of an account stays: by its row replicas take turns.
        """
        some = self._stretch(paces.c.scope, start, FORGOTTEN_AT_ONCE, ~paces.c.scope.contains(":"), ~_is_ban)
        long_free = paces.c.free_at < now - KEPT
        return self._execute(delete(paces).where(paces.c.scope.in_(some), long_free), paces).rowcount

    def release(self, scope: str) -> None:
        """Let a place be free again at once."""
        self._execute(delete(paces).where(paces.c.scope == scope), paces)
