"""Topics: a thread with a place of its own where a chat has such: opened slowly, called as its card says, found again.

A topic is opened for a card that stands nowhere in its chat yet; its id is kept as a post beside that of the card. A
chat that has no topics shows the same thread under its card.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from bot.channels.port import Channel
from bot.quotas import Bucket, topic_bucket
from handlers.cards import Card, Topic
from storage.columns import new_id
from storage.inbox import Event
from storage.messages import Kind, Message, Settlement
from storage.paces import open_scope, topic_scope
from storage.posts import TOPIC, Post, topic_of
from storage.store import Store

NONE: Final = "no topics here"
LOST: Final = "its topic is gone"
LOOKS_AGAIN: Final = timedelta(hours=1)
"""So long a chat in which no topic could be opened counts as one without; then the next new card tries again."""
RESTS: Final = timedelta(seconds=30)
"""So long after its card changed a topic is called otherwise: of several changes the newest counts, and costs one call."""
A_MOMENT: Final = timedelta(seconds=2)


@dataclass(frozen=True)
class Seat:
    """Where in its chat a message belongs: in the topic of this id, or in one that has to be opened first."""

    topic: str | None = None
    opens: Topic | None = None


IN_THE_OPEN: Final = Seat()


def seated(
    store: Store, channel: Channel, messages: Sequence[Message], now: datetime
) -> tuple[list[Message], dict[int, Seat]]:
    """Find where messages belong; those whose topic has to wait for its turn wait with their lane, and nobody else."""
    if not any(limit.scope == "topic" for limit in channel.pace.limits):
        return list(messages), {}
    found = {
        message.id: _seat(store, bucket, message, now) if bucket else IN_THE_OPEN
        for message in messages
        for bucket in [topic_bucket(channel, message.address)]
    }
    seats = {id_: seat for id_, seat in found.items() if seat is not None}
    return [message for message in messages if message.id in seats], seats


def _seat(store: Store, pace: Bucket, message: Message, now: datetime) -> Seat | None:
    """Find a message's seat; None if it has to wait, or has become needless."""
    thread = message.thread or message.slot
    if not (message.thread or "topic" in message.card):
        return IN_THE_OPEN
    if Card.model_validate(message.card).is_named_alone:
        return _to_be_named(store, pace, message, now)
    here = (message.channel, message.address)
    stands = store.posts.standing([(*here, topic_of(thread)), (*here, thread)])
    if topic := stands.get((*here, topic_of(thread))):
        return Seat(topic)
    if (*here, thread) in stands:
        return IN_THE_OPEN
    if message.thread:
        return _after_its_card(store, message, now)
    return _opening(store, pace, message, now)


def _after_its_card(store: Store, message: Message, now: datetime) -> Seat | None:
    """Let what hangs under a card wait for it where it is yet to be said, as after its topic was lost."""
    if not store.outbox.is_coming(message.channel, message.address, message.thread or ""):
        return IN_THE_OPEN
    store.outbox.hold(message, now + A_MOMENT)
    return None


def _opening(store: Store, pace: Bucket, message: Message, now: datetime) -> Seat | None:
    plain_until = store.paces.free_at(open_scope(message.channel, message.address))
    if plain_until is not None and plain_until > now:
        return IN_THE_OPEN
    opens = Topic.model_validate(message.card["topic"])
    return Seat(opens=opens) if _has_turn(store, pace, message, now) else None


def _to_be_named(store: Store, pace: Bucket, message: Message, now: datetime) -> Seat | None:
    topic = store.posts.standing([(message.channel, message.address, message.slot)])
    if not any(topic.values()):
        store.outbox.drop([message], "superseded", LOST, now)
        return None
    return IN_THE_OPEN if _has_turn(store, pace, message, now) else None


def _has_turn(store: Store, pace: Bucket, message: Message, now: datetime) -> bool:
    """Take one from the quota of a chat's topics; if there is none, let the message wait until there is."""
    full_at = store.paces.free_at(pace.scope)
    if pace.room(full_at, now) >= 1:
        store.paces.set({pace.scope: pace.spent(full_at, 1, now)})
        return True
    store.outbox.delay(message, pace.free_at(full_at or now))
    return False


def pace_scope(channel: Channel, address: str) -> str:
    """Name what a platform slows down that wants a chat's topics touched less often."""
    bucket = topic_bucket(channel, address)
    return bucket.scope if bucket else topic_scope(channel.name, address)


def heed(store: Store, settlement: Settlement, now: datetime) -> None:
    """Keep what a sending tells about topics: one was opened, is gone, none can be had, or has to be called otherwise."""
    message = settlement.message
    here = (message.channel, message.address)
    if settlement.opened:
        store.posts.put([_opened(settlement, now)])
    elif settlement.error == NONE:
        store.paces.set({open_scope(*here): now + LOOKS_AGAIN})
    elif settlement.error == LOST:
        _forget(store, message, now)
    elif settlement.state == "sent" and "topic" in message.card:
        thread = message.slot.removeprefix(TOPIC)
        _keep_named(store, *here, thread, now)


def _opened(settlement: Settlement, now: datetime) -> Post:
    message = settlement.message
    return Post(
        channel=message.channel,
        address=message.address,
        slot=topic_of(message.slot),
        thread=message.slot,
        card={"topic": {"name": message.card["topic"]["name"]}},
        at=now,
        changed=now,
        provider_id=settlement.opened,
    )


def _forget(store: Store, message: Message, now: datetime) -> None:
    """Forget a topic and its card, which went with it; whoever answers for the thread hears so, once."""
    thread = message.thread or message.slot.removeprefix(TOPIC)
    here = (message.channel, message.address)
    topic = store.posts.get(*here, topic_of(thread))
    if topic is None:
        return
    store.posts.lift(*here, topic.slot)
    store.posts.lift(*here, thread)
    body = {"place": f"{message.channel}:{message.address}", "thread": thread}
    store.inbox.add([Event("outbox", f"lost:{topic.id}", "topic lost", body=body)], now)


def _keep_named(store: Store, channel: str, address: str, thread: str, now: datetime) -> None:
    """Let a topic be called as its card says by now; of what is not done yet only the newest counts."""
    here, slot = (channel, address), topic_of(thread)
    topic, card = store.posts.get(*here, slot), store.posts.get(*here, thread)
    wanted = card and card.card.get("topic")
    if topic is None or not wanted:
        return
    waiting = store.outbox.waiting(*here, slot)
    if topic.card.get("topic") == wanted and not (waiting and waiting.error):  # else half of it may be done
        store.outbox.drop([waiting] if waiting else [], "superseded", "it is called so already", now)
    elif waiting is not None:
        store.outbox.rewrite(waiting, {"topic": wanted})
    else:
        named = Message(f"{TOPIC}{new_id()}", *here, {"topic": wanted}, Kind.CARD, slot, not_before=now + RESTS)
        store.outbox.say(named, now)
