"""Occasions: reasons to write to a customer on a day, each found once: a contract's end, maintenance, a birthday."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Column, Date, ForeignKey, Index, Integer, Table

from storage.columns import Id, Moment, Name, Short, metadata
from storage.rows import Rows

occasions = Table(
    "occasions",
    metadata,
    Column("id", Id, primary_key=True),
    Column("key", Name, nullable=False, unique=True),
    Column("kind", Short, nullable=False),
    Column("customer_id", Id, ForeignKey("customers.id"), nullable=False),
    Column("contact_id", Id, ForeignKey("contacts.id")),
    Column("day", Date, nullable=False, index=True),
    Column("about", Name),
    Column("lead", Integer),
    Column("found_at", Moment, nullable=False),
    Column("state", Short, nullable=False),
    Column("why", Short),
    Column("draft_id", Id, ForeignKey("drafts.id"), index=True),
    Column("version", Integer, nullable=False, default=1),
)
Index("ix_occasions_customer", occasions.c.customer_id, occasions.c.state)
Index("ix_occasions_state", occasions.c.state, occasions.c.found_at)


@dataclass(frozen=True, slots=True)
class Occasion:
    """One reason to write; `key` makes it happen once.

    `kind` is renewal, maintenance, birthday, festival or anniversary; `about` names the contract, product or festival;
    `lead` is how many days before it was found; `state` is open, drafted, done, dropped or stopped (`why` says by what).
    """

    id: str
    key: str
    kind: str
    customer_id: str
    day: date
    found_at: datetime
    contact_id: str | None = None
    about: str | None = None
    lead: int | None = None
    state: str = "open"
    why: str | None = None
    draft_id: str | None = None
    version: int = 1


class Occasions(Rows):
    """Reasons to write."""

    def add(self, new: Occasion) -> None:
        self._add(occasions, **{name: getattr(new, name) for name in Occasion.__dataclass_fields__})
