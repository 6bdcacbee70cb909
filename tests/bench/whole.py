"""Our whole way of a customer's words: Telegram's JSON, our channel, stored, handled, answered, marked."""

from __future__ import annotations

import asyncio
import random
import time
from collections.abc import Callable, Sequence
from contextlib import suppress

from bot.app import Bot
from bot.channels.webchat.channel import WebChat
from bot.opening import open_database
from handlers.cards import Card
from handlers.context import Context
from handlers.routing import Answer
from storage.database import Database
from storage.entries import Entry
from storage.tickets import Ticket, new_number
from tests.bench.company import Guest, found
from tests.bench.pipeline import KEY, Run, count_rows
from tests.bench.telegram import InMemory, in_flight, update
from tests.signs import Unread

WARM = 64
"""Events ahead of the measured ones: a statement is compiled once a process, not once an event."""
_random = random.Random(1)


def answer_thinly(ctx: Context, facts: dict[str, str]) -> None:
    """Keep the words, open a ticket, answer: what the yardstick's table was measured with, in our house's words."""
    contact = ctx.contact
    assert contact is not None
    number, words = new_number(_random), str(facts["text"])
    channel, who = ctx.event.channel, contact.id
    ticket = Ticket(number, channel, "other", "normal", words, ctx.now, ctx.now, ctx.now, contact_id=who)
    entry = Entry(f"{channel}:{ctx.event.external_id}", "in", who, channel, words, ctx.now, who, ticket=number)
    ctx.store.tickets.add(ticket)
    ctx.store.entries.add(entry)
    ctx.reply(Card(text=f"{number}: thank you, we have it."))


class Whole:
    """A bot with Telegram in memory and the console, colleagues in the console, customers in Telegram."""

    def __init__(self, database: Database, answer: Answer | None = None) -> None:
        self.database, self.channel = database, InMemory()
        self.bot = Bot(database, [WebChat(), self.channel])
        if answer is not None:
            self.bot.routes.answers["customer words"] = answer

    async def take(self, count: int, some: int, begin: Callable[[], None]) -> Run:
        """Let so many customers write, so many at once; measure from the JSON to the last mark."""
        guests = await self.bot.writer.do(lambda store: found(store, count + WARM, "telegram"))
        pumping = [asyncio.create_task(self.bot.pump.run()) for _ in range(self.database.writers)]
        listening = asyncio.create_task(self.channel.listen(self.bot.pump.accept, Unread()))
        updates = [(guest, update(n, guest)) for n, guest in enumerate(guests)]
        await self._go(updates[:WARM], some)
        begin()
        commits, cpu, start = self.bot.writer.commits, time.process_time(), time.perf_counter()
        await self._go(updates[WARM:], some)
        seconds, cpu = time.perf_counter() - start, time.process_time() - cpu
        run = Run(count, seconds, cpu, self.bot.writer.commits - commits, self.bot.read(count_rows))
        listening.cancel()
        with suppress(asyncio.CancelledError):
            await listening
        await self.bot.pump.stop()
        await asyncio.gather(*pumping)
        self.bot.writer.stop()
        await self.channel.close()
        return run

    async def _go(self, updates: Sequence[tuple[Guest, bytes]], some: int) -> None:
        heard = self.channel.answers.heard = {guest.address: asyncio.Event() for guest, _ in updates}

        async def write(one: tuple[Guest, bytes]) -> None:
            self.channel.feed.write(one[1])
            await heard[one[0].address].wait()

        await in_flight(some, updates, write)
        await self.bot.pump.settled()


async def ours(
    url: str, count: int, some: int, answer: Answer | None = None, *, begin: Callable[[], None] = lambda: None
) -> Run:
    """Measure our whole way on a database of its own; `begin` is told when everything is warm."""
    database = open_database(url, KEY)
    try:
        return await Whole(database, answer).take(count, some, begin)
    finally:
        database.close()
