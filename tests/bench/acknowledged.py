"""How soon people hear that they were heard, at a bot as operators run it, while its model takes calls and never answers.

A company's rush: colleagues write to the bot in Slack, customers in Telegram, evenly spread over time whatever the bot
does. A colleague's figure is Slack's: from the envelope on the socket to its acknowledgement, which leaves after the
commit. A customer's figure is the person's: from the moment the message is there for the poll to the bot's first words
in their chat. The promises (300 ms and 2 s, the slowest of a hundred) are the bounds.
"""

from __future__ import annotations

import asyncio
import tempfile
import time
from collections import defaultdict
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator, Sequence
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from bot.opening import open_database
from storage.columns import new_id
from storage.staff import Person
from storage.store import Store
from storage.vault import new_key
from tests.bench.company import Guest, found, words_of
from tests.bench.figures import Figure, rounded
from tests.bench.start import Running
from tests.emulators.slack import APP_TOKEN, BOT_TOKEN, SlackEmulator
from tests.emulators.telegram import TOKEN, Fault, Telegram
from tests.emulators.telegram_rules import moment

COLLEAGUES, CUSTOMERS = 50, 200
SLACK_PER_SECOND, SLACK_EVENTS = 50, 1000
TELEGRAM_PER_SECOND = 10
PATIENCE = 120.0
WARM = 10


class Stalled:
    """A model's server that is down in the worst way: it takes every call and never answers."""

    calls = 0

    async def start(self) -> str:
        self._server = await asyncio.start_server(self._stall, "127.0.0.1", 0)
        return f"http://127.0.0.1:{self._server.sockets[0].getsockname()[1]}/v1"

    async def _stall(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.calls += 1
        with suppress(ConnectionError, asyncio.IncompleteReadError):
            await reader.read()
        writer.close()

    async def stop(self) -> None:
        self._server.close()


@dataclass
class Town:
    """The platforms around one running bot, and the people on them."""

    guests: Sequence[Guest] = ()
    slack: SlackEmulator = field(default_factory=SlackEmulator)
    model: Stalled = field(default_factory=Stalled)
    heard: dict[str, asyncio.Event] = field(default_factory=lambda: defaultdict(asyncio.Event))

    def __post_init__(self) -> None:
        self.telegram = Telegram(self._notice)

    def _notice(self, method: str, params: dict[str, Any]) -> Fault:
        if method == "sendMessage":
            self.heard[str(params["chat_id"])].set()
        return "ok"

    def found(self, store: Store) -> None:
        """Put everybody on record."""
        self.guests = found(store, CUSTOMERS, "telegram")
        for n in range(COLLEAGUES):
            person = Person(new_id(), f"Colleague {n}", "rep", "en", "Asia/Shanghai")
            store.staff.add(person, {"slack": self.slack.person(f"U0BENCH{n:02}")})
        for guest in self.guests:
            self.telegram.chats.setdefault(int(guest.address), [])

    async def colleague_writes(self, n: int) -> float:
        """Write to the bot directly; give the seconds until Slack had its acknowledgement."""
        user = f"U0BENCH{n % COLLEAGUES:02}"
        event = {"type": "message", "user": user, "text": "ticket list", "ts": self.slack.next_ts()}
        sending = await self.slack.event({**event, "channel": f"D{user}", "channel_type": "im"})
        assert sending.acked
        return sending.seconds

    async def customer_writes(self, n: int) -> float:
        """Write once; give the seconds until the bot says something in this chat."""
        chat = int(self.guests[n].address)
        who = {"id": chat, "first_name": f"Contact {n}"}
        message = {"message_id": n + 1, "date": moment(), "chat": {**who, "type": "private"}, "text": words_of(n)}
        start = time.perf_counter()
        self.telegram.report("message", {**message, "from": {**who, "is_bot": False, "language_code": "en"}})
        async with asyncio.timeout(PATIENCE):
            await self.heard[str(chat)].wait()
        return time.perf_counter() - start


@asynccontextmanager
async def town() -> AsyncIterator[Town]:
    """Start the platforms, then `rapport run` between them."""
    here, key = Town(), new_key()
    await here.slack.start()
    await here.telegram.start()
    with tempfile.TemporaryDirectory() as name:
        database = open_database(f"sqlite:///{Path(name) / 'rapport.db'}", key)
        with database.writing() as connection:
            store = Store(connection)
            here.found(store)
            store.flush()
        database.close()
        bot = await asyncio.to_thread(Running, Path(name), key, await _environment(here))
        try:
            async with asyncio.timeout(PATIENCE):
                await here.slack.online()
            yield here
        finally:
            await asyncio.to_thread(bot.stop)
            await here.slack.stop()
            await here.telegram.stop()
            await here.model.stop()


async def _environment(here: Town) -> dict[str, str]:
    return {
        "SLACK_BOT_TOKEN": BOT_TOKEN,
        "SLACK_APP_TOKEN": APP_TOKEN,
        "SLACK_API_URL": here.slack.url,
        "TELEGRAM_BOT_TOKEN": TOKEN,
        "TELEGRAM_API_URL": here.telegram.url,
        "OPENAI_API_KEY": "sk-bench",
        "OPENAI_MODEL": "bench",
        "OPENAI_BASE_URL": await here.model.start(),
    }


async def rush(act: Callable[[int], Awaitable[float]], count: int, per_second: float) -> list[float]:
    """Let something happen so often a second, however long each takes; give the sorted seconds."""
    loop = asyncio.get_running_loop()
    start, acts = loop.time(), []
    for n in range(count):
        await asyncio.sleep(start + n / per_second - loop.time())
        acts.append(asyncio.ensure_future(act(n)))
    return sorted(await asyncio.gather(*acts))


async def _both() -> tuple[list[float], list[float]]:
    async with town() as here:
        await rush(here.colleague_writes, WARM, SLACK_PER_SECOND)
        telegram = await rush(here.customer_writes, CUSTOMERS, TELEGRAM_PER_SECOND)
        return await rush(here.colleague_writes, SLACK_EVENTS, SLACK_PER_SECOND), telegram


def measure() -> Iterator[Figure]:
    """Let customers write for twenty seconds, then colleagues for another twenty."""
    slack, telegram = asyncio.run(_both())
    yield _slowest("promise: Slack acknowledged at 50 a second, model down, p99", slack, must=0.3, aim=0.1)
    yield _slowest("promise: a customer's first words back at 10 a second, model down, p99", telegram, must=2, aim=0.5)


def _slowest(title: str, seconds: Sequence[float], must: float, aim: float) -> Figure:
    detail: dict[str, Any] = {"p50 s": rounded(_share(seconds, 0.5)), "slowest s": rounded(seconds[-1])}
    return Figure(title, _share(seconds, 0.99), must, aim, unit="s", detail=detail | {"count": len(seconds)})


def _share(ordered: Sequence[float], share: float) -> float:
    return ordered[min(len(ordered) - 1, int(len(ordered) * share))]
