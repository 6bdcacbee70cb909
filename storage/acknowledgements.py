"""Acknowledgements: what a manager has taken note of, and how bad it was then."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Column, ForeignKey, Integer, PrimaryKeyConstraint, Table, select

from storage.columns import Id, Moment, Name, metadata
from storage.rows import Rows

acknowledgements = Table(
    "acknowledgements",
    metadata,
    Column("person_id", Id, ForeignKey("staff.id"), nullable=False),
    Column("item", Name, nullable=False),
    Column("severity", Integer, nullable=False),
    Column("at", Moment, nullable=False),
    PrimaryKeyConstraint("person_id", "item"),
)


class Acknowledgements(Rows):
    """Items that need not be said again unless they got worse."""

    def note(self, person_id: str, item: str, severity: int, at: datetime) -> None:
        """Write down that a person took note of an item as bad as this."""
        values = {"severity": severity, "at": at}
        statement = self._insert(acknowledgements).values(person_id=person_id, item=item, **values)
        self._execute(statement.on_conflict_do_update(index_elements=["person_id", "item"], set_=values))

    def of(self, person_id: str, items: Sequence[str]) -> dict[str, int]:
        """Give how bad each of these items was when the person took note of it."""
        a = acknowledgements.c
        statement = select(a.item, a.severity).where(a.person_id == person_id, a.item.in_(items))
        return {row.item: row.severity for row in self._select(statement)} if items else {}
