"""A desk at which files come in: the import with a database behind it, and a plug that can be pulled."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any, TypeVar

from sqlalchemy import select

from scheduler.order_import import Wanted, import_orders
from scheduler.policy.document import Policy, default_text, parse
from storage.customers import Customer, customers
from storage.database import Database
from storage.importing.report import Report
from storage.orders import imports, orders
from storage.store import Store

T = TypeVar("T")
SAMPLES = Path(__file__).parent / "samples"
RETAIL = SAMPLES / "online_retail_sample.csv"
NOW = datetime(2025, 6, 30, 4, tzinfo=UTC)
"""Monday noon in Shanghai."""
TODAY = date(2025, 6, 30)
HEADINGS = "InvoiceNo,InvoiceDate,Quantity,UnitPrice,CustomerID,CustomerName,Country"


class PowerCut(Exception):
    """The process ended."""


class Desk:
    """Imports files as the command line does; `lives_for` counts the writes until the power goes."""

    def __init__(self, database: Database, folder: Path) -> None:
        self.database = database
        self.folder = folder
        self.policy = parse(default_text())
        self.now = NOW
        self.writes = 0
        self.lives_for: int | None = None

    def write(self, work: Any, /) -> Any:
        if self.lives_for is not None and self.writes >= self.lives_for:
            raise PowerCut
        self.writes += 1
        with self.database.writing() as connection:
            store = Store(connection)
            result = work(store)
            store.flush()
        return result

    def read(self, work: Any, /) -> Any:
        with self.database.reading() as connection:
            return work(Store(connection))

    def takes(self, content: str | bytes | Path, **options: Any) -> Report:
        """Import a file: one that is there, or one of this content."""
        path = content if isinstance(content, Path) else self.file(content)
        return import_orders(self.write, self.read, path, Wanted(**options), policy=self.policy, now=self.now)

    def file(self, content: str | bytes, name: str = "orders.csv") -> Path:
        path = self.folder / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return path

    def customer(self, reference: str) -> Customer:
        found = self.read(lambda store: store.customers.by_references([reference]))
        customer: Customer = found[reference]
        return customer

    def everything(self) -> list[list[tuple[Any, ...]]]:
        """Give every row that an import can write, to see whether anything has changed."""
        with self.database.reading() as connection:
            return [
                [tuple(row) for row in connection.execute(select(table).order_by(table.c.id))]
                for table in (customers, orders, imports)
            ]

    def amounts(self) -> dict[tuple[str, str], Any]:
        statement = select(customers.c.reference, orders.c.number, orders.c.amount).join(customers)
        with self.database.reading() as connection:
            return {(row.reference, row.number): row.amount for row in connection.execute(statement)}


def rows(*lines: str) -> str:
    return "\n".join([HEADINGS, *lines]) + "\n"


def days_ago(days: int) -> str:
    return (TODAY - timedelta(days=days)).isoformat()


def with_policy(old: str, new: str) -> Policy:
    text = default_text()
    assert old in text
    return parse(text.replace(old, new))
