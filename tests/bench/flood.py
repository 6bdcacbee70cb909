"""Measure flood: how long sixty others wait for their answer beside one person who sends two hundred messages at once.

Both halves run in one process on one SQLite file, through the real pump: first sixty write while nobody else does, then
sixty more, the first of them in the moment in which the flooder's two hundred arrive, the last about when these are all
handled. Each writes a moment after the one before; the time is from writing to the answer's leaving. In Slack they are
colleagues who type a command, in Telegram customers who complain, and the flooder's messages come first in the poll; so it
is in WeCom (colleagues), WeChat and the web chat (customers), where each message is handed to the pump as it comes.
"""

from __future__ import annotations

import asyncio
import tempfile
from collections.abc import Iterator
from pathlib import Path
from unittest.mock import patch

from bot.app import Bot
from bot.channels.port import Outgoing, Receipt
from bot.channels.slack import channel
from bot.channels.slack.channel import SlackChannel, Tokens
from bot.channels.slack.looking import Looking
from bot.channels.webchat.channel import WebChat
from bot.opening import open_database
from handlers.contents import ROUTERS
from handlers.routing import Routes
from prompts.reader.offline import OfflineReader
from storage.columns import new_id
from storage.staff import Person
from storage.store import Store
from tests.bench.company import found
from tests.bench.figures import ROUNDS, Figure, middle, ratio, rounded
from tests.bench.flood_in_hand import at_the_desk, in_wecom, on_the_page
from tests.bench.flooding import FLOOD, OTHERS, WARM, all_heard, compared, running
from tests.bench.pipeline import KEY
from tests.bench.slack import Direct, command
from tests.bench.telegram import InMemory, update
from tests.emulators.slack import APP_TOKEN, BOT_TOKEN, SlackEmulator


class Heard(SlackChannel):
    """Our channel, with a Web API that takes every message at once; whoever is answered may go on."""

    answered: dict[str, asyncio.Event]

    async def send(self, outgoing: Outgoing) -> Receipt:
        reader = outgoing.message.address
        self.answered.setdefault(reader, asyncio.Event()).set()
        return Receipt(f"D0BENCH:{outgoing.message.key}")


async def in_slack(folder: Path) -> tuple[float, float]:
    workspace = SlackEmulator()
    await workspace.start()
    database = open_database(f"sqlite:///{folder / 'slack.db'}", KEY)
    slack = Heard(Tokens(BOT_TOKEN, APP_TOKEN, workspace.url), Routes(ROUTERS), Looking(database))
    slack.answered = {}
    bot, people = Bot(database, [WebChat(), slack]), WARM + 2 * OTHERS + 1
    await bot.writer.do(lambda store: _hire(store, people))
    Direct.newest = asyncio.get_running_loop().create_future()
    with patch.object(channel, "Line", Direct):
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


WAYS = {
    "Slack": in_slack,
    "Telegram": in_telegram,
    "WeCom's app": in_wecom,
    "WeChat": at_the_desk,
    "the web chat": on_the_page,
}


def measure() -> Iterator[Figure]:
    """Take the channels in turn."""
    OfflineReader().read("hello", open_ticket=False)
    for name, way in WAYS.items():
        rounds = []
        for _ in range(ROUNDS):
            with tempfile.TemporaryDirectory() as folder:
                rounds.append(asyncio.run(way(Path(folder))))
        alone, beside = zip(*rounds, strict=True)
        named = {"p95 ms": beside, "p95 ms alone": alone}
        detail = {called: rounded(middle(seconds) * 1000) for called, seconds in named.items()}
        value = ratio(beside, alone)
        yield Figure(f"flood: p95 of {OTHERS} others beside {FLOOD} at once, {name}", value, 1.5, 1.2, detail=detail)
