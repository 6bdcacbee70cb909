"""Occasions: reasons to write to a customer on a day, each found once: a contract's end, maintenance, a birthday."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

from sqlalchemy import (
    Column,
    ColumnElement,
    Date,
    ForeignKey,
    Index,
    Integer,
    Table,
    and_,
    bindparam,
    func,
    or_,
    select,
    update,
)

from storage.columns import Id, Moment, Name, Short, metadata
from storage.customers import customers
from storage.drafts import drafts
from storage.rows import Query, Rows
from storage.staff import Scope

GREETINGS: Final = ("birthday", "anniversary", "festival")
"""Kinds that are approved in bulk for their day; renewal and maintenance are written one by one."""

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
    Column("prepare_at", Moment, nullable=False),
    Column("state", Short, nullable=False),
    Column("why", Short),
    Column("draft_id", Id, ForeignKey("drafts.id"), index=True),
    Column("version", Integer, nullable=False, default=1),
    Column("came_as", Id),
)
Index("ix_occasions_customer", occasions.c.customer_id, occasions.c.state)
Index("ix_occasions_state", occasions.c.state, occasions.c.prepare_at)


@dataclass(frozen=True, slots=True)
class Occasion:
    """One reason to write; `key` makes it happen once.

    `kind` is renewal, maintenance, birthday, festival or anniversary; `about` names the contract, product or festival,
    or counts the years; `lead` is how many days before it was found; from `prepare_at` on somebody is asked. `state` is
    open, drafted (what became of it then, its draft tells), dropped, or stopped (`why` says by what; `missed`: it was
    over before anybody could be asked).
    """

    id: str
    key: str
    kind: str
    customer_id: str
    day: date
    found_at: datetime
    prepare_at: datetime
    contact_id: str | None = None
    about: str | None = None
    lead: int | None = None
    state: str = "open"
    why: str | None = None
    draft_id: str | None = None
    version: int = 1

    @property
    def of(self) -> str:
        """Give the id of what it is about: the contract, product, contact or customer that its key names."""
        return self.key.split(":")[1]


_columns = tuple(occasions.c[name] for name in Occasion.__dataclass_fields__)
_greets = occasions.c.kind.in_(GREETINGS)
_draft_waits = and_(occasions.c.state == "drafted", drafts.c.state == "open")


_open_by_now = (occasions.c.state == "open", occasions.c.prepare_at <= bindparam("now", type_=Moment))
_first_open = select(occasions.c.customer_id).where(*_open_by_now).limit(2_000).subquery()
_owners_open = (
    select(customers.c.owner_id)
    .join(_first_open, _first_open.c.customer_id == customers.c.id)
    .distinct()
    .limit(bindparam("most"))
)


class Occasions(Rows):
    """Reasons to write."""

    def find(self, new: Sequence[Occasion]) -> None:
        """Write occasions down; one whose key is known stays as it is."""
        if new:
            statement = self._insert(occasions).on_conflict_do_nothing(index_elements=["key"])
            rows = [{name: getattr(one, name) for name in Occasion.__dataclass_fields__} for one in new]
            self._buffer.flush(occasions)
            self._connection.execute(statement, rows)

    def get(self, id_: str) -> Occasion | None:
        return self._first(Occasion, select(*_columns).where(occasions.c.id == id_), occasions)

    def of_draft(self, draft_id: str) -> Occasion | None:
        return self._first(Occasion, select(*_columns).where(occasions.c.draft_id == draft_id), occasions)

    def owners_open(self, now: datetime, limit: int) -> list[str | None]:
        """Tell whose occasions somebody has to be asked about by now; costs what is due."""
        return [row.owner_id for row in self._select(_owners_open, now=now, most=limit)]

    def open_of(self, owner_id: str | None, now: datetime, limit: int) -> list[Occasion]:
        """List one owner's occasions that are to be prepared, those of the customers that buy most first."""
        owned = customers.c.owner_id.is_(None) if owner_id is None else customers.c.owner_id == owner_id
        open_by_now = select(occasions.c.id).where(occasions.c.state == "open", occasions.c.prepare_at <= now)
        due = open_by_now.cte("due").prefix_with("MATERIALIZED")  # else all customers of the owner are walked
        statement = _with_customer(select(*_columns).join(due, due.c.id == occasions.c.id)).where(owned)
        ordered = statement.order_by(customers.c.spent.desc().nulls_last(), occasions.c.id).limit(limit)
        return self._all(Occasion, ordered)

    def greetings(self, owner_ids: Collection[str], day: date) -> list[Occasion]:
        """List the greetings of a day that owners were asked about, whatever became of them since."""
        of_day = (
            occasions.c.day == day,
            _greets,
            or_(occasions.c.draft_id.is_not(None), occasions.c.state == "stopped"),
        )
        statement = _with_customer(select(*_columns)).where(customers.c.owner_id.in_(owner_ids), *of_day)
        return self._all(Occasion, statement.order_by(customers.c.spent.desc().nulls_last(), occasions.c.id))

    def days_to_approve(self, owner_ids: Collection[str]) -> dict[tuple[str, date], int]:
        """Count the greetings that wait for a yes, by owner and day."""
        found = self._select(_to_approve, occasions, customers, drafts, owners=[*owner_ids])
        counted: dict[tuple[str, date], int] = {}
        for row in found:
            counted[row.owner_id, row.day] = counted.get((row.owner_id, row.day), 0) + 1
        return counted

    def to_decide(self, owner_ids: Collection[str], since: datetime, limit: int) -> list[Occasion]:
        """List renewals and maintenance that wait for a yes, or were stopped since then; the nearest day first."""
        asked = {"owners": [*owner_ids], "since": since, "most": limit}
        return self._all(Occasion, _to_decide, occasions, customers, drafts, **asked)

    def coming(self, scope: Scope, first: date, last: date, limit: int) -> list[Occasion]:
        """List visible occasions whose day is one of these, the nearest first."""
        visible = scope.clause(customers.c.owner_id, customers.c.group_id)
        here = occasions.c.day.between(first, last)
        statement = _with_customer(select(*_columns)).where(visible, here).order_by(occasions.c.day, occasions.c.id)
        return self._all(Occasion, statement.limit(limit))

    def count(self, scope: Scope, kind: str, first: date, last: date) -> int:
        """Count visible occasions of a kind whose day is one of these; one that was dropped is none."""
        visible = scope.clause(customers.c.owner_id, customers.c.group_id)
        here = (occasions.c.kind == kind, occasions.c.day.between(first, last), occasions.c.state != "dropped")
        (row,) = self._select(_with_customer(select(func.count(occasions.c.id))).where(visible, *here))
        count: int = row[0]
        return count

    def change(self, occasion: Occasion, **values: Any) -> None:
        """Change an occasion.

        Raises:
            Conflict: somebody else changed it since it was read.
        """
        same = and_(occasions.c.id == occasion.id, occasions.c.version == occasion.version)
        new = values | {"version": occasion.version + 1}
        self._change(update(occasions).where(same).values(new), occasions)

    def about(self, customer_id: str, kind: str, of: str) -> list[Occasion]:
        """List what was found about one contract, product or contact of a customer, the earliest first."""
        return self._all(Occasion, select(*_columns).where(*_about(customer_id, kind, of)).order_by(occasions.c.id))

    def call_off(self, customer_id: str, kind: str, of: str) -> None:
        """Drop what was found about something whose day has moved, as far as nobody was asked yet."""
        undecided = (*_about(customer_id, kind, of), occasions.c.state.in_(("open", "stopped")))
        self._execute(update(occasions).where(*undecided).values(state="dropped", why="moved"), occasions)

    def give_up(self, before: date) -> None:
        """Stop what was to be prepared for a day that is over."""
        late = (occasions.c.state == "open", occasions.c.day < before)
        self._execute(update(occasions).where(*late).values(state="stopped", why="missed"), occasions)


def _about(customer_id: str, kind: str, of: str) -> tuple[ColumnElement[bool], ...]:
    """Say what an occasion is about; the customer comes first, for by them it is found."""
    return occasions.c.customer_id == customer_id, occasions.c.key.startswith(f"{kind}:{of}:", autoescape=True)


def _with_customer(statement: Query) -> Query:
    return statement.join(customers, customers.c.id == occasions.c.customer_id)


def _with_draft(statement: Query) -> Query:
    return statement.join(drafts, drafts.c.id == occasions.c.draft_id)


_theirs = customers.c.owner_id.in_(bindparam("owners", expanding=True))
_stopped_since = and_(occasions.c.state == "stopped", occasions.c.prepare_at > bindparam("since", type_=Moment))
_to_approve = _with_draft(_with_customer(select(customers.c.owner_id, occasions.c.day))).where(
    _theirs, _draft_waits, _greets
)
_to_decide = (
    _with_customer(select(*_columns))
    .outerjoin(drafts, drafts.c.id == occasions.c.draft_id)
    .where(_theirs, ~_greets, or_(_draft_waits, _stopped_since))
    .order_by(occasions.c.day, customers.c.spent.desc().nulls_last())
    .limit(bindparam("most"))
)
