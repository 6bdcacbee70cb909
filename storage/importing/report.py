"""The report of an import: what came in, what did not and why, and how the customers stand now."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from storage.importing.headings import Field
from storage.importing.problems import Refusal
from storage.importing.taking import Taken


@dataclass(frozen=True)
class Report:
    """What an import did, or (`dry`) would do; `refused` holds the rows one by one, `reasons` counts all of them.

    `tiers` counts the customers of the file by tier, `moved` those that went from one tier to another.
    """

    id: str
    file: str
    dry: bool
    columns: Mapping[Field, str]
    currency: str
    rows: int
    orders: int
    cancellations: int
    customers: int
    taken: Taken
    refused: Sequence[Refusal]
    reasons: Mapping[str, int]
    as_of: date | None = None
    tiers: Mapping[str, int] = field(default_factory=dict)
    moved: Mapping[tuple[str, str], int] = field(default_factory=dict)

    @property
    def changed_something(self) -> bool:
        return bool(self.taken.new or self.taken.changed or self.taken.customers)
