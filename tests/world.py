"""A whole bot with a stopped clock, and people who write, press and hear; only the browser's wire is left out."""

from __future__ import annotations

import asyncio
import os
import random
from collections.abc import Callable, Coroutine, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Any, TypeVar

from bot.app import Bot
from bot.channels.webchat.channel import WebChat
from bot.pump import Pump
from handlers.cards import Button, Card
from scheduler.policy.document import default_text
from storage.columns import new_id
from storage.contacts import Contact
from storage.customers import Customer
from storage.database import Database
from storage.inbox import Event
from storage.posts import Post
from storage.staff import Person
from storage.store import Store
from storage.tickets import Ticket
from storage.vault import vault

T = TypeVar("T")
MONDAY = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)
"""Monday 10:00 in Shanghai."""


class StoppedClock:
    """A clock that moves when it is told to."""

    def __init__(self, now: datetime) -> None:
        self.moment = now

    def now(self) -> datetime:
        return self.moment


class Runner:
    """Runs one piece of work after another on a loop of its own; unlike asyncio's it does not listen for Ctrl-C at each."""

    def __init__(self) -> None:
        self._runner = asyncio.Runner()
        self.loop = self._runner.get_loop()

    def run(self, work: Coroutine[Any, Any, T]) -> T:
        return self.loop.run_until_complete(work)

    def close(self) -> None:
        self._runner.close()


class World:
    """One company with its bot; `settle` lets everything that has to happen happen."""

    def __init__(
        self, database: Database, policy: str | None = None, now: datetime = MONDAY, language: str = "en"
    ) -> None:
        self.seed = int(os.environ.get("SEED", "0")) or random.SystemRandom().randrange(1, 10**6)
        print(f"SEED={self.seed}")
        self._runner = Runner()
        self.clock = StoppedClock(now)
        policy = policy or default_text().replace("language: zh-CN", f"language: {language}")
        self.bot = self._runner.run(self._make(database, policy))
        self.bot.pump.dispatch = replace(
            self.bot.pump.dispatch,
            around=replace(self.bot.pump.dispatch.around, randomness=random.Random(self.seed)),
        )
        self._said = 0

    async def _make(self, database: Database, policy: str | None) -> Bot:
        return Bot(database, [WebChat()], policy, self.clock)

    def adopt(self, policy: str) -> None:
        """Let the bot take another policy, as an operator would put it in force."""
        self.change(lambda store: store.policies.accept(policy, "operator", self.now))
        self._runner.run(self.bot.refresh())

    @property
    def now(self) -> datetime:
        return self.clock.moment

    def end(self) -> None:
        self.bot.writer.stop()
        self._runner.close()

    def change(self, work: Callable[[Store], T]) -> T:
        return self._runner.run(self._do(work))

    async def _do(self, work: Callable[[Store], T]) -> T:
        return await self.bot.writer.do(work)

    def ask(self, question: Callable[[Store], T]) -> T:
        return self.bot.read(question)

    def settle(self) -> None:
        """Turn the pump until nothing moves any more."""
        self._runner.run(self._settle())

    async def _settle(self) -> None:
        pump = self.bot.pump
        while (await pump.turn()).moved or pump._deliveries or pump._settlements:
            if pump._deliveries:
                await asyncio.wait(set(pump._deliveries))

    def beat(self) -> None:
        self._runner.run(self.bot.beat())
        self.settle()

    def wait(self, *, step: timedelta = timedelta(minutes=15), **span: float) -> None:
        """Let time pass, with a heartbeat every `step`."""
        end = self.now + timedelta(**span)
        while self.now < end:
            self.clock.moment = min(end, self.now + step)
            self.beat()

    def until(self, moment: datetime, *, step: timedelta = timedelta(minutes=15)) -> None:
        self.wait(step=step, seconds=(moment - self.now).total_seconds())

    def sleeps(self, **span: float) -> None:
        """Let time pass while the process is down: one heartbeat at the end."""
        self.clock.moment += timedelta(**span)
        self.beat()

    def hands_in(self, *events: Event) -> list[Event]:
        new = self._runner.run(turning(self.bot.pump, self.bot.pump.accept(events)))
        self.settle()
        return new

    def keeps_house(self) -> None:
        self._runner.run(turning(self.bot.pump, self.bot._keep_house()))
        self.settle()

    def next_id(self) -> str:
        self._said += 1
        return f"said-{self._said}"

    def colleague(self, name: str, role: str = "rep", *, language: str = "en", **more: Any) -> Colleague:
        person = Person(id=new_id(), name=name, role=role, language=language, **{"zone": "Asia/Shanghai", **more})
        self.change(lambda store: store.staff.add(person, {"web": f"staff:{person.id}"}))
        return Colleague(self, f"staff:{person.id}", person)

    def customer(self, name: str, *, contact: str = "", owner: Colleague | None = None, **more: Any) -> Guest:
        """Put a customer on record, with one contact who is in the web chat."""
        language = more.pop("language", "en")
        customer = Customer(
            id=new_id(),
            name=name,
            language=language,
            owner_id=owner.person.id if owner else None,
            since=self.now,
            **more,
        )
        person = Contact(id=new_id(), customer_id=customer.id, name=contact or f"{name} contact", language=language)
        address = f"guest:{person.id}"

        def write(store: Store) -> None:
            store.customers.add(customer)
            store.contacts.add(person, self.now)
            store.contacts.bind(person.id, "web", address)

        self.change(write)
        return Guest(self, address, person.id, customer)

    def stranger(self, language: str = "en") -> Guest:
        return Guest(self, f"guest:{new_id()}", "", None, language)

    def posts(self, address: str, thread: str | None = None) -> list[Post]:
        return self.ask(lambda store: store.posts.of("web", address, thread=thread, limit=1000))

    def tickets(self) -> list[Ticket]:
        admin = Person("admin", "admin", "admin")
        statuses = ("new", "taken", "waiting", "resolved", "closed", "dismissed")
        return self.ask(lambda store: store.tickets.listed(store.staff.scope(admin), statuses=statuses, limit=1000))

    @property
    def ticket(self) -> Ticket:
        (only,) = self.tickets()
        return only


@dataclass
class Player:
    """Somebody at a screen."""

    world: World
    address: str

    side = ""

    def cards(self, place: str | None = None, thread: str | None = None) -> list[Card]:
        """Everything that stands in a chat from us, oldest first."""
        posts = self.world.posts(place or self.address, thread)
        return [Card.model_validate(post.card) for post in posts if post.flow == "out"]

    def hears(self, *words: str, place: str | None = None, thread: str | None = None) -> Card:
        """Find the newest card that has all these words."""
        for card in reversed(self.cards(place, thread)):
            if all(word in all_words(card) for word in words):
                return card
        said = "\n---\n".join(all_words(card) for card in self.cards(place, thread))
        raise AssertionError(f"{words} was not said; said was:\n{said}")

    def hears_nothing(self, *words: str, place: str | None = None) -> None:
        for card in self.cards(place):
            assert not all(word in all_words(card) for word in words), all_words(card)

    def count(self, *words: str, place: str | None = None, thread: str | None = None) -> int:
        return sum(all(word in all_words(card) for word in words) for card in self.cards(place, thread))

    def presses(
        self, label: str, *, row: str = "", place: str | None = None, thread: str | None = None, **answers: str
    ) -> None:
        """Press the newest button of this label, in a row that has these words; with a form, answer it."""
        post, button = self._find(label, place or self.address, thread, row)
        if button.form is not None and answers:
            self._hand_in("command", {"command": button.command, "args": button.args | answers})
        else:
            self._hand_in("press", {"place": post.address, "slot": post.slot, "button": button.id})

    def presses_old(self, post: Post, button: Button) -> None:
        self._hand_in("press", {"place": post.address, "slot": post.slot, "button": button.id})

    def _find(self, label: str, place: str, thread: str | None, row: str = "") -> tuple[Post, Button]:
        for post in reversed(self.world.posts(place, thread)):
            card = Card.model_validate(post.card)
            rows = [button for one in card.rows if row in one.text for button in one.buttons]
            for button in rows if row else card.every_button:
                if button.label == label:
                    return post, button
        raise AssertionError(f"there is no button “{label}”")

    def runs(self, command: str, **args: str) -> None:
        self._hand_in("command", {"command": command, "args": args})

    def _hand_in(self, kind: str, body: dict[str, Any], *, id_: str | None = None, settle: bool = True) -> Event:
        event = Event(
            channel="web",
            external_id=f"{vault.blind(self.address)[:16]}:{id_ or self.world.next_id()}",
            kind=kind,
            sender=self.address,
            address=self.address,
            body={"side": self.side, **body},
            conversation=self.address,
        )
        if settle:
            self.world.hands_in(event)
        return event


@dataclass
class Colleague(Player):
    """Somebody of ours."""

    person: Person

    side = "staff"

    def types(self, line: str, *, place: str | None = None, thread: str | None = None) -> None:
        self._hand_in("words", {"text": line, "place": place, "thread": thread})

    def typed(self, line: str) -> Event:
        """Make the event of a typed line without handing it in."""
        return self._hand_in("words", {"text": line, "place": None, "thread": None}, settle=False)


@dataclass
class Guest(Player):
    """Somebody who writes to us."""

    contact_id: str
    customer: Customer | None
    language: str = "en"

    side = "customer"

    def writes(self, text: str, *, id_: str | None = None) -> None:
        self._hand_in("words", {"text": text, "language": self.language}, id_=id_)

    def shares(self, phone: str) -> None:
        """Share their own number through the app, which vouches for it."""
        self._hand_in("words", {"text": f"My number: {phone}", "language": self.language, "own_phone": phone})

    def said(self, text: str) -> Event:
        """Make the event of a message without handing it in."""
        return self._hand_in("words", {"text": text, "language": self.language}, settle=False)


async def turning(pump: Pump, work: Coroutine[Any, Any, T]) -> T:
    """Turn a pump that does not run by itself until work that waits for it is done."""
    doing = asyncio.ensure_future(work)
    while not doing.done():
        await pump.turn()
    return await doing


def all_words(card: Card) -> str:
    """Everything a person reads on a card."""
    parts: Sequence[str] = (
        card.title,
        card.text,
        *(f"{field.label}: {field.value}" for field in card.fields),
        f"{card.quote.who}: {card.quote.words}" if card.quote else "",
        *(f"{row.text}{''.join(f' [{button.label}]' for button in row.buttons)}" for row in card.rows),
        *card.lines,
        *(f"[{button.label}]" for button in card.buttons),
        card.footer,
        card.from_person,
    )
    return "\n".join(part for part in parts if part)
