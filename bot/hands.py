"""Hands: what an operation works with, and how it refuses."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from scheduler.policy.document import Policy
from storage.staff import Person
from storage.store import InTransaction, Store


class OperationRefused(Exception):
    """An operation cannot be done; the phrase says why and what to do instead."""

    def __init__(self, key: str, **values: Any) -> None:
        super().__init__(key)
        self.key, self.values = key, values


@dataclass(frozen=True)
class Hands:
    """What an operation works with: transactions, the business's time, the policy in force."""

    write: InTransaction
    read: InTransaction
    now: Callable[[], datetime]
    policy: Callable[[], Policy]


def person_named(store: Store, name: str) -> Person:
    """Find the one active colleague whom a name means.

    Raises:
        OperationRefused: nobody or several people have it.
    """
    found = store.staff.named(name)
    if len(found) != 1:
        raise OperationRefused("operator-person", name=name, count=len(found))
    return found[0]


def day_of(text: str) -> date:
    """Read a day as an operator writes it: 2026-03-31.

    Raises:
        OperationRefused: it is none.
    """
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise OperationRefused("operator-day", day=text) from None


def plain(record: Any) -> dict[str, Any]:
    """Give a record's fields as plain JSON values; moments in UTC, ISO 8601."""
    return {field.name: plain_value(getattr(record, field.name)) for field in dataclasses.fields(record)}


def plain_value(value: Any) -> Any:
    if isinstance(value, datetime):
        return value.isoformat().replace("+00:00", "Z")
    return str(value) if isinstance(value, Decimal) else value
