"""Agreements: contracts with their end, and installed products with their next maintenance."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from sqlalchemy import Column, Date, ForeignKey, Integer, Table, UniqueConstraint

from storage.columns import Id, Money, Name, Short, metadata
from storage.rows import Rows

contracts = Table(
    "contracts",
    metadata,
    Column("id", Id, primary_key=True),
    Column("customer_id", Id, ForeignKey("customers.id"), nullable=False),
    Column("number", Name, nullable=False),
    Column("subject", Name),
    Column("starts_on", Date),
    Column("ends_on", Date, nullable=False, index=True),
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
    Column("import_id", Id),
    UniqueConstraint("customer_id", "serial"),
)


@dataclass(frozen=True, slots=True)
class Contract:
    """A contract; `ends_on` is its last day, on the company's calendar."""

    id: str
    customer_id: str
    number: str
    ends_on: date
    subject: str | None = None
    starts_on: date | None = None
    amount: Decimal | None = None
    currency: str | None = None
    import_id: str | None = None


@dataclass(frozen=True, slots=True)
class Installation:
    """A product that stands at a customer; `maintenance_on` is the next maintenance date, `every_months` its rhythm."""

    id: str
    customer_id: str
    product: str
    serial: str
    installed_on: date | None = None
    maintenance_on: date | None = None
    every_months: int | None = None
    import_id: str | None = None


class Agreements(Rows):
    """What was agreed with customers, and what stands at their places."""

    def add_contract(self, new: Contract) -> None:
        self._add(contracts, **{name: getattr(new, name) for name in Contract.__dataclass_fields__})

    def add_installation(self, new: Installation) -> None:
        self._add(installations, **{name: getattr(new, name) for name in Installation.__dataclass_fields__})
