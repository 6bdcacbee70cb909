"""Attention: what a leader cannot leave as it is: promises, long waits, unhappy customers, people who are away."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import lru_cache
from typing import Any, Final

from sqlalchemy import (
    BindParameter,
    ColumnElement,
    Integer,
    and_,
    bindparam,
    case,
    exists,
    func,
    or_,
    select,
    union_all,
)

from storage.columns import Moment
from storage.customers import Customer, customers
from storage.drafts import drafts
from storage.entries import entries
from storage.feedback import Feedback, feedback
from storage.measures.window import NOW, Sight, Window
from storage.rows import Query, Rows
from storage.staff import Person, staff
from storage.tickets import RUNNING, Ticket, ticket_events, tickets
from storage.touches import touches

OWED: Final = (*RUNNING, "waiting")
"""In these states a first answer is owed; one to a question of ours is not the customer's first."""
LOW, BEST = 2, 5
"""A rating up to the first wants somebody to call."""


@dataclass(frozen=True, slots=True)
class LowRating:
    """A rating of 1 or 2 after which nobody was in touch with the customer."""

    ticket: str
    customer_id: str | None
    owner_id: str | None
    score: int
    at: datetime


@dataclass(frozen=True, slots=True)
class Waiting:
    """So many drafts wait with one person, the oldest since then; `subject` is the id of that one."""

    person_id: str
    count: int
    oldest: datetime
    subject: str


@dataclass(frozen=True, slots=True)
class Solved:
    """A solved ticket and how long it took."""

    ticket: str
    owner_id: str
    opened_at: datetime
    resolved_at: datetime

    @property
    def took(self) -> timedelta:
        return self.resolved_at - self.opened_at


class Attention(Rows):
    """What wants a decision; each question costs what it finds."""

    def promises(self, window: Window, before: datetime, limit: int) -> list[Ticket]:
        """List tickets whose promise is broken or breaks before a moment, the one that broke first on top."""
        return self._all(Ticket, _promises(window.sight), **window.values, before=before, most=limit)

    def overdue(self, window: Window, before: datetime, limit: int) -> list[Customer]:
        """List customers of the people in sight who were due by a moment, the longest due first."""
        return self._all(Customer, _overdue(window.sight), **window.values, before=before, most=limit)

    def low_ratings(self, window: Window, limit: int) -> list[LowRating]:
        """List low ratings of the window after which nobody was in touch, the lowest and newest first."""
        return self._all(LowRating, _low_ratings(window.sight), **window.values, most=limit)

    def complaints(self, window: Window, limit: int) -> list[Feedback]:
        """List complaints of the window that no ticket carries and after which nobody was in touch, newest first."""
        return self._all(Feedback, _complaints(window.sight), **window.values, most=limit)

    def drafts(self, window: Window) -> list[Waiting]:
        """Count the drafts that wait for each person's yes, those who keep the oldest first."""
        return self._all(Waiting, _drafts(window.sight), **window.values)

    def absent(self, window: Window) -> list[Person]:
        """List people who are away with nobody to stand in for them."""
        return self._all(Person, _absent(window.sight), **window.values)

    def due_with(self, person_ids: Sequence[str], before: datetime) -> dict[str, int]:
        """Count the customers of each of these people who are due before a moment."""
        found = self._select(_due_with, people=list(person_ids), before=before) if person_ids else ()
        return {row[0]: row[1] for row in found}

    def delighted(self, window: Window, limit: int = 500) -> list[Solved]:
        """List the tickets that got the best rating in the window, the newest first."""
        return self._all(Solved, _delighted(window.sight), **window.values, most=limit)


_before = bindparam("before", type_=Moment)
_most: Final[BindParameter[int]] = bindparam("most", type_=Integer)
_due_with = (
    select(customers.c.owner_id, func.count())
    .where(customers.c.owner_id.in_(bindparam("people", expanding=True)), customers.c.touch_due_at < _before)
    .group_by(customers.c.owner_id)
)


@lru_cache(maxsize=64)
def _promises(sight: Sight) -> Query:
    """Find by one index who owes a first answer, by another who owes a solution: what is closed is never read."""
    t = tickets.c
    first = select(t.number).where(t.first_response_at.is_(None), t.status.in_(OWED), t.first_response_due < _before)
    is_under_way = and_(t.goal == "under_way", t.status != "new")
    goals = [
        select(t.number).where(
            t.status == status, t.resolution_due < _before, t.first_response_at.is_not(None), ~is_under_way
        )
        for status in RUNNING
    ]
    owed = union_all(first, *goals).subquery()
    due = case((t.first_response_at.is_(None), t.first_response_due), else_=t.resolution_due)
    statement = select(*(t[name] for name in Ticket.__dataclass_fields__)).join_from(
        owed, tickets, owed.c.number == t.number
    )
    statement = statement.outerjoin(customers, customers.c.id == t.customer_id).where(sight.tickets())
    return statement.order_by(due, t.number).limit(_most)


@lru_cache(maxsize=64)
def _overdue(sight: Sight) -> Query:
    c = customers.c
    parts = [
        select(c.id).where(owned, c.touch_due_at <= _before).order_by(c.touch_due_at, c.id).limit(_most).subquery()
        for owned in sight.owned(c.owner_id)
    ]
    ids = union_all(*(select(part.c.id) for part in parts)).subquery()
    statement = select(*(c[name] for name in Customer.__dataclass_fields__)).join_from(ids, customers, ids.c.id == c.id)
    return statement.order_by(c.touch_due_at, c.id).limit(_most)


@lru_cache(maxsize=64)
def _low_ratings(sight: Sight) -> Query:
    t, e = tickets.c, ticket_events.c
    score = e.detail["score"].as_integer()
    owner = func.coalesce(t.owner_id, customers.c.owner_id)
    statement = (
        select(t.number, t.customer_id, owner, score, e.at)
        .join_from(ticket_events, tickets, e.number == t.number)
        .outerjoin(customers, customers.c.id == t.customer_id)
        .where(e.what == "rated", sight.holds(e.at), score <= LOW, t.rating.is_not(None), sight.tickets())
        .where(*_nobody_since(t.customer_id, t.contact_id, e.at))
    )
    return statement.order_by(score, e.at.desc()).limit(_most)


@lru_cache(maxsize=64)
def _complaints(sight: Sight) -> Query:
    f = feedback.c
    statement = select(*(f[name] for name in Feedback.__dataclass_fields__))
    statement = statement.outerjoin(customers, customers.c.id == f.customer_id)
    statement = statement.where(f.kind == "complaint", sight.holds(f.at), f.ticket.is_(None), sight.feedback())
    return statement.where(*_nobody_since(f.customer_id, f.contact_id, f.at)).order_by(f.at.desc()).limit(_most)


@lru_cache(maxsize=64)
def _drafts(sight: Sight) -> Query:
    d = drafts.c
    mine = (d.state == "open", d.expires_at > NOW, or_(*sight.owned(d.staff_id)))
    statement = select(d.staff_id, func.count(), func.min(d.made_at).label("oldest"), func.min(d.id)).where(*mine)
    return statement.group_by(d.staff_id).order_by("oldest")


@lru_cache(maxsize=64)
def _absent(sight: Sight) -> Query:
    s, here = staff.c, staff.alias("here").c
    stands_in = exists().where(
        here.id == s.deputy_id, here.active, or_(here.away_until.is_(None), here.away_until <= NOW)
    )
    away = (s.active, s.away_until > NOW, ~stands_in, or_(*sight.owned(s.id)))
    return select(*(s[name] for name in Person.__dataclass_fields__)).where(*away).order_by(s.name)


@lru_cache(maxsize=64)
def _delighted(sight: Sight) -> Query:
    t, e = tickets.c, ticket_events.c
    statement = (
        select(t.number, t.owner_id, t.opened_at, t.resolved_at)
        .join_from(ticket_events, tickets, e.number == t.number)
        .outerjoin(customers, customers.c.id == t.customer_id)
        .where(e.what == "rated", sight.holds(e.at), e.detail["score"].as_integer() == BEST, sight.tickets())
        .where(t.owner_id.is_not(None), t.resolved_at.is_not(None))
    )
    return statement.order_by(e.at.desc()).limit(_most)


def _nobody_since(customer: Any, contact: Any, at: Any) -> list[ColumnElement[bool]]:
    """Say that nobody of ours was in touch after a moment: no contact logged, no words that reached them."""
    spoke = (entries.c.flow == "out", entries.c.at > at, or_(entries.c.state.is_(None), entries.c.state == "delivered"))
    return [
        ~exists().where(touches.c.customer_id == customer, touches.c.at > at),
        ~exists().where(entries.c.customer_id == customer, *spoke),
        ~exists().where(entries.c.contact_id == contact, *spoke),
    ]
