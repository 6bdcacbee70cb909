"""What can be wrong with a file or with a row of it; both are said to people through `importing.ftl`."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

SHOWN = 40
"""Characters of an offending value that a report repeats: enough to find it, too few to carry a whole record."""


class UnreadableFile(Exception):
    """Nothing of the file was taken; `key` is the phrase that says why, `values` fill it."""

    def __init__(self, key: str, **values: Any) -> None:
        super().__init__(key, values)
        self.key, self.values = key, values


class BadCell(Exception):
    """A cell cannot be read; `reason` is the phrase that says why."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


@dataclass(frozen=True, slots=True)
class Refusal:
    """A row that was not taken: its number as a spreadsheet counts, the heading of the column, why, and the value."""

    row: int
    column: str
    reason: str
    value: str


def shown(value: object) -> str:
    """Give a value as a report may repeat it: one line, bounded."""
    text = "".join(sign if sign.isprintable() else " " for sign in str(value)[: 2 * SHOWN]).strip()
    return text if len(text) <= SHOWN else text[: SHOWN - 1] + "…"
