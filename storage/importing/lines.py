"""Lines: one row of an order file read as a line of an order, or refused with the reason."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from functools import lru_cache
from typing import Final
from zoneinfo import ZoneInfo

from storage.importing import cells, dates
from storage.importing.cells import Row
from storage.importing.headings import Field
from storage.importing.reading import BadLine, Reading

# A tier says what a customer is worth to us, so a line counts if it is money that the customer pays us for what we
# sell, or that lowers it. Not counted, by the code that shops give such lines instead of an article:
#   POST DOT C2 运费 …      carriage: it goes on to the carrier
#   BANK CHARGES AMAZONFEE 手续费   fees: they go to the bank or the marketplace
#   CRUK                   a commission passed on to a charity
#   S                      samples that were given away
#   B                      our own writing-off of bad debts
# Counted on purpose: M (a sale or a correction typed in by hand; without it an error and its correction would not
# cancel out), D (a discount lowers what was really paid), gift vouchers (paid like any article).
NOT_GOODS: Final = frozenset(
    {"post", "postage", "dot", "dotcom postage", "c2", "carriage", "shipping", "bank charges", "amazonfee", "cruk"}
    | {"s", "b", "运费", "邮费", "快递费", "配送费", "手续费"}
)
AHEAD: Final = timedelta(days=1)
"""How far after this moment a date may lie: another zone's today. Beyond it the year is mistyped."""


@dataclass(frozen=True, slots=True)
class Line:
    """One line of an order; a negative amount takes something back."""

    number: str
    customer: str
    ordered_at: datetime
    amount: Decimal
    currency: str
    name: str
    region: str


@dataclass(frozen=True)
class Lines(Reading):
    """How the rows of one file are read: which column is what, whose clock and which currency they mean."""

    zone: ZoneInfo
    currency: str
    now: datetime
    day_first: bool | None = None

    def line(self, row: Row) -> Line:
        """Read a row.

        Raises:
            BadLine: it cannot be read, belongs to nobody, or is nothing that a customer bought.
        """
        self._refuse_what_is_not_goods(row)
        return Line(
            number=self.present(row, "number", "import-refused-no-order"),
            customer=self.present(row, self.who, "import-refused-no-customer"),
            ordered_at=self._moment(row),
            amount=self._amount(row),
            currency=self.read(row, "currency", cells.currency) or self.currency,
            name=cells.words(self.cell(row, "name")),
            region=cells.words(self.cell(row, "region")),
        )

    def _moment(self, row: Row) -> datetime:
        at = self.read(row, "ordered_at", lambda cell: dates.moment(cell, self.zone, day_first=self.day_first))
        if at > self.now + AHEAD:
            raise BadLine("ordered_at", "import-refused-future", self.cell(row, "ordered_at"))
        return at

    def _amount(self, row: Row) -> Decimal:
        """Quantity times price; a column of amounts is used where one of the two is missing.

        The sign alone says what is a cancellation: a number such as C536379 does not, for elsewhere every order's
        number begins with a C.
        """
        if "quantity" not in self.places or "price" not in self.places:
            return self._not_free(row, "amount", self.read(row, "amount", cells.number))
        quantity = self.read(row, "quantity", cells.number)
        return self._not_free(row, "price", quantity * self.read(row, "price", cells.number))

    def _not_free(self, row: Row, field: Field, amount: Decimal) -> Decimal:
        if not amount:
            raise BadLine(field, "import-refused-free", self.cell(row, field))
        if abs(amount) > cells.LARGEST:
            raise BadLine(field, "import-refused-too-large", self.cell(row, field))
        return amount

    def _refuse_what_is_not_goods(self, row: Row) -> None:
        for field in _CODES:
            value = self.cell(row, field)
            if isinstance(value, str) and _is_not_goods(value):
                raise BadLine(field, "import-refused-not-goods", value)


_CODES: Final[tuple[Field, ...]] = ("product", "title")


@lru_cache(maxsize=65_536)
def _is_not_goods(value: str) -> bool:
    return cells.folded(value).casefold() in NOT_GOODS
