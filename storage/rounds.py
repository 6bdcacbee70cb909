"""Rounds of the cadence: each due touch, and whether it was kept in time, kept late, or put off and why."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime
from itertools import takewhile

from sqlalchemy import Column, ForeignKey, Index, Table, func, select, true

from storage.columns import Id, Moment, Short, metadata
from storage.rows import Rows
from storage.staff import Scope
from storage.vault import Sealed

rounds = Table(
    "rounds",
    metadata,
    Column("id", Id, primary_key=True),
    Column("customer_id", Id, ForeignKey("customers.id"), nullable=False),
    Column("owner_id", Id, ForeignKey("staff.id")),
    Column("tier", Short),
    Column("due_at", Moment, nullable=False),
    Column("counted_at", Moment, nullable=False),
    Column("ended_at", Moment, nullable=False),
    Column("outcome", Short, nullable=False),
    Column("touch_id", Id, ForeignKey("touches.id")),
    Column("reason", Sealed),
)
Index("ix_rounds_owner", rounds.c.owner_id, rounds.c.counted_at)
Index("ix_rounds_customer", rounds.c.customer_id, rounds.c.ended_at)


@dataclass(frozen=True, slots=True)
class Round:
    """One due touch and how it ended: `outcome` is kept (by the end of the due day), late, or put_off.

    A round counts on the day it was kept if that came first, otherwise on its due day: `counted_at` is the earlier.
    """

    id: str
    customer_id: str
    owner_id: str | None
    tier: str | None
    due_at: datetime
    counted_at: datetime
    ended_at: datetime
    outcome: str
    touch_id: str | None = None
    reason: str | None = None


_columns = tuple(rounds.c[name] for name in Round.__dataclass_fields__)


@dataclass(frozen=True, slots=True)
class Tally:
    """How many rounds of one owner and tier were kept in time, were kept late, and were put off."""

    kept: int = 0
    late: int = 0
    put_off: int = 0


class Rounds(Rows):
    """Due touches and how they ended."""

    def add(self, new: Round) -> None:
        self._add(rounds, **{name: getattr(new, name) for name in Round.__dataclass_fields__})

    def of(self, customer_id: str, limit: int = 50) -> list[Round]:
        """Give a customer's rounds, the newest first."""
        statement = select(*_columns).where(rounds.c.customer_id == customer_id)
        newest = statement.order_by(rounds.c.ended_at.desc(), rounds.c.id.desc()).limit(limit)
        return self._all(Round, newest, rounds)

    def put_off(self, customer_id: str) -> list[Round]:
        """Give how often the touch that is due now was put off, the newest first."""
        return list(takewhile(lambda one: one.outcome == "put_off", self.of(customer_id)))

    def tally(self, scope: Scope, since: datetime, until: datetime) -> dict[tuple[str | None, str | None], Tally]:
        """Count the rounds of a half-open period by owner and tier; those still due are the customers' to tell.

        Only the owner decides what is seen: a round is the record of who kept it, not of the group that helped.
        """
        seen = true() if scope.everything else rounds.c.owner_id.in_(scope.owners)
        within = (rounds.c.counted_at >= since, rounds.c.counted_at < until)
        counted = select(rounds.c.owner_id, rounds.c.tier, rounds.c.outcome, func.count()).where(seen, *within)
        found: dict[tuple[str | None, str | None], dict[str, int]] = defaultdict(dict)
        for owner, tier, outcome, count in self._select(
            counted.group_by(rounds.c.owner_id, rounds.c.tier, rounds.c.outcome), rounds
        ):
            found[owner, tier][outcome] = count
        return {key: Tally(**counts) for key, counts in found.items()}
