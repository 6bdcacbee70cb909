"""Measure flood: how long thirty others wait for their answer beside one person who sends two hundred messages at once.

Both halves run in one process on one SQLite file, through the real pump: first thirty write while nobody else does, then
thirty more, the first of them in the moment in which the flooder's two hundred arrive. Each writes a moment after the
one before; the time is from writing to the answer's leaving. In Slack they are colleagues who type a command, in
Telegram customers who complain, and the flooder's messages come first in the poll.
"""

from __future__ import annotations

import asyncio
import tempfile
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator, Sequence
from contextlib import asynccontextmanager, suppress
from pathlib import Path
from typing import Final
from unittest.mock import patch

from bot.app import Bot, open_database
from bot.channels.port import Channel, Outgoing, Receipt
from bot.channels.slack import channel
from bot.channels.slack.channel import SlackChannel, Tokens
from bot.channels.slack.looking import Looking
from bot.channels.webchat.channel import WebChat
from handlers.contents import ROUTERS
from handlers.routing import Routes
from prompts.reader.offline import OfflineReader
from storage.columns import new_id
from storage.staff import Person
from storage.store import Store
from tests.bench.company import found
from tests.bench.figures import ROUNDS, Figure, middle, ratio, rounded
from tests.bench.pipeline import KEY
from tests.bench.slack import Direct, command
from tests.bench.telegram import InMemory, update
from tests.emulators.slack import APP_TOKEN, BOT_TOKEN, SlackEmulator

OTHERS, FLOOD, WARM = 30, 200, 10
A_MOMENT: Final = 0.03
"""Seconds from one other's message to the next one's."""
Write = Callable[[int], Awaitable[None]]
"""Lets a person write once; returns when their answer has left."""


class Heard(SlackChannel):
    """Our channel, with a Web API that takes every message at once; whoever is answered may go on."""

    answered: dict[str, asyncio.Event]

    async def send(self, outgoing: Outgoing) -> Receipt:
        reader = outgoing.message.address
        self.answered.setdefault(reader, asyncio.Event()).set()
        return Receipt(f"D0BENCH:{outgoing.message.key}")


@asynccontextmanager
async def running(bot: Bot, speaking: Channel) -> AsyncIterator[None]:
    """Pump and listen; the flooder's answers that are still to come are left behind."""
    tasks = [asyncio.create_task(bot.pump.run()), asyncio.create_task(speaking.listen(bot.pump.accept))]
    yield
    tasks[1].cancel()
    with suppress(asyncio.CancelledError):
        await tasks[1]
    await bot.pump.stop()
    await tasks[0]
    bot.writer.stop()
    bot.database.close()


async def p95(write: Write, people: Sequence[int]) -> float:
    """Let people write, each a moment after the one before; give the seconds within which 95 % have their answer."""

    async def one(place: int, person: int) -> float:
        await asyncio.sleep(place * A_MOMENT)
        start = time.perf_counter()
        await write(person)
        return time.perf_counter() - start

    waited = sorted(await asyncio.gather(*(one(place, person) for place, person in enumerate(people))))
    return waited[int(len(waited) * 0.95)]


async def compared(
    write: Write, flood: Callable[[], None], handled: Callable[[], Awaitable[None]]
) -> tuple[float, float]:
    """Give the p95 of those who write alone, then of those who write beside the flooder, all of whose words are heard."""
    for person in range(WARM):
        await write(person)
    alone = await p95(write, range(WARM, WARM + OTHERS))
    await asyncio.sleep(0.2)
    flood()
    beside = await p95(write, range(WARM + OTHERS, WARM + 2 * OTHERS))
    await handled()
    return alone, beside


def all_heard(bot: Bot, events: int) -> Callable[[], Awaitable[None]]:
    """Wait until so many events are handled, so that nothing of the flood is lost."""

    async def wait() -> None:
        async with asyncio.timeout(60):
            while await asyncio.to_thread(bot.read, lambda store: store.inbox.count("done")) < events:  # noqa: ASYNC110 - seen from outside
                await asyncio.sleep(0.02)

    return wait


async def in_slack(folder: Path) -> tuple[float, float]:
    workspace = SlackEmulator()
    await workspace.start()
    database = open_database(f"sqlite:///{folder / 'slack.db'}", KEY)
    slack = Heard(Tokens(BOT_TOKEN, APP_TOKEN, workspace.url), Routes(ROUTERS), Looking(database))
    slack.answered = {}
    bot, people = Bot(database, [WebChat(), slack]), WARM + 2 * OTHERS + 1
    await bot.writer.do(lambda store: _hire(store, people))
    Direct.newest = asyncio.get_running_loop().create_future()
    with patch.object(channel, "AsyncSocketModeHandler", Direct):
        async with running(bot, slack):
            app = (await Direct.newest).app
            typed = iter(range(10**6))

            async def types(person: int) -> None:
                asked = command(next(typed))
                asked.body["user_id"] = f"U{person}"
                assert (await app.async_dispatch(asked)).status == 200

            async def write(person: int) -> None:
                await types(person)
                await slack.answered.setdefault(f"U{person}", asyncio.Event()).wait()

            flooding = list[asyncio.Task[None]]()

            def flood() -> None:
                flooding.extend(asyncio.create_task(types(people - 1)) for _ in range(FLOOD))

            found = await compared(write, flood, all_heard(bot, people - 1 + FLOOD))
            await asyncio.gather(*flooding)
    await workspace.stop()
    return found


def _hire(store: Store, people: int) -> None:
    for n in range(people):
        store.staff.add(Person(new_id(), f"Colleague {n}", "rep", "zh-CN", "Asia/Shanghai"), {"slack": f"U{n}"})


async def in_telegram(folder: Path) -> tuple[float, float]:
    database = open_database(f"sqlite:///{folder / 'telegram.db'}", KEY)
    telegram = InMemory()
    bot, people = Bot(database, [WebChat(), telegram]), WARM + 2 * OTHERS + 1
    guests = await bot.writer.do(lambda store: found(store, people, "telegram"))
    heard = telegram.answers.heard = {guest.address: asyncio.Event() for guest in guests}
    async with running(bot, telegram):

        async def write(person: int) -> None:
            telegram.feed.write(update(person, guests[person]))
            await heard[guests[person].address].wait()

        def flood() -> None:
            for n in range(FLOOD):
                telegram.feed.write(update(1000 + n, guests[people - 1]))

        return await compared(write, flood, all_heard(bot, people - 1 + FLOOD))


def measure() -> Iterator[Figure]:
    """Take both channels in turn."""
    OfflineReader().read("hello", open_ticket=False)
    for name, way in (("Slack", in_slack), ("Telegram", in_telegram)):
        rounds = []
        for _ in range(ROUNDS):
            with tempfile.TemporaryDirectory() as folder:
                rounds.append(asyncio.run(way(Path(folder))))
        alone, beside = zip(*rounds, strict=True)
        named = {"p95 ms": beside, "p95 ms alone": alone}
        detail = {called: rounded(middle(seconds) * 1000) for called, seconds in named.items()}
        value = ratio(beside, alone)
        yield Figure(f"flood: p95 of {OTHERS} others beside {FLOOD} at once, {name}", value, 1.5, 1.2, detail=detail)
