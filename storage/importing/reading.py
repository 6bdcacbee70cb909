"""Reading: the cells of a row by what their columns mean, and why a row is not taken."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

from storage.importing import cells, dates
from storage.importing.cells import Cell, Row
from storage.importing.headings import Field
from storage.importing.problems import BadCell

T = TypeVar("T")


class BadLine(Exception):
    """A row is not taken: because of which column, why, and what stands there."""

    def __init__(self, field: Field, reason: str, value: Cell = None) -> None:
        super().__init__(field, reason, value)
        self.field, self.reason, self.value = field, reason, value


@dataclass(frozen=True)
class Reading:
    """How the rows of one file are read: which column is what."""

    places: Mapping[Field, int]

    @property
    def who(self) -> Field:
        """Without a column of customer numbers a customer is known by the name."""
        return "customer" if "customer" in self.places else "name"

    def cell(self, row: Row, field: Field) -> Cell:
        place = self.places.get(field)
        return row[place] if place is not None and place < len(row) else None

    def read(self, row: Row, field: Field, reader: Callable[[Cell], T]) -> T:
        """Read a cell.

        Raises:
            BadLine: it cannot be read.
        """
        value = self.cell(row, field)
        try:
            return reader(value)
        except BadCell as bad:
            raise BadLine(field, bad.reason, value) from None

    def present(self, row: Row, field: Field, reason: str) -> str:
        """Read an identifier that must be there.

        Raises:
            BadLine: it is missing (for this reason), or cannot be read.
        """
        found = self.read(row, field, cells.identifier)
        if not found:
            raise BadLine(field, reason, self.cell(row, field))
        return found

    def day(self, row: Row, field: Field, *, day_first: bool | None) -> date:
        """Read a day that must be there."""
        return self.read(row, field, lambda cell: dates.day(cell, day_first=day_first))

    def maybe(self, row: Row, field: Field, reader: Callable[[Cell], T]) -> T | None:
        """Read a cell that may be empty."""
        return self.read(row, field, reader) if cells.words(self.cell(row, field)) else None
