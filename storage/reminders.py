"""Reminders: which rung of a due touch called whom, and when they heard it; the ledger of the ladder."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from functools import cache

from sqlalchemy import (
    Column,
    ForeignKey,
    Index,
    Insert,
    Integer,
    Table,
    and_,
    bindparam,
    exists,
    func,
    or_,
    select,
    update,
)

from storage.columns import Id, Moment, Serial, metadata
from storage.customers import Customer, customers
from storage.due import DueAlike, still_alike
from storage.rows import Rows

reminders = Table(
    "reminders",
    metadata,
    Column("id", Serial, primary_key=True),
    Column("customer_id", Id, ForeignKey("customers.id"), nullable=False),
    Column("owner_id", Id, ForeignKey("staff.id")),
    Column("hearer_id", Id, ForeignKey("staff.id")),
    Column("rung", Integer, nullable=False),
    Column("due_at", Moment, nullable=False),
    Column("called_at", Moment, nullable=False),
    Column("said_at", Moment),
)
Index("ix_reminders_hearer", reminders.c.hearer_id, reminders.c.called_at)
_unsaid = reminders.c.said_at.is_(None)
Index("ix_reminders_unsaid", reminders.c.hearer_id, reminders.c.id, sqlite_where=_unsaid, postgresql_where=_unsaid)
Index("ix_reminders_customer", reminders.c.customer_id, reminders.c.due_at)


@dataclass(frozen=True, slots=True)
class Reminder:
    """A rung that calls one person; without a hearer it is said at the fallback place. `rung` counts from 1."""

    customer_id: str
    owner_id: str | None
    hearer_id: str | None
    rung: int
    due_at: datetime
    called_at: datetime
    said_at: datetime | None = None


_about = tuple(customers.c[name] for name in Customer.__dataclass_fields__)
_columns = tuple(reminders.c[name] for name in Reminder.__dataclass_fields__)
_said = (
    update(reminders)
    .where(reminders.c.hearer_id == bindparam("which"), _unsaid)
    .values(said_at=bindparam("now", type_=Moment))
)
_open = (
    select(reminders.c.customer_id, reminders.c.due_at)
    .where(
        reminders.c.hearer_id == bindparam("hearer"),
        reminders.c.called_at >= bindparam("since", type_=Moment),
        or_(reminders.c.owner_id.is_(None), reminders.c.owner_id.not_in(bindparam("but", expanding=True))),
    )
    .distinct()
    .subquery()
)
_standing = (
    select(*_about)
    .join(_open, and_(customers.c.id == _open.c.customer_id, customers.c.touch_due_at == _open.c.due_at))
    .order_by(customers.c.touch_due_at, customers.c.name)
    .limit(bindparam("most"))
)
_climbed = (
    select(reminders.c.customer_id, reminders.c.due_at, func.max(reminders.c.rung))
    .where(reminders.c.customer_id.in_(bindparam("customers", expanding=True)))
    .group_by(reminders.c.customer_id, reminders.c.due_at)
)
_left_to = (
    update(reminders)
    .where(reminders.c.hearer_id == bindparam("which"), _unsaid)
    .values(hearer_id=bindparam("heir", type_=Id), said_at=bindparam("at", type_=Moment))
)


@cache
def _call(known: frozenset[str]) -> Insert:
    """Make the statement that calls one person about all customers who are due alike."""
    told = {
        "hearer_id": bindparam("hearer", type_=Id),
        "rung": bindparam("rung", type_=Integer),
        "called_at": bindparam("called_at", type_=Moment),
        "said_at": bindparam("said_at", type_=Moment),
    }
    about = (customers.c.id, customers.c.owner_id, customers.c.touch_due_at)
    found = select(*about, *told.values()).where(*still_alike(known))
    return reminders.insert().from_select(["customer_id", "owner_id", "due_at", *told], found)


_unheard = (
    select(reminders.c.hearer_id, func.max(reminders.c.id))
    .where(_unsaid, reminders.c.hearer_id.is_not(None))
    .group_by(reminders.c.hearer_id)
)


class Reminders(Rows):
    """Who was called by which rung."""

    def add(self, new: Reminder) -> None:
        self._add(reminders, **{name: getattr(new, name) for name in Reminder.__dataclass_fields__})

    def call(
        self, alike: DueAlike, hearer_id: str | None, rung: int, now: datetime, *, said_at: datetime | None = None
    ) -> None:
        """Write down that a rung calls somebody about all customers that are due alike; one statement for all."""
        told = {"hearer": hearer_id, "rung": rung, "called_at": now, "said_at": said_at}
        self._run(_call(alike.known), customers, reminders, **alike.asked(now), **told)

    def climbed(self, customer_ids: Collection[str]) -> dict[tuple[str, datetime], int]:
        """Tell how far these customers' ladders were climbed for each due moment that they ever had."""
        found = self._select(_climbed, reminders, customers=[*customer_ids]) if customer_ids else ()
        return {(row[0], row[1]): row[2] for row in found}

    def pass_on(self, hearer_id: str, heir_id: str | None, now: datetime) -> int:
        """Call somebody else for all that a person was called for and has not heard; count that.

        With nobody to pass it to, it is said now.
        """
        return self._run(_left_to, reminders, which=hearer_id, heir=heir_id, at=None if heir_id else now)

    def unheard_about(self, hearer_id: str, limit: int) -> list[Customer]:
        """List the customers about whom a person was called and has not heard, as far as their touch is still due."""
        called = (reminders.c.customer_id == customers.c.id, reminders.c.due_at == customers.c.touch_due_at)
        statement = select(*_about).where(exists().where(*called, reminders.c.hearer_id == hearer_id, _unsaid))
        return self._all(Customer, statement.order_by(customers.c.touch_due_at).limit(limit), reminders, customers)

    def unheard(self) -> dict[str, int]:
        """Tell who has not heard all that they were called for, each with the newest call; costs what is unheard."""
        return {row[0]: row[1] for row in self._select(_unheard, reminders)}

    def said(self, hearer_id: str, now: datetime) -> int:
        """Write down that a person hears now of all they were called for, and count that.

        Asked before the card is made: a call that is committed later is not on it, and stays unsaid.
        """
        return self._run(_said, reminders, which=hearer_id, now=now)

    def standing(
        self, hearer_id: str, since: datetime, *, but: Collection[str] = (), limit: int = 200
    ) -> list[Customer]:
        """List the customers for whom a person was called since then and whose touch is still due, oldest due first.

        Those of the owners in `but` are left out.
        """
        asked = {"hearer": hearer_id, "since": since, "but": [*but], "most": limit}
        return self._all(Customer, _standing, reminders, customers, **asked)

    def of(self, customer_id: str) -> list[Reminder]:
        """Give all calls about a customer, the oldest first."""
        statement = select(*_columns).where(reminders.c.customer_id == customer_id).order_by(reminders.c.id)
        return self._all(Reminder, statement, reminders)
