"""What a platform's quota holds back for long: which chats wait, and until when."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Select, exists, func, select

from storage.identities import identities
from storage.messages import Kind
from storage.outbox_rows import is_pending, outbox
from storage.paces import paces
from storage.rows import Rows

_closed = exists().where(
    identities.c.channel == outbox.c.channel, identities.c.blind == outbox.c.chat, identities.c.reachable.is_(False)
)
"""Somebody closed that chat to us: whose customer it is was told so then."""


@dataclass(frozen=True)
class HeldChat:
    """A chat for which something waits, and from when on it may leave."""

    channel: str
    address: str
    until: datetime


class Held(Rows):
    """Messages that were to have left by now, and may not for long."""

    def chats(self, now: datetime, after: datetime, most: int) -> list[HeldChat]:
        """Name some chats that may not be spoken to until after a moment, though something waits for them."""
        first = _first(now).join_from(outbox, paces, paces.c.scope == outbox.c.chat).where(paces.c.free_at > after)
        asked = select(outbox.c.channel, outbox.c.address, paces.c.free_at)
        asked = asked.join_from(outbox, paces, paces.c.scope == outbox.c.chat)
        rows = self._select(asked.where(outbox.c.id.in_(first.limit(most))), outbox)
        return [HeldChat(row.channel, row.address, row.free_at) for row in rows]

    def of_account(self, channel: str, until: datetime, now: datetime, most: int) -> list[HeldChat]:
        """Name some chats for which something waits on an account that may say nothing; bulk has no hour to keep."""
        first = _first(now).where(outbox.c.channel == channel, outbox.c.kind != Kind.BULK).limit(most)
        asked = select(outbox.c.address).where(outbox.c.id.in_(first))
        return [HeldChat(channel, row.address, until) for row in self._select(asked, outbox)]


def _first(now: datetime) -> Select[tuple[int]]:
    """Find what waits longest for each chat."""
    waits = (is_pending, outbox.c.not_before <= now, ~_closed)
    return select(func.min(outbox.c.id)).where(*waits).group_by(outbox.c.chat).order_by(func.min(outbox.c.id))
