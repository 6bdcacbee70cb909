"""The wire to the Bot API: its client made silent about the token, and what each of its errors means to us."""

from __future__ import annotations

import json
import logging
import os
from contextlib import suppress
from datetime import timedelta
from typing import Any, TypedDict

os.environ.setdefault("PTB_TIMEDELTA", "true")  # the library's own switch: periods come as periods, not as numbers

import httpx
from telegram import Bot
from telegram.error import BadRequest, ChatMigrated, Forbidden, InvalidToken, NetworkError, RetryAfter, TelegramError
from telegram.request import HTTPXRequest

from bot.channels.port import NotSent, TryLater, WontWork
from bot.channels.skew import Skew
from bot.channels.trust import trusted

TELLTALES = ("httpx", "httpcore", "telegram")
"""These write the whole address, and the token is part of it; from a warning on they say nothing of the kind."""
NOT_CONNECTED = (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout, httpx.UnsupportedProtocol)
NO_CHAT = ("chat not found", "user not found", "peer_id_invalid", "user is deactivated")
BAD_TAGS = "can't parse entities"
HAS_WEBHOOK = "webhook is active"
SAME = "message is not modified"
NO_MESSAGE = (
    "message to edit not found",
    "message can't be edited",
    "there is no text in the message to edit",
    "there is no media in the message to edit",
)
"""The last two: words stand where a picture should, or the other way round."""


NO_UPDATES = b'{"ok":true,"result":[]}'


class Polling(HTTPXRequest):
    """The connection of the poll, which keeps what came as it came.

    The library hears of an empty poll: it would read everything once more, and give up a whole batch for one update
    that it cannot read.
    """

    def __init__(self, patience: timedelta, skew: Skew | None = None) -> None:
        self.skew = skew or Skew()
        super().__init__(**_timeouts(patience), connection_pool_size=1, httpx_kwargs=_connection(self.skew))
        self._updates: list[dict[str, Any]] = []

    async def do_request(self, *args: Any, **kwargs: Any) -> tuple[int, bytes]:
        self._updates = []
        code, payload = await super().do_request(*args, **kwargs)
        with suppress(ValueError, KeyError, TypeError):  # what is no answer of theirs, the library complains about
            self._updates = json.loads(payload)["result"]
            payload = NO_UPDATES
        return code, payload

    def updates(self) -> list[dict[str, Any]]:
        return self._updates


class Line:
    """The line to one account: its client, and the connection on which it polls."""

    def __init__(self, token: str, api_url: str, *, slots: int, patience: timedelta) -> None:
        self.account = token.partition(":")[0]
        self.skew = Skew()
        self.polling = Polling(patience, self.skew)
        self.bot = connect(token, api_url, self.polling, slots=slots, patience=patience)

    async def close(self) -> None:
        """Let go of the connections."""
        await self.bot.shutdown()
        for request in self.bot._request:  # noqa: SLF001 - shutdown leaves them open if nobody asked who we are
            await request.shutdown()


def connect(token: str, api_url: str, polling: Polling, *, slots: int, patience: timedelta) -> Bot:
    """Make a client with one attempt a call; polling has a connection of its own."""
    for name in TELLTALES:
        logging.getLogger(name).setLevel(logging.WARNING)
    request = HTTPXRequest(
        **_timeouts(patience), connection_pool_size=slots + 4, httpx_kwargs=_connection(polling.skew)
    )
    root = api_url.rstrip("/")
    bot, files = f"{root}/bot", f"{root}/file/bot"
    return Bot(token, base_url=bot, base_file_url=files, request=request, get_updates_request=polling)


def _connection(skew: Skew) -> dict[str, Any]:
    """Let whoever compares clocks read the date of every answer, from whom all connections trust."""

    async def read(answer: httpx.Response) -> None:
        skew.answered(answer.headers.get("date", ""))

    return {"event_hooks": {"response": [read]}, "verify": trusted()}


class _Timeouts(TypedDict):
    read_timeout: float
    write_timeout: float
    connect_timeout: float
    pool_timeout: float


def _timeouts(patience: timedelta) -> _Timeouts:
    seconds = patience.total_seconds()
    return _Timeouts(read_timeout=seconds, write_timeout=seconds, connect_timeout=seconds / 2, pool_timeout=seconds / 2)


def verdict(error: TelegramError) -> Exception:
    """Say what an error means for a message; the library's words may hold the token, so few of them are kept."""
    if isinstance(error, RetryAfter):
        return TryLater(pause(error))
    if isinstance(error, InvalidToken):
        return WontWork("the token is refused", "auth")
    if isinstance(error, Forbidden | ChatMigrated):
        return WontWork(_plain(error), "gone")
    if isinstance(error, BadRequest):
        return WontWork(_plain(error), "gone" if any(words in _plain(error) for words in NO_CHAT) else "content")
    if isinstance(error, NetworkError) and isinstance(error.__cause__, NOT_CONNECTED):
        return NotSent(type(error.__cause__).__name__)
    return error


def pause(slow: RetryAfter) -> timedelta:
    after = slow.retry_after
    return after if isinstance(after, timedelta) else timedelta(seconds=after)


def says(error: TelegramError, *phrases: str) -> bool:
    return any(phrase in _plain(error) for phrase in phrases)


def _plain(error: TelegramError) -> str:
    return error.message[:200].casefold()
