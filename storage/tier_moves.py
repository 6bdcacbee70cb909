"""Tier moves: when a customer crossed from one tier into another, by which version of the thresholds, and why."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import JSON, Column, ForeignKey, Index, Integer, Table, select

from storage.columns import Id, Moment, Short, metadata
from storage.rows import Rows

tier_moves = Table(
    "tier_moves",
    metadata,
    Column("id", Id, primary_key=True),
    Column("customer_id", Id, ForeignKey("customers.id"), nullable=False),
    Column("at", Moment, nullable=False),
    Column("old", Short),
    Column("new", Short, nullable=False),
    Column("mark", Short),
    Column("why", JSON, nullable=False),
    Column("scheme", Short, nullable=False),
    Column("policy", Integer, nullable=False),
    Column("told_at", Moment),
)
Index("ix_tier_moves_customer", tier_moves.c.customer_id, tier_moves.c.at)
Index("ix_tier_moves_at", tier_moves.c.at)


@dataclass(frozen=True, slots=True)
class TierMove:
    """One crossing; `policy` is the version of the policy in force, `told_at` when the owner heard of it."""

    id: str
    customer_id: str
    at: datetime
    old: str | None
    new: str
    scheme: str
    policy: int
    mark: str | None = None
    why: list[Any] = field(default_factory=list)
    told_at: datetime | None = None


_columns = tuple(tier_moves.c[name] for name in TierMove.__dataclass_fields__)


class TierMoves(Rows):
    """Crossings between tiers."""

    def add(self, move: TierMove) -> None:
        self._add(tier_moves, **{name: getattr(move, name) for name in TierMove.__dataclass_fields__})

    def of(self, customer_id: str, limit: int = 10) -> list[TierMove]:
        """Give a customer's crossings, the newest first."""
        statement = select(*_columns).where(tier_moves.c.customer_id == customer_id)
        return self._all(TierMove, statement.order_by(tier_moves.c.at.desc()).limit(limit), tier_moves)
