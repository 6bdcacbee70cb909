"""Reply windows: how many answers a platform still takes for what a customer wrote last, shared by every replica."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import Column, Integer, Table, and_, delete, select, update

from storage.columns import Moment, Name, metadata
from storage.paces import chat_scope
from storage.patience import FORGOTTEN_AT_ONCE
from storage.rows import Rows

HELD: Final = "window"
"""Marks in the outbox what waits for its customer to write again."""
TAKEN: Final = "session"
"""Marks what waits because a person, or a queue for one, has the chat."""
OVER: Final = timedelta(days=30)
"""So long after a customer wrote no platform takes an answer to it, however long its window is."""

windows = Table(
    "reply_windows",
    metadata,
    Column("scope", Name, primary_key=True),
    Column("opened_at", Moment, nullable=False),
    Column("used", Integer, nullable=False),
)


@dataclass(frozen=True)
class ReplyWindow:
    """So many messages may answer what a customer wrote last, and so long after it; then they have to write again."""

    span: timedelta
    messages: int
    source: str


@dataclass(frozen=True)
class Left:
    """What may still be said to a chat: so many messages, until then; none once it is shut."""

    messages: int
    until: datetime


class Windows(Rows):
    """The chats whose customers wrote, when, and how many answers have left since."""

    def open(self, channel: str, address: str, now: datetime) -> None:
        """Begin anew: they wrote just now."""
        values = {"opened_at": now, "used": 0}
        statement = self._insert(windows).values(scope=chat_scope(channel, address), **values)
        self._execute(statement.on_conflict_do_update(index_elements=["scope"], set_=values))

    def left(self, window: ReplyWindow, chats: Iterable[tuple[str, str]], now: datetime) -> Mapping[str, Left]:
        """Tell for each of these chats, by its scope, what may still be said; one that never wrote is shut."""
        scopes = {chat_scope(channel, address) for channel, address in chats}
        asked = select(windows).where(windows.c.scope.in_(scopes)).with_for_update()
        found = {row.scope: _left(window, row.opened_at, row.used, now) for row in self._select(asked)}
        return {scope: found.get(scope, Left(0, now)) for scope in scopes}

    def opened_at(self, channel: str, address: str) -> datetime | None:
        """Tell when a customer wrote last in a chat that takes answers alone; None once it is shut."""
        here = select(windows.c.opened_at).where(windows.c.scope == chat_scope(channel, address))
        return next((row.opened_at for row in self._select(here)), None)

    def use(self, channel: str, address: str, count: int) -> None:
        """Count answers that leave."""
        here = windows.c.scope == chat_scope(channel, address)
        self._execute(update(windows).where(here).values(used=windows.c.used + count))

    def give_back(self, channel: str, address: str) -> None:
        """Count one less: an answer that was counted did not reach the platform."""
        here = and_(windows.c.scope == chat_scope(channel, address), windows.c.used > 0)
        self._execute(update(windows).where(here).values(used=windows.c.used - 1))

    def forget(self, now: datetime, start: str) -> int:
        """Drop some windows that are long over, looking from a mark on."""
        some = self._stretch(windows.c.scope, start, FORGOTTEN_AT_ONCE)
        over = windows.c.opened_at < now - OVER
        return self._execute(delete(windows).where(windows.c.scope.in_(some), over), windows).rowcount

    def shut(self, channel: str, address: str) -> None:
        """Believe the platform, which counts otherwise than we do: nothing is left until they write."""
        self._execute(delete(windows).where(windows.c.scope == chat_scope(channel, address)))


def _left(window: ReplyWindow, opened_at: datetime, used: int, now: datetime) -> Left:
    until = opened_at + window.span
    return Left(max(0, window.messages - used) if now < until else 0, until)
