"""Relations measured: contacts kept in time, crossings between tiers, complaints and praise, drafts."""

from __future__ import annotations

from typing import Any, Final

from sqlalchemy import ColumnElement, Select, case, cast, literal, or_, select, union_all

from storage.columns import Short
from storage.customers import customers
from storage.drafts import drafts
from storage.feedback import feedback
from storage.measures.cases import NOTHING, Cases, kept
from storage.measures.window import Sight
from storage.rounds import rounds
from storage.staff import staff
from storage.tier_moves import tier_moves

DECIDED: Final = ("sent", "dropped", "expired")
"""How a draft ends that people were to decide about; one that the customer overtook was not theirs to decide."""

EDITED: Final = ("edited", "model-edited")


def cadence(sight: Sight) -> Cases:
    """Customers contacted by the end of the day on which they were due, of those who were due.

    In percent of due contacts, sorted by tier. One counts on the day of the contact if that came first, otherwise on
    its due day; put off, it is due on the new day only. Counts the customers whom people of the scope look after.
    Source: `rounds`, and `customers.touch_due_at` of those still waiting whose due day is over where their person
    works.
    """
    counted = [_counted(sight, owned) for owned in sight.owned(rounds.c.owner_id)]
    waiting = [_overdue(sight, owned) for owned in sight.owned(customers.c.owner_id)]
    return union_all(*counted, *waiting)


def _counted(sight: Sight, owned: ColumnElement[bool]) -> Select[*tuple[Any, ...]]:
    """Contacts that came, in time or late."""
    r = rounds.c
    columns = (r.counted_at.label("at"), kept(r.outcome == "kept").label("score"), r.tier.label("label"), r.owner_id)
    cases = select(*columns, r.customer_id, NOTHING.label("ticket"), r.id.label("subject"))
    return cases.where(owned, sight.holds(r.counted_at), r.outcome.in_(("kept", "late")))


def _overdue(sight: Sight, owned: ColumnElement[bool]) -> Select[*tuple[Any, ...]]:
    """Customers who still wait, after their due day."""
    c = customers.c
    columns = (c.touch_due_at.label("at"), literal(0).label("score"), c.tier.label("label"), c.owner_id)
    cases = select(*columns, c.id.label("customer_id"), NOTHING.label("ticket"), c.id.label("subject"))
    cases = cases.outerjoin_from(customers, staff, staff.c.id == c.owner_id)
    return cases.where(owned, sight.holds(c.touch_due_at), c.touch_due_at < sight.their_day())


def moves(sight: Sight) -> Cases:
    """Customers that crossed from one tier into another.

    A count of crossings, sorted by the tier they came into. Source: `tier_moves`.
    """
    m = tier_moves.c
    columns = (m.at, literal(1).label("score"), m.new.label("label"), customers.c.owner_id, m.customer_id)
    cases = select(*columns, NOTHING.label("ticket"), m.id.label("subject"))
    return cases.join(customers, customers.c.id == m.customer_id).where(sight.holds(m.at), sight.customers())


def complaints(sight: Sight) -> Cases:
    """Complaints that customers made, in a ticket or elsewhere.

    A count, sorted by what they are about. Source: `feedback` of the kind complaint.
    """
    return _said(sight, "complaint", 0)


def praise(sight: Sight) -> Cases:
    """Praise that customers gave.

    A count, sorted by what it is about. Source: `feedback` of the kind praise.
    """
    return _said(sight, "praise", 1)


def _said(sight: Sight, kind: str, score: int) -> Cases:
    f = feedback.c
    columns = (f.at, literal(score).label("score"), f.topic.label("label"), customers.c.owner_id, f.customer_id)
    cases = select(*columns, f.ticket, f.id.label("subject"))
    cases = cases.outerjoin_from(feedback, customers, customers.c.id == f.customer_id)
    return cases.where(f.kind == kind, sight.holds(f.at), sight.feedback())


def drafts_sent(sight: Sight) -> Cases:
    """Drafts that were sent, of those sent, dropped or left until they expired.

    In percent of drafts, sorted by what became of them: sent as written, sent after an edit, dropped, expired. Source:
    `drafts.state` and `decided_at`, of the people of the scope.
    """
    d = drafts.c
    became = case((d.state == "sent", case((d.writer.in_(EDITED), "edited"), else_="unchanged")), else_=d.state)
    return _decided(sight, became, kept(d.state == "sent")).where(d.state.in_(DECIDED))


def words_kept(sight: Sight) -> Cases:
    """How much of a draft's first words was sent.

    The mean in percent over the drafts that were sent, sorted by their purpose; 100 if nothing was changed. Source:
    `drafts.kept_percent`, worked out when a draft is sent.
    """
    d = drafts.c
    return _decided(sight, d.purpose, d.kept_percent).where(d.state == "sent", d.kept_percent.is_not(None))


def _decided(sight: Sight, label: Any, score: Any) -> Select[*tuple[Any, ...]]:
    d = drafts.c
    columns = (d.decided_at.label("at"), score.label("score"), cast(label, Short).label("label"))
    cases = select(
        *columns, d.staff_id.label("owner_id"), d.customer_id, NOTHING.label("ticket"), d.id.label("subject")
    )
    return cases.where(sight.holds(d.decided_at), or_(*sight.owned(d.staff_id)))
