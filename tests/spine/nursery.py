"""Where bots to be killed come from: a parent that has imported everything forks one a line, or one starts afresh.

A child is a real bot with the loopback channel and an intake over HTTP, which acknowledges only what is stored.
"""

from __future__ import annotations

import asyncio
import ctypes
import json
import os
import signal
import sys
import tempfile
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from bot import app, delivery, logs
from bot.app import Bot
from bot.channels.webchat.channel import WebChat
from bot.opening import open_database
from storage.inbox import Event
from storage.vault import new_key
from tests.spine.platform import Loopback
from tests.spine.wire import read_request, reply

SLOTS = 8
DIES_WITH_PARENT = 1
LEASE = timedelta(seconds=5)
"""Short, so that on PostgreSQL a test need not wait half a minute for what a dead replica held."""


class Hurried:
    """A clock that runs faster than the wall's, so that a test need not sit through the pauses between attempts."""

    def __init__(self, speed: float) -> None:
        self._speed, self._start = speed, datetime.now(UTC)

    def now(self) -> datetime:
        return self._start + (datetime.now(UTC) - self._start) * self._speed


async def live(url: str, key: str, platform: str, port: int, log: str, speed: float) -> None:
    """Run a bot until it is killed, or its parent is."""
    ctypes.CDLL(None).prctl(DIES_WITH_PARENT, signal.SIGKILL)
    vars(delivery)["LEASE"], vars(app)["HOUSEKEEPING_SECONDS"] = LEASE, 1
    logs.configure("warning", Path(log).open("a", encoding="utf-8", buffering=1))  # noqa: ASYNC230, SIM115 - once, at the start
    database = await asyncio.to_thread(open_database, url, key, writers=2)
    bot = Bot(database, [WebChat(), Loopback(platform, "telegram", slots=SLOTS)], None, Hurried(speed))
    await bot.start()

    async def take(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            event = Event(**await read_request(reader))
        except (asyncio.IncompleteReadError, ConnectionError):
            writer.transport.abort()
            return
        try:
            await bot.pump.accept([event])
        except Exception as error:  # noqa: BLE001 - whatever it was, it is not stored
            await reply(writer, 503, {"error": type(error).__name__})
        else:
            await reply(writer, 200, {})

    server = await asyncio.start_server(take, "127.0.0.1", port, reuse_address=True)
    async with server:
        await server.serve_forever()


def fork(call: dict[str, Any]) -> int:
    """Give birth to a bot and name its process."""
    pid = os.fork()
    if pid == 0:
        os.close(0)
        os.close(1)
        asyncio.run(live(**call))
        os._exit(0)
    return pid


async def warm() -> None:
    """Live once in a folder of one's own, so that everything is loaded; nothing of it is open afterwards."""
    with tempfile.TemporaryDirectory() as folder:
        database = open_database(f"sqlite:///{folder}/warm.db", new_key())
        bot = Bot(database, [WebChat()])
        await bot.start()
        await bot.pump.accept([Event("web", "1", "words", "guest:1", "guest:1", {"side": "customer", "text": "hello"})])
        await bot.pump.settled()
        await bot.stop()
        database.close()


def main() -> None:
    """Fork and bury children as standard input asks for."""
    asyncio.run(warm())
    for line in sys.stdin:
        call = json.loads(line)
        answer = os.waitpid(call["bury"], 0)[0] if "bury" in call else fork(call)
        print(answer, flush=True)


if __name__ == "__main__":
    if len(sys.argv) > 1:
        asyncio.run(live(**json.loads(sys.argv[1])))
    else:
        main()
