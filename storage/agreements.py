"""Agreements: contracts with their end, and installed products with their next maintenance."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from sqlalchemy import (
    Column,
    Date,
    ForeignKey,
    Integer,
    Table,
    UniqueConstraint,
    bindparam,
    case,
    exists,
    func,
    select,
    union_all,
    update,
)

from storage.columns import Id, Money, Name, Short, metadata
from storage.contacts import contacts
from storage.customers import customers
from storage.rows import Query, Rows
from storage.staff import Scope

contracts = Table(
    "contracts",
    metadata,
    Column("id", Id, primary_key=True),
    Column("customer_id", Id, ForeignKey("customers.id"), nullable=False),
    Column("number", Name, nullable=False),
    Column("subject", Name),
    Column("starts_on", Date),
    Column("ends_on", Date, nullable=False, index=True),
    Column("next_on", Date, index=True),
    Column("amount", Money),
    Column("currency", Short),
    Column("import_id", Id),
    UniqueConstraint("customer_id", "number"),
)
installations = Table(
    "installations",
    metadata,
    Column("id", Id, primary_key=True),
    Column("customer_id", Id, ForeignKey("customers.id"), nullable=False),
    Column("product", Name, nullable=False),
    Column("serial", Name, nullable=False),
    Column("installed_on", Date),
    Column("maintenance_on", Date, index=True),
    Column("every_months", Integer),
    Column("next_on", Date, index=True),
    Column("import_id", Id),
    UniqueConstraint("customer_id", "serial"),
)


@dataclass(frozen=True, slots=True)
class Contract:
    """A contract; `ends_on` is its last day, `next_on` the day on which an occasion is to be found: company days."""

    id: str
    customer_id: str
    number: str
    ends_on: date
    next_on: date | None = None
    subject: str | None = None
    starts_on: date | None = None
    amount: Decimal | None = None
    currency: str | None = None
    import_id: str | None = None


@dataclass(frozen=True, slots=True)
class Installation:
    """A product that stands at a customer; `maintenance_on` is the next maintenance date, `every_months` its rhythm.

    `next_on` is the day on which an occasion is to be found.
    """

    id: str
    customer_id: str
    product: str
    serial: str
    installed_on: date | None = None
    maintenance_on: date | None = None
    every_months: int | None = None
    next_on: date | None = None
    import_id: str | None = None


Agreement = Contract | Installation
_contract = tuple(contracts.c[name] for name in Contract.__dataclass_fields__)
_installation = tuple(installations.c[name] for name in Installation.__dataclass_fields__)


_any_due = union_all(
    select(contracts.c.id).where(contracts.c.next_on <= bindparam("today", type_=Date)),
    select(installations.c.id).where(installations.c.next_on <= bindparam("today", type_=Date)),
).limit(1)


class Agreements(Rows):
    """What was agreed with customers, and what stands at their places."""

    def add_contract(self, new: Contract) -> None:
        self._add(contracts, **{name: getattr(new, name) for name in Contract.__dataclass_fields__})

    def add_installation(self, new: Installation) -> None:
        self._add(installations, **{name: getattr(new, name) for name in Installation.__dataclass_fields__})

    def change_contract(self, id_: str, **values: object) -> None:
        self._change(update(contracts).where(contracts.c.id == id_).values(values), contracts)

    def change_installation(self, id_: str, **values: object) -> None:
        self._change(update(installations).where(installations.c.id == id_).values(values), installations)

    def contract(self, id_: str) -> Contract | None:
        return self._first(Contract, select(*_contract).where(contracts.c.id == id_), contracts)

    def installation(self, id_: str) -> Installation | None:
        return self._first(Installation, select(*_installation).where(installations.c.id == id_), installations)

    def contracts_of(self, customer_ids: Collection[str]) -> list[Contract]:
        statement = select(*_contract).where(contracts.c.customer_id.in_(customer_ids))
        return self._all(Contract, statement.order_by(contracts.c.ends_on, contracts.c.number), contracts)

    def installations_of(self, customer_ids: Collection[str]) -> list[Installation]:
        statement = select(*_installation).where(installations.c.customer_id.in_(customer_ids))
        ordered = statement.order_by(installations.c.maintenance_on, installations.c.serial)
        return self._all(Installation, ordered, installations)

    def is_due(self, today: date) -> bool:
        """Tell whether there is any agreement for which an occasion is to be found."""
        return bool(self._select(_any_due, today=today))  # type: ignore[arg-type]  # a union is asked like a select

    def contracts_due(self, today: date, limit: int) -> list[Contract]:
        """List contracts that are to be looked at, by an index on that day."""
        statement = select(*_contract).where(contracts.c.next_on <= today)
        return self._all(Contract, statement.order_by(contracts.c.next_on).limit(limit), contracts)

    def installations_due(self, today: date, limit: int) -> list[Installation]:
        """List products whose maintenance is to be looked at, by an index on that day."""
        statement = select(*_installation).where(installations.c.next_on <= today)
        return self._all(Installation, statement.order_by(installations.c.next_on).limit(limit), installations)

    def ending(self, scope: Scope, first: date, last: date, limit: int) -> list[Contract]:
        """List visible contracts that end on these days, the nearest first."""
        here = contracts.c.ends_on.between(first, last)
        statement = _seen_by(select(*_contract), contracts, scope).where(here).order_by(contracts.c.ends_on)
        return self._all(Contract, statement.limit(limit))

    def maintained(self, scope: Scope, first: date, last: date, limit: int) -> list[Installation]:
        """List visible products whose maintenance falls on these days, those of the customers that buy most first."""
        here = installations.c.maintenance_on.between(first, last)
        statement = _seen_by(select(*_installation), installations, scope).where(here)
        ordered = statement.order_by(customers.c.spent.desc().nulls_last(), installations.c.maintenance_on)
        return self._all(Installation, ordered.limit(limit))

    def count_ending(self, scope: Scope, first: date, last: date) -> tuple[int, int]:
        """Count visible contracts that end on these days, and those of them at whose customer we know nobody."""
        is_known = exists().where(contacts.c.customer_id == contracts.c.customer_id)
        nobody = func.sum(case((is_known, 0), else_=1))
        statement = _seen_by(select(func.count(contracts.c.id), nobody), contracts, scope)
        (row,) = self._select(statement.where(contracts.c.ends_on.between(first, last)))
        return row[0], int(row[1] or 0)

    def count_maintained(self, scope: Scope, first: date, last: date) -> int:
        """Count visible products whose maintenance falls on these days."""
        statement = _seen_by(select(func.count(installations.c.id)), installations, scope)
        (row,) = self._select(statement.where(installations.c.maintenance_on.between(first, last)))
        count: int = row[0]
        return count

    def known_contracts(self, customer_ids: Sequence[str], numbers: Sequence[str]) -> dict[tuple[str, str], Contract]:
        where = (contracts.c.customer_id.in_(customer_ids), contracts.c.number.in_(numbers))
        found = self._all(Contract, select(*_contract).where(*where), contracts)
        return {(contract.customer_id, contract.number): contract for contract in found}

    def known_installations(
        self, customer_ids: Sequence[str], serials: Sequence[str]
    ) -> dict[tuple[str, str], Installation]:
        where = (installations.c.customer_id.in_(customer_ids), installations.c.serial.in_(serials))
        found = self._all(Installation, select(*_installation).where(*where), installations)
        return {(one.customer_id, one.serial): one for one in found}


def _seen_by(statement: Query, table: Table, scope: Scope) -> Query:
    visible = scope.clause(customers.c.owner_id, customers.c.group_id)
    return statement.join(customers, customers.c.id == table.c.customer_id).where(visible)
