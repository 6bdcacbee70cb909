"""The whole way of a customer's words without a front: accepted, handled, every message about them sent and marked."""

from __future__ import annotations

import asyncio
import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from bot.app import Bot
from bot.channels.port import Outgoing, Receipt
from bot.channels.webchat.channel import WebChat
from bot.opening import open_database
from bot.pump import Pump
from bot.turns import Turn
from storage.inbox import Event
from storage.vault import new_key
from tests.bench.company import events, found

KEY = new_key()


@dataclass(frozen=True)
class Run:
    """One measured run: events a second, processor time and commits for each."""

    events: int
    seconds: float
    cpu_seconds: float
    commits: int
    rows: dict[str, int]

    @property
    def per_second(self) -> float:
        return self.events / self.seconds

    @property
    def commits_per_event(self) -> float:
        return self.commits / self.events

    @property
    def cpu_us(self) -> float:
        return self.cpu_seconds / self.events * 1e6


class Ears(WebChat):
    """The web channel, which tells each guest when an answer to them leaves."""

    def __init__(self) -> None:
        self.answered: dict[str, asyncio.Event] = {}

    async def send(self, outgoing: Outgoing) -> Receipt:
        if outgoing.message.address in self.answered:
            self.answered[outgoing.message.address].set()
        return await super().send(outgoing)


async def ours(folder: Path, count: int, in_flight: int) -> Run:
    """Let `count` customers write, so many of them at once; each lets the next one go when the answer left."""
    database = open_database(f"sqlite:///{folder / 'ours.db'}", KEY)
    ears = Ears()
    bot = Bot(database, [ears])
    guests = await bot.writer.do(lambda store: found(store, count))
    pumping = asyncio.create_task(bot.pump.run())
    await bot.pump.settled()
    run = await _timed(bot, ears, events(guests), in_flight)
    await bot.pump.stop()
    await pumping
    bot.writer.stop()
    database.close()
    return run


async def _timed(bot: Bot, ears: Ears, said: Sequence[Event], in_flight: int) -> Run:
    ears.answered = {event.address: asyncio.Event() for event in said}
    waiting = list(reversed(said))

    async def write() -> None:
        while waiting:
            event = waiting.pop()
            await bot.pump.accept([event])
            await ears.answered[event.address].wait()

    idle = _count_idle(bot.pump)
    commits, cpu, start = bot.writer.commits, time.process_time(), time.perf_counter()
    await asyncio.gather(*(write() for _ in range(in_flight)))
    await bot.pump.settled()
    seconds, cpu = time.perf_counter() - start, time.process_time() - cpu
    return Run(len(said), seconds, cpu, bot.writer.commits - commits - len(idle), bot.read(count_rows))


def _count_idle(pump: Pump) -> list[Turn]:
    """Collect the turns that find nothing to do: they write nothing, and so cost no commit."""
    idle: list[Turn] = []
    turn = pump.turn

    async def counted(*, quick: bool = False) -> Turn:
        done = await turn(quick=quick)
        if not done.moved:
            idle.append(done)
        return done

    vars(pump)["turn"] = counted
    return idle


def count_rows(store: object) -> dict[str, int]:
    """Count what was written, so that both ways are seen to have written the same."""
    from sqlalchemy import func, select

    from storage.columns import metadata

    names = ("inbox", "outbox", "posts", "tickets", "ticket_events", "entries", "feedback")
    connection = store.connection  # type: ignore[attr-defined]
    tables = metadata.tables
    return dict(
        Counter({n: connection.execute(select(func.count()).select_from(tables[n])).scalar_one() for n in names})
    )
