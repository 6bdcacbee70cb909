"""Rounds of the cadence: each due touch, and whether it was kept in time, kept late, or put off and why."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from itertools import takewhile

from sqlalchemy import Column, ForeignKey, Index, Table, select

from storage.columns import Id, Moment, Short, metadata
from storage.rows import Rows
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
