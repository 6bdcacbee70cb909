"""Touches: real contacts with a customer, logged by the person who made them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Column, ForeignKey, Index, Table, bindparam, func, select, update

from storage.columns import Id, Moment, Short, metadata
from storage.rows import Rows
from storage.vault import Sealed

touches = Table(
    "touches",
    metadata,
    Column("id", Id, primary_key=True),
    Column("customer_id", Id, ForeignKey("customers.id"), nullable=False),
    Column("staff_id", Id, ForeignKey("staff.id")),
    Column("contact_id", Id, ForeignKey("contacts.id")),
    Column("kind", Short, nullable=False),
    Column("words", Sealed, nullable=False),
    Column("at", Moment, nullable=False),
    Column("outcome", Short),
    Column("came_as", Id),
)
Index("ix_touches_customer", touches.c.customer_id, touches.c.at)
Index("ix_touches_contact", touches.c.contact_id)
Index("ix_touches_staff", touches.c.staff_id, touches.c.at)


@dataclass(frozen=True, slots=True)
class Touch:
    """A conversation that counts: `kind` is call, visit, meeting, message or other."""

    id: str
    customer_id: str
    kind: str
    words: str
    at: datetime
    staff_id: str | None = None
    contact_id: str | None = None
    outcome: str | None = None
    """How it went: well, follow_up or nobody; None if nobody said."""


_columns = tuple(touches.c[name] for name in Touch.__dataclass_fields__)


_newest = (
    select(touches.c.customer_id, func.max(touches.c.at).label("at"))
    .where(touches.c.customer_id.in_(bindparam("about", expanding=True)))
    .group_by(touches.c.customer_id)
    .subquery()
)
_latest = select(*_columns).join(
    _newest, (touches.c.customer_id == _newest.c.customer_id) & (touches.c.at == _newest.c.at)
)


class Touches(Rows):
    """Contacts made."""

    def add(self, touch: Touch) -> None:
        self._add(touches, **{name: getattr(touch, name) for name in Touch.__dataclass_fields__})

    def of(self, customer_id: str, limit: int = 5) -> list[Touch]:
        """Give the latest touches of a customer, the newest first."""
        statement = select(*_columns).where(touches.c.customer_id == customer_id)
        return self._all(Touch, statement.order_by(touches.c.at.desc()).limit(limit), touches)

    def latest(self, customer_ids: Sequence[str]) -> dict[str, Touch]:
        """Give the latest touch of each of these customers, in one question."""
        found = self._all(Touch, _latest, touches, about=[*customer_ids])
        return {touch.customer_id: touch for touch in found}

    def get(self, id_: str) -> Touch | None:
        return self._first(Touch, select(*_columns).where(touches.c.id == id_), touches)

    def recast(self, id_: str, kind: str) -> None:
        """Say what kind of contact it was after all."""
        self._execute(update(touches).where(touches.c.id == id_).values(kind=kind), touches)
