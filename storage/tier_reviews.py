"""Tier reviews: whose tier time may have changed, and placing customers that nobody has touched meanwhile."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, select, update

from storage.columns import Moment
from storage.customers import Customer, customers
from storage.rows import Rows, in_chunks

IDS_AT_ONCE = 500
Place = tuple[Customer, Mapping[str, Any]]


_due = (
    select(customers.c.id, customers.c.version)
    .where(customers.c.tier_review_at <= bindparam("now", type_=Moment))
    .order_by(customers.c.tier_review_at, customers.c.id)
    .limit(bindparam("most"))
)


class TierReviews(Rows):
    """When the tiers of customers are looked at again."""

    def due(self, now: datetime, limit: int) -> list[tuple[str, int]]:
        """Find whose review has come, the longest due first: their ids and versions."""
        return [(row.id, row.version) for row in self._select(_due, customers, now=now, most=limit)]

    def ask(self, ids: Sequence[str], at: datetime | None) -> None:
        """Let these customers be reviewed then; whoever is placing one of them at the moment reads it again."""
        values = {"tier_review_at": at, "version": customers.c.version + 1}
        for chunk in in_chunks(ids, IDS_AT_ONCE):
            self._execute(update(customers).where(customers.c.id.in_(chunk)).values(values), customers)

    def ask_all(self, after: str, limit: int, at: datetime) -> str | None:
        """Let the next customers by id that have a tier be reviewed then; give the last of them, None at the end."""
        where = (customers.c.id > after, customers.c.tier.is_not(None))
        found = self._select(select(customers.c.id).where(*where).order_by(customers.c.id).limit(limit), customers)
        self.ask([row.id for row in found], at)
        return found[-1].id if found else None

    def unchanged(self, places: Sequence[Place]) -> list[Place]:
        """Give those whose customers nobody has changed since they were read, and nobody can until the commit."""
        statement = select(customers.c.id, customers.c.version).where(customers.c.id.in_([old.id for old, _ in places]))
        found = self._select(statement.order_by(customers.c.id).with_for_update(of=customers), customers)
        versions = {row.id: row.version for row in found}
        return [(old, new) for old, new in places if versions.get(old.id) == old.version]
