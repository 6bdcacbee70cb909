"""Replay: lets the bot live through what happened lately, by ordinary events at the times when they came."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from random import Random
from typing import Final

from bot.app import Bot
from bot.channels.webchat import deeds
from bot.channels.webchat import lines as webchat_lines
from bot.channels.webchat.channel import WebChat
from bot.channels.webchat.deeds import Command, Press, Speaker, Words
from bot.demo.material import HOME, Scene, Step, cast, language_of, scenes
from handlers.cards import Card
from handlers.context import Place
from handlers.ticket_cards import slot_of
from scheduler.cadence import Diary
from scheduler.policy.calendars import moment
from storage.inbox import Event
from storage.staff import Person
from storage.store import Store
from storage.tickets import Ticket

MORNINGS: Final = 2
"""So many of the last working mornings have left their bundles of reminders in the chats."""


@dataclass
class PastClock:
    """A clock that goes through the past as it is told."""

    moment: datetime

    def now(self) -> datetime:
        return self.moment


@dataclass(frozen=True)
class Players:
    """Who takes part in the scenes: colleagues and guests by key; `stranger` is somebody nobody knows."""

    colleagues: Mapping[str, Person]
    guests: Mapping[str, str]
    stranger: str

    def guest(self, scene: Scene) -> Speaker:
        address = self.guests[scene.guest] if scene.guest else self.stranger
        return Speaker(address, language_of(_zone(scene) if scene.guest else ""))

    def colleague(self, key: str) -> Speaker:
        person = self.colleagues[key]
        return Speaker(f"staff:{person.id}", person.language)


@dataclass(frozen=True)
class Replay:
    """One pass through the scenes, on a bot of its own over the same database; nothing leaves but to the web chat."""

    bot: Bot
    clock: PastClock
    players: Players

    async def all(self, now: datetime) -> None:
        """Live through all scenes and the last mornings, in the order of time, up to now."""
        for n, (at, scene, step) in enumerate(sorted(self._moments(now), key=lambda one: one[0])):
            await self._until(at)
            if scene is None or step is None:
                await self.bot.beat()
            else:
                await self._act(scene, step, f"scene-{n}")
            await self.bot.pump.settled()
            self.clock.moment = min(now, at + self.bot.policies.current.conversation.undo)
            await self.bot.pump.settled()  # what could be taken back leaves
        await self._until(now)

    def _moments(self, now: datetime) -> Iterator[tuple[datetime, Scene | None, Step | None]]:
        for scene in scenes():
            for step in scene.steps:
                yield self._when(scene, step, now), scene, step
        for office in cast().offices.values():
            for at in _mornings(self._diary(office.zone), now):
                yield at, None, None

    def _when(self, scene: Scene, step: Step, now: datetime) -> datetime:
        """Tell when a step was: the later of so long ago and that time of that working day."""
        moments = [] if step.ago is None else [now - step.ago]
        if step.at is not None:
            diary = self._diary(_zone(scene))
            today = now.astimezone(diary.zone).date()
            moments.append(moment(diary.zone, diary.calendar.shift_working_days(today, step.day), step.at))
        return max(moments)

    def _diary(self, zone: str) -> Diary:
        return Diary.of(self.bot.policies.current, Person("", "", "rep", zone=zone))

    async def _until(self, end: datetime) -> None:
        """Let time pass; the heart beats whenever something has to be said about a promise."""
        said = None
        while (watched := self.bot.read(lambda store: store.tickets.watched(end, 1))) and watched[0] != said:
            said = watched[0]
            self.clock.moment = max(self.clock.moment, said.watch_at or end)
            await self.bot.beat()
            await self.bot.pump.settled()
        self.clock.moment = max(self.clock.moment, end)
        await self.bot.pump.settled()

    async def _act(self, scene: Scene, step: Step, id_: str) -> None:
        event = self._event(scene, step, id_)
        lines = [webchat_lines.line(event, self.clock.now())] if event.kind == "words" else []
        await self.bot.pump.accept([event], lines)

    def _event(self, scene: Scene, step: Step, id_: str) -> Event:
        guest = self.players.guest(scene)
        actor = self.players.colleague(step.by) if step.by else guest
        if said := step.says or step.types:
            return deeds.words_event(actor, Words(id=id_, text=said))
        ticket = self.bot.read(lambda store: _ticket(store, guest.address))
        if step.rates:
            return deeds.press_event(actor, self._rating(guest, ticket, step.rates, id_))
        if step.talks:
            place = Place.read(self.bot.policies.current.routes.address_of(ticket.team))
            return deeds.words_event(actor, Words(id=id_, text=step.talks), place.address, slot_of(ticket.number))
        given = {"words": step.words, "colleague": step.to and self.players.colleagues[step.to].name}
        args = {"number": ticket.number} | {name: value for name, value in given.items() if value}
        return deeds.command_event(actor, Command(id=id_, command=step.runs, args=args))

    def _rating(self, guest: Speaker, ticket: Ticket, score: int, id_: str) -> Press:
        """Find the stars under the newest question how we did."""
        wanted = {"number": ticket.number, "score": str(score)}
        for post in reversed(self.bot.read(lambda store: store.posts.of(deeds.NAME, guest.address))):
            for button in Card.model_validate(post.card).buttons:
                if (button.command, button.args) == ("rate", wanted):
                    return Press(id=id_, slot=post.slot, button=button.id)
        raise LookupError(f"{ticket.number} was not offered for rating")


@asynccontextmanager
async def past(bot: Bot, players: Players, chance: Random) -> AsyncIterator[Replay]:
    """Run a bot in the past over the same database, whose ticket numbers follow from the seed."""
    clock = PastClock(bot.clock.now() - timedelta(days=60))
    earlier = Bot(bot.database, [WebChat()], clock=clock)
    around = replace(earlier.pump.dispatch.around, randomness=chance)
    earlier.pump.dispatch = replace(earlier.pump.dispatch, around=around)
    pumping = asyncio.create_task(earlier.pump.run())
    try:
        yield Replay(earlier, clock, players)
    finally:
        await earlier.pump.stop()
        await pumping
        earlier.writer.stop()


def _ticket(store: Store, address: str) -> Ticket:
    contact = store.contacts.at(deeds.NAME, address)
    found = store.tickets.newest_of(contact.id, 1) if contact else []
    if not found:
        raise LookupError(f"{address} has no ticket yet")
    return found[0]


def _zone(scene: Scene) -> str:
    return next((guest.zone for guest in cast().guests if guest.key == scene.guest), HOME)


def _mornings(diary: Diary, now: datetime) -> list[datetime]:
    """Give the last working mornings that have been."""
    today = now.astimezone(diary.zone).date()
    days = [diary.calendar.shift_working_days(today + timedelta(days=1), -n) for n in range(1, MORNINGS + 2)]
    return [at for at in map(diary.morning, days) if at <= now][:MORNINGS]
