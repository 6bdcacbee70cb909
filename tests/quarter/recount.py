"""The recount: who had to be contacted and reminded when, worked out beside the product from what people did."""

from __future__ import annotations

import heapq
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta

from tests.quarter.company import Client, Company, Worker
from tests.quarter.dates import DAY, counts, due_day, is_new, tier_of
from tests.quarter.standing import Call, Due, Ended

Fault = tuple[str, str, datetime, str]
"""What is amiss, with which customer, when, and how it differs."""
EARLIER = 2
"""Load spread may bring a due day forward by so many working days."""
FULL, IN_PASSING = 12, 3
"""A day of so many gives way; what happens at the same moment is counted in an order that nobody sees."""
NOT_NOW_AT_MOST = 2
NO_REASON, NOT_NOW = "no reason", "not now"
WITH_GROUP, WITH_MANAGER = 2, 3
"""Places on the ladder."""


@dataclass
class Recount:
    """Everything that ought to be, beside what the product says."""

    company: Company
    asks_reasons: bool = True
    dues: dict[str, Due] = field(default_factory=dict)
    calls: list[Call] = field(default_factory=list)
    ended: list[Ended] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    figures: Counter[str] = field(default_factory=Counter)
    down: list[tuple[datetime, datetime]] = field(default_factory=list)
    moving: dict[str, list[Due]] = field(default_factory=lambda: defaultdict(list))
    """How customers stood before what is happening at this very moment, in an order that nobody sees."""
    climbed: dict[tuple[str, datetime], int] = field(default_factory=dict)
    """How far the ladder was climbed for each moment at which a customer was ever due."""
    _queue: list[tuple[datetime, str, int]] = field(default_factory=list)

    def _moves(self, due: Due) -> None:
        """Remember how a customer stands, for who reads a sheet just now may read of the time before or after."""
        self.moving[due.client.id].append(replace(due, ended=len(self.ended)))

    def fault(self, what: str, client: str, at: datetime, how: str) -> None:
        self.faults.append((what, client, at, how))

    def open(self, client: Client, now: datetime) -> None:
        """Begin with a customer as the script knows them."""
        home = self.company.home
        tier = tier_of(client.orders, home.day(now), home.zone)
        due = Due(client, client.owner, tier, client.last, now)
        self.dues[client.id] = due
        self._by_rhythm(due, now)

    def meet(self, client: Client, now: datetime) -> None:
        """Begin with a customer whom somebody wrote down just now: no tier, and weekly at first."""
        due = Due(client, client.owner, None, None, now)
        self.dues[client.id] = due
        self._by_rhythm(due, now)

    def _by_rhythm(self, due: Due, now: datetime) -> None:
        office = due.office
        due.before = (due.at, due.said, due.next)
        since = self._since(due)
        last = office.day(due.last) if due.last else since
        due.at, due.said, due.spread = office.at(due_day(office, due.tier, last, since)), 0, False
        due.rhythm = due.day
        self._await_first(due, now)

    def _since(self, due: Due) -> date:
        """Tell since when somebody is a customer, as a day of their owner's calendar."""
        first = min((at for at, _ in due.client.orders.values()), default=None)
        return due.office.day(first) if first else due.client.since

    def _await_first(self, due: Due, now: datetime) -> None:
        first = due.office.rungs(due.day)[0]
        office = due.office
        self._await(due, first if first > now else office.at(office.next(office.day(now) + DAY)))

    def _await(self, due: Due, at: datetime | None) -> None:
        due.next, due.stamp = at, due.stamp + 1
        if at is not None:
            heapq.heappush(self._queue, (at, due.client.id, due.stamp))

    # What people did

    def touched(self, client: Client, kind: str, at: datetime, by: str, again: date | None = None) -> bool:
        """A contact was made; tell whether it counts, and end the round if it does; `again` is a promised day."""
        due = self.dues[client.id]
        self._moves(due)
        new = is_new(due.office, self._since(due), at)
        real = counts(kind, due.tier, new=new)
        client.tells(at, f"{by}: {kind}, {'counts' if real else 'does not count'} (due {due.day}, {due.tier})")
        if real:
            if due.last is None or due.office.day(due.last) != due.office.day(at):
                self._end(due, at)  # several on one day end one round
            due.last, due.begun, due.put_off = at, None, []
            self._by_rhythm(due, at)
            self._said_already(due)
        else:
            due.before = None
        return self._promise(due, again, at) or real

    def _promise(self, due: Due, again: date | None, now: datetime) -> bool:
        """Let a promised day come first where it is earlier than what was due; tell whether it is."""
        at = due.office.at(due.office.next(again)) if again else due.at
        if at >= due.at or at <= now:
            return False
        due.client.tells(now, f"promised for {again}")
        self.figures["promised earlier"] += 1
        due.before = due.before or (due.at, due.said, due.next)
        due.at, due.said = at, 0
        self._await_first(due, now)
        self._said_already(due)
        return True

    def _said_already(self, due: Due, crossed: datetime | None = None) -> None:
        """What was said about a due moment is not said again, whatever made it due then once more."""
        if due.before is not None and due.before[0] == due.at:
            due.said = due.before[1]
            self._await(due, due.before[2])
        elif crossed and (said := self.climbed.get((due.client.id, due.at), 0)):
            rungs, office = due.office.rungs(due.day), due.office
            at = rungs[said] if said < len(rungs) else None
            due.said = said
            self._await(due, at if at is None or at > crossed else office.at(office.next(office.day(crossed) + DAY)))

    def _end(self, due: Due, at: datetime) -> None:
        in_time = due.office.day(at) <= due.day
        outcome = "kept" if in_time else "late"
        why = "" if in_time else self.why_late(due, at)
        self.figures[outcome] += 1
        if why:
            self.figures[f"late: {why}"] += 1
        if due.put_off:
            self.figures["ended after being put off"] += 1
        self.ended.append(Ended(due.client.id, due.owner.id, due.tier, due.at, at, outcome, why))

    def why_late(self, due: Due, at: datetime) -> str:
        """Give what anybody can see of why a contact was not made on its day."""
        if due.owner.has_left(due.at) or due.owner.has_left(at):
            return "the owner left"
        if any(begins < at and due.at < ends for begins, ends, _ in due.owner.away):
            return "the owner was away"
        if any(begins < at and due.at < ends for begins, ends in self.down):
            return "the company's bot was down"
        return "reminded, not done" if due.said >= WITH_GROUP else "found due and not done in time"

    def snoozed(self, client: Client, days: int, at: datetime, by: str, reason: str) -> None:
        due, office = self.dues[client.id], self.dues[client.id].office
        day = office.next(office.day(at + timedelta(days=days)))
        self._put_off(due, day, at, reason or NO_REASON)
        client.tells(at, f"{by}: put off by {days} days to {day} ({reason or NO_REASON})")

    def may_snooze(self, client: Client, reason: str) -> bool:
        """Tell whether a round may be put off so: from the second time on a reason is wanted."""
        return bool(reason) or not self.asks_reasons or not self.dues[client.id].put_off

    def may_say_not_now(self, client: Client, at: datetime) -> bool:
        """Tell whether one press is enough: of what is due by now, twice in a round; then a reason is wanted."""
        due = self.dues[client.id]
        unreasoned = sum(why in (NO_REASON, NOT_NOW) for _, why, _ in due.put_off)
        return due.at < due.office.at(due.office.next(due.office.day(at) + DAY)) and unreasoned < NOT_NOW_AT_MOST

    def not_now(self, client: Client, at: datetime, by: str) -> None:
        due, office = self.dues[client.id], self.dues[client.id].office
        day = office.next(office.day(at) + DAY)
        self._put_off(due, day, at, NOT_NOW)
        client.tells(at, f"{by}: not now, {day}")

    def _put_off(self, due: Due, day: date, at: datetime, reason: str) -> None:
        self._moves(due)
        due.begun = due.begun or due.at
        due.put_off.append((at, reason, due.at))
        self.figures["put off"] += 1
        due.at, due.rhythm, due.spread = due.office.at(day), None, False
        due.said = max(0, sum(rung <= due.at for rung in due.office.rungs(day)) - 1)
        self._await(due, due.at)

    def reassigned(self, client: Client, to: Worker, at: datetime, by: str) -> None:
        """Give a customer to a colleague: the due day stays, on their calendar; what was said is not said again."""
        due = self.dues[client.id]
        self._moves(due)
        day = due.day
        due.owner = client.owner = to
        due.at = to.office.at(to.office.next(day))
        rungs = to.office.rungs(due.day)
        due.said = max(due.said, sum(rung <= at for rung in rungs))
        self._await(due, rungs[due.said] if due.said < len(rungs) else None)
        client.tells(at, f"{by}: reassigned to {to.person.name}, due {due.day}")

    def retiered(self, client: Client, tier: str, at: datetime) -> None:
        due = self.dues[client.id]
        client.tells(at, f"tier {due.tier} -> {tier}")
        if tier == due.tier:
            return
        self._moves(due)
        due.tier, due.crossed = tier, at
        self._by_rhythm(due, at)
        self._said_already(due, at)

    # What the product says

    def compare(self, client: Client, told: datetime | None, at: datetime) -> None:
        """Compare a due moment; one that load spread brought forward is taken over, any other is a fault."""
        due = self.dues[client.id]
        if told == due.at:
            return
        day = due.office.day(told) if told else None
        if (
            due.rhythm
            and day
            and due.office.shift(due.rhythm, -EARLIER) <= day < due.day
            and told == due.office.at(due.office.next(day))
        ):
            full = sum(one.owner is due.owner and one.day == due.rhythm for one in self.dues.values())
            if self.calls and full < FULL - IN_PASSING:  # while all are placed at once nobody sees in which order
                self.fault("spread without need", client.id, at, f"{due.day} -> {day}: only {full} there")
            client.tells(at, f"spread: {due.day} -> {day}")
            self.figures["brought forward"] += 1
            self._moves(due)
            due.at, due.spread = told or due.at, True
            self._await_first(due, at)
            self._said_already(due, at if due.crossed == at else None)
            return
        self.fault("due date", client.id, at, f"product says {told}, recount {due.at}")
        if told:
            due.at = told
            self._await_first(due, at)

    # Time passes

    def beat(self, now: datetime) -> None:
        """Climb every ladder as far as time has: what a morning brings is called together."""
        while self._queue and self._queue[0][0] <= now:
            _, id_, stamp = heapq.heappop(self._queue)
            due = self.dues[id_]
            if due.stamp == stamp:
                self._climb(due, now)

    def _climb(self, due: Due, now: datetime) -> None:
        speaks = due.office.speaks(now)
        if speaks > now:
            self._await(due, speaks)
            return
        rungs = due.office.rungs(due.day)
        reached = max(due.said, sum(rung <= now for rung in rungs))
        for rung, hearer in self._hearers(due, range(due.said, reached), now):
            self.calls.append(Call(now, due.client.id, due.at, rung, hearer.id if hearer else None))
        if reached > due.said:
            due.client.tells(now, f"rungs {due.said + 1}-{reached} called (due {due.day})")
            self.figures["rungs"] += reached - due.said
            self.climbed[due.client.id, due.at] = reached
        due.said = reached
        self._await(due, rungs[reached] if reached < len(rungs) else None)

    def _hearers(self, due: Due, passed: Iterable[int], now: datetime) -> list[tuple[int, Worker | None]]:
        """Find whom the rungs that were passed call, each person once, by the highest rung that calls them."""
        stand_in = self.company.stand_in
        boss = stand_in(due.owner.boss, now)
        by_id: dict[str | None, Worker | None] = {}
        highest: dict[str | None, int] = defaultdict(int)
        for rung in passed:
            hearers: list[Worker | None] = []
            if rung <= WITH_GROUP:
                hearers.append(boss if due.owner.has_left(now) else stand_in(due.owner, now))
            if rung == WITH_GROUP and due.client.group:
                hearers += [stand_in(member, now) for member in self._circle(due.client.group, now)]
            if rung == WITH_MANAGER:
                hearers.append(boss)
            for hearer in hearers:
                key = hearer.id if hearer else None
                by_id[key], highest[key] = hearer, max(highest[key], rung + 1)
        return [(highest[key], by_id[key]) for key in by_id]

    def _circle(self, group: str, now: datetime) -> list[Worker]:
        return [worker for worker in self.company.groups[group] if not worker.has_left(now)]
