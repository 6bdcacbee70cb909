"""Reasons as they are kept beside a tier: text keys with what fills them, in JSON that gives the same values back."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from scheduler.policy.units import Filling, Step

Kept = list[Any]
"""One list a reason: `["policy-why-money", {"money": {"number": "1250.5"}, "currency": "GBP", "tier": "growth"}]`."""


def kept(reasons: Iterable[Step]) -> Kept:
    """Turn reasons into what a JSON column keeps."""
    return [[key, {name: _packed(value) for name, value in values.items()}] for key, values in reasons]


def told(why: Kept) -> tuple[Step, ...]:
    """Turn a customer's `tier_why` back into reasons, ready for `t(key, **values)`."""
    return tuple((key, {name: _unpacked(value) for name, value in values.items()}) for key, values in why)


def _packed(value: Filling) -> object:
    if isinstance(value, Decimal):
        return {"number": f"{value:f}"}
    if isinstance(value, date):
        return {"day": value.isoformat()}
    return value


def _unpacked(value: Any) -> Filling:
    match value:
        case {"number": str(number)}:
            return Decimal(number)
        case {"day": str(day)}:
            return date.fromisoformat(day)
        case Mapping():
            return str(dict(value))
        case str() | int():
            return value
    return str(value)
