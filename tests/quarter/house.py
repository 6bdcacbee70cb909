"""The house: replicas of the whole bot on one database and one stopped clock, that die without ceremony."""

from __future__ import annotations

import asyncio
import random
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any, TypeVar

from sqlalchemy import select

from bot.app import Bot
from bot.hands import Hands
from scheduler.policy.document import parse
from storage.columns import new_id
from storage.database import Database
from storage.inbox import Event, inbox
from storage.store import Store
from storage.vault import vault
from tests.quarter.platform import Ear, Platform
from tests.world import Runner, StoppedClock, turning

T = TypeVar("T")
RESTART = timedelta(seconds=4)
"""So long until another process runs; what the dead one had begun is tried again by then."""
PAUSE = timedelta(seconds=11)
"""What failed twice is tried again after so long."""
TURNS = 4
"""A process that dies has done up to so many turns of its work."""


class House:
    """What runs: it beats, hears people and is killed; whoever was not acknowledged repeats what they sent."""

    def __init__(self, database: Database, policy: str, now: datetime, luck: random.Random, *, replicas: int) -> None:
        self.database, self.luck, self._policy = database, luck, policy
        self.clock = StoppedClock(now)
        self.platform = Platform(self.clock.now)
        self.kills = 0
        self._runner = Runner()
        self.bots = [self._runner.run(self._make()) for _ in range(replicas)]

    async def _make(self) -> Bot:
        bot = Bot(self.database, [Ear(self.platform)], self._policy, self.clock)
        around = replace(bot.pump.dispatch.around, randomness=random.Random(self.luck.random()))
        bot.pump.dispatch = replace(bot.pump.dispatch, around=around)
        return bot

    @property
    def now(self) -> datetime:
        return self.clock.moment

    @property
    def hands(self) -> Hands:
        """Give what an operator's command works with."""
        return Hands(self.change, self.ask, self.clock.now, lambda: parse(self._policy))

    def end(self) -> None:
        for bot in self.bots:
            bot.writer.stop()
        self._runner.close()

    def change(self, work: Callable[[Store], T]) -> T:
        return self._runner.run(self._do(work))

    async def _do(self, work: Callable[[Store], T]) -> T:
        return await self.bots[0].writer.do(work)

    def ask(self, question: Callable[[Store], T]) -> T:
        return self.bots[0].read(question)

    def beat(self, *, doomed: bool = False) -> None:
        """Let every replica beat at once and work until nothing moves; one that is doomed dies over it."""
        self._runner.run(self._beat(doomed=doomed))

    async def _beat(self, *, doomed: bool) -> None:
        await asyncio.gather(*(bot.beat() for bot in self.bots))
        if doomed:
            await self._die(self.luck.choice(self.bots))
        await self._settle()

    def keep_house(self) -> None:
        self._runner.run(turning(self.bots[0].pump, self.bots[0]._keep_house()))

    async def _settle(self) -> None:
        while True:
            turns = await asyncio.gather(*(bot.pump.turn() for bot in self.bots))
            sending = [task for bot in self.bots for task in bot.pump._deliveries]
            if sending:
                await asyncio.wait(sending)
            elif not any(turn.moved for turn in turns) and not any(bot.pump._settlements for bot in self.bots):
                return

    def hears(self, events: Sequence[Event], *, doomed: bool = False) -> dict[str, int]:
        """Take what people did; give the ids under which it was kept."""
        return self._runner.run(self._hears(events, doomed=doomed))

    async def _hears(self, events: Sequence[Event], *, doomed: bool) -> dict[str, int]:
        bot = self.luck.choice(self.bots)
        arrived = asyncio.ensure_future(bot.pump.accept(events))
        await asyncio.sleep(0)
        if doomed:
            await self._die(bot)
            if not arrived.done() or self.luck.random() < 0.5:  # the answer was lost on its way: they send it again
                arrived.cancel()
                return await self._hears(events, doomed=False)
        await self._settle()
        await arrived
        return self.ask(lambda store: _ids(store, events))

    async def _die(self, bot: Bot) -> None:
        """End a process in the middle of its work; another one takes over what it held."""
        self.kills += 1
        for _ in range(self.luck.randrange(TURNS)):
            await bot.pump.turn()
        if self.luck.random() < 0.5:
            await asyncio.sleep(0)  # some of what it claimed has arrived; nobody has written that down
        sending = list(bot.pump._deliveries)
        for task in sending:
            task.cancel()
        await asyncio.gather(*sending, return_exceptions=True)
        bot.writer.stop()
        self.bots.remove(bot)
        await self._quiet()
        self.bots.append(heir := await self._make())
        self.clock.moment += RESTART
        await heir.pump.recover(everything=True)
        await heir.pump.retrace()
        await self._settle()
        self.clock.moment += PAUSE

    async def _quiet(self) -> None:
        """Let the survivors finish what they are sending, so that what is still held is the dead one's."""
        if self.bots:
            await self._settle()


def _ids(store: Store, events: Sequence[Event]) -> dict[str, int]:
    wanted = [event.external_id for event in events]
    found = store.inbox._select(select(inbox.c.external_id, inbox.c.id).where(inbox.c.external_id.in_(wanted)))
    return {row.external_id: row.id for row in found}


def event_of(address: str, kind: str, body: dict[str, Any]) -> Event:
    """Make what a page sends for somebody."""
    side = "staff" if address.startswith("staff:") else "customer"
    return Event(
        channel="web",
        external_id=f"{vault.blind(address)[:16]}:{new_id()}",
        kind=kind,
        sender=address,
        address=address,
        body={"side": side, **body},
        conversation=address,
    )


def command(address: str, name: str, **args: str) -> Event:
    return event_of(address, "command", {"command": name, "args": args})


def says(address: str, text: str, language: str = "en") -> Event:
    return event_of(address, "words", {"text": text, "language": language})


def press(address: str, slot: str, button: str) -> Event:
    return event_of(address, "press", {"place": address, "slot": slot, "button": button})
