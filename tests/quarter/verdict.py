"""The verdict: what the product wrote down and what arrived in people's chats, held against the recount."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import select

from storage.occasions import occasions
from storage.reminders import reminders
from storage.store import Store
from tests.quarter.company import Guest, Worker
from tests.quarter.life import Life
from tests.quarter.platform import Heard
from tests.quarter.recount import Fault
from tests.quarter.standing import Call

CAP, WITHIN = 2, timedelta(days=7)
QUIET_FROM, QUIET_TO = 22, 8
AFTER_A_KILL = timedelta(minutes=2)
"""What was being sent by a process that died arrives that much later at most."""
PROACTIVE = "draft:"
MORNING = "morning:"
UNASKED = ("greetings:",)
"""Cards that come by themselves besides mornings."""


@dataclass
class Verdict:
    """All that does not agree, and the figures of what does."""

    life: Life
    beats: list[datetime]
    faults: list[Fault] = field(default_factory=list)
    figures: Counter[str] = field(default_factory=Counter)
    seconds: float = 0.0
    passed: dict[tuple[Any, ...], datetime] = field(default_factory=dict)
    """Calls that came to their hearer because another left before hearing them, and when."""

    def reached(self) -> Verdict:
        self.faults += self.life.recount.faults
        self.figures += self.life.recount.figures
        self.figures.update(self.life.sheets.figures)
        ledger = self.life.house.ask(_ledger)
        self.faults += self._calls(ledger)
        self.faults += self._hearing(ledger)
        self.faults += self._mornings()
        self.faults += self._unasked()
        self.faults += self._left_alone()
        self.faults += self._dead_letters()
        return self

    def _calls(self, ledger: list[Any]) -> Iterator[Fault]:
        """Hold each call of the ledger against the recount's: once, to the right person, on the right day."""
        clients = self.life.company.clients
        told = Counter((row.customer_id, row.due_at, row.rung, row.hearer_id) for row in ledger)
        called = [replace(call, hearer=self._heir(call, told)) for call in self.life.recount.calls]
        ours = Counter((call.client, call.due, call.rung, call.hearer) for call in called)
        self.figures["calls"] = sum(ours.values())
        for key in told.keys() | ours.keys():
            if told[key] != ours[key]:
                worker = self.life.company.by_id(key[3])
                name = worker.person.name if worker else "nobody"
                how = f"rung {key[2]} to {name}, due {key[1]}: product {told[key]}x, recount {ours[key]}x"
                yield "rung", key[0], key[1], how
        days = defaultdict(set)
        for call in called:
            days[call.client, call.due, call.rung, call.hearer].add(clients[call.client].office.day(call.at))
        for row in ledger:
            ought = days.get((row.customer_id, row.due_at, row.rung, row.hearer_id), set())
            if ought and clients[row.customer_id].office.day(row.called_at) not in ought:
                yield "rung's day", row.customer_id, row.called_at, f"recount {sorted(ought)}"

    def _heir(self, call: Call, told: Counter[tuple[Any, ...]]) -> str | None:
        """Give who hears a call: who was called, or who takes their place if they left before they could hear."""
        hearer = self.life.company.by_id(call.hearer)
        if hearer is None or hearer.left is None or self._first_hour(hearer, self._next(call.at)) is not None:
            return call.hearer
        could = self._first_hour(hearer, call.at) is not None
        if could and told[call.client, call.due, call.rung, hearer.id]:
            return hearer.id  # on the very last beat before they left
        heir = self.life.company.stand_in(hearer, hearer.left)
        self.passed[call.client, call.due, call.rung, heir.id if heir else None] = hearer.left
        self.figures["calls passed on by who left"] += 1
        return heir.id if heir else None

    def _hearing(self, ledger: list[Any]) -> Iterator[Fault]:
        """Every call has to be heard, on its hearer's first working morning, in a card that arrived just then."""
        arrived = self._arrivals()
        for row in ledger:
            hearer = self.life.company.by_id(row.hearer_id)
            if hearer is None:
                self.figures["calls at the fallback place"] += 1
                continue
            key = (row.customer_id, row.due_at, row.rung, row.hearer_id)
            called = max(row.called_at, self.passed.get(key, row.called_at))
            ought = self._first_hour(hearer, called)
            if row.said_at is None:
                later = self._first_hour(hearer, self._next(called))
                if later is not None:
                    yield "unsaid", row.customer_id, row.called_at, f"{hearer.person.name} could have heard at {later}"
                else:
                    self.figures["calls that nobody could hear before the last day"] += 1
                continue
            if not self._may_hear(hearer, row.said_at):
                yield "said out of hours", row.customer_id, row.said_at, hearer.person.name
            if not any(row.said_at <= at <= row.said_at + AFTER_A_KILL for at in arrived[hearer.address]):
                yield "said, not heard", row.customer_id, row.said_at, hearer.person.name
            if ought is not None and row.said_at - self._next(ought) > timedelta(seconds=30):
                yield "said late", row.customer_id, row.said_at, f"{hearer.person.name} could have heard at {ought}"

    def _arrivals(self) -> dict[str, list[datetime]]:
        """Tell when cards of a morning arrived at whose."""
        arrived: dict[str, list[datetime]] = defaultdict(list)
        for news in self.life.house.platform.heard:
            if news.slot.startswith(MORNING):
                arrived[news.address].append(news.at)
        return arrived

    def _first_hour(self, hearer: Worker, since: datetime) -> datetime | None:
        """Find the first beat from a moment on at which somebody may be spoken to."""
        for at in self.beats[bisect_left(self.beats, since - timedelta(seconds=30)) :]:
            if self._may_hear(hearer, at):
                return at
        return None

    def _next(self, at: datetime) -> datetime:
        """Give the beat after one: who had their morning before they were called hears of it on the next beat."""
        place = bisect_left(self.beats, at + timedelta(seconds=1))
        return self.beats[place] if place < len(self.beats) else at

    def _may_hear(self, worker: Worker, at: datetime) -> bool:
        return not worker.has_left(at) and not worker.is_away(at) and worker.office.speaks(at) == at

    def _mornings(self) -> Iterator[Fault]:
        """A person's morning is said once on a working day, at its first beat, and never at another time."""
        said: dict[tuple[str, Any], list[Heard]] = defaultdict(list)
        workers = {worker.address: worker for worker in self.life.company.workers}
        for news in self.life.house.platform.heard:
            if news.slot.startswith(MORNING) and news.anew and news.address in workers:
                said[news.address, workers[news.address].office.day(news.at)].append(news)
        for (address, day), several in said.items():
            worker = workers[address]
            self.figures["digests" if worker.leads else "mornings"] += 1
            if len(several) > 1:
                yield "morning twice", "", several[1].at, f"{worker.person.name} on {day}"
            if not self._may_hear(worker, several[0].at):
                yield "morning out of hours", "", several[0].at, worker.person.name
            first = self._first_hour(worker, worker.office.at(day)) if worker.leads else None
            if first is not None and several[0].at - first > timedelta(seconds=30) and worker.office.day(first) == day:
                yield "morning late", "", several[0].at, f"{worker.person.name} could have heard at {first}"

    def _unasked(self) -> Iterator[Fault]:
        """What comes by itself comes while its reader works, and never on leave."""
        workers = {worker.address: worker for worker in self.life.company.workers}
        for news in self.life.house.platform.heard:
            if news.anew and news.slot.startswith(UNASKED) and news.address in workers:
                self.figures["lists of greetings"] += 1
                reader = workers[news.address]
                if not self._may_hear(reader, news.at):
                    away = [f"{begins:%m-%d} to {ends:%m-%d}" for begins, ends, _ in reader.away]
                    yield "list out of hours", "", news.at, f"{reader.person.name}, away {away}: {news.slot}"

    def _left_alone(self) -> Iterator[Fault]:
        """Nobody hears unasked what they opted out of, too often, at night, or while a complaint of theirs is open."""
        heard: dict[str, list[Heard]] = defaultdict(list)
        for news in self.life.house.platform.heard:
            if news.address.startswith("guest:") and news.key.startswith(PROACTIVE):
                heard[news.address].append(news)
        for address, several in heard.items():
            guest = self.life.company.guests[address]
            capped = [news for news in several if self._purpose(news) != "apology"]
            self.figures["messages to contacts"] += len(several)
            for first, last in zip(capped, capped[CAP:], strict=False):
                if last.at - first.at < WITHIN:
                    yield "above the cap", guest.client.id, last.at, f"{address} since {first.at}"
            for news in several:
                yield from self._disturbed(guest, news)

    def _disturbed(self, guest: Guest, news: Heard) -> Iterator[Fault]:
        id_, at, purpose = guest.client.id, news.at, self._purpose(news)
        hour = at.astimezone(guest.client.office.zone).hour
        if hour >= QUIET_FROM or hour < QUIET_TO:
            yield "at night", id_, at, f"{purpose} at {hour}"
        if purpose == "apology":
            return
        if guest.opted_out is not None and guest.opted_out < at:
            yield "opted out", id_, at, f"{purpose}, opted out at {guest.opted_out}"
        for since, until in self.life.guests.complaints.get(id_, ()):
            if since < at and (until is None or at < until):
                yield "complaint open", id_, at, f"{purpose}, complaint since {since}"

    def _purpose(self, news: Heard) -> str:
        known = self.life.people.drafts.get(news.key.split(":")[1])
        return known[1] if known else "greeting"

    def _dead_letters(self) -> Iterator[Fault]:
        for letter in self.life.house.ask(lambda store: store.inbox.dead(100)):
            yield "dead letter", "", letter.received_at or self.life.house.now, f"{letter.kind}: {letter.error}"

    def account(self) -> dict[str, Any]:
        """Give the figures of the quarter."""
        life = self.life
        return {
            "seconds": round(self.seconds, 1),
            "customers": len(life.company.clients),
            "people": len(life.company.workers),
            "beats": len(self.beats),
            "cards heard": len(life.house.platform.heard),
            "kills": life.house.kills,
            "sent again after a kill": life.house.platform.repeats,
            "recount": dict(sorted(self.figures.items())),
            "deeds": dict(sorted((life.people.done + life.guests.done + life.bosses.done).items())),
            "occasions": life.house.ask(_occasions),
            "faults": dict(Counter(fault[0] for fault in self.faults)),
        }

    def stories(self, most: int = 10) -> str:
        """Tell the whole story of each customer about whom something does not agree, so many of each kind."""
        lines = []
        told: Counter[str] = Counter()
        for what, client, at, how in self.faults:
            told[what] += 1
            if told[what] > most:
                continue
            lines.append(f"{what} at {at:%m-%d %H:%M}: {how}")
            known = self.life.company.clients.get(client)
            if known is not None:
                lines.append(f"    {known.name}, {known.owner.person.name} ({known.office.key}), {client}")
                lines += [f"    {at:%m-%d %H:%M} {line}" for at, line in known.story]
        return "\n".join(lines)


def _ledger(store: Store) -> list[Any]:
    return list(store.reminders._select(select(reminders).order_by(reminders.c.id)))


def _occasions(store: Store) -> dict[str, int]:
    rows = store.occasions._select(select(occasions.c.kind, occasions.c.state))
    return dict(sorted(Counter(f"{row.kind} {row.state}" for row in rows).items()))
