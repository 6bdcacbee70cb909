"""A town at work while its bot is killed: customers write, colleagues answer, and both platforms have moods."""

from __future__ import annotations

import asyncio
import random
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path

from bot.clock import WallClock
from prompts.phrases import phrases
from storage.columns import new_id
from storage.contacts import Contact
from storage.customers import Customer
from storage.database import Database
from storage.staff import Person
from storage.store import Store
from tests.emulators.model import ModelEmulator
from tests.house.crowd import Clerk, Patron, Platforms, number_of
from tests.house.house import SERVICE
from tests.house.ledger import Verdict, unfinished, verdict
from tests.house.moods import Mood, MoodySlack, MoodyTelegram
from tests.house.process import Process, morning_zone, quick_policy, settings

COMPANIES, CLERKS = 6, 3
RATE = 0.02
"""Share of the platforms' calls that fail on purpose."""
BACKLOG = 12
"""So many updates may wait for the bot before customers write on."""
IN_WORK = 0.7
"""So many of the kills wait until the bot works; the others may meet it while it starts."""
REST = 420.0
"""Seconds for the last bot to finish; the longest pause between two attempts is three minutes."""
KEPT = ("words", "note", "reply")
"""Everybody here may see every ticket, and none is closed: whatever is said stands on a timeline."""
t = phrases("en")


@dataclass
class Town:
    """One run: its platforms, its people, its bots."""

    database: Database
    url: str
    folder: Path
    seed: int
    over: bool = False
    patrons: list[Patron] = field(default_factory=list)
    clerks: list[Clerk] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.luck = random.Random(self.seed)
        self.slack = MoodySlack(Mood(random.Random(self.seed + 1), RATE))
        self.telegram = MoodyTelegram(Mood(random.Random(self.seed + 2), RATE))
        self.slack.retries = (0.0, 0.5, 2.0)
        self.platforms = Platforms(self.slack, self.telegram, self.luck)
        self.model = ModelEmulator(words="Hello, the new filters are in. Shall I put a box aside for you?")

    async def lives(self, kills: int, key: str) -> Verdict:
        """Let everybody work while bots are killed, then let the last one finish."""
        await self.slack.start()
        await self.telegram.start()
        await self.model.start()
        self._found()
        policy = self.folder / "policy.yaml"
        policy.write_text(quick_policy(), encoding="utf-8")
        more = {"DATABASE_URL": self.url, "RAPPORT_KEY": key, "RAPPORT_POLICY": str(policy)}
        self.process = Process(settings(self.folder, self.slack, self.telegram, self.model) | more, self.folder)
        async with self.process:
            return await self._works_until(kills)

    async def _works_until(self, kills: int) -> Verdict:
        await self.process.start()
        working = [asyncio.create_task(self._writes(patron)) for patron in self.patrons]
        working += [asyncio.create_task(self._works(clerk)) for clerk in self.clerks]
        for _ in range(kills):
            await self._kill()
        self.over = True
        self.slack.mood.rate = self.telegram.mood.rate = 0
        await asyncio.gather(*working)
        await self._rest()
        code = await self.process.stop()
        found = verdict(self.database, self.platforms, self.patrons, self.clerks, kills=self.process.kills, kept=KEPT)
        assert code in (0, -15), code
        await asyncio.gather(self.slack.stop(), self.telegram.stop(), self.model.stop())
        return found

    def _found(self) -> None:
        with self.database.writing() as connection:
            store = Store(connection)
            people = [Person(new_id(), f"Clerk {n}", "service", "en", morning_zone()) for n in range(CLERKS)]
            for n, person in enumerate(people):
                self._hire(store, n, person)
            for n in range(COMPANIES):
                self._add(store, n, people[n % CLERKS])
            store.flush()

    def _hire(self, store: Store, n: int, person: Person) -> None:
        user = self.slack.person(f"U0CLERK{n}")
        store.staff.add(person, {"slack": user})
        self.clerks.append(Clerk(self.platforms, f"clerk{n}", user=user))
        members = {clerk.user for clerk in self.clerks}
        self.slack.channel(SERVICE, "service", *members)

    def _add(self, store: Store, n: int, owner: Person) -> None:
        patron = Patron(self.platforms, f"patron{n}", id=900_000 + n)
        now = WallClock().now()
        customer = Customer(
            id=new_id(), name=f"Company {n}", language="en", owner_id=owner.id, since=now - timedelta(days=900)
        )
        contact = Contact(id=new_id(), customer_id=customer.id, name=f"Patron {n}", language="en")
        store.customers.add(customer)
        store.contacts.add(contact, now)
        store.contacts.bind(contact.id, "telegram", str(patron.id))
        self.telegram.chats[patron.id] = []
        self.patrons.append(patron)

    async def _writes(self, patron: Patron) -> None:
        """Write a complaint, then more and more about it, and ask how things stand."""
        while not self.over:
            if len(self.telegram.updates) < BACKLOG:
                self._write(patron)
            await asyncio.sleep(self.luck.uniform(0.5, 3))

    def _write(self, patron: Patron) -> None:
        if patron.said == 0:
            patron.writes("The pump that you sent is broken, I want to complain!")
        elif self.luck.random() < 0.6:
            patron.writes("/status", "status")
        else:
            patron.writes("And one thing more about the broken pump")
        if self.luck.random() < 0.1 and self.telegram._confirmed:
            self.telegram.repeat(self.luck.choice(self.telegram._confirmed)["update_id"])

    async def _works(self, clerk: Clerk) -> None:
        """Take tickets, answer them, say something among colleagues, look things up."""
        while not self.over:
            await asyncio.sleep(self.luck.uniform(0.5, 3))
            cards = [card for card in clerk.cards() if number_of(card)]
            if cards and self.slack.sockets:
                await self._deed(clerk, cards)

    async def _deed(self, clerk: Clerk, cards: list[dict[str, object]]) -> None:
        card, dice = self.luck.choice(cards), self.luck.random()
        if dice < 0.3:
            await clerk.notes(card)
        elif dice < 0.6:
            mark = clerk.mark()
            await clerk.types(f"ticket reply {number_of(card)} We are on it {mark}", "reply", mark)
        elif dice < 0.7:
            await clerk.presses(t("button-take"), card)
        elif dice < 0.85:
            mark = clerk.mark()
            await clerk.presses(t("button-reply"), card, asks=True)
            await clerk.fills(words=f"It leaves today {mark}")
        elif dice < 0.95:
            await clerk.types(f"log Company {self.luck.randrange(COMPANIES)} called, all is well")
        else:
            await clerk.types(f"draft Company {self.luck.randrange(COMPANIES)} apology")

    async def _kill(self) -> None:
        if self.luck.random() < IN_WORK:
            await self._works_again()
            await asyncio.sleep(self.luck.uniform(0, 2))
        else:
            await asyncio.sleep(self.luck.uniform(0.2, 3))
        await self.process.kill()
        await self.process.start()

    async def _works_again(self) -> None:
        """Wait until the bot has said something since it was started."""
        before = len(self.telegram.said("sendMessage"))
        async with asyncio.timeout(180):
            while len(self.telegram.said("sendMessage")) <= before:  # noqa: ASYNC110 - seen from outside
                await asyncio.sleep(0.05)

    async def _rest(self) -> None:
        async with asyncio.timeout(REST):
            await self.telegram.confirmed()
            while await asyncio.to_thread(unfinished, self.database):  # noqa: ASYNC110 - the same
                await asyncio.sleep(0.2)
