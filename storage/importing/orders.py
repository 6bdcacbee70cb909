"""Order files: lines grouped to orders, refused rows kept with their reasons; nothing is written here."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from pathlib import Path
from typing import Final
from zoneinfo import ZoneInfo

from storage.importing import dates
from storage.importing.cells import LARGEST, plain
from storage.importing.headings import Field
from storage.importing.lines import Line, Lines
from storage.importing.problems import Refusal, UnreadableFile, shown
from storage.importing.reading import BadLine
from storage.importing.tables import Table, open_table

KEPT: Final = 100_000
"""Refused rows that are kept one by one; beyond it they are only counted."""


@dataclass(slots=True)
class FileOrder:
    """An order as its lines add up: what was taken back makes it less, or negative; its moment is the earliest."""

    customer: str
    number: str
    ordered_at: datetime
    amount: Decimal
    currency: str
    lines: int = 0


@dataclass(slots=True)
class FileCustomer:
    """A customer as a file knows it, by the company's own number for it."""

    reference: str
    name: str = ""
    region: str = ""


@dataclass
class OrderFile:
    """What an order file says, read to its end."""

    id: str
    name: str
    columns: Mapping[Field, str]
    currency: str
    rows: int = 0
    orders: dict[tuple[str, str], FileOrder] = field(default_factory=dict)
    customers: dict[str, FileCustomer] = field(default_factory=dict)
    refused: list[Refusal] = field(default_factory=list)
    reasons: Counter[str] = field(default_factory=Counter)

    @property
    def last_at(self) -> datetime | None:
        """Tell when the newest order was made."""
        return max((order.ordered_at for order in self.orders.values()), default=None)

    @property
    def cancellations(self) -> int:
        return sum(order.amount < 0 for order in self.orders.values())

    def take(self, line: Line) -> None:
        """Add a line to its order.

        Raises:
            BadLine: the order's other lines are in another currency, which cannot be added up.
        """
        key = (line.customer, line.number)
        order = self.orders.get(key)
        if order is None:
            order = FileOrder(line.customer, line.number, line.ordered_at, Decimal(), line.currency)
            self.orders[key] = order
        if order.currency != line.currency:
            raise BadLine("currency", "import-refused-other-currency", line.currency)
        if abs(order.amount + line.amount) > LARGEST:
            raise BadLine("amount", "import-refused-too-large", str(line.amount))
        order.amount += line.amount
        order.lines += 1
        order.ordered_at = min(order.ordered_at, line.ordered_at)
        self._know(line)

    def refuse(self, refusal: Refusal) -> None:
        self.reasons[refusal.reason] += 1
        if len(self.refused) < KEPT:
            self.refused.append(refusal)

    def _know(self, line: Line) -> None:
        """Remember the customer by the last name and region that the file gives."""
        customer = self.customers.setdefault(line.customer, FileCustomer(line.customer))
        customer.name = line.name or customer.name
        customer.region = line.region or customer.region


def read_orders(
    path: Path,
    *,
    zone: ZoneInfo,
    currency: str,
    now: datetime,
    columns: Mapping[Field, str] | None = None,
    day_first: bool | None = None,
) -> OrderFile:
    """Read an order file to its end.

    Wall times are those of `zone`; amounts are in `currency` where the file has no column for it. `columns` names
    headings for fields where the proposal is wrong; `day_first` says how 1/2/2025 is meant if the file does not tell.

    Raises:
        UnreadableFile: it is no table, or lacks a column that an order needs.
    """
    table = open_table(path, columns)
    if day_first is None:
        day_first = dates.day_comes_first(table.cells("ordered_at"))
    lines = Lines(table.places, zone, currency, now, day_first)
    file = OrderFile(content_id(path), path.name, _columns(table), currency)
    for row, cells in table.rows():
        file.rows += 1
        try:
            file.take(lines.line(cells))
        except BadLine as bad:
            file.refuse(_refusal(table, row, bad))
    if not file.rows:
        raise UnreadableFile("import-unreadable-no-rows")
    return file


def _refusal(table: Table, row: int, bad: BadLine) -> Refusal:
    return Refusal(row, table.heading(bad.field), bad.reason, shown(plain(bad.value)))


def _columns(table: Table) -> dict[Field, str]:
    return {known: table.heading(known) for known in table.places}


def content_id(path: Path) -> str:
    """Give the same id to the same content: a file that comes in again, whole or to be finished, is one import."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, lambda: hashlib.blake2b(digest_size=16)).hexdigest()
