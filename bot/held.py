"""Held back by a quota for long: whoever answers for the chat hears why, and from when on it leaves."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from typing import Final

from bot.channels.port import Channel
from bot.quotas import account_buckets
from storage.held import HeldChat
from storage.inbox import Event
from storage.paces import ban_scope, chat_scope
from storage.store import Store

LONG: Final = timedelta(minutes=30)
"""A wait of which somebody has to hear; a shorter one is over before they could do anything about it."""
AT_ONCE: Final = 50


def tell(store: Store, channels: Iterable[Channel], now: datetime) -> None:
    """Leave news of all that waits for long, of each chat and moment once however often we look."""
    chats = store.held.chats(now, now + LONG, AT_ONCE)
    for channel in channels:
        until = max(_moments(store, channel, now), default=now)
        if until > now + LONG:
            chats += store.held.of_account(channel.name, until, now, AT_ONCE)
    store.inbox.add([_news(chat) for chat in chats], now)


def _moments(store: Store, channel: Channel, now: datetime) -> Iterator[datetime]:
    """Tell from when on each of an account's quotas has one left, and until when its platform forbids it to speak."""
    if (ban := store.paces.free_at(ban_scope(channel.name))) is not None:
        yield ban
    for bucket in account_buckets(channel.name, channel.pace):
        full_at = store.paces.free_at(bucket.scope)
        if full_at is not None and bucket.room(full_at, now) < 1:
            yield bucket.free_at(full_at)


def _news(chat: HeldChat) -> Event:
    body = {"channel": chat.channel, "address": chat.address, "until": chat.until.isoformat(), "cause": "quota"}
    once = f"held:{chat_scope(chat.channel, chat.address)}:{chat.until.isoformat()}"
    return Event("outbox", once, "message held", body=body)
