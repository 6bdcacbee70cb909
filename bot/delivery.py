"""Delivery: one message sent, and what each outcome of it means."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Final

import structlog

from bot import beside, reply_windows, topics
from bot.channels.port import (
    Channel,
    ChatTaken,
    NoTopics,
    NotSent,
    Outgoing,
    Receipt,
    TopicLost,
    TryLater,
    WindowShut,
    WontWork,
)
from bot.clock import Clock
from storage.inbox import Event
from storage.messages import Kind, Message, Settlement
from storage.paces import ban_scope, chat_scope
from storage.patience import PAUSES
from storage.posts import Post
from storage.store import Store
from storage.windows import HELD

log = structlog.get_logger()

AUTH_PAUSE: Final = timedelta(minutes=5)

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


async def deliver(channel: Channel, outgoing: Outgoing, clock: Clock) -> Settlement:
    """Send one message and say what became of it; never raises. Pauses count from the platform's answer."""
    message = outgoing.message
    try:
        async with asyncio.timeout(channel.patience.total_seconds()):
            receipt = await channel.send(outgoing)
    except (TryLater, WindowShut, ChatTaken) as later:
        return _later(channel, message, later, clock.now())
    except (NoTopics, TopicLost, WontWork) as refusal:
        return _refused(channel, outgoing, refusal, clock.now())
    except NotSent as failure:
        return replace(_again(message, str(failure), clock.now()), unsent=True, silent=True)
    except Exception as failure:  # noqa: BLE001 - whatever happened, nobody knows whether it arrived
        log.warning("outcome unknown", channel=channel.name, key=message.key, error=type(failure).__name__)
        return unknown(channel, message, type(failure).__name__, clock.now())
    return _taken(outgoing, receipt, clock.now())


def _taken(outgoing: Outgoing, receipt: Receipt, now: datetime) -> Settlement:
    message = outgoing.message
    if receipt.opened:
        return Settlement(message, "pending", next_at=now, opened=receipt.opened)
    if receipt.more:
        said = (*outgoing.card.said, receipt.provider_id or "")
        return Settlement(message, "pending", next_at=now, said=said, beside=receipt.beside)
    first, before = next(iter(outgoing.card.said), receipt.provider_id), outgoing.card.said
    said = tuple(dict.fromkeys([*before, receipt.provider_id or before[-1]])) if before else ()
    return Settlement(message, "sent", provider_id=first, answers=receipt.answers, said=said, beside=receipt.beside)


def _later(channel: Channel, message: Message, why: TryLater | WindowShut | ChatTaken, now: datetime) -> Settlement:
    if isinstance(why, WindowShut):
        return Settlement(message, "pending", error=HELD, next_at=now, throttled=True, unsent=True)
    if isinstance(why, ChatTaken):
        held_by = (why.state, why.who)
        return Settlement(message, "pending", next_at=now, throttled=True, unsent=True, held_by=held_by)
    scope = {
        "account": ban_scope(channel.name),
        "chat": chat_scope(channel.name, message.address),
        "topic": topics.pace_scope(channel, message.address),
    }[why.scope]
    at = now + why.after
    return Settlement(
        message, "pending", error="slow down", next_at=at, throttled=True, free_at={scope: at}, unsent=True
    )


def _refused(
    channel: Channel, outgoing: Outgoing, refusal: NoTopics | TopicLost | WontWork, now: datetime
) -> Settlement:
    message = outgoing.message
    if not isinstance(refusal, WontWork):
        return _without_topic(outgoing, refusal, now)
    if refusal.kind == "auth":
        until = now + AUTH_PAUSE
        scope = ban_scope(channel.name)
        ban = {scope: until}
        return Settlement(message, "pending", error="auth", next_at=until, throttled=True, free_at=ban, unsent=True)
    if refusal.kind == "content" and not message.card.get("plain"):
        return Settlement(message, "pending", error=str(refusal), next_at=now, plain=True)
    return Settlement(message, "failed", error=f"{refusal.kind}: {refusal}")


def _without_topic(outgoing: Outgoing, why: NoTopics | TopicLost, now: datetime) -> Settlement:
    """Say it in the open where there are no topics, in a new one where its own is gone; one that is gone needs no name."""
    message = outgoing.message
    if isinstance(why, NoTopics):
        return Settlement(message, "pending", error=topics.NONE, next_at=now, throttled=True, unsent=True)
    if outgoing.card.is_named_alone:
        return Settlement(message, "superseded", error=topics.LOST)
    return replace(_again(message, topics.LOST, now), unsent=True)


def _again(message: Message, why: str, now: datetime) -> Settlement:
    if message.attempts > len(PAUSES):
        return Settlement(message, "dead", error=why)
    return Settlement(message, "pending", error=why, next_at=now + PAUSES[message.attempts - 1])


def unknown(channel: Channel, message: Message, why: str, now: datetime) -> Settlement:
    """Decide about a message of which nobody knows whether it arrived, by its kind."""
    if channel.repeatable or SENT_AGAIN[message.kind]:
        return replace(_again(message, f"unknown: {why}", now), silent=True)
    return Settlement(message, "unknown", error=why, silent=True)


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
    for s in ours:
        if s.error == HELD:
            reply_windows.shut(store, s.message, now)
        elif s.unsent and reply_windows.counts(s.message):
            store.windows.give_back(s.message.channel, s.message.address)
        if s.held_by:
            reply_windows.give_way(store, s.message, *s.held_by, now)
    store.posts.put([_post(s, now) for s in ours if s.state == "sent" and not s.answers])
    for s in ours:
        topics.heed(store, s, now)
        beside.heed(store, s, now)
    store.paces.set(_latest(settlements))
    store.inbox.add([event for s in ours for event in s.answers], now)
    store.inbox.add([news(s) for s in ours if _is_news(s)], now)


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


def news(settlement: Settlement) -> Event:
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
