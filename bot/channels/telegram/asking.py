"""Asking: what a channel has to know before it may store what it heard; it has no other way to the store."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from bot.channels.port import Accept
from storage.store import Store

T = TypeVar("T")


async def asked(accept: Accept, question: Callable[[Store], T]) -> T:
    """Ask the store something on the way of the events."""
    answers: list[T] = []
    await accept([], along=lambda store: answers.append(question(store)))
    return answers[-1]
