"""The typing sign: shown where an answer takes longer than a moment, and only while one is really on its way."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable
from datetime import timedelta
from typing import Final

import structlog
from telegram.constants import ChatAction

from bot.channels.port import Accept
from bot.channels.telegram import wire
from bot.channels.telegram.messages import NAME
from storage.inbox import Event
from storage.messages import Message
from storage.store import Store

log = structlog.get_logger()

A_MOMENT: Final = timedelta(seconds=1)
ANSWERED: Final = frozenset({"words", "chat started", "command", "press"})
AT_ONCE: Final = 500
"""Chats that are watched side by side; a flood is answered, not decorated."""


class TypingSign:
    """Watches chats in which somebody waits; whatever goes wrong here delays and breaks nothing."""

    def __init__(self, line: wire.Line, after: timedelta = A_MOMENT) -> None:
        self._line, self._after = line, after
        self._watching: dict[str, asyncio.Task[None]] = {}

    def heard(self, accept: Accept, events: Iterable[Event]) -> None:
        """Watch over the chats in which somebody said something just now."""
        for event in events:
            chat = event.address
            if event.kind in ANSWERED and chat and chat not in self._watching and len(self._watching) < AT_ONCE:
                self._watching[chat] = asyncio.create_task(self._watch(accept, chat))

    def spoken(self, chat: str) -> None:
        """Stop watching a chat: it is being answered."""
        if task := self._watching.pop(chat, None):
            task.cancel()

    async def _watch(self, accept: Accept, chat: str) -> None:
        try:
            await asyncio.sleep(self._after.total_seconds())
            if await _is_coming(accept, chat):
                await self._line.bot.send_chat_action(chat, ChatAction.TYPING)
        except Exception as trouble:  # noqa: BLE001 - a sign is worth nobody's trouble
            log.debug("no typing sign", why=type(trouble).__name__)
        finally:
            if self._watching.get(chat) is asyncio.current_task():
                del self._watching[chat]

    async def close(self) -> None:
        """Watch no chat any more."""
        tasks = list(self._watching.values())
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)


async def _is_coming(accept: Accept, chat: str) -> bool:
    """Tell whether what was said is still being read, or an answer waits for its turn."""
    found: list[bool] = []

    def look(store: Store) -> None:
        lane = Message("", NAME, chat, {}).lane
        reading = store.inbox.unsettled([f"{NAME}:{chat}"], store.machine_now())
        found.append(bool(reading) or store.outbox.last_waiting(lane) is not None)

    await accept([], along=look)
    return any(found)
