"""One house, two platforms: colleagues sit in an emulated Slack, customers in an emulated Telegram, one bot between."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from bot.app import Bot
from bot.channels.port import Channel, Pace
from bot.channels.slack.channel import SlackChannel, Tokens
from bot.channels.slack.looking import Looking
from bot.channels.webchat.channel import WebChat
from handlers.contents import ROUTERS
from handlers.routing import Routes
from prompts.phrases import phrases
from scheduler.cadence import Diary, plan
from scheduler.policy.document import default_text
from storage.columns import new_id
from storage.contacts import Contact
from storage.customers import Customer
from storage.database import Database
from storage.staff import Person
from storage.store import Store
from tests.emulators.slack import APP_TOKEN, BOT_TOKEN, SlackEmulator
from tests.emulators.slack_rules import Piece
from tests.emulators.telegram import Telegram
from tests.slack.office import SERVICE, Album, Mate, Office, labels, words
from tests.telegram.stage import Client, Stage
from tests.world import World

NO_PACE = Pace()
PATIENT = 60.0


def company_policy(language: str) -> str:
    """The default policy in one language, with every team's cards in one Slack channel."""
    text = default_text().replace("language: zh-CN", f"language: {language}")
    for place in ("#sales", "#service", "#after-sales", "#rapport"):
        text = text.replace(f'"web:{place}"', f'"slack:{SERVICE}"')
    return text


class House(Office, Stage):
    """One company whose people never meet in the same app."""

    def __init__(self, database: Database, language: str = "en") -> None:
        self._pace, self._database, self.language = NO_PACE, database, language
        self.album = Album()
        self.t = phrases(language)
        World.__init__(self, database, company_policy(language), language=language)
        self.run(self._go())

    async def _make(self, database: Database, policy: str | None) -> Bot:
        self.slack, self.telegram, self.connections = SlackEmulator(), Telegram(), []
        self.slack.channel(SERVICE, "service")
        await self.slack.start()
        await self.telegram.start()
        return self._new_bot(policy)

    def _new_bot(self, policy: str | None = None) -> Bot:
        tokens = Tokens(BOT_TOKEN, APP_TOKEN, self.slack.url)
        slack = SlackChannel(tokens, Routes(ROUTERS), Looking(self._database), NO_PACE)
        self.channel = self.connection(pace=NO_PACE, patience=timedelta(seconds=10))
        channels: list[Channel] = [WebChat(), slack, self.channel]
        return Bot(self._database, channels, policy, self.clock)

    async def _go(self) -> None:
        await Office._go(self)
        self._hearing = asyncio.create_task(self.listen(self.bot))

    async def _stop(self) -> None:
        self._hearing.cancel()
        await asyncio.gather(self._hearing, return_exceptions=True)
        await Office._stop(self)
        await asyncio.gather(*(channel.close() for channel in self.connections))

    def end(self) -> None:
        self.run(self._stop())
        self.run(self.slack.stop())
        self.run(self.telegram.stop())
        self._runner.close()

    def settle(self) -> None:
        self.run(self._settle())

    async def _settle(self) -> None:
        """Wait until all that was reported is stored, and all that follows from it is said."""
        async with asyncio.timeout(PATIENT):
            await self.telegram.confirmed()
            await Office._settle(self)

    def hires(self, user: str, name: str, role: str = "service", **more: Any) -> Hand:
        """Put somebody on record who sits in Slack."""
        self.slack.person(user, name)
        self.slack.talks[SERVICE].members.add(user)
        person = Person(new_id(), name, role, **{"language": self.language, "zone": "Asia/Shanghai", **more})
        self.change(lambda store: store.staff.add(person, {"slack": user}))
        return Hand(self, user, person)

    def serves(self, company: str, name: str, owner: Mate, **more: Any) -> Client:
        """Put a customer on record whose contact sits in Telegram."""
        about: dict[str, Any] = {
            "owner_id": owner.person.id,
            "since": self.now - timedelta(days=900),
            "language": self.language,
        }
        customer = Customer(id=new_id(), name=company, **(about | more))
        client = self.someone(name, self.language)
        contact = Contact(id=new_id(), customer_id=customer.id, name=name, language=self.language, zone="Asia/Shanghai")

        def write(store: Store) -> None:
            store.customers.add(customer)
            store.contacts.add(contact, self.now)
            store.contacts.bind(contact.id, "telegram", str(client.id))

        self.change(write)
        client.opens()
        return client

    def last_contact(self, company: str, at: Any) -> None:
        """Put it on record that a customer was last contacted then."""

        def write(store: Store) -> None:
            known = self._named(store, company)
            diary = Diary.of(self.bot.policies.current, store.staff.get(known.owner_id))
            store.customers.change(known, **plan(diary, known, at, at))

        self.change(write)

    def record(self, company: str) -> Customer:
        return self.ask(lambda store: self._named(store, company))

    def _named(self, store: Store, company: str) -> Customer:
        everyone = store.customers.listed(store.staff.scope(Person("admin", "admin", "admin")), limit=100)
        (known,) = [customer for customer in everyone if customer.name == company]
        return known

    @property
    def card(self) -> Piece:
        """The only card in the team's channel."""
        (only,) = self.cards
        return only

    def transcript(self) -> str:
        """Write down all that stands in either app, as people read it."""
        talks = [(talk.id, message) for talk in self.slack.talks.values() for message in talk.messages]
        bubbles = [(str(chat), bubble) for chat, bubbles in self.telegram.chats.items() for bubble in bubbles]
        slack = [f"── {place}\n{words(m)}\n{labels(m)}" for place, m in talks]
        return "\n".join([*slack, *(f"── {place}\n{b.text}\n{b.buttons}" for place, b in bubbles)])


@dataclass
class Hand(Mate):
    """A colleague in Slack, who finds buttons by what they do in their language."""

    office: House

    def does(self, button: str, message: Piece, talk: str = SERVICE) -> None:
        """Press the button that is called so, by the key of its label."""
        self.presses(self.office.t(button), message, talk)

    def told(self, *said: str) -> Piece:
        """Find the newest direct message that has all these words."""
        return self.hears(*said, at=self.direct())

    @property
    def talk(self) -> str:
        return f"D{self.user}"


__all__ = ["SERVICE", "Client", "Hand", "House", "labels", "words"]
