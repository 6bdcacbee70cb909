"""The customers' side: contacts who ask, thank, complain and have enough; and the service people who see to it."""

from __future__ import annotations

import random
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import partial

from tests.quarter.agenda import Agenda, Deed
from tests.quarter.company import Client, Company, Guest, Worker
from tests.quarter.house import House, command, says
from tests.quarter.people import NAME
from tests.quarter.platform import Heard

SAYINGS = {
    "en": {
        "ask": "Where is my order? It should have arrived on Monday.",
        "thank": "Thank you, great service!",
        "complain": "I want to complain, my order arrived damaged!",
        "stop": "stop",
    },
    "zh-CN": {
        "ask": "请问我的订单到哪里了?",
        "thank": "谢谢,你们的服务很好!",
        "complain": "我要投诉,收到的货是坏的!",
        "stop": "退订",
    },
}
WISHES = (("ask", 45), ("thank", 20), ("complain", 25), ("stop", 10))


@dataclass
class Guests:
    """Who writes to the company, what for, and since when a complaint of theirs is open."""

    company: Company
    house: House
    agenda: Agenda
    luck: random.Random
    done: Counter[str] = field(default_factory=Counter)
    complaints: dict[str, list[tuple[datetime, datetime | None]]] = field(default_factory=lambda: defaultdict(list))
    """By customer: from when until when one of theirs was open for certain."""
    _planned: set[str] = field(default_factory=set)

    def begin(self, now: datetime, many: int) -> None:
        """Plan the day's messages: some contacts write at any hour of theirs."""
        for guest in self.luck.choices(list(self.company.guests.values()), k=many):
            wish = self.luck.choices([name for name, _ in WISHES], [share for _, share in WISHES])[0]
            moment = now + timedelta(minutes=self.luck.randrange(24 * 60))
            self.agenda.at(moment, partial(self._write, guest, wish))
        for worker in self.company.workers:
            if worker.person.role == "service" and worker.works(worker.office.at(worker.office.day(now))):
                moment = worker.office.at(worker.office.day(now)) + timedelta(minutes=self.luck.randrange(45, 300))
                self.agenda.at(moment, partial(self._see, worker))

    def _write(self, guest: Guest, wish: str, now: datetime) -> Deed | None:
        text = SAYINGS[guest.language][wish]
        return Deed(says(guest.address, text, guest.language), partial(self._wrote, guest, wish, now), guest.client.id)

    def _wrote(self, guest: Guest, wish: str, now: datetime, _heard: Sequence[Heard]) -> None:
        guest.wrote = now
        self.done[f"customer: {wish}"] += 1
        guest.client.tells(now, f"{guest.address}: {wish}")
        if wish == "stop":
            guest.opted_out = guest.opted_out or now
        if wish == "complain":
            self.complaints[guest.client.id].append((now, None))

    def _see(self, worker: Worker, now: datetime) -> Deed | None:
        if not worker.works(now):
            return None
        return Deed(command(worker.address, "ticket list"), partial(self._seen, worker, now))

    def _seen(self, worker: Worker, now: datetime, heard: Sequence[Heard]) -> None:
        """Solve most of what is listed, some of it in the course of the day."""
        for news in heard:
            for row in news.card.rows:
                number = next((button.args["number"] for button in row.buttons if "number" in button.args), None)
                if number and number not in self._planned and self.luck.random() < 0.5:
                    self._planned.add(number)
                    named = NAME.search(row.text)
                    moment = now + timedelta(minutes=self.luck.randrange(5, 200))
                    self.agenda.at(moment, partial(self._solve, worker, number, named[0] if named else ""))

    def _solve(self, worker: Worker, number: str, name: str, now: datetime) -> Deed | None:
        if not worker.works(now):
            self._planned.discard(number)
            return None
        client = self.company.named.get(name)
        event = command(worker.address, "ticket resolve", number=number, words="A new one is on its way.")
        return Deed(event, partial(self._solved, client, now))

    def _solved(self, client: Client | None, now: datetime, _heard: Sequence[Heard]) -> None:
        """From now on the complaint may be over: what is sent later is no fault of which the script is certain."""
        self.done["ticket solved"] += 1
        if client is not None:
            spans = self.complaints[client.id]
            self.complaints[client.id] = [(since, until or now) for since, until in spans]
            client.tells(now, "a ticket was solved")
