"""Beside: what a channel does for a card that no card waits for, kept as an errand until it is known to be done.

The errand is left in the transaction that writes down that the card stands. Mostly the channel is done long before it
would leave, and takes it back; if the process ends before that, whoever sends for this account does it.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

from storage.columns import new_id
from storage.messages import Kind, Message, Settlement
from storage.store import Store

BESIDE: Final = "beside:"
PATIENCE: Final = timedelta(minutes=1)
"""So long a channel has for it before it is done again."""


def heed(store: Store, settlement: Settlement, now: datetime) -> None:
    """Keep what is being done beside a card; of several errands for one card the newest counts."""
    if not settlement.beside:
        return
    here, slot = (settlement.message.channel, settlement.message.address), f"{BESIDE}{settlement.message.slot}"
    card = {"errand": settlement.beside}
    if (waiting := store.outbox.waiting(*here, slot)) is not None:
        store.outbox.rewrite(waiting, card)
    else:
        errand = Message(f"{BESIDE}{new_id()}", *here, card, Kind.CARD, slot, not_before=now + PATIENCE)
        store.outbox.say(errand, now)


def take_back(store: Store, message: Message, done: object) -> None:
    """Let the errand that a message left rest, for it is done; unless another one took its place meanwhile."""
    waiting = store.outbox.waiting(message.channel, message.address, f"{BESIDE}{message.slot}")
    if waiting is not None and waiting.card.get("errand") == done:
        store.outbox.drop([waiting], "superseded", "it is done already", store.machine_now())
