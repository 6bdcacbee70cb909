"""The demo: the ordinary bot over a sample company, with its own data, its own key and a clock that can be moved."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path

from bot import logs, runtime
from bot.app import Bot
from bot.channels.webchat.channel import WebChat
from bot.clock import WallClock
from bot.config import Config, read_config
from bot.console.demo import Colleague, Guest
from bot.demo.policy import company_policy
from bot.opening import open_database
from prompts.phrases import phrases
from storage.store import Store
from storage.vault import new_key

AHEAD = "demo clock ahead (seconds)"
STEPS = ((timedelta(hours=1), timedelta(minutes=5)), (timedelta(days=1), timedelta(minutes=15)))
LONG_STEP = timedelta(minutes=30)


class MovingCompany:
    """The sample company and its clock, as the console's demo bar uses them."""

    def __init__(self, bot: Bot, clock: WallClock) -> None:
        self._bot, self._clock = bot, clock

    def people(self) -> Sequence[Colleague]:
        from bot.demo.company import people

        return [Colleague(p.staff_id, p.name, p.about, p.language) for p in self._bot.read(people)]

    def guests(self) -> Sequence[Guest]:
        from bot.demo.company import guests

        return [Guest(g.address, g.name, g.about, g.language) for g in self._bot.read(guests)]

    def now(self) -> datetime:
        return self._clock.now()

    async def move(self, delta: timedelta) -> None:
        """Move on in steps with a heartbeat each, as if the process had been up all the time."""
        step = next((step for most, step in STEPS if delta <= most), LONG_STEP)
        end = self._clock.ahead + delta
        while self._clock.ahead < end:
            self._clock.ahead = min(end, self._clock.ahead + step)
            await self._bot.beat()
            await self._bot.pump.settled()
        ahead = self._clock.ahead.total_seconds()
        await self._bot.writer.do(lambda store: store.settings.set(AHEAD, ahead))


def start() -> None:
    """Run the demo; its data live in a folder of their own and survive a restart."""
    logs.configure("warning")
    config = read_config()
    folder = config.data.absolute() / "demo"
    config = config.model_copy(update={"data": folder})
    database = open_database(f"sqlite:///{folder / 'rapport.db'}", _key(folder))
    asyncio.run(_run(config, partial(Bot, database, [WebChat(database)], company_policy())))
    database.close()


async def _run(config: Config, make: partial[Bot]) -> None:
    from bot.demo.company import found, is_founded

    clock = WallClock()
    bot = make(clock=clock)
    if not bot.read(is_founded):
        await found(bot)
    clock.ahead = timedelta(seconds=bot.read(_ahead))
    t = phrases("en"), phrases("zh-CN")
    greeting = "\n".join(said("operator-demo", host=config.host, port=str(config.port)) for said in t)
    await runtime.stay(bot, config, MovingCompany(bot, clock), greeting)


def _ahead(store: Store) -> float:
    return float(store.settings.get(AHEAD) or 0)


def _key(folder: Path) -> str:
    """Read the demo's own key, or make it."""
    file = folder / "key"
    if not file.exists():
        folder.mkdir(parents=True, exist_ok=True)
        file.touch(mode=0o600)
        file.write_text(new_key(), encoding="ascii")
    return file.read_text(encoding="ascii")
