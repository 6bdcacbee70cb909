"""Delivery: which messages may leave now, and what each outcome of a sending means."""

from __future__ import annotations

import asyncio
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

import structlog

from bot.channels.fitting import fitted, goes_on
from bot.channels.port import Channel, NotSent, Outgoing, Pace, TryLater, WontWork
from bot.clock import Clock
from handlers.cards import Card
from handlers.context import Surroundings
from handlers.relevance import verdict
from storage.inbox import Event
from storage.messages import Kind, Message, Settlement
from storage.outbox import LEASE
from storage.paces import account_scope, ban_scope, chat_scope
from storage.patience import PAUSES
from storage.posts import Post
from storage.store import Store

log = structlog.get_logger()

AUTH_PAUSE: Final = timedelta(minutes=5)
BULK_SHARE: Final = 0.7
"""Bulk may use so much of an account's burst; the rest is kept for replies."""

SENT_AGAIN: Final = {
    Kind.REPLY: True,
    Kind.ESCALATION: True,
    Kind.CARD: True,
    Kind.REMINDER: True,
    Kind.DIGEST: True,
    Kind.BULK: False,
}
"""What happens when nobody knows whether a message arrived: for these loss is worse than a second copy, so it is sent
again; for bulk a second copy is worse, so it is held as `unknown` until an operator releases it. Where a channel can
show the same message only once (`repeatable`), everything is sent again."""


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
    store.inbox.add([_news(Settlement(_fenced(message, secrets.token_hex(8)), "dead", error=why))], now)


def _claim_channel(store: Store, channel: Channel, slots: int, around: Surroundings, now: datetime) -> Claim:
    wanted = _paced(store, channel, slots, now)
    if channel.pace.chat_gap:
        wanted = _one_a_chat(wanted)
    return _mark(store, channel, wanted, around, now)


def _mark(store: Store, channel: Channel, wanted: Sequence[Message], around: Surroundings, now: datetime) -> Claim:
    if not wanted:
        return Claim()
    leaving = _relevant(store, wanted, around, now)
    fence = secrets.token_hex(8)
    store.outbox.claim(leaving, fence, store.machine_now() + max(LEASE, channel.patience * 2))
    _keep_pace(store, channel.name, channel.pace, leaving, now)
    return Claim(tuple(_outgoing(store, channel, leaving, fence)), len(wanted) - len(leaving))


def _paced(store: Store, channel: Channel, slots: int, now: datetime) -> Sequence[Message]:
    """Find what is due, as much as the account's pace allows; bulk leaves room for replies."""
    if channel.pace.per_second is None:
        return store.outbox.due(channel.name, now, slots)
    free_at = max(now, store.paces.free_at(account_scope(channel.name)) or now)
    room = channel.pace.burst - (free_at - now).total_seconds() * channel.pace.per_second
    first = store.outbox.due(channel.name, now, min(slots, max(0, int(room))), bulk=False) if room >= 1 else []
    kept = min((1 - BULK_SHARE) * channel.pace.burst, channel.pace.burst - 1)
    left = min(slots, int(room - kept)) - len(first)
    return [*first, *store.outbox.due(channel.name, now, left, bulk=True)] if left > 0 else first


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
        store.inbox.add([_news(Settlement(_fenced(message, secrets.token_hex(8)), state, error=why))], now)


def _keep_pace(store: Store, name: str, pace: Pace, leaving: Sequence[Message], now: datetime) -> None:
    moments: dict[str, datetime] = {}
    if pace.chat_gap:
        moments = {chat_scope(name, message.address): now + pace.chat_gap for message in leaving}
    if pace.per_second is not None and leaving:
        start = max(now, store.paces.free_at(account_scope(name)) or now)
        moments[account_scope(name)] = start + timedelta(seconds=len(leaving) / pace.per_second)
    store.paces.set(moments)


def _outgoing(store: Store, channel: Channel, leaving: Sequence[Message], fence: str) -> list[Outgoing]:
    places = [(m.channel, m.address, m.slot) for m in leaving if m.slot != m.key]
    places += [(m.channel, m.address, m.thread) for m in leaving if m.thread]
    standing = store.posts.standing(places) if places else {}
    return [_outgoing_one(store, channel, _fenced(message, fence), standing) for message in leaving]


def _outgoing_one(
    store: Store, channel: Channel, message: Message, standing: Mapping[tuple[str, str, str], str | None]
) -> Outgoing:
    card = fitted(Card.model_validate(message.card), channel.abilities)
    edits = standing.get((message.channel, message.address, message.slot))
    replaces = None
    if edits and goes_on(card, channel.abilities):
        post = store.posts.get(message.channel, message.address, message.slot)
        replaces = fitted(Card.model_validate(post.card), channel.abilities) if post else None
    under = standing.get((message.channel, message.address, message.thread or ""))
    return Outgoing(message, card, edits, under, replaces)


def _fenced(message: Message, fence: str) -> Message:
    from dataclasses import replace

    return replace(message, fence=fence, attempts=message.attempts + 1)


async def deliver(channel: Channel, outgoing: Outgoing, clock: Clock) -> Settlement:
    """Send one message and say what became of it; never raises. Pauses count from the platform's answer."""
    message = outgoing.message
    try:
        async with asyncio.timeout(channel.patience.total_seconds()):
            receipt = await channel.send(outgoing)
    except TryLater as later:
        scope = ban_scope(channel.name) if later.scope == "account" else chat_scope(channel.name, message.address)
        free_at = clock.now() + later.after
        return Settlement(
            message, "pending", error="slow down", next_at=free_at, throttled=True, free_at={scope: free_at}
        )
    except WontWork as refusal:
        return _refused(channel, message, refusal, clock.now())
    except NotSent as failure:
        return _again(message, str(failure), clock.now())
    except Exception as failure:  # noqa: BLE001 - whatever happened, nobody knows whether it arrived
        log.warning("outcome unknown", channel=channel.name, key=message.key, error=type(failure).__name__)
        return unknown(channel, message, type(failure).__name__, clock.now())
    if receipt.more:
        said = (*outgoing.card.said, receipt.provider_id or "")
        return Settlement(message, "pending", next_at=clock.now(), said=said)
    first = next(iter(outgoing.card.said), receipt.provider_id)
    return Settlement(message, "sent", provider_id=first, answers=receipt.answers)


def _refused(channel: Channel, message: Message, refusal: WontWork, now: datetime) -> Settlement:
    if refusal.kind == "auth":
        until = now + AUTH_PAUSE
        scope = ban_scope(channel.name)
        return Settlement(message, "pending", error="auth", next_at=until, throttled=True, free_at={scope: until})
    if refusal.kind == "content" and not message.card.get("plain"):
        return Settlement(message, "pending", error=str(refusal), next_at=now, plain=True)
    return Settlement(message, "failed", error=f"{refusal.kind}: {refusal}")


def _again(message: Message, why: str, now: datetime) -> Settlement:
    if message.attempts > len(PAUSES):
        return Settlement(message, "dead", error=why)
    return Settlement(message, "pending", error=why, next_at=now + PAUSES[message.attempts - 1])


def unknown(channel: Channel, message: Message, why: str, now: datetime) -> Settlement:
    """Decide about a message of which nobody knows whether it arrived, by its kind."""
    if channel.repeatable or SENT_AGAIN[message.kind]:
        return _again(message, f"unknown: {why}", now)
    return Settlement(message, "unknown", error=why)


def recover(store: Store, channels: Mapping[str, Channel], ahead: timedelta, now: datetime) -> int:
    """Decide about sendings whose lease ends before the machine's time plus `ahead`; tell how many there were."""
    lost = store.outbox.expired(store.machine_now() + ahead)
    known = [message for message in lost if message.channel in channels]
    decisions = [unknown(channels[m.channel], m, "the sender is gone", now) for m in known]
    settle(store, decisions, now)
    return len(decisions)


def settle(store: Store, settlements: Sequence[Settlement], now: datetime) -> None:
    """Write down what became of sendings, what stands where since, and tell those who wait to hear."""
    ours = store.outbox.settle(settlements, now)
    store.posts.put([_post(s, now) for s in ours if s.state == "sent" and not s.answers])
    store.paces.set(_latest(settlements))
    store.inbox.add([event for s in ours for event in s.answers], now)
    store.inbox.add([_news(s) for s in ours if _is_news(s)], now)


def _latest(settlements: Sequence[Settlement]) -> dict[str, datetime]:
    """Give for each place the latest moment that a platform named; it holds whoever asked."""
    moments = sorted((moment, scope) for s in settlements for scope, moment in s.free_at.items())
    return {scope: moment for moment, scope in moments}


def _post(settlement: Settlement, now: datetime) -> Post:
    message = settlement.message
    return Post(
        channel=message.channel,
        address=message.address,
        slot=message.slot,
        thread=message.thread,
        card={name: part for name, part in message.card.items() if name != "said"},
        at=now,
        changed=now,
        provider_id=settlement.provider_id,
    )


def _is_news(settlement: Settlement) -> bool:
    return (
        settlement.message.receipt if settlement.state == "sent" else settlement.state in ("failed", "dead", "unknown")
    )


def _news(settlement: Settlement) -> Event:
    message = settlement.message
    body = {
        "key": message.key,
        "state": settlement.state,
        "channel": message.channel,
        "address": message.address,
        "error": settlement.error,
        "receipt": message.receipt,
    }
    said_once = f"{message.key}:{settlement.state}:{message.attempts}:{message.fence}"  # replayed, it is news again
    return Event("outbox", said_once, "delivery news", body=body)
