"""Mornings: what each person was told at the start of which day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import JSON, Column, Date, ForeignKey, Table, UniqueConstraint, bindparam, select, update

from storage.columns import Id, Moment, metadata
from storage.rows import Rows

mornings = Table(
    "mornings",
    metadata,
    Column("id", Id, primary_key=True),
    Column("person_id", Id, ForeignKey("staff.id"), nullable=False),
    Column("day", Date, nullable=False),
    Column("since", Moment, nullable=False),
    Column("said_at", Moment, nullable=False),
    Column("facts", JSON, nullable=False),
    UniqueConstraint("person_id", "day"),
)


@dataclass(frozen=True, slots=True)
class Morning:
    """What one person was told on one local day: it covers what happened from `since` to `said_at`."""

    id: str
    person_id: str
    day: date
    since: datetime
    said_at: datetime
    facts: dict[str, object]


_columns = tuple(mornings.c[name] for name in Morning.__dataclass_fields__)


_latest = select(*_columns).where(mornings.c.person_id == bindparam("person")).order_by(mornings.c.day.desc()).limit(1)


class Mornings(Rows):
    """What was said at the start of the day."""

    def add(self, morning: Morning) -> None:
        self._add(mornings, **{name: getattr(morning, name) for name in Morning.__dataclass_fields__})

    def latest(self, person_id: str) -> Morning | None:
        """Give the newest morning of a person."""
        return self._first(Morning, _latest, mornings, person=person_id)

    def get(self, id_: str) -> Morning | None:
        return self._first(Morning, select(*_columns).where(mornings.c.id == id_), mornings)

    def on(self, person_id: str, day: date) -> Morning | None:
        """Give what a person was told on one day."""
        where = (mornings.c.person_id == person_id, mornings.c.day == day)
        return self._first(Morning, select(*_columns).where(*where), mornings)

    def keep(self, id_: str, **facts: object) -> None:
        """Keep what was said on a morning, beside what is kept already."""
        known = self.get(id_)
        if known is not None:
            self._execute(update(mornings).where(mornings.c.id == id_).values(facts=known.facts | facts), mornings)
