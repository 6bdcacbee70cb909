"""Quotas: rates with a burst, kept as one moment each, so that every replica counts the same."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from bot.channels.port import Channel, Limit, Pace
from storage.messages import Message
from storage.paces import account_scope, chat_scope, topic_scope

BULK_SHARE: Final = 0.7
"""Bulk may use so much of an account's burst; the rest is kept for replies."""


@dataclass(frozen=True)
class Bucket:
    """So many at once, then one each `every`; what is kept is the moment from which all are there again (GCRA)."""

    scope: str
    every: timedelta
    burst: int

    def room(self, full_at: datetime | None, now: datetime) -> float:
        """Count what may leave at once."""
        return self.burst - (max(now, full_at or now) - now) / self.every

    def room_for_bulk(self, full_at: datetime | None, now: datetime) -> float:
        """Count what bulk may take of it, which leaves something for replies, yet one where there is only one."""
        return self.room(full_at, now) - min((1 - BULK_SHARE) * self.burst, self.burst - 1)

    def spent(self, full_at: datetime | None, count: int, now: datetime) -> datetime:
        """Tell from when all are there again after so many have left."""
        return max(now, full_at or now) + self.every * count

    def free_at(self, full_at: datetime) -> datetime:
        """Tell from when there is one again."""
        return full_at - self.every * (self.burst - 1)


def pauses(pace: Pace) -> Iterator[float]:
    """Give the seconds after which a chat, or the account, may be spoken to again."""
    if pace.chat_gap:
        yield pace.chat_gap.total_seconds()
    for limit in pace.limits:
        if limit.scope == "account":
            yield _bucket("", limit).every.total_seconds()


def account_buckets(name: str, pace: Pace) -> list[Bucket]:
    """Give what holds for all that an account says."""
    return [_bucket(account_scope(name), limit) for limit in pace.limits if limit.scope == "account"]


def chat_buckets(channel: Channel, message: Message) -> Iterator[Bucket]:
    """Give what holds for the chat of a message, beside its rest after each."""
    for limit in channel.pace.limits:
        if limit.scope == "chat" and not limit.is_gap and message.address.startswith(limit.only):
            yield _bucket(chat_scope(channel.name, message.address), limit)


def topic_bucket(channel: Channel, address: str) -> Bucket | None:
    """Give what holds for the topics of a chat; None where chats have none."""
    for limit in channel.pace.limits:
        if limit.scope == "topic" and address.startswith(limit.only):
            return _bucket(topic_scope(channel.name, address), limit)
    return None


def _bucket(scope: str, limit: Limit) -> Bucket:
    """Let some of a limit leave at once and the rest over its span: no span ever sees more than the limit."""
    burst = max(1, limit.messages // 2) if limit.at_once is None else limit.at_once
    return Bucket(
        f"{scope}{limit.messages}/{limit.span.total_seconds():.0f}s",
        limit.span / max(1, limit.messages - burst),
        burst,
    )
