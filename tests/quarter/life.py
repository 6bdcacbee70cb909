"""The quarter itself: the clock walks, hearts beat, people live, the operator does what operators do, things break."""

from __future__ import annotations

import random
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from functools import partial
from pathlib import Path

from sqlalchemy import select

from bot.people import remove_person, send_away
from storage.customers import Customer
from storage.store import Store
from storage.tier_moves import tier_moves
from tests.quarter.agenda import Agenda, Deed, together
from tests.quarter.bosses import Bosses
from tests.quarter.company import Client, Company, Worker, bring_in, found
from tests.quarter.dates import DAY, MORNING, offices, tier_of
from tests.quarter.guests import Guests
from tests.quarter.house import House
from tests.quarter.people import People
from tests.quarter.platform import Heard
from tests.quarter.recount import Recount
from tests.quarter.sheets import Sheets

BEGINS, ENDS = date(2026, 9, 14), date(2026, 12, 20)


def _utc(text: str) -> datetime:
    return datetime.fromisoformat(f"2026-{text}").replace(tzinfo=UTC)


OUTAGES = (
    (_utc("09-22 00:30:00"), _utc("09-22 00:30:02")),  # Shanghai's morning
    (_utc("10-13 06:05:00"), _utc("10-13 07:04:00")),  # Berlin's
    (_utc("10-21 23:30:00"), _utc("10-23 00:30:00")),  # a day of everybody's, and a morning of Shanghai's
    (_utc("11-09 10:00:00"), _utc("11-16 10:00:00")),
)
"""Two seconds, 59 minutes, 25 hours, a week: each across somebody's morning."""
AROUND = (-2, 0, 1, 8, 25, 45)
"""Minutes before and after each office's morning at which the heart is watched beating."""


@dataclass(frozen=True)
class Size:
    """How large a quarter is lived through."""

    reps: int = 20
    customers: int = 5000
    begins: date = BEGINS
    ends: date = ENDS
    replicas: int = 1
    kills: float = 0.01
    """Of the moments at which something happens, so many are somebody's last."""
    writers: int = 12
    """Customers who write on a day."""
    outages: tuple[tuple[datetime, datetime], ...] = ()
    leaves: int = 14
    leavers: int = 2
    around: tuple[int, ...] = AROUND
    hours: int = 1
    """Between the mornings the heart is watched once in so many hours."""


@dataclass
class Life:
    """One run from founding to the last day."""

    size: Size
    luck: random.Random
    house: House
    folder: Path
    agenda: Agenda = field(default_factory=Agenda)
    seen: int = 0
    beats: list[datetime] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.company: Company = found(self.house, self.luck, self.size.reps, self.size.customers, self.folder)
        routes = self.house.bots[0].routes.commands
        self.recount = Recount(self.company, asks_reasons="not now" in routes, down=list(self.size.outages))
        self.people = People(self.company, self.house, self.recount, self.agenda, self.luck)
        self.bosses = Bosses(self.company, self.house, self.recount, self.agenda, self.luck)
        self.sheets = Sheets(self.company, self.recount)
        self.workers = {worker.address: worker for worker in self.company.workers}
        self.asked = self.house.now
        self.guests = Guests(self.company, self.house, self.agenda, self.luck)
        for client in self.company.clients.values():
            self.recount.open(client, self.house.now)
        self._compare(list(self.company.clients.values()))
        self._plan_absences()

    def passes(self) -> None:
        """Live through the whole span."""
        today = None
        for at in self._moments():
            if any(begins <= at < ends for begins, ends in self.size.outages):
                continue
            self.house.clock.moment = at
            if at.date() != today:
                today = at.date()
                self._new_day(at)
            self._moment(at)

    def _moments(self) -> Iterator[datetime]:
        """Give the moments at which hearts beat: around each office's morning, and every while in between."""
        day = self.size.begins
        while day <= self.size.ends:
            found = {
                datetime.combine(day, time(), UTC) + timedelta(minutes=60 * n + 7)
                for n in range(0, 24, self.size.hours)
            }
            for office in offices():
                morning = datetime.combine(day, MORNING, office.zone).astimezone(UTC)
                found |= {morning + timedelta(minutes=minutes) for minutes in self.size.around}
            yield from sorted(at + timedelta(seconds=self.luck.randrange(0, 29)) for at in found)
            day += DAY

    def _moment(self, at: datetime) -> None:
        self.beats.append(at)
        self.recount.moving.clear()
        self.recount.beat(at)
        self.house.beat(doomed=self.luck.random() < self.size.kills)
        crossed = self._crossed()
        self._compare(crossed, tiers_alone=True)  # a message may reach the same customer at the same moment
        self._observe(at, crossed)
        for batch in together(self.agenda.due(at), at):
            if batch:
                self._do(batch)

    def _do(self, batch: list[Deed]) -> None:
        self.recount.moving.clear()
        ids = self.house.hears([deed.event for deed in batch], doomed=self.luck.random() < self.size.kills)
        for deed in batch:
            deed.then(self.house.platform.answers(ids[deed.event.external_id], deed.event.address))
        self._observe(self.house.now)
        self._compare([self.company.clients[deed.client] for deed in batch if deed.client])

    def _observe(self, at: datetime, crossed: Sequence[Client] = ()) -> None:
        """See which drafts have reached their contact, each a contact made; then read what came to colleagues."""
        news = self.house.platform.heard[self.seen :]
        self.seen += len(news)
        sent = [one for one in news if one.key.startswith("draft:") and one.address.startswith("guest:")]
        self._compare([*crossed, *(self._reached(one, at) for one in sent)])
        for one in news:
            if worker := self.workers.get(one.address):
                self._read(worker, one)

    def _reached(self, news: Heard, at: datetime) -> Client:
        client = self.company.guests[news.address].client
        _, purpose = self.people.drafts.get(news.key.split(":")[1], (client, "greeting"))
        self.recount.touched(client, "greeting" if purpose == "greeting" else "message", at, f"sent {purpose}")
        return client

    def _read(self, worker: Worker, news: Heard) -> None:
        """Read what comes by itself as its reader does."""
        if news.slot.startswith("morning:") and news.anew:
            self.recount.faults += self.sheets.look(worker, news)
            self.people.opens_drafts(worker, news.at, news)
            if worker.leads:
                self.bosses.reads(worker, news)
        if news.slot.startswith("greetings:") and news.anew:
            self.people.greets(worker, news)
        if news.slot.startswith("draft:"):
            self.people.shown(worker, news)

    def _crossed(self) -> list[Client]:
        """Give whose tier the product has moved since this was last asked."""
        found = self.house.ask(partial(_moved, since=self.asked))
        self.asked = self.house.now
        return [self.company.clients[id_] for id_ in found if id_ in self.company.clients]

    def _compare(self, clients: list[Client], *, tiers_alone: bool = False) -> None:
        """Hold the product's due moments against ours."""
        if not clients:
            return
        ids = list({client.id for client in clients})
        now = self.house.now
        for chunk in (ids[n : n + 500] for n in range(0, len(ids), 500)):
            for known in self.house.ask(partial(_records, ids=chunk)):
                client = self.company.clients[known.id]
                if client.reference and known.tier:
                    self._hold_tier(client, known.tier, now)
                if not tiers_alone:
                    self.recount.compare(client, known.touch_due_at, now)

    def _hold_tier(self, client: Client, tier: str, now: datetime) -> None:
        home = self.company.home
        ours = tier_of(client.orders, home.day(now), home.zone)
        if tier != ours:
            self.recount.fault("tier", client.id, now, f"product {tier}, recount {ours}")
        if tier != self.recount.dues[client.id].tier:
            self.recount.retiered(client, tier, now)

    def _new_day(self, at: datetime) -> None:
        self.people.begin(at)
        self.guests.begin(at, self.size.writers)
        self._absences(at)
        if at.weekday() == 0:
            print(f"{at:%d %b}: {self.recount.figures['kept']} kept", file=sys.stderr, flush=True)
        if at.weekday() == 2:
            self._orders_come(at)
        self.house.keep_house()

    # What the operator does

    def _plan_absences(self) -> None:
        days = (self.size.ends - self.size.begins).days
        self.absences: list[tuple[date, Worker, int, Worker | None]] = []
        pool = self.luck.sample(self.company.reps, min(len(self.company.reps), self.size.leaves))
        for n, worker in enumerate(pool):
            first = self.size.begins + timedelta(days=self.luck.randrange(2, max(3, days - 12)))
            others = [other for other in self.company.reps if other is not worker]
            near = [other for other in others if other.office == worker.office]
            deputy = self.luck.choice(near or others) if n % 3 else None
            self.absences.append((first, worker, self.luck.randrange(1, 12), deputy))
        bosses = [worker for worker in self.company.workers if worker.leads and worker.boss]
        if days > 40:
            self.absences.append((self.size.begins + timedelta(days=30), bosses[1], 9, bosses[2]))
        gone = self.luck.sample(self.company.reps, self.size.leavers)
        self.leaving = [(self.size.begins + timedelta(days=int(days * (n + 1) / 3)), rep) for n, rep in enumerate(gone)]

    def _absences(self, at: datetime) -> None:
        for day, worker, days, deputy in self.absences:
            if day == at.date() and not worker.has_left(at) and not worker.is_away(at):
                here = deputy if deputy and not deputy.has_left(at) else None
                last = worker.office.day(at) + timedelta(days=days)
                name = here.person.name if here else None
                send_away(self.house.hands, name=worker.person.name, until=last.isoformat(), deputy=name)
                worker.away.append((at, worker.office.at(last + DAY, time()), here))
        for day, worker in self.leaving:
            if day == at.date():
                remove_person(self.house.hands, name=worker.person.name)
                worker.left = at

    def _orders_come(self, at: datetime) -> None:
        """Import the week's orders: out of order, some late, some cancelled, some corrected."""
        rows: list[tuple[Client, str, datetime, float]] = []
        clients = [client for client in self.company.clients.values() if client.reference]
        for client in self.luck.sample(clients, max(1, len(clients) // 40)):
            number, day = self.company.number(), at - timedelta(hours=self.luck.randrange(1, 24 * 12))
            amount = round(self.luck.choice((60, 400, 1500, 9000)) * self.luck.uniform(0.5, 1.5), 2)
            if self.luck.random() < 0.1:
                number, (day, _) = self.luck.choice(list(client.orders.items()))
            amount = -amount / 2 if self.luck.random() < 0.05 else amount
            rows.append((client, number, day, amount))
        self.luck.shuffle(rows)
        for client, number, day, amount in rows:
            client.orders[number] = (day.astimezone(offices()[0].zone).replace(second=0, microsecond=0), amount)
            client.tells(at, f"order {number} of {day:%m-%d} over {amount}")
        bring_in(self.house, self.folder / f"week-{at:%m%d}.csv", rows)
        self._compare([row[0] for row in rows])


def _records(store: Store, ids: list[str]) -> list[Customer]:
    return store.customers.by_ids(ids)


def _moved(store: Store, since: datetime) -> list[str]:
    statement = select(tier_moves.c.customer_id).where(tier_moves.c.at >= since)
    return [row.customer_id for row in store.tier_moves._select(statement)]
