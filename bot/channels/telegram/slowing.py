"""Slowing down: Telegram says how long to wait, never who has to; what happened just before tells."""

from __future__ import annotations

import time
from datetime import timedelta

from bot.channels.port import TryLater


class Slowing:
    """The chats that were asked for patience, and until when, by this machine's own clock."""

    def __init__(self) -> None:
        self._until: dict[str, float] = {}

    def later(self, address: str, after: timedelta) -> TryLater:
        """Tell who has to wait: one chat; but all of them once a second chat is slowed down while the first waits."""
        now = time.monotonic()
        self._until = {chat: until for chat, until in self._until.items() if until > now}
        others = self._until.keys() - {address}
        self._until[address] = now + after.total_seconds()
        return TryLater(after, "account" if others else "chat")
