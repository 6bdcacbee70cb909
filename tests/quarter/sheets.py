"""Sheets recounted: what a rep's morning and a manager's digest say, held against the recount at the moment they come."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from handlers.cards import Button, Row
from prompts.phrases import phrases
from tests.quarter.company import Company, Worker
from tests.quarter.platform import Heard
from tests.quarter.recount import Fault, Recount
from tests.quarter.standing import Due, Ended

AT_MOST = 200
"""Where more are listed, a morning says “at least”."""
BLINK = timedelta(minutes=1)
"""A process that dies costs the clock some seconds: so near to the edge of a period nobody can tell on which side."""
_CASES = "measure cases"


@dataclass
class Sheets:
    """Looks over people's shoulders when their day begins."""

    company: Company
    recount: Recount
    figures: Counter[str] = field(default_factory=Counter)

    def look(self, worker: Worker, news: Heard) -> Iterator[Fault]:
        if worker.leads:
            yield from self._digest(worker, news)
        elif worker.person.role == "rep":
            yield from self._morning(worker, news)

    def _morning(self, worker: Worker, news: Heard) -> Iterator[Fault]:
        """A rep reads how many of theirs are overdue and due, with those of whom they stand in for."""
        owners = {worker.id, *(absent.id for absent in self._absent(worker, news.at))}
        counts = self._possible(owners, lambda due, _: _days_over(due, owners, news.at))
        said = f"{news.card.title} {news.card.text}"
        if max(map(sum, counts)) >= AT_MOST:
            return
        for place, name in enumerate(("overdue", "due")):
            phrases_of = {count[place]: _summed(worker, name, count[place]) for count in counts}
            self.figures["counts on mornings"] += 1
            if not any(bool(count) == _holds(said, phrase) for count, phrase in phrases_of.items()):
                where = f"{worker.person.name}, {worker.office.key}"
                yield "count on a morning", "", news.at, f"{where}: {[*phrases_of.values()]} in “{said}”"

    def _absent(self, deputy: Worker, at: datetime) -> list[Worker]:
        """Give for whom somebody stands in, also by way of another who is away."""
        found: list[Worker] = []
        edge = [deputy]
        while edge:
            edge = [
                worker
                for worker in self.company.workers
                if worker.deputy(at) in edge and worker not in found and worker is not deputy
            ]
            found += edge
        return found

    def _digest(self, lead: Worker, news: Heard) -> Iterator[Fault]:
        """A manager reads how contacts were kept: by everybody, and by those who kept fewest."""
        for row, button in _cases(news):
            owner = button.args.get("owner")
            owners = {owner} if owner else self._scope(lead, news.at)
            window = Span(datetime.fromisoformat(button.args["since"]), datetime.fromisoformat(button.args["until"]))
            possible = [_share(lead, *found) for found in self._kept({one for one in owners if one}, window, news.at)]
            said = row.text.replace(",", "")
            self.figures["cadence numbers"] += 1
            if possible[0] in said:
                continue
            self.figures["cadence numbers that met a change of that moment"] += 1
            if not any(phrase in said for phrase in possible):
                yield "cadence in a digest", "", news.at, f"{lead.person.name}: recount {possible}, said “{row.text}”"

    def _scope(self, lead: Worker, at: datetime) -> set[str]:
        found = {one.id for one in self._below(lead)}
        for absent in self._absent(lead, at):
            found |= {one.id for one in self._below(absent)}
        return found

    def _below(self, lead: Worker) -> list[Worker]:
        """Give everybody who reports to somebody, directly or not, and that person."""
        found = [lead]
        for one in found:
            found += [worker for worker in self.company.workers if worker.boss is one]
        return found

    def _kept(self, owners: set[str], window: Span, now: datetime) -> list[Counts]:
        """Give how many were kept of how many were due, or would have been a moment earlier; as it is now comes first."""
        rounds: dict[str, list[tuple[int, Ended]]] = defaultdict(list)
        for place, one in enumerate(self.recount.ended):
            if one.owner in owners and window.near(one.counted):
                rounds[one.client].append((place, one))

        def contributes(due: Due, ended: int | None) -> set[Counts]:
            waits = due.owner.id in owners and window.holds(due.at) and due.day < due.office.day(now)
            known = rounds.get(due.client.id, ())
            counted = [_counted(one, window) for place, one in known if ended is None or place < ended]
            return sums([{(0, int(waits))}, *counted])

        return self._possible(owners, contributes, set(rounds))

    def _possible(
        self, owners: set[str], contributes: Contributes, more: AbstractSet[str] = frozenset()
    ) -> list[Counts]:
        """Add up what owners' customers contribute; who is moving at this moment contributes as before or as after."""
        whole, first, open_ = (0, 0), (0, 0), []
        for id_, due in self.recount.dues.items():
            before = self.recount.moving.get(id_, ())
            if due.owner.id in owners or id_ in more or any(one.owner.id in owners for one in before):
                now = contributes(due, None)
                every = now.union(*(contributes(one, one.ended) for one in before))
                first = _plus(first, min(now))
                if len(every) == 1:
                    whole = _plus(whole, *every)
                else:
                    open_.append(every)
        return sorted(sums([{whole}, *open_]), key=lambda one: abs(one[0] - first[0]) + abs(one[1] - first[1]))


Counts = tuple[int, int]
Contributes = Callable[[Due, int | None], set[Counts]]
"""What a customer adds to some counts, seen so and with so many rounds ended; several if nobody can tell."""


@dataclass(frozen=True)
class Span:
    """A half-open period; what a contact's moment is worth at its edges depends on the blink of a restart."""

    since: datetime
    until: datetime

    def holds(self, at: datetime) -> bool:
        return self.since <= at < self.until

    def near(self, at: datetime) -> bool:
        return self.since - BLINK <= at < self.until + BLINK

    def is_edge(self, at: datetime) -> bool:
        return min(abs(at - self.since), abs(at - self.until)) <= BLINK


def sums(parts: Sequence[set[Counts]]) -> set[Counts]:
    """Give every sum of one of each."""
    found = parts[0]
    for part in parts[1:]:
        found = {_plus(one, other) for one in found for other in part}
    return found


def _plus(one: Counts, other: Counts) -> Counts:
    return one[0] + other[0], one[1] + other[1]


def _counted(one: Ended, window: Span) -> set[Counts]:
    """Tell what a round adds to kept and to all; a contact at the very edge counts or does not."""
    if one.at < one.due and window.is_edge(one.at):
        return {(0, 0), (1, 1)}
    return {(int(one.outcome == "kept"), 1) if window.holds(one.counted) else (0, 0)}


def _days_over(due: Due, owners: set[str], now: datetime) -> set[Counts]:
    is_theirs, today = due.owner.id in owners, due.office.day(now)
    return {(int(is_theirs and due.day < today), int(is_theirs and due.day == today))}


def _summed(worker: Worker, name: str, count: int) -> str:
    return phrases(worker.person.language)(f"day-sum-{name}", count=count)


def _share(lead: Worker, kept: int, count: int) -> str:
    percent = int(100 * kept / count + 1e-9) if count else 0
    said = phrases(lead.person.language)("measure-said-share", percent=percent, score=kept, count=count)
    return said.replace(",", "")


def _cases(news: Heard) -> Iterator[tuple[Row, Button]]:
    for row in news.card.rows:
        for button in row.buttons:
            if button.command == _CASES and button.args.get("name") == "cadence" and "%" in row.text:
                yield row, button


def _holds(said: str, phrase: str) -> bool:
    """Tell whether a sentence holds a phrase that begins with a number, not one that ends with the same digits."""
    return re.search(rf"(?<!\d){re.escape(phrase)}", said) is not None
