"""Figures: what was measured, against which bound, and whether it holds; medians of rounds taken side by side."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from statistics import median
from typing import Any

ROUNDS = 5


@dataclass(frozen=True)
class Figure:
    """One figure; `at_least` tells whether more is better."""

    measure: str
    value: float
    must: float
    aim: float
    at_least: bool = False
    unit: str = ""
    detail: dict[str, Any] = field(default_factory=dict)

    def reaches(self, bound: float) -> bool:
        return self.value >= bound if self.at_least else self.value <= bound

    def plain(self) -> dict[str, Any]:
        """Give the figure as plain JSON values."""
        sign = ">=" if self.at_least else "<="
        return {
            "measure": self.measure,
            "value": rounded(self.value),
            "unit": self.unit or "ratio",
            "must": f"{sign} {self.must:g}",
            "aim": f"{sign} {self.aim:g}",
            "holds": self.reaches(self.must),
            "reaches_aim": self.reaches(self.aim),
            "detail": self.detail,
        }


def rounded(value: float) -> float:
    return round(value, 3 if abs(value) < 10 else 1)


def middle(values: Sequence[float]) -> float:
    return float(median(values))


def ratio(ours: Sequence[float], yardstick: Sequence[float]) -> float:
    """Divide round by round, then take the median: what disturbs the machine disturbs both."""
    return middle([one / other for one, other in zip(ours, yardstick, strict=True)])
