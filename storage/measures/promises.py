"""Promises measured: first answers, solutions, service under way, ratings, and what was opened or opened again."""

from __future__ import annotations

from typing import Any, Final

from sqlalchemy import ColumnElement, Select, and_, exists, func, literal, or_, select, union_all

from storage.customers import customers
from storage.measures.cases import Cases, earlier, kept
from storage.measures.window import SINCE, Sight
from storage.tickets import OPEN, RUNNING, ticket_events, tickets

SOLVED: Final = ("resolution", "closing")
"""Goals that are reached when a ticket is solved; of the others, service under way is reached by taking it."""
GOOD: Final = 4
"""A rating from here on is a good one."""
_events = ticket_events.c


def _cases(at: ColumnElement[Any], score: ColumnElement[int]) -> Select[*tuple[Any, ...]]:
    owner = func.coalesce(tickets.c.owner_id, customers.c.owner_id)
    t = tickets.c
    columns = (at.label("at"), score.label("score"), t.type.label("label"), owner.label("owner_id"))
    return select(*columns, t.customer_id, t.number.label("ticket"), t.number.label("subject")).outerjoin_from(
        tickets, customers, customers.c.id == tickets.c.customer_id
    )


def first_response(sight: Sight) -> Cases:
    """First answers given in time, of those given and those that fell due.

    In percent of tickets. A ticket counts once: when it was answered, or when its time ran out, whichever came first;
    a late answer stays late. Source: `tickets.first_response_at` against `first_response_due`.
    """
    t = tickets.c
    counted = earlier(t.first_response_at, t.first_response_due)
    answered = _cases(counted, kept(t.first_response_at <= t.first_response_due))
    answered = answered.where(t.first_response_at >= SINCE, sight.holds(counted), sight.tickets())
    unanswered = _cases(t.first_response_due, literal(0)).where(
        t.first_response_at.is_(None), t.status.in_(OPEN), sight.holds(t.first_response_due), sight.tickets()
    )
    return union_all(answered, unanswered)


def resolution(sight: Sight) -> Cases:
    """Requests solved in time, of those solved and those that fell due.

    In percent of tickets that were promised a solution or a closed loop. A ticket counts once, when it was solved or
    when its time ran out, whichever came first; while the customer is asked its time stands still. Source:
    `tickets.resolved_at` against `resolution_due`.
    """
    t = tickets.c
    counted = earlier(t.resolved_at, t.resolution_due)
    promised = (t.goal.in_(SOLVED), sight.tickets())
    solved = _cases(counted, kept(t.resolved_at <= t.resolution_due))
    solved = solved.where(t.resolved_at >= SINCE, sight.holds(counted), *promised)
    unsolved = _cases(t.resolution_due, literal(0)).where(
        t.resolved_at.is_(None), t.status.in_(RUNNING), sight.holds(t.resolution_due), *promised
    )
    return union_all(solved, unsolved)


def under_way(sight: Sight) -> Cases:
    """Faults with service under way in time, of those taken on and those that fell due.

    In percent of tickets that were promised service under way; taking one on puts it under way. A ticket counts once,
    when it was taken on last or when its time ran out, whichever came first. Source: events `taken` of
    `ticket_events` against `tickets.resolution_due`.
    """
    t = tickets.c
    e, later = _events, ticket_events.alias("later").c
    newer = or_(later.at > e.at, and_(later.at == e.at, later.id > e.id))
    is_last = ~exists().where(later.number == e.number, later.what == "taken", newer)
    counted = earlier(e.at, t.resolution_due)
    promised = (t.goal == "under_way", sight.tickets())
    taken = _cases(counted, kept(e.at <= t.resolution_due)).join(ticket_events, e.number == t.number)
    taken = taken.where(e.what == "taken", e.at >= SINCE, is_last, t.status != "new", sight.holds(counted), *promised)
    waiting = _cases(t.resolution_due, literal(0)).where(t.status == "new", sight.holds(t.resolution_due), *promised)
    return union_all(taken, waiting)


def csat(sight: Sight) -> Cases:
    """Ratings of 4 and 5, of all ratings that customers gave.

    In percent of ratings, from 1 to 5, one press after a ticket was solved. Source: events `rated` of `ticket_events`.
    """
    return _happened(sight, "rated", kept(_events.detail["score"].as_integer() >= GOOD))


def opened(sight: Sight) -> Cases:
    """Tickets opened.

    A count, sorted by what they are about. Source: `tickets.opened_at`.
    """
    return _cases(tickets.c.opened_at, literal(1)).where(sight.holds(tickets.c.opened_at), sight.tickets())


def reopened(sight: Sight) -> Cases:
    """Tickets that were opened again after they had been marked as solved.

    A count; a ticket that came back twice counts twice. Source: events `reopened` of `ticket_events`.
    """
    return _happened(sight, "reopened", literal(0))


def _happened(sight: Sight, what: str, score: ColumnElement[int]) -> Cases:
    cases = _cases(_events.at, score).join(ticket_events, _events.number == tickets.c.number)
    return cases.where(and_(_events.what == what, sight.holds(_events.at)), sight.tickets())
