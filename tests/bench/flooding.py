"""Flooding: one bot, sixty people who write one after the other, and one who sends two hundred messages at once."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager, suppress
from statistics import median
from typing import Final

from bot.app import Bot
from bot.channels.port import Channel

OTHERS, FLOOD, WARM = 60, 200, 10
"""So many others that the last of them write about when the flood ends."""
MOMENTS: Final = 2
"""So many times what an answer takes alone lie between one other's message and the next one's: the others by themselves
keep the machine half busy, however fast it is."""
Write = Callable[[int], Awaitable[None]]
"""Lets a person write once; returns when their answer has left."""


@asynccontextmanager
async def running(bot: Bot, speaking: Channel) -> AsyncIterator[None]:
    """Pump and listen; the flooder's answers that are still to come are left behind."""
    tasks = [
        asyncio.create_task(bot.pump.run()),
        asyncio.create_task(speaking.listen(bot.pump.accept, bot.health.signs(speaking.name))),
    ]
    yield
    tasks[1].cancel()
    with suppress(asyncio.CancelledError):
        await tasks[1]
    await bot.pump.stop()
    await tasks[0]
    bot.writer.stop()
    bot.database.close()


async def timed(write: Write, person: int) -> float:
    start = time.perf_counter()
    await write(person)
    return time.perf_counter() - start


async def p95(write: Write, people: Sequence[int], moment: float) -> float:
    """Let people write, each a moment after the one before; give the seconds within which 95 % have their answer."""

    async def one(place: int, person: int) -> float:
        await asyncio.sleep(place * moment)
        return await timed(write, person)

    waited = sorted(await asyncio.gather(*(one(place, person) for place, person in enumerate(people))))
    return waited[int(len(waited) * 0.95)]


async def compared(
    write: Write, flood: Callable[[], None], handled: Callable[[], Awaitable[None]]
) -> tuple[float, float]:
    """Give the p95 of those who write alone, then of those who write beside the flooder, all of whose words are heard."""
    moment = MOMENTS * median([await timed(write, person) for person in range(WARM)])
    alone = await p95(write, range(WARM, WARM + OTHERS), moment)
    await asyncio.sleep(0.2)
    flood()
    beside = await p95(write, range(WARM + OTHERS, WARM + 2 * OTHERS), moment)
    await handled()
    return alone, beside


def all_heard(bot: Bot, events: int) -> Callable[[], Awaitable[None]]:
    """Wait until so many events are handled, so that nothing of the flood is lost."""

    async def wait() -> None:
        async with asyncio.timeout(60):
            while await asyncio.to_thread(bot.read, lambda store: store.inbox.count("done")) < events:  # noqa: ASYNC110 - seen from outside
                await asyncio.sleep(0.02)

    return wait
