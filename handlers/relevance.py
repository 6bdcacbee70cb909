"""Relevance: asked again in the moment a message leaves, because the world may have moved on since it was written."""

from __future__ import annotations

from datetime import datetime

from handlers.context import Surroundings
from storage.messages import Message
from storage.store import Store


def verdict(store: Store, message: Message, around: Surroundings, now: datetime) -> str | datetime | None:
    """Say why a message must not leave any more, or until when it waits, or None.

    A guard reads `name` or `name:what it is about`.
    """
    for guard in message.guards:
        name, _, about = guard.partition(":")
        why = around.routes.guards[name](store, about, around, now)
        if why is not None:
            return why
    return None
