"""Due: which touches are due with whom, grouped where they are alike; how far their ladders were climbed."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from functools import cache
from typing import Any

from sqlalchemy import ColumnElement, Integer, Update, bindparam, func, select, update

from storage.columns import Moment
from storage.customers import Customer, customers
from storage.rows import Rows

_columns = tuple(customers.c[name] for name in Customer.__dataclass_fields__)
_due_columns = (customers.c.owner_id, customers.c.group_id, customers.c.touch_due_at, customers.c.touch_rung)


@dataclass(frozen=True, slots=True)
class DueAlike:
    """Customers of one owner and service group that are due alike, and have come as far on the ladder of reminders.

    Most of a morning's thousands share a few due days, so the ladder is climbed by such groups, not by customers.
    """

    owner_id: str | None
    group_id: str | None
    due_at: datetime | None
    rung: int

    @property
    def known(self) -> frozenset[str]:
        """Name what these customers have; what they have not is asked for in other words."""
        known = {"owner": self.owner_id, "group": self.group_id, "due_at": self.due_at}
        return frozenset(name for name, value in known.items() if value is not None)

    def asked(self, now: datetime) -> dict[str, Any]:
        """Give the values of `still_alike`."""
        known = {"owner": self.owner_id, "group": self.group_id, "due_at": self.due_at, "stands": self.rung, "now": now}
        return {name: value for name, value in known.items() if value is not None}


@cache
def still_alike(known: frozenset[str]) -> tuple[ColumnElement[bool], ...]:
    """Say which customers are due alike: one that was contacted or put off since it was read is none of them."""
    c = customers.c
    maybe = {"owner": c.owner_id, "group": c.group_id, "due_at": c.touch_due_at}
    same = (
        column == bindparam(name, type_=column.type) if name in known else column.is_(None)
        for name, column in maybe.items()
    )
    return (c.touch_next_at <= bindparam("now", type_=Moment), c.touch_rung == bindparam("stands"), *same)


@dataclass(frozen=True, slots=True)
class Waiting:
    """What decides how much a due customer matters; hundreds of them are read for a few that are named."""

    id: str
    owner_id: str | None
    tier: str | None
    spent: Decimal | None
    touch_due_at: datetime
    name: str


class Due(Rows):
    """The touches that are due."""

    def owners_due(self, now: datetime, limit: int) -> list[str | None]:
        """Tell whose customers have something to be said about their next touch; costs what is due.

        Due rows are picked first: left to itself, SQLite would walk every customer of every owner to group them.
        """
        return [row.owner_id for row in self._select(_owners, customers, now=now, most=limit)]

    def touches_due(self, owner_id: str | None, now: datetime) -> list[DueAlike]:
        """Tell what something is to be said about with one owner's customers."""
        if owner_id is None:
            return self._all(DueAlike, _nobodys_due, customers, now=now)
        return self._all(DueAlike, _owners_due, customers, owner=owner_id, now=now)

    def waiting(self, owners: Collection[str], until: datetime, limit: int) -> list[Waiting]:
        """List who is due by then with these owners, the longest due first."""
        return self._all(Waiting, _waiting, customers, owners=[*owners], until=until, most=limit)

    def alike(self, alike: DueAlike, now: datetime) -> list[Customer]:
        """Read the customers of such a group."""
        found = select(*_columns).where(*still_alike(alike.known))
        return self._all(Customer, found, customers, **alike.asked(now))

    def advance(self, alike: DueAlike, now: datetime, rung: int, next_at: datetime | None) -> None:
        """Write down how far the ladder of these customers has been climbed, and when more is said about them."""
        self._run(_advance(alike.known), customers, **alike.asked(now), new_rung=rung, next_at=next_at)


_due = (
    select(customers.c.owner_id, customers.c.touch_next_at)
    .where(customers.c.touch_next_at <= bindparam("now", type_=Moment))
    .cte("due")
    .prefix_with("MATERIALIZED")
)
_owners = (
    select(_due.c.owner_id).group_by(_due.c.owner_id).order_by(func.min(_due.c.touch_next_at)).limit(bindparam("most"))
)
_due_alike = select(*_due_columns).where(customers.c.touch_next_at <= bindparam("now", type_=Moment)).distinct()
_owners_due = _due_alike.where(customers.c.owner_id == bindparam("owner"))
_nobodys_due = _due_alike.where(customers.c.owner_id.is_(None))
_waiting = (
    select(*(customers.c[name] for name in Waiting.__dataclass_fields__))
    .where(
        customers.c.owner_id.in_(bindparam("owners", expanding=True)),
        customers.c.touch_due_at <= bindparam("until", type_=Moment),
    )
    .order_by(customers.c.touch_due_at, customers.c.name, customers.c.id)
    .limit(bindparam("most"))
)


@cache
def _advance(known: frozenset[str]) -> Update:
    moved = {
        "touch_rung": bindparam("new_rung", type_=Integer),
        "touch_next_at": bindparam("next_at", type_=Moment),
    }
    return update(customers).where(*still_alike(known)).values(moved)
