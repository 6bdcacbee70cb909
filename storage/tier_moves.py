"""Tier moves: when a customer crossed from one tier into another, by which version of the thresholds, and why."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import JSON, Column, ForeignKey, Index, Integer, Table, bindparam, func, select, update

from storage.columns import Id, Moment, Short, metadata
from storage.customers import customers
from storage.rows import Rows, in_chunks
from storage.staff import Scope

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
_is_untold = tier_moves.c.told_at.is_(None)
Index("ix_tier_moves_untold", tier_moves.c.customer_id, sqlite_where=_is_untold, postgresql_where=_is_untold)


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


IDS_AT_ONCE = 500
_columns = tuple(tier_moves.c[name] for name in TierMove.__dataclass_fields__)


class TierMoves(Rows):
    """Crossings between tiers."""

    def add(self, move: TierMove) -> None:
        self._add(tier_moves, **{name: getattr(move, name) for name in TierMove.__dataclass_fields__})

    def of(self, customer_id: str, limit: int = 10) -> list[TierMove]:
        """Give a customer's crossings, the newest first."""
        statement = select(*_columns).where(tier_moves.c.customer_id == customer_id)
        return self._all(TierMove, statement.order_by(*_newest_first).limit(limit), tier_moves)

    def after(self, moment: datetime, limit: int) -> list[TierMove]:
        """Give the crossings since a moment, the oldest first."""
        statement = select(*_columns).where(tier_moves.c.at > moment).order_by(tier_moves.c.at, tier_moves.c.id)
        return self._all(TierMove, statement.limit(limit), tier_moves)

    def untold(self, owner_ids: Collection[str], limit: int) -> list[TierMove]:
        """Give the crossings of these owners' customers that nobody has told them of, the newest first."""
        return self._all(TierMove, _untold, tier_moves, customers, owners=[*owner_ids], most=limit)

    def told(self, ids: Sequence[str], now: datetime) -> None:
        """Note that the owners have heard of these crossings; what they heard before stays as it was."""
        for chunk in in_chunks(ids, IDS_AT_ONCE):
            here = update(tier_moves).where(tier_moves.c.id.in_(chunk), tier_moves.c.told_at.is_(None))
            self._execute(here.values(told_at=now), tier_moves)

    def listed(self, scope: Scope, since: datetime, limit: int) -> list[TierMove]:
        """List the crossings of visible customers after `since`, the newest first."""
        visible = scope.clause(customers.c.owner_id, customers.c.group_id)
        statement = _with_customers.where(visible, tier_moves.c.at > since).order_by(*_newest_first).limit(limit)
        return self._all(TierMove, statement, tier_moves, customers)

    def count(self, scope: Scope, since: datetime, until: datetime) -> dict[tuple[str | None, str], int]:
        """Count the crossings of visible customers after `since` up to `until`, by old and new tier."""
        visible = scope.clause(customers.c.owner_id, customers.c.group_id)
        within = (tier_moves.c.at > since, tier_moves.c.at <= until)
        counted = select(tier_moves.c.old, tier_moves.c.new, func.count()).join_from(tier_moves, customers)
        statement = counted.where(visible, *within).group_by(tier_moves.c.old, tier_moves.c.new)
        return {(row[0], row[1]): row[2] for row in self._select(statement, tier_moves, customers)}


_newest_first = (tier_moves.c.at.desc(), tier_moves.c.id.desc())
_with_customers = select(*_columns).join_from(tier_moves, customers)
_fresh = (
    select(tier_moves).where(_is_untold).cte("fresh").prefix_with("MATERIALIZED")
)  # else all of an owner's customers
_untold = (
    select(*(_fresh.c[name] for name in TierMove.__dataclass_fields__))
    .join_from(_fresh, customers, customers.c.id == _fresh.c.customer_id)
    .where(customers.c.owner_id.in_(bindparam("owners", expanding=True)))
    .order_by(_fresh.c.at.desc(), _fresh.c.id.desc())
    .limit(bindparam("most"))
)
