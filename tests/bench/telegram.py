"""Telegram in memory: updates as its servers send them, and a Bot API that answers at once, the same for every way."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Sequence
from datetime import timedelta
from typing import Any, Final

from telegram import Bot
from telegram.request import BaseRequest, RequestData

from bot.channels.port import Limit, Pace
from bot.channels.telegram import TelegramChannel, wire
from tests.bench.company import Guest, words_of
from tests.emulators.telegram_rules import moment

TOKEN: Final = "4711:AAE-in-memory"
ME: Final = {"id": 4711, "is_bot": True, "first_name": "Rapport", "username": "rapport_bot"}
AT_MOST: Final = 100
"""Updates that one poll brings; Bot API, getUpdates."""


def update(n: int, guest: Guest) -> bytes:
    """Let a customer write once: the JSON of one update."""
    who = {"id": int(guest.address), "first_name": f"Contact {n}", "username": f"contact_{n}"}
    sender = {**who, "is_bot": False, "language_code": "zh-hans"}
    message = {
        "message_id": n + 1,
        "from": sender,
        "chat": {**who, "type": "private"},
        "date": moment(),
        "text": words_of(n),
    }
    return json.dumps({"update_id": 880_001 + n, "message": message}, ensure_ascii=False).encode()


class Answers(BaseRequest):
    """A Bot API without a wire: every call is answered at once, and whoever is spoken to may go on."""

    def __init__(self) -> None:
        self.heard: dict[str, asyncio.Event] = {}
        self.sent = 0

    @property
    def read_timeout(self) -> float:
        return 5

    async def initialize(self) -> None:
        """Nothing to open."""

    async def shutdown(self) -> None:
        """Nothing to close."""

    async def do_request(
        self, url: str, method: str, request_data: RequestData | None = None, *_args: Any, **_kwargs: Any
    ) -> tuple[int, bytes]:
        given = request_data.json_parameters if request_data else {}
        if url.endswith("/sendMessage"):
            return 200, self._say(given)
        return 200, json.dumps({"ok": True, "result": ME if url.endswith("/getMe") else True}).encode()

    def _say(self, given: dict[str, Any]) -> bytes:
        self.sent += 1
        chat = given["chat_id"]
        if chat in self.heard:
            self.heard[chat].set()
        message = {"message_id": 10**6 + self.sent, "from": ME, "chat": {"id": int(chat), "type": "private"}}
        return json.dumps({"ok": True, "result": message | {"date": moment(), "text": given["text"]}}).encode()


class Feed(wire.Polling):
    """Long polls, answered as soon as somebody has written."""

    def __init__(self) -> None:
        super().__init__(timedelta(seconds=5))
        self._written = asyncio.Event()
        self._waiting: list[bytes] = []

    def write(self, update: bytes) -> None:
        self._waiting.append(update)
        self._written.set()

    async def do_request(self, *_args: Any, **_kwargs: Any) -> tuple[int, bytes]:
        await self._written.wait()
        now, self._waiting = self._waiting[:AT_MOST], self._waiting[AT_MOST:]
        if not self._waiting:
            self._written.clear()
        self._updates = json.loads(b"[" + b",".join(now) + b"]")
        return 200, wire.NO_UPDATES


class InMemory(TelegramChannel):
    """Our channel as it is but for the wire: the account's pace is lifted, and its places; a chat's pace stays."""

    slots = 64

    def __init__(self) -> None:
        super().__init__(TOKEN, pace=Pace((Limit(1, timedelta(seconds=1), "chat", "the platform's own"),)))
        self.answers, self.feed = Answers(), Feed()
        self._line.polling = self.feed
        self._line.bot = Bot(TOKEN, request=self.answers, get_updates_request=self.feed)


async def in_flight(some: int, waiting: Sequence[Any], work: Any) -> None:
    """Work off what waits, so much of it at once."""
    left = iter(waiting)

    async def on() -> None:
        for one in left:
            await work(one)

    await asyncio.gather(*(on() for _ in range(some)))
