"""The agenda: what people are going to do when, and what it takes to do it."""

from __future__ import annotations

import heapq
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from storage.inbox import Event
from tests.quarter.platform import Heard


@dataclass(frozen=True)
class Deed:
    """One thing that somebody does at a screen, and what they make of the answer."""

    event: Event
    then: Callable[[Sequence[Heard]], None]
    client: str = ""


Plan = Callable[[datetime], Deed | None]
"""Decides at the moment itself; None if there is no reason any more."""


@dataclass
class Agenda:
    """Plans in the order of their moments."""

    _plans: list[tuple[datetime, int, Plan]] = field(default_factory=list)
    _count: int = 0

    def at(self, moment: datetime, plan: Plan) -> None:
        self._count += 1
        heapq.heappush(self._plans, (moment, self._count, plan))

    def due(self, now: datetime) -> list[Plan]:
        """Give every plan whose moment has come."""
        plans = []
        while self._plans and self._plans[0][0] <= now:
            plans.append(heapq.heappop(self._plans)[2])
        return plans


def together(plans: Sequence[Plan], now: datetime) -> Iterator[list[Deed]]:
    """Decide what happens at once: no two deeds of one person, or about one customer; the others decide afterwards."""
    left = list(plans)
    while left:
        batch: list[Deed] = []
        later: list[Plan] = []
        taken: set[str] = set()
        for plan in left:
            deed = plan(now)
            names = {deed.event.address, deed.client} - {""} if deed else set()
            if names & taken:
                later.append(plan)
            elif deed is not None:
                batch.append(deed)
                taken |= names
        yield batch
        left = later
