"""Cases: what a number counts, one row each, so that a number and the list behind it can never differ."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final, Literal, TypeAlias

from sqlalchemy import ColumnElement, CompoundSelect, Select, case, cast, null

from storage.columns import Id, Short
from storage.measures.window import Sight

Unit = Literal["share", "mean", "count"]
"""A share of the cases that were kept; a mean of their percentages; how many there are."""
Cases: TypeAlias = "Select[*tuple[Any, ...]] | CompoundSelect[*tuple[Any, ...]]"
NOTHING: Final = cast(null(), Short)
NOBODY: Final = cast(null(), Id)


@dataclass(frozen=True, slots=True)
class Case:
    """One thing that a number counts.

    `score` is 1 where it was as promised and 0 where it was not (of a mean: its percentage); `label` sorts it;
    `subject` is its own id, `ticket` the number of its ticket.
    """

    at: datetime
    score: int
    label: str | None
    owner_id: str | None
    customer_id: str | None
    ticket: str | None
    subject: str


@dataclass(frozen=True, slots=True)
class Measured:
    """A number with what it was made from; without any case there is no value, which is not the same as nought."""

    unit: Unit
    score: int
    count: int

    @property
    def percent(self) -> float | None:
        """Give the share of kept cases, or the mean of the percentages, from 0 to 100; None without data."""
        if not self.count or self.unit == "count":
            return None
        return self.score / self.count * (100 if self.unit == "share" else 1)

    @property
    def failed(self) -> int:
        return self.count - self.score if self.unit == "share" else 0


@dataclass(frozen=True, slots=True)
class Measure:
    """A number that people are shown, and the cases that it counts."""

    name: str
    unit: Unit
    cases: Callable[[Sight], Cases]


def kept(condition: ColumnElement[bool]) -> ColumnElement[int]:
    return case((condition, 1), else_=0)


def earlier(one: ColumnElement[Any], other: ColumnElement[Any]) -> ColumnElement[Any]:
    """Give the earlier of two moments; the second if there is no first."""
    return case((one <= other, one), else_=other)
