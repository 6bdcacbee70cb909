"""Feedback: praise, suggestions and complaints, each with who said it, where, about what, and how they felt."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Column, ColumnElement, ForeignKey, Index, Table, and_, select, update

from storage.columns import Id, Moment, Name, Short, metadata
from storage.customers import customers
from storage.rows import Rows
from storage.staff import Scope
from storage.vault import Sealed

KINDS = ("praise", "suggestion", "complaint")

feedback = Table(
    "feedback",
    metadata,
    Column("id", Id, primary_key=True),
    Column("kind", Short, nullable=False),
    Column("topic", Short, nullable=False),
    Column("sentiment", Short, nullable=False),
    Column("urgency", Short, nullable=False),
    Column("words", Sealed, nullable=False),
    Column("source", Name, nullable=False),
    Column("at", Moment, nullable=False),
    Column("customer_id", Id, ForeignKey("customers.id")),
    Column("contact_id", Id, ForeignKey("contacts.id")),
    Column("ticket", Short),
    Column("added_by", Id, ForeignKey("staff.id")),
    Column("came_as", Id),
)
Index("ix_feedback_customer", feedback.c.customer_id, feedback.c.at)
Index("ix_feedback_contact", feedback.c.contact_id)
Index("ix_feedback_kind", feedback.c.kind, feedback.c.at)


@dataclass(frozen=True, slots=True)
class Feedback:
    """One piece of feedback; `source` is the key of the message it came from."""

    id: str
    kind: str
    topic: str
    sentiment: str
    urgency: str
    words: str
    source: str
    at: datetime
    customer_id: str | None = None
    contact_id: str | None = None
    ticket: str | None = None
    added_by: str | None = None


_columns = tuple(feedback.c[name] for name in Feedback.__dataclass_fields__)


class Feedbacks(Rows):
    """What customers think, one piece at a time."""

    def add(self, piece: Feedback) -> None:
        self._add(feedback, **{name: getattr(piece, name) for name in Feedback.__dataclass_fields__})

    def listed(
        self,
        scope: Scope,
        *,
        kind: str | None = None,
        topic: str | None = None,
        since: datetime | None = None,
        customer_id: str | None = None,
        limit: int = 20,
    ) -> list[Feedback]:
        """List feedback of visible customers and of strangers, the newest first."""
        mine = scope.clause(customers.c.owner_id, customers.c.group_id)
        where: list[ColumnElement[bool]] = [feedback.c.customer_id.is_(None) | and_(customers.c.id.is_not(None), mine)]
        if kind:
            where.append(feedback.c.kind == kind)
        if topic:
            where.append(feedback.c.topic == topic)
        if since:
            where.append(feedback.c.at >= since)
        if customer_id:
            where.append(feedback.c.customer_id == customer_id)
        statement = select(*_columns).outerjoin(customers, customers.c.id == feedback.c.customer_id)
        return self._all(Feedback, statement.where(*where).order_by(feedback.c.at.desc()).limit(limit), feedback)

    def reword(self, source: str, contact_id: str | None, words: str) -> None:
        """Let what came from a message say what that says now."""
        here = (feedback.c.contact_id == contact_id, feedback.c.source == source)
        self._execute(update(feedback).where(*here).values(words=words), feedback)
