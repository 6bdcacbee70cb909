"""Claiming: which messages may leave now, as much as chats, accounts and windows allow, and what ends here instead."""

from __future__ import annotations

import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final

from bot import reply_windows, topics
from bot.channels.fitting import fitted, goes_on
from bot.channels.port import Channel, Outgoing
from bot.delivery import news
from bot.quotas import Bucket, account_buckets, chat_buckets
from bot.topics import Seat
from handlers.cards import Card
from handlers.context import Surroundings
from handlers.relevance import verdict
from storage.messages import Kind, Message, Settlement
from storage.outbox import LEASE
from storage.paces import chat_scope
from storage.store import Store

SPARED: Final = 4
"""One in so many of a channel's places never holds bulk: a platform that is slow to take it delays nobody's reply."""


@dataclass(frozen=True)
class Claim:
    """Messages marked as being sent; each has to be settled before its lease ends."""

    outgoing: tuple[Outgoing, ...] = ()
    dropped: int = 0
    """How many ended here instead: those behind them may leave at once."""


def claim(
    store: Store, channels: Mapping[str, Channel], free: Mapping[str, int], around: Surroundings, now: datetime
) -> Claim:
    """Mark what may leave now as being sent; what need not or must not leave any more ends here."""
    claims = [_claim_channel(store, channels[name], slots, around, now) for name, slots in free.items() if slots > 0]
    return Claim(tuple(o for c in claims for o in c.outgoing), sum(c.dropped for c in claims))


def waiting(store: Store, channel: Channel, room: int, now: datetime) -> Sequence[Message]:
    """Look at what a channel would be given now, without claiming it."""
    return store.outbox.due(channel.name, now, max(0, room))


def claim_alone(store: Store, channel: Channel, id_: int, around: Surroundings, now: datetime) -> Claim:
    """Mark one message as being sent, if it still may leave."""
    return _mark(store, channel, store.outbox.due(channel.name, now, 1, only=id_), around, now)


def give_up(store: Store, message: Message, why: str, now: datetime) -> None:
    """End a message that cannot even be made ready; operators hear of it."""
    store.outbox.drop([message], "dead", why, now)
    store.inbox.add([news(Settlement(_fenced(message, secrets.token_hex(8)), "dead", error=why))], now)


def _claim_channel(store: Store, channel: Channel, slots: int, around: Surroundings, now: datetime) -> Claim:
    wanted = _paced(store, channel, slots, now)
    if channel.pace.chat_gap or channel.pace.limits or channel.pace.reply_window:
        wanted = _one_a_chat(wanted)
    return _mark(store, channel, wanted, around, now)


def _mark(store: Store, channel: Channel, wanted: Sequence[Message], around: Surroundings, now: datetime) -> Claim:
    if not wanted:
        return Claim()
    leaving = _relevant(store, wanted, around, now)
    if channel.pace.reply_window:
        window = channel.pace.reply_window
        leaving = reply_windows.within(store, window, leaving, lambda m: verdict(store, m, around, now) is None, now)
    leaving, seats = topics.seated(store, channel, leaving, now)
    fence = secrets.token_hex(8)
    store.outbox.claim(leaving, fence, store.machine_now() + max(LEASE, channel.patience * 2))
    _keep_pace(store, channel, leaving, now)
    return Claim(tuple(_outgoing(store, channel, leaving, fence, seats)), len(wanted) - len(leaving))


def _paced(store: Store, channel: Channel, slots: int, now: datetime) -> Sequence[Message]:
    """Find what is due, as much as free places and the account's quotas allow; bulk leaves room for replies in both."""
    if not store.outbox.is_any_due(channel.name, now):
        return []
    room, for_bulk = _room(store, channel, slots, now)
    due = store.outbox.due(channel.name, now, room) if room > 0 else []
    if len(due) <= for_bulk or not any(message.kind is Kind.BULK for message in due):
        return due
    first = store.outbox.due(channel.name, now, room, bulk=False)
    left = for_bulk - len(first)
    return [*first, *store.outbox.due(channel.name, now, left, bulk=True)] if left > 0 else first


def _room(store: Store, channel: Channel, slots: int, now: datetime) -> tuple[int, int]:
    """Count what may leave, and how much of it may be bulk."""
    room, for_bulk = slots, slots - channel.slots // SPARED
    buckets = account_buckets(channel.name, channel.pace)
    full_at = store.paces.free([bucket.scope for bucket in buckets])
    for bucket in buckets:
        full = full_at.get(bucket.scope)
        room, for_bulk = min(room, int(bucket.room(full, now))), min(for_bulk, int(bucket.room_for_bulk(full, now)))
    return room, for_bulk


def _one_a_chat(messages: Sequence[Message]) -> list[Message]:
    """Keep the first message for each chat: cards of different lanes share the chat's pace."""
    return list({message.address: message for message in reversed(messages)}.values())[::-1]


def _relevant(store: Store, messages: Sequence[Message], around: Surroundings, now: datetime) -> list[Message]:
    """Ask again whether each should be said: not expired, not overtaken, and all that it depended on still true."""
    overtaken = store.outbox.newer([m for m in messages if m.slot != m.key], now)
    leaving = []
    for message in messages:
        if not message.readable:
            give_up(store, message, "sealed with a key that is not here", now)
        elif message.id in overtaken:
            store.outbox.drop([message], "superseded", "a newer state of the same card waits", now)
        elif message.expires_at is not None and message.expires_at <= now:
            _hold_back(store, message, "expired", "too late to be of use", now)
        elif isinstance(why := verdict(store, message, around, now), datetime):
            store.outbox.hold(message, why)
        elif why is not None:
            _hold_back(store, message, "suppressed", why, now)
        else:
            leaving.append(message)
    return leaving


def _hold_back(store: Store, message: Message, state: str, why: str, now: datetime) -> None:
    """End a message that must not leave any more; whoever waits for its receipt hears why."""
    store.outbox.drop([message], state, why, now)
    if message.receipt:
        store.inbox.add([news(Settlement(_fenced(message, secrets.token_hex(8)), state, error=why))], now)


def _keep_pace(store: Store, channel: Channel, leaving: Sequence[Message], now: datetime) -> None:
    """Write down from when chats and the account may be spoken to again."""
    if not leaving:
        return
    buckets = account_buckets(channel.name, channel.pace)
    full_at = store.paces.free([bucket.scope for bucket in buckets])
    moments = {bucket.scope: bucket.spent(full_at.get(bucket.scope), len(leaving), now) for bucket in buckets}
    for message in leaving:
        quotas = list(chat_buckets(channel, message))
        if quotas or channel.pace.chat_gap:
            moments |= _chat_moments(store, channel, message, quotas, now)
    store.paces.set(moments)


def _chat_moments(
    store: Store, channel: Channel, message: Message, buckets: Sequence[Bucket], now: datetime
) -> dict[str, datetime]:
    """Tell from when a chat is free again: after the gap, and once each of its quotas has one left."""
    full_at = store.paces.free([bucket.scope for bucket in buckets])
    spent = {bucket: bucket.spent(full_at.get(bucket.scope), 1, now) for bucket in buckets}
    free = max([now + channel.pace.chat_gap, *(bucket.free_at(full_at) for bucket, full_at in spent.items())])
    return {bucket.scope: full_at for bucket, full_at in spent.items()} | {
        chat_scope(channel.name, message.address): free
    }


def _outgoing(
    store: Store, channel: Channel, leaving: Sequence[Message], fence: str, seats: Mapping[int, Seat]
) -> list[Outgoing]:
    places = [(m.channel, m.address, m.slot) for m in leaving if m.slot != m.key]
    places += [(m.channel, m.address, m.thread) for m in leaving if m.thread]
    standing = store.posts.standing(places) if places else {}
    return [
        _outgoing_one(store, channel, _fenced(message, fence), standing, seats.get(message.id, Seat()))
        for message in leaving
    ]


def _outgoing_one(
    store: Store,
    channel: Channel,
    message: Message,
    standing: Mapping[tuple[str, str, str], str | None],
    seat: Seat,
) -> Outgoing:
    card = fitted(Card.model_validate(message.card), channel.abilities)
    edits = standing.get((message.channel, message.address, message.slot))
    replaces = None
    if edits and (card.files or card.is_named_alone or channel.abilities.marks or goes_on(card, channel.abilities)):
        post = store.posts.get(message.channel, message.address, message.slot)
        replaces = fitted(Card.model_validate(post.card), channel.abilities) if post else None
    under = standing.get((message.channel, message.address, message.thread or ""))
    return Outgoing(message, card, edits, under, replaces, seat.topic, seat.opens)


def _fenced(message: Message, fence: str) -> Message:
    return replace(message, fence=fence, attempts=message.attempts + 1)
