"""The bot: one process put together from its parts, started and stopped."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from functools import partial
from typing import TypeVar

import structlog
from apscheduler.schedulers.asyncio import AsyncIOScheduler

from bot import held
from bot.channels.pauses import LONGEST, Pauses
from bot.channels.port import Channel, Deaf, Timed
from bot.clock import Clock, WallClock
from bot.config import HalfSet
from bot.dispatch import Dispatch
from bot.health import REFUSED, Health
from bot.housekeeping import forget
from bot.outages import AWAY
from bot.policy_keeper import PolicyKeeper
from bot.pump import Pump
from bot.writer import Writer
from handlers.contents import ROUTERS
from handlers.context import Surroundings
from handlers.routing import Routes
from prompts.reader.offline import OfflineReader
from scheduler.clock import beat
from storage.database import Database
from storage.messages import Settlement
from storage.store import Store

log = structlog.get_logger()
T = TypeVar("T")
BEAT_SECONDS = 5
HOUSEKEEPING_SECONDS = 10


class Bot:
    """Everything that runs: channels, pump, heartbeat; any number of it on one PostgreSQL, one on a SQLite file."""

    def __init__(
        self,
        database: Database,
        channels: Sequence[Channel],
        policy_text: str | None = None,
        clock: Clock | None = None,
        *,
        halves: Sequence[HalfSet] = (),
        address: str = "",
    ) -> None:
        self.database = database
        self.clock: Clock = clock or WallClock()
        self.channels: Mapping[str, Channel] = {channel.name: channel for channel in channels}
        skews = {channel.name: channel.skew for channel in channels if isinstance(channel, Timed)}
        self.health = Health(self.channels, halves, skews)
        self.writer = Writer(database)
        self.policies = PolicyKeeper(database, policy_text, self.clock)
        self.routes = Routes(ROUTERS)
        self.pump = Pump(self.writer, Dispatch(self._around(address)), self.channels, self.clock, self._heed)
        self._scheduler = AsyncIOScheduler(timezone="UTC")
        self._tasks: list[asyncio.Task[None]] = []

    def _around(self, address: str) -> Surroundings:
        policy = self.policies.current
        windows = {
            name: channel.pace.reply_window for name, channel in self.channels.items() if channel.pace.reply_window
        }
        recalls = {name: channel.pace.recall.span for name, channel in self.channels.items() if channel.pace.recall}
        return Surroundings(policy, self.routes, OfflineReader(), frozenset(self.channels), windows, recalls, address)

    async def start(self) -> None:
        """Take over what a previous run left, then pump, listen and beat."""
        if self.database.is_sqlite:
            await self.pump.recover(everything=True)
        await self.pump.retrace()
        for _ in range(self.database.writers):
            self._spawn(self.pump.run())
        for channel in self.channels.values():
            self._spawn(self._listen(channel))
        for job, seconds in ((self.beat, BEAT_SECONDS), (self._keep_house, HOUSEKEEPING_SECONDS)):
            again = partial(_until_stopped, job)
            self._scheduler.add_job(again, "interval", seconds=seconds, max_instances=1, coalesce=True)
        self._scheduler.start()
        await self.beat()

    async def stop(self) -> None:
        """Stop listening, let what is on its way arrive, write it down."""
        if self._scheduler.running:
            self._scheduler.shutdown(wait=False)
        listening = self._tasks[self.database.writers :]
        for task in listening:
            task.cancel()
        await self.pump.stop()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        self.writer.stop()

    async def beat(self) -> None:
        """Ask every rule what is due now, and leave it in the inbox."""
        now = self.clock.now()
        due = await self.writer.do(lambda store: beat(store, now, self.policies.current))
        self.pump.tally.beat()
        if due:
            self.pump.wake()

    async def refresh(self) -> None:
        """Take a policy that was put in force meanwhile, by an operator or another replica."""
        if await asyncio.to_thread(self.policies.refresh):
            around = replace(self.pump.dispatch.around, policy=self.policies.current)
            self.pump.dispatch = Dispatch(around)

    async def _keep_house(self) -> None:
        await self.pump.recover()
        await self.refresh()
        if news := self.health.news():
            await self.pump.accept(news)
        now = self.clock.now()
        await self.writer.do(partial(forget, now=now))
        await self.writer.do(lambda store: held.tell(store, self.channels.values(), now))

    async def _listen(self, channel: Channel) -> None:
        """Listen on a channel; one that broke or ended stays down alone and is tried again, ever more slowly."""
        pauses, signs = Pauses(), self.health.signs(channel.name)
        while True:
            began, lasting = time.monotonic(), False
            try:
                await channel.listen(self.pump.accept, signs)
                signs.troubled("ended")
            except Deaf as deaf:
                log.error("channel down", channel=channel.name, why=deaf.why, about=deaf.about)  # noqa: TRY400 - no fault of ours
                signs.troubled(deaf.why, deaf.about)
                lasting = True
            except Exception as error:
                log.exception("channel down", channel=channel.name)
                signs.troubled(type(error).__name__)
            if time.monotonic() - began > LONGEST.total_seconds():
                pauses.over()  # it was up meanwhile
            await pauses.rest(lasting=lasting)

    def _heed(self, settlement: Settlement) -> None:
        """Learn from a sending how its channel fares."""
        if settlement.error == REFUSED:
            self.health.fails(settlement.message.channel, REFUSED)
        elif settlement.error == AWAY:
            self.health.fails(settlement.message.channel, AWAY)
        elif settlement.state == "sent":
            self.health.works(settlement.message.channel)

    def _spawn(self, work: object) -> None:
        assert asyncio.iscoroutine(work)  # noqa: S101 - narrows the type
        self._tasks.append(asyncio.create_task(work))

    def read(self, question: Callable[[Store], T]) -> T:
        """Ask the store something; blocks, so call it from a thread."""
        with self.database.reading() as connection:
            return question(Store(connection))


async def _until_stopped(job: Callable[[], Awaitable[None]]) -> None:
    """Do a piece of work; the scheduler, when it stops, would log the end of one that it cut off as an error."""
    with suppress(asyncio.CancelledError):
        await job()
