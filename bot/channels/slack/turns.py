"""Turns: payloads of one conversation are looked up side by side, and stored in the order in which they came."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager


class Turns:
    """Who is the last to have come in each conversation, as long as anybody's payload is under way there."""

    def __init__(self) -> None:
        self._last: dict[str, asyncio.Event] = {}

    @asynccontextmanager
    async def of(self, conversation: str) -> AsyncIterator[asyncio.Event]:
        """Take a place behind whoever came before; give what is set when it is their place's turn.

        Whoever leaves, by an error too, makes room for the next.
        """
        before, mine = self._last.get(conversation), asyncio.Event()
        self._last[conversation] = mine
        try:
            yield before or _reached()
        finally:
            try:
                if before is not None:
                    await before.wait()
            finally:
                mine.set()
                if self._last.get(conversation) is mine:
                    del self._last[conversation]


def _reached() -> asyncio.Event:
    first = asyncio.Event()
    first.set()
    return first
