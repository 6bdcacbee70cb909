"""A scene of the contract: a team in one venue, customers in another, one bot between them and a stopped clock."""

from __future__ import annotations

import asyncio
import random
from collections.abc import Callable, Coroutine, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any, TypeVar

from bot.app import Bot
from bot.channels.port import Channel
from bot.channels.webchat.channel import WebChat
from bot.web import listen, make_app, serve
from prompts.phrases import phrases
from scheduler.cadence import Diary, plan
from scheduler.policy.document import default_text
from storage.columns import new_id
from storage.contacts import Contact
from storage.customers import Customer
from storage.database import Database
from storage.inbox import Event
from storage.staff import Person
from storage.store import Store
from tests.contract.venue import Seat, Venue
from tests.world import World

T = TypeVar("T")
MakeVenue = Callable[["Scene"], Venue]
SECOND = timedelta(seconds=1)
PATIENCE = 120.0
ADDRESS = "https://crm.example"
"""Where browsers reach the bot, as it is told."""
SAME = 7
"""A rendering that is kept shows the same ticket number each time."""


@dataclass(frozen=True)
class Hand:
    """A colleague in their seat."""

    person: Person
    seat: Seat


@dataclass(frozen=True)
class Guest:
    """A customer's contact in their seat."""

    customer: Customer
    contact: Contact
    seat: Seat


class Scene(World):
    """One company."""

    def __init__(self, database: Database, team: MakeVenue, guests: MakeVenue, language: str = "en") -> None:
        self.language, self.t = language, phrases(language)
        self.team = team(self)
        self.guests = guests(self) if guests is not team else self.team
        text = default_text().replace("language: zh-CN", f"language: {language}")
        super().__init__(database, self.team.policy(text), language=language)
        around = replace(self.bot.pump.dispatch.around, randomness=random.Random(SAME))
        self.bot.pump.dispatch = replace(self.bot.pump.dispatch, around=around)
        self.run(self._go())

    @property
    def venues(self) -> list[Venue]:
        return list({id(venue): venue for venue in (self.team, self.guests)}.values())

    def run(self, work: Coroutine[Any, Any, T]) -> T:
        return self._runner.run(work)

    async def _make(self, database: Database, policy: str | None) -> Bot:
        for venue in self.venues:
            await venue.start()
        channels: list[Channel] = [WebChat(), *(c for venue in self.venues for c in venue.channels(database))]
        return Bot(database, channels, policy, self.clock, address=ADDRESS)

    async def _go(self) -> None:
        """Pump, open the doors and listen; no heartbeat but the scene's own."""
        seat = listen("127.0.0.1", 0)
        seat.listen()
        self._tasks = [
            asyncio.create_task(self.bot.pump.run()),
            asyncio.create_task(serve(make_app(self.bot, console=False), "127.0.0.1", 0, at=seat)),
        ]
        url = f"http://127.0.0.1:{seat.getsockname()[1]}"
        self._listening = {name: self._listen(name) for name in self.bot.channels}
        for venue in self.venues:
            await venue.listen(self.bot, url)

    def _listen(self, name: str) -> asyncio.Task[None]:
        return asyncio.create_task(self.bot._listen(self.bot.channels[name]))

    async def listens_anew(self, name: str) -> None:
        """Let the bot begin anew with listening on a channel, as at a start."""
        self._listening[name].cancel()
        await asyncio.gather(self._listening[name], return_exceptions=True)
        self.bot.health.signs(name).troubled("starting")
        self._listening[name] = self._listen(name)

    def end(self) -> None:
        self.run(self._stop())
        self._runner.close()

    async def _stop(self) -> None:
        for task in (*self._tasks[1:], *self._listening.values()):
            task.cancel()
        await self.bot.pump.stop()
        await asyncio.gather(*self._tasks, *self._listening.values(), return_exceptions=True)
        self.bot.writer.stop()
        for venue in self.venues:
            await venue.stop()

    def settle(self) -> None:
        """Let everything follow; a chat that was just spoken to is free again after a second or some."""
        self.run(self._calm())
        for _ in range(30):
            due = self.ask(lambda store: store.outbox.next_due())
            if due is None or due > self.now:
                return
            self.clock.moment += SECOND
            self.run(self._calm())

    async def _settle(self) -> None:
        await self._calm()

    async def _calm(self) -> None:
        async with asyncio.timeout(PATIENCE):
            for _ in range(2):  # what one venue is told may let the other tell something
                for venue in self.venues:
                    await venue.calm()
                await self.bot.pump.settled()

    def hands_in(self, *events: Event) -> list[Event]:
        new = self.run(self.bot.pump.accept(events))
        self.settle()
        return new

    def pause(self, **span: float) -> None:
        """Let time pass without a heartbeat."""
        self.clock.moment += timedelta(**span)
        self.settle()

    def hires(self, name: str, role: str = "rep", **more: Any) -> Hand:
        """Put a colleague on record who sits in the team's venue."""
        (hand,) = self.hires_all([(name, role)], **more)
        return hand

    def hires_all(self, named: Sequence[tuple[str, str]], **more: Any) -> list[Hand]:
        """Put colleagues on record, each with a name and a role."""
        people = [Person(new_id(), name, role, self.language, "Asia/Shanghai", **more) for name, role in named]
        desks = {person.id: self.team.desk(person) for person in people}

        def write(store: Store) -> None:
            for person in people:
                store.staff.add(person, {self.team.channel: desks[person.id]})

        self.change(write)
        return [Hand(person, self.team.sit(desks[person.id], person, None)) for person in people]

    def serves(self, company: str, name: str, owner: Hand, **more: Any) -> Guest:
        """Put a customer on record whose contact sits in the guests' venue."""
        since = self.now - timedelta(days=900)
        known = Customer(
            id=new_id(), name=company, owner_id=owner.person.id, since=since, language=self.language, **more
        )
        contact = Contact(id=new_id(), customer_id=known.id, name=name, language=self.language, zone="Asia/Shanghai")
        address = self.guests.address(name)

        def write(store: Store) -> None:
            store.customers.add(known)
            store.contacts.add(contact, self.now)
            store.contacts.bind(contact.id, self.guests.channel, address)

        self.change(write)
        return Guest(known, contact, self.guests.sit(address, None, contact))

    @property
    def name(self) -> str:
        return f"{type(self.team).__name__}-{type(self.guests).__name__}-{self.language}"

    def last_contact(self, guest: Guest, at: datetime) -> None:
        """Put it on record that a customer was last contacted then."""

        def write(store: Store) -> None:
            known = store.customers.get(guest.customer.id)
            assert known is not None
            diary = Diary.of(self.bot.policies.current, store.staff.get(known.owner_id))
            store.customers.change(known, **plan(diary, known, at, at))

        self.change(write)
