"""Sheets recounted: what a rep's morning and a manager's digest say, held against the recount at the moment they come."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime

from handlers.cards import Button, Row
from prompts.phrases import phrases
from tests.quarter.company import Company, Worker
from tests.quarter.platform import Heard
from tests.quarter.recount import Due, Fault, Recount

AT_MOST = 200
"""Where more are listed, a morning says “at least”."""
_CASES = "measure cases"


@dataclass
class Sheets:
    """Looks over people's shoulders when their day begins."""

    company: Company
    recount: Recount
    unsteady: bool = False
    """Customers crossed at this very moment: a morning may have been said before or after."""
    figures: dict[str, int] = field(default_factory=lambda: {"counts on mornings": 0, "cadence numbers": 0})

    def look(self, worker: Worker, news: Heard) -> Iterator[Fault]:
        if worker.leads:
            yield from self._digest(worker, news)
        elif worker.person.role == "rep":
            yield from self._morning(worker, news)

    def _morning(self, worker: Worker, news: Heard) -> Iterator[Fault]:
        """A rep reads how many of theirs are overdue and due, with those of whom they stand in for."""
        office = worker.office
        owners = {worker.id, *(absent.id for absent in self._absent(worker, news.at))}
        mine = [due for due in self.recount.dues.values() if due.owner.id in owners]
        overdue = sum(due.day < due.office.day(news.at) for due in mine)
        today = sum(due.day == due.office.day(news.at) for due in mine)
        said = f"{news.card.title} {news.card.text}"
        if not self.unsteady and overdue + today < AT_MOST:
            for name, count in (("overdue", overdue), ("due", today)):
                phrase = phrases(worker.person.language)(f"day-sum-{name}", count=count)
                self.figures["counts on mornings"] += 1
                if bool(count) != _holds(said, phrase):
                    yield "count on a morning", "", news.at, f"{worker.person.name}, {office.key}: {phrase} in “{said}”"

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
            since, until = (datetime.fromisoformat(button.args[end]) for end in ("since", "until"))
            kept, count = self._kept({one for one in owners if one}, since, until, news.at)
            percent = int(100 * kept / count + 1e-9) if count else 0
            phrase = phrases(lead.person.language)("measure-said-share", percent=percent, score=kept, count=count)
            self.figures["cadence numbers"] += 1
            if phrase.replace(",", "") not in row.text.replace(",", ""):
                yield "cadence in a digest", "", news.at, f"{lead.person.name}: recount {phrase}, said “{row.text}”"

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

    def _kept(self, owners: set[str], since: datetime, until: datetime, now: datetime) -> tuple[int, int]:
        ended = [one for one in self.recount.ended if one.owner in owners and since <= min(one.due, one.at) < until]
        waiting = sum(
            self._waits(due, since, until, now) for due in self.recount.dues.values() if due.owner.id in owners
        )
        return sum(one.outcome == "kept" for one in ended), len(ended) + waiting

    def _waits(self, due: Due, since: datetime, until: datetime, now: datetime) -> bool:
        return since <= due.at < until and due.day < due.office.day(now)


def _cases(news: Heard) -> Iterator[tuple[Row, Button]]:
    for row in news.card.rows:
        for button in row.buttons:
            if button.command == _CASES and button.args.get("name") == "cadence" and "%" in row.text:
                yield row, button


def _holds(said: str, phrase: str) -> bool:
    """Tell whether a sentence holds a phrase that begins with a number, not one that ends with the same digits."""
    return re.search(rf"(?<!\d){re.escape(phrase)}", said) is not None
