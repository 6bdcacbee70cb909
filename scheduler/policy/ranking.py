"""The ranking behind share bands: every customer's place among all, from average order, orders and life-cycle stage."""

from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import TypeVar

from scheduler.policy.figures import Figures
from scheduler.policy.schemes import ShareBands

Key = TypeVar("Key")
Number = TypeVar("Number", int, Decimal)


def standings(scheme: ShareBands, customers: Mapping[Key, Figures]) -> dict[Key, Decimal]:
    """Return for each customer the share of customers that rank above: 0 for the best, below 1 for the last.

    Equal points are told apart by money, then by who has been a customer longer, then by the order given.
    """
    points = dict(zip(customers, _points(scheme, list(customers.values())), strict=True))
    ranked = sorted(customers, key=lambda key: _order(points[key], customers[key]))
    return {key: Decimal(place) / len(ranked) for place, key in enumerate(ranked)}


def _order(points: int, figures: Figures) -> tuple[int, Decimal, date]:
    return -points, -figures.money, figures.first_purchase or date.max


def _points(scheme: ShareBands, figures: Sequence[Figures]) -> list[int]:
    """Weigh each customer's places and stage; whole numbers, so that equal figures give exactly equal points."""
    weights, scale = scheme.weights, 2 * len(figures)
    by_value = _places([known.average_order for known in figures])
    by_orders = _places([known.orders for known in figures])
    stages = [scheme.stages.get(known.stage or "", 0) * scale for known in figures]
    parts = zip(by_value, by_orders, stages, strict=True)
    return [
        weights.average_order * value + weights.orders * orders + weights.stage * stage
        for value, orders, stage in parts
    ]


def _places(numbers: Sequence[Number]) -> list[int]:
    """Place each number among all, on a scale of 0 to 100 times twice their count; equals share the middle."""
    ordered = sorted(numbers)
    return [100 * (bisect_left(ordered, number) + bisect_right(ordered, number)) for number in numbers]
