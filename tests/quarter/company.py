"""The company: three offices, two levels of managers, reps, service groups, and customers of every tier with a past."""

from __future__ import annotations

import csv
import random
from collections import defaultdict
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from functools import partial
from io import StringIO
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML

from bot.operations import take_orders
from scheduler.policy.document import default_text
from storage.agreements import Contract, Installation
from storage.celebrants import birthday_values
from storage.columns import new_id
from storage.contacts import Contact
from storage.customers import Customer
from storage.rows import in_chunks
from storage.staff import Person
from storage.store import Store
from tests.quarter.dates import Office, due_day, offices, tier_of
from tests.quarter.house import House

PROFILES = (("strategic", 8), ("growth", 40), ("dormant", 46), ("new", 6))
CHUNK = 500
RENEWAL, CARE = timedelta(days=90), timedelta(days=30)
"""So long before its end a contract, and before its date a maintenance, is first looked at."""
LEAD_OF = {"shanghai": 0.4, "berlin": 0.3, "new york": 0.3}


@dataclass
class Worker:
    """Somebody who works here, with the days on which they are away."""

    person: Person
    office: Office
    address: str
    boss: Worker | None = None
    group: str | None = None
    away: list[tuple[datetime, datetime, Worker | None]] = field(default_factory=list)
    """From when until when, and who stands in."""
    left: datetime | None = None

    @property
    def id(self) -> str:
        return self.person.id

    @property
    def leads(self) -> bool:
        return self.person.role == "manager"

    def is_away(self, at: datetime) -> bool:
        return any(begins <= at < ends for begins, ends, _ in self.away)

    def has_left(self, at: datetime) -> bool:
        return self.left is not None and self.left <= at

    def deputy(self, at: datetime) -> Worker | None:
        return next((deputy for begins, ends, deputy in self.away if begins <= at < ends), None)

    def works(self, at: datetime) -> bool:
        return not self.has_left(at) and not self.is_away(at) and self.office.works(self.office.day(at))


@dataclass
class Guest:
    """A contact of a customer, with what they agreed to and when they had enough."""

    id: str
    client: Client
    address: str
    language: str
    agreed: bool
    opted_out: datetime | None = None
    wrote: datetime | None = None
    complaint: str | None = None
    """The number of the ticket that carries their open complaint; empty while they do not know it yet."""


@dataclass
class Client:
    """A customer, and what the script knows of it."""

    id: str
    reference: str
    name: str
    owner: Worker
    office: Office
    group: str | None
    since: date
    last: datetime | None
    orders: dict[str, tuple[datetime, float]]
    guests: list[Guest] = field(default_factory=list)
    story: list[tuple[datetime, str]] = field(default_factory=list)

    def tells(self, at: datetime, what: str) -> None:
        self.story.append((at, what))


@dataclass
class Company:
    """Everybody: found it on a house and let it live."""

    begins: datetime
    luck: random.Random
    workers: list[Worker] = field(default_factory=list)
    clients: dict[str, Client] = field(default_factory=dict)
    named: dict[str, Client] = field(default_factory=dict)
    guests: dict[str, Guest] = field(default_factory=dict)
    groups: dict[str, list[Worker]] = field(default_factory=dict)
    orders: int = 0

    @property
    def reps(self) -> list[Worker]:
        return [worker for worker in self.workers if worker.person.role == "rep"]

    @property
    def home(self) -> Office:
        return self.workers[0].office

    def by_id(self, id_: str | None) -> Worker | None:
        return next((worker for worker in self.workers if worker.id == id_), None)

    def stand_in(self, worker: Worker | None, at: datetime) -> Worker | None:
        """Give who answers for somebody at a moment: themselves, a deputy, or their manager once they have left."""
        asked: set[str] = set()
        while worker is not None and worker.id not in asked:
            asked.add(worker.id)
            deputy = worker.deputy(at)
            if deputy is not None and not deputy.has_left(at):
                worker = deputy
            elif not worker.has_left(at):
                return worker
            else:
                worker = worker.boss
        return None if worker is None or worker.has_left(at) else worker

    def hire(self, store: Store, reps: int) -> None:
        """Put everybody on record: a head, a manager and two service colleagues an office, and the reps."""
        places = offices()
        head = self._add(store, "Head", "manager", places[0], None)
        for office in places:
            boss = self._add(store, f"Lead {office.key}", "manager", office, head)
            circle = [self._add(store, f"Service {office.key} {n}", "service", office, boss) for n in range(2)]
            group = store.staff.add_group(f"Circle {office.key}", [worker.id for worker in circle])
            self.groups[group] = circle
            for worker in circle:
                worker.group = group
            for n in range(max(1, round(reps * LEAD_OF[office.key]))):
                rep = self._add(store, f"Rep {office.key} {n}", "rep", office, boss)
                rep.group = group

    def _add(self, store: Store, name: str, role: str, office: Office, boss: Worker | None) -> Worker:
        person = Person(new_id(), name, role, office.language, office.zone.key, manager_id=boss.id if boss else None)
        store.staff.add(person, {"web": f"staff:{person.id}"})
        self.workers.append(worker := Worker(person, office, f"staff:{person.id}", boss))
        return worker

    def meet(self, count: int) -> None:
        """Make up the customers: their owner, their past orders, their last contact, their people."""
        for n in range(count):
            owner = self.reps[n % len(self.reps)]
            profile = self.luck.choices([name for name, _ in PROFILES], [share for _, share in PROFILES])[0]
            client = self._client(n, owner, profile)
            self.clients[client.id] = self.named[client.name] = client
            for guest in client.guests:
                self.guests[guest.address] = guest

    def _client(self, n: int, owner: Worker, profile: str) -> Client:
        since, orders = self._past(profile)
        client = Client(
            id=new_id(),
            reference=f"C{n:05}",
            name=f"Firma {n:05}",
            owner=owner,
            office=owner.office,
            group=owner.group if profile == "strategic" or self.luck.random() < 0.1 else None,
            since=since,
            last=None,
            orders=orders,
        )
        client.last = self._last_touch(client)
        client.guests = [self._guest(client) for _ in range(self.luck.choice((1, 1, 2)))]
        return client

    def _past(self, profile: str) -> tuple[date, dict[str, tuple[datetime, float]]]:
        """Make up the orders of two years, so that the customer stands where their profile says."""
        today, luck = self.begins.date(), self.luck
        newest = {"strategic": 100, "growth": 150, "dormant": 400, "new": 60}[profile]
        total = {"strategic": luck.uniform(11e3, 4e4), "growth": luck.uniform(1100, 9500)}.get(
            profile, luck.uniform(100, 900)
        )
        days = sorted(luck.randrange(3, newest) for _ in range(luck.randrange(1, 4)))
        if profile != "new":
            days.append(luck.randrange(400, 700))
        found = {}
        for day in days:
            amount = round(total / max(1, len(days) - (profile != "new")), 2) if day < 365 else 500.0
            found[self.number()] = (self._noon(today - timedelta(days=day)), amount)
        return min(self.home.day(at) for at, _ in found.values()), found

    def number(self) -> str:
        self.orders += 1
        return f"SO{self.orders:06}"

    def _noon(self, day: date) -> datetime:
        return datetime.combine(day, time(12), self.home.zone).astimezone(UTC)

    def _last_touch(self, client: Client) -> datetime:
        tier = tier_of(client.orders, self.begins.date(), self.home.zone)
        today = client.office.day(self.begins)
        due = due_day(client.office, tier, today, client.since)
        back = timedelta(days=self.luck.uniform(0.5, (due - today).days * 1.02))
        first = datetime.combine(client.since, time(15), client.office.zone).astimezone(UTC)
        return max(self.begins - back, first)

    def _guest(self, client: Client) -> Guest:
        id_ = new_id()
        agreed = self.luck.random() < 0.6
        refused = self.begins - timedelta(days=30) if self.luck.random() < 0.03 else None
        language = client.office.language
        return Guest(id_, client, f"guest:{id_}", language, agreed and refused is None, refused)

    def write_down(self, store: Store, clients: list[Client]) -> None:
        """Put customers on record with their contacts, contracts and products."""
        for client in clients:
            store.customers.add(self._record(client))
            for guest in client.guests:
                store.contacts.add(self._contact(guest), self.begins)
                store.contacts.bind(guest.id, "web", guest.address)
            self._agree(store, client)

    def _record(self, client: Client) -> Customer:
        return Customer(
            id=client.id,
            name=client.name,
            reference=client.reference,
            language=client.office.language,
            zone=client.office.zone.key,
            owner_id=client.owner.id,
            group_id=client.group,
            since=datetime.combine(client.since, time(12), self.home.zone).astimezone(UTC),
            last_touch_at=client.last,
        )

    def _contact(self, guest: Guest) -> Contact:
        born = birthday_values(f"{self.luck.randrange(1, 13):02}-{self.luck.randrange(1, 29):02}")
        return Contact(
            id=guest.id,
            customer_id=guest.client.id,
            name=f"Contact {guest.client.reference} {guest.client.guests.index(guest)}",
            language=guest.language,
            zone=guest.client.office.zone.key,
            agreed_at=self.begins - timedelta(days=60) if guest.agreed else None,
            opted_out_at=guest.opted_out,
            birthday=born["birthday"],
            birthday_mark=born["birthday_mark"],
        )

    def _agree(self, store: Store, client: Client) -> None:
        day = self.begins.date() + timedelta(days=self.luck.randrange(10, 250))
        if self.luck.random() < 0.15:
            amount = Decimal(self.luck.randrange(1000, 50_000))
            store.agreements.add_contract(
                Contract(
                    new_id(),
                    client.id,
                    f"V{client.reference}",
                    day,
                    next_on=day - RENEWAL,
                    subject="supply",
                    amount=amount,
                    currency="CNY",
                )
            )
        if self.luck.random() < 0.1:
            store.agreements.add_installation(
                Installation(
                    new_id(),
                    client.id,
                    "Pump",
                    f"P{client.reference}",
                    maintenance_on=day,
                    every_months=12,
                    next_on=day - CARE,
                )
            )


def policy_text() -> str:
    """Give the default policy with three calendars."""
    policy: dict[str, Any] = YAML(typ="safe").load(default_text())
    policy["company"] |= {"language": "en", "other_zones": ["Europe/Berlin", "America/New_York"]}
    days = ("mon", "tue", "wed", "thu", "fri")
    for office in offices()[1:]:
        week = {day: [f"{office.opens:%H:%M}-{office.closes[n]:%H:%M}"] for n, day in enumerate(days)}
        policy["calendars"][office.key.replace(" ", "_")] = {
            "zone": office.zone.key,
            "country": office.country,
            "subdivision": office.part,
            "week": week,
        }
    written = StringIO()
    YAML(typ="safe").dump(policy, written)
    return written.getvalue()


def found(house: House, luck: random.Random, reps: int, customers: int, folder: Path) -> Company:
    """Found a company on a house: people by the record, customers with their past orders by the importer."""
    company = Company(house.now, luck)
    house.change(partial(company.hire, reps=reps))
    company.meet(customers)
    for chunk in in_chunks(list(company.clients.values()), CHUNK):
        house.change(partial(company.write_down, clients=list(chunk)))
    by_owner: dict[str, list[Client]] = defaultdict(list)
    for client in company.clients.values():
        by_owner[client.owner.id].append(client)
    for number, clients in enumerate(by_owner.values()):
        rows = [(client, key, *order) for client in clients for key, order in client.orders.items()]
        bring_in(house, folder / f"past-{number}.csv", rows)
    return company


def bring_in(house: House, file: Path, rows: list[tuple[Client, str, datetime, float]]) -> None:
    """Import orders as an operator does, as of today."""
    with file.open("w", encoding="utf-8", newline="") as out:
        table = csv.writer(out)
        table.writerow(["Order number", "Customer ID", "Customer name", "Order date", "Amount"])
        for client, number, at, amount in rows:
            local = at.astimezone(offices()[0].zone)
            table.writerow([number, client.reference, client.name, f"{local:%Y-%m-%d %H:%M}", f"{amount:.2f}"])
    today = house.now.astimezone(offices()[0].zone).date()
    report = take_orders(house.hands, path=str(file), as_of=today.isoformat(), currency="CNY")
    assert report["taken"], report
