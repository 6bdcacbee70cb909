"""Customers: the companies (or persons) we keep, with their tier, their figures and their next due touch."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from functools import cache
from typing import Any

from sqlalchemy import (
    JSON,
    Column,
    ColumnElement,
    ForeignKey,
    Index,
    Integer,
    Select,
    Table,
    and_,
    bindparam,
    func,
    or_,
    select,
    union,
    union_all,
    update,
)

from storage.columns import Id, Moment, Money, Name, Short, metadata
from storage.rows import Rows
from storage.staff import Scope

customers = Table(
    "customers",
    metadata,
    Column("id", Id, primary_key=True),
    Column("name", Name, nullable=False),
    Column("folded", Name, nullable=False, index=True),
    Column("reference", Name, unique=True),
    Column("folded_reference", Name, index=True),
    Column("language", Short, nullable=False, default="en"),
    Column("zone", Short),
    Column("industry", Name),
    Column("region", Name),
    Column("owner_id", Id, ForeignKey("staff.id")),
    Column("group_id", Id, ForeignKey("groups.id"), index=True),
    Column("tier", Short),
    Column("tier_mark", Short),
    Column("tier_since", Moment),
    Column("tier_why", JSON, nullable=False, default=list),
    Column("tier_review_at", Moment, index=True),
    Column("stage", Short),
    Column("since", Moment),
    Column("currency", Short),
    Column("spent", Money),
    Column("orders", Integer, nullable=False, default=0),
    Column("first_order_at", Moment),
    Column("last_order_at", Moment),
    Column("last_touch_at", Moment),
    Column("touch_due_at", Moment),
    Column("touch_rung", Integer, nullable=False, default=0),
    Column("touch_next_at", Moment),
    Column("version", Integer, nullable=False, default=1),
)
_known_since = func.coalesce(customers.c.since, customers.c.first_order_at)
Index("ix_customers_known_since", _known_since)  # anniversaries
Index("ix_customers_touch", customers.c.touch_next_at, customers.c.owner_id)
Index(
    "ix_customers_owner_due",
    customers.c.owner_id,
    customers.c.touch_due_at,
    customers.c.name,
    customers.c.id,
    customers.c.tier,
)
Index("ix_customers_owner_touch", customers.c.owner_id, customers.c.touch_next_at)  # one owner's due, not all they have


@dataclass(frozen=True, slots=True)
class Customer:
    """A company or person whose relationship we keep; money is over the last twelve months, in `currency`."""

    id: str
    name: str
    reference: str | None = None
    language: str = "en"
    zone: str | None = None
    industry: str | None = None
    region: str | None = None
    owner_id: str | None = None
    group_id: str | None = None
    tier: str | None = None
    tier_mark: str | None = None
    tier_since: datetime | None = None
    tier_why: list[Any] = field(default_factory=list)
    tier_review_at: datetime | None = None
    """When time alone may move the customer into another tier: an order leaves the year, or silence is complete."""
    stage: str | None = None
    since: datetime | None = None
    currency: str | None = None
    spent: Decimal | None = None
    orders: int = 0
    first_order_at: datetime | None = None
    last_order_at: datetime | None = None
    last_touch_at: datetime | None = None
    touch_due_at: datetime | None = None
    touch_rung: int = 0
    touch_next_at: datetime | None = None
    version: int = 1


_columns = tuple(customers.c[name] for name in Customer.__dataclass_fields__)


EDGES = ("first", "last")


@cache
def _began(spans: int) -> Select[Any]:
    """Make the question whose cooperation began in one of so many spans; making it costs more than asking it."""

    def within(n: int) -> tuple[ColumnElement[bool], ...]:
        first, last = (bindparam(f"{edge}_{n}", type_=Moment) for edge in EDGES)
        return (_known_since >= first, _known_since < last, customers.c.id > bindparam("after"))

    began = union_all(*(select(customers.c.id).where(*within(n)) for n in range(spans)))
    found = began.cte("began").prefix_with("MATERIALIZED")  # else all customers are walked by id
    page = select(found.c.id).order_by(found.c.id).limit(bindparam("most"))
    return select(*_columns).where(customers.c.id.in_(page)).order_by(customers.c.id)


class Customers(Rows):
    """The customers, each question limited to what the asker may see."""

    def add(self, *new: Customer) -> None:
        for customer in new:
            values = {name: getattr(customer, name) for name in Customer.__dataclass_fields__}
            self._add(customers, **values, **_folded(values))

    def get(self, id_: str | None) -> Customer | None:
        """Read a customer for the bot's own work; people ask through `seen_by`."""
        if not id_:
            return None
        return self._once(customers, id_, lambda: self._first(Customer, _by_id, customers, id=id_))

    def seen_by(self, scope: Scope, id_: str) -> Customer | None:
        """Read a customer if the person may see it; a foreign one is as missing as one that never was."""
        where = (customers.c.id == id_, scope.clause(customers.c.owner_id, customers.c.group_id))
        return self._first(Customer, select(*_columns).where(*where), customers)

    def find(self, scope: Scope, words: str, limit: int = 10) -> list[Customer]:
        """Find customers by name or reference: exact first, else those that contain the words."""
        wanted = fold(words)
        if not wanted:
            return []
        exact = self._all(Customer, _exact, customers, wanted=wanted)  # few, by index; seen or not is told afterwards
        found = [customer for customer in exact if scope.covers(customer.owner_id, customer.group_id)]
        if found:
            return found[:limit]
        visible = scope.clause(customers.c.owner_id, customers.c.group_id)
        near = customers.c.folded.contains(wanted, autoescape=True)
        statement = select(*_columns).where(visible, near).order_by(customers.c.name).limit(limit)
        return self._all(Customer, statement)

    def called(self, scope: Scope, names: Sequence[str], limit: int = 50) -> list[Customer]:
        """Find customers whose whole name or reference is one of these, whatever the case; uses the index."""
        visible = scope.clause(customers.c.owner_id, customers.c.group_id)
        folded = {fold(name) for name in names}
        named = or_(customers.c.folded.in_(folded), customers.c.folded_reference.in_(folded))
        return self._all(Customer, select(*_columns).where(visible, named).limit(limit), customers)

    def listed(
        self, scope: Scope, *, tier: str | None = None, due_before: datetime | None = None, limit: int = 50
    ) -> list[Customer]:
        """List customers, the longest due first.

        The first of each part of the scope are found by its index, and the first of those are read: sorting whole
        rows of all that a manager may see would take a third of a second.
        """
        where = [customers.c.tier == tier] if tier else []
        where += [customers.c.touch_due_at <= due_before] if due_before else []
        order = (customers.c.touch_due_at.is_(None), customers.c.touch_due_at, customers.c.name, customers.c.id)
        first = [
            select(customers.c.id).where(part, *where).order_by(*order).limit(limit).subquery()
            for part in scope.parts(customers.c.owner_id, customers.c.group_id)
        ]
        ids = union(*(select(part.c.id) for part in first))
        listed = select(*_columns).where(customers.c.id.in_(ids)).order_by(*order).limit(limit)
        return self._all(Customer, listed, customers)

    def count(self, scope: Scope) -> dict[str | None, int]:
        """Count the visible customers by tier."""
        where = scope.clause(customers.c.owner_id, customers.c.group_id)
        statement = select(customers.c.tier, func.count()).where(where).group_by(customers.c.tier)
        return {row[0]: row[1] for row in self._select(statement, customers)}

    def change(self, customer: Customer, **values: Any) -> None:
        """Change a customer.

        Raises:
            Conflict: somebody else changed it since it was read.
        """
        same = and_(customers.c.id == customer.id, customers.c.version == customer.version)
        new = values | _folded(values) | {"version": customer.version + 1}
        self._change(update(customers).where(same).values(new), customers)

    def due_days(self, owner_id: str, since: datetime, until: datetime | None = None) -> dict[datetime, int]:
        """Count the touches of one owner that fall due from `since` to `until`, by moment; answered by an index alone."""
        within = [customers.c.owner_id == owner_id, customers.c.touch_due_at >= since]
        within += [customers.c.touch_due_at <= until] if until else []
        counted = select(customers.c.touch_due_at, func.count()).where(*within).group_by(customers.c.touch_due_at)
        return {row[0]: row[1] for row in self._select(counted, customers)}

    def ids(self, after: str, limit: int) -> list[str]:
        """Walk through the ids of all customers, a page at a time."""
        statement = select(customers.c.id).where(customers.c.id > after).order_by(customers.c.id).limit(limit)
        return [row.id for row in self._select(statement, customers)]

    def since_on(self, days: Sequence[tuple[datetime, datetime]], after: str, limit: int) -> list[Customer]:
        """Walk through the customers whose cooperation began in one of these spans, a page at a time."""
        spans = {f"{edge}_{n}": moment for n, span in enumerate(days) for edge, moment in zip(EDGES, span, strict=True)}
        return self._all(Customer, _began(len(days)), customers, after=after, most=limit, **spans)

    def by_ids(self, ids: Sequence[str]) -> list[Customer]:
        return self._all(Customer, _by_ids, customers, ids=[*ids]) if ids else []

    def place(self, places: Sequence[tuple[Customer, Mapping[str, Any]]]) -> int:
        """Write tiers, figures and due touches of many customers, each with the same fields; count those written.

        One that somebody else changed since it was read is left as it is.
        """
        if not places:
            return 0
        self._buffer.changes += 1
        rows = [{"which": old.id, "seen": old.version, "version": old.version + 1, **new} for old, new in places]
        return self._connection.execute(_place, rows).rowcount

    def page(self, after: str, limit: int) -> list[Customer]:
        """Walk through all customers by id, a page at a time."""
        statement = select(*_columns).where(customers.c.id > after).order_by(customers.c.id).limit(limit)
        return self._all(Customer, statement, customers)

    def by_names(self, names: Sequence[str]) -> dict[str, list[Customer]]:
        """Find customers by whole names, whatever the case; given by the name as it is looked up."""
        statement = select(*_columns).where(customers.c.folded.in_({fold(name) for name in names}))
        found: dict[str, list[Customer]] = {}
        for customer in self._all(Customer, statement.order_by(customers.c.id), customers):
            found.setdefault(fold(customer.name), []).append(customer)
        return found

    def by_references(self, references: Sequence[str]) -> dict[str, Customer]:
        statement = select(*_columns).where(customers.c.reference.in_(references))
        return {c.reference: c for c in self._all(Customer, statement, customers) if c.reference}


_by_id = select(*_columns).where(customers.c.id == bindparam("id"))
_exact = select(*_columns).where(
    or_(customers.c.folded == bindparam("wanted"), customers.c.folded_reference == bindparam("wanted"))
)
_by_ids = select(*_columns).where(customers.c.id.in_(bindparam("ids", expanding=True)))
_place = update(customers).where(customers.c.id == bindparam("which"), customers.c.version == bindparam("seen"))


def _folded(values: Mapping[str, Any]) -> dict[str, str | None]:
    """Give the columns by which new names and references are looked up."""
    looked_up = {"name": "folded", "reference": "folded_reference"}
    return {column: fold(values[key]) if values[key] else None for key, column in looked_up.items() if key in values}


def fold(name: str) -> str:
    """Write a name as it is looked up: full-width as half-width, no capitals, in any script."""
    return unicodedata.normalize("NFKC", name).strip().casefold()
