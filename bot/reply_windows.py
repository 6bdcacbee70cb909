"""Reply windows kept: what may still be said to a customer who has to write first, the rest waits and its owner hears.

Automatic words that wait for one chat leave as one message, and the last one of a window is a person's.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Final

from handlers.cards import Card
from storage.inbox import Event
from storage.messages import Kind, Message
from storage.paces import chat_scope
from storage.store import Store
from storage.windows import HELD, TAKEN, Left, ReplyWindow

LOOK_AGAIN: Final = timedelta(minutes=15)
"""So long after somebody else had a chat we ask again who has it, if no news of that came before."""
PATIENTLY: Final = timedelta(days=7)
"""So long something waits before it is looked at again; a customer who writes lets it go at once."""
JOINED_AT_MOST: Final = 10
LONGEST: Final = 600
"""Characters of automatic words said together: three bytes each in Chinese, and a message has 2048."""
JOINABLE: Final = frozenset({"text", "buttons"})


def within(
    store: Store, window: ReplyWindow, messages: Sequence[Message], may_leave: Callable[[Message], bool], now: datetime
) -> list[Message]:
    """Keep what the window of each chat still takes, joined where that saves one and may leave; hold the rest."""
    left = store.windows.left(window, [(m.channel, m.address) for m in messages], now)
    leaving = []
    for message in messages:
        room = left[chat_scope(message.channel, message.address)]
        if not counts(message):
            leaving.append(message)
        elif room.messages > (0 if _is_a_persons(message) else 1):
            leaving.append(_joined(store, message, may_leave, now))
            store.windows.use(message.channel, message.address, 1)
        else:
            hold(store, message, room, now)
    return leaving


def counts(message: Message) -> bool:
    """Tell whether a message is an answer in the platform's eyes: to hand a chat over to a person says nothing."""
    return not (message.card.get("hands_to") or message.card.get("hands_back"))


def hold(store: Store, message: Message, left: Left, now: datetime) -> None:
    """Let a message wait until its customer writes; whoever answers for them hears once why."""
    store.outbox.hold(message, now + PATIENTLY, HELD)
    body = {"channel": message.channel, "address": message.address, "until": left.until.isoformat()}
    once = f"held:{chat_scope(message.channel, message.address)}:{left.until.isoformat()}"
    store.inbox.add([Event("outbox", once, "message held", body=body)], now)


def shut(store: Store, message: Message, now: datetime) -> None:
    """Believe a platform that says the window is shut, whatever we counted."""
    store.windows.shut(message.channel, message.address)
    hold(store, message, Left(0, now), now)


def give_way(store: Store, message: Message, state: str, who: str, now: datetime) -> None:
    """Let a message wait while somebody else has the chat; whoever answers for the customer hears once who that is."""
    is_over = state == "ended"
    store.outbox.hold(message, now + (PATIENTLY if is_over else LOOK_AGAIN), HELD if is_over else TAKEN)
    since = store.windows.opened_at(message.channel, message.address) or now
    body = {"channel": message.channel, "address": message.address, "until": since.isoformat()}
    once = f"held:{chat_scope(message.channel, message.address)}:{since.isoformat()}:{state}:{who}"
    store.inbox.add([Event("outbox", once, "message held", body=body | {"cause": state, "who": who})], now)


def _is_a_persons(message: Message) -> bool:
    """Tell whether somebody wrote just this, to just this customer; what leaves for many at once can wait."""
    return message.kind is not Kind.BULK and bool(message.card.get("from_person") or message.card.get("personal"))


def _joined(store: Store, message: Message, may_leave: Callable[[Message], bool], now: datetime) -> Message:
    """Say automatic words together with those that wait behind them, as long as all of it is words."""
    if not _may_join(message):
        return message
    card, taken = Card.model_validate(message.card), []
    for behind in store.outbox.behind(message, now, JOINED_AT_MOST):
        further = Card.model_validate(behind.card)
        if (
            card.buttons
            or not _may_join(behind)
            or not may_leave(behind)
            or len(card.text) + len(further.text) > LONGEST
        ):
            break
        card = card.model_copy(update={"text": f"{card.text}\n\n{further.text}", "buttons": further.buttons})
        taken.append(behind)
    if not taken:
        return message
    store.outbox.drop(taken, "superseded", "said together with what went before", now)
    store.outbox.rewrite(message, card.kept())
    return replace(message, card=card.kept())


def _may_join(message: Message) -> bool:
    """Tell whether a message may be said with others: one whose fate somebody is told stays a message of its own."""
    is_automatic = message.kind is Kind.REPLY and not _is_a_persons(message)
    is_plain = message.slot == message.key and message.card.keys() <= JOINABLE
    return is_automatic and is_plain and not message.receipt
