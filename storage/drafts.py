"""Drafts: personal outreach that waits for a person's yes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Column, ForeignKey, Index, Integer, Table, and_, bindparam, select, update

from storage.columns import Id, Moment, Short, metadata
from storage.rows import Rows
from storage.vault import Sealed, SealedJson

drafts = Table(
    "drafts",
    metadata,
    Column("id", Id, primary_key=True),
    Column("customer_id", Id, ForeignKey("customers.id"), nullable=False),
    Column("contact_id", Id, ForeignKey("contacts.id"), nullable=False),
    Column("staff_id", Id, ForeignKey("staff.id"), nullable=False),
    Column("channel", Short, nullable=False),
    Column("purpose", Short, nullable=False),
    Column("words", Sealed, nullable=False),
    Column("original", Sealed, nullable=False),
    Column("facts", SealedJson, nullable=False),
    Column("state", Short, nullable=False, default="open"),
    Column("made_at", Moment, nullable=False),
    Column("expires_at", Moment, nullable=False),
    Column("decided_by", Id, ForeignKey("staff.id")),
    Column("decided_at", Moment),
    Column("version", Integer, nullable=False, default=1),
    Column("writer", Short, nullable=False, server_default="template"),
    Column("tone", Short),
    Column("length", Short),
    Column("kept_percent", Integer),
)
Index("ix_drafts_contact", drafts.c.contact_id, drafts.c.state)
Index("ix_drafts_expiry", drafts.c.state, drafts.c.expires_at)
Index("ix_drafts_staff", drafts.c.staff_id, drafts.c.state, drafts.c.made_at)
Index("ix_drafts_decided", drafts.c.decided_at)


@dataclass(frozen=True, slots=True)
class Draft:
    """Words for one contact, and the facts they were made from; `state` is open, sent, dropped, overtaken or expired."""

    id: str
    customer_id: str
    contact_id: str
    staff_id: str
    channel: str
    purpose: str
    words: str
    original: str
    facts: dict[str, Any]
    made_at: datetime
    expires_at: datetime
    state: str = "open"
    decided_by: str | None = None
    decided_at: datetime | None = None
    version: int = 1
    writer: str = "template"
    """Whose words these are: template, asked (a model is at it), model, late, failed, unusable (no help came from it),
    edited, or model-edited."""
    tone: str | None = None
    length: str | None = None
    kept_percent: int | None = None
    """How much of the first words was sent, in percent; set when it is sent."""


_columns = tuple(drafts.c[name] for name in Draft.__dataclass_fields__)
_for_contact = select(*_columns).where(drafts.c.contact_id == bindparam("contact"))
_open_for = _for_contact.where(drafts.c.state == "open")
_sent_since = _for_contact.where(drafts.c.state == "sent", drafts.c.decided_at > bindparam("since")).order_by(
    drafts.c.decided_at.desc()
)


class Drafts(Rows):
    """Outreach that waits for a yes."""

    def add(self, draft: Draft) -> None:
        self._add(drafts, **{name: getattr(draft, name) for name in Draft.__dataclass_fields__})

    def get(self, id_: str) -> Draft | None:
        return self._first(Draft, select(*_columns).where(drafts.c.id == id_), drafts)

    def open_for(self, contact_id: str) -> list[Draft]:
        return self._all(Draft, _open_for, contact=contact_id)

    def sent_since(self, contact_id: str, since: datetime) -> list[Draft]:
        """Give what was sent to a contact since then, the newest first."""
        return self._all(Draft, _sent_since, contact=contact_id, since=since)

    def listed(self, staff_ids: set[str], limit: int = 20) -> list[Draft]:
        where = (drafts.c.staff_id.in_(staff_ids), drafts.c.state == "open")
        return self._all(Draft, select(*_columns).where(*where).order_by(drafts.c.made_at).limit(limit), drafts)

    def expired(self, now: datetime, limit: int) -> list[Draft]:
        where = (drafts.c.state == "open", drafts.c.expires_at <= now)
        return self._all(Draft, select(*_columns).where(*where).limit(limit), drafts)

    def change(self, draft: Draft, **values: Any) -> None:
        """Change a draft.

        Raises:
            Conflict: somebody else changed it since it was read.
        """
        same = and_(drafts.c.id == draft.id, drafts.c.version == draft.version)
        self._change(update(drafts).where(same).values(values | {"version": draft.version + 1}), drafts)
