"""Invitations: one-time codes by which a contact proves that a chat is theirs."""

from __future__ import annotations

import hashlib
import secrets
from datetime import datetime, timedelta

from sqlalchemy import Column, ForeignKey, String, Table, and_, select, update

from storage.columns import Id, Moment, metadata
from storage.rows import Rows

INVITATION_LASTS = timedelta(days=7)

invitations = Table(
    "invitations",
    metadata,
    Column("hash", String(64), primary_key=True),
    Column("contact_id", Id, ForeignKey("contacts.id"), nullable=False),
    Column("made_by", Id, ForeignKey("staff.id"), nullable=False),
    Column("expires_at", Moment, nullable=False),
    Column("used_at", Moment),
)


class Invitations(Rows):
    """Codes that were handed out; only their hashes are kept."""

    def make(self, contact_id: str, made_by: str, now: datetime) -> str:
        """Make a one-time code that proves who a chat belongs to; only its hash is kept (128 bits)."""
        code = secrets.token_urlsafe(16)
        row = {"contact_id": contact_id, "made_by": made_by, "expires_at": now + INVITATION_LASTS}
        self._add(invitations, hash=_hash(code), **row)
        return code

    def redeem(self, code: str, now: datetime) -> str | None:
        """Use a code up; give the contact it proves, or None if it is unknown, used or too old."""
        usable = and_(
            invitations.c.hash == _hash(code), invitations.c.used_at.is_(None), invitations.c.expires_at > now
        )
        statement = update(invitations).where(usable).values(used_at=now).returning(invitations.c.contact_id)
        for row in self._execute(statement, invitations):
            contact_id: str = row.contact_id
            return contact_id
        return None

    def invited(self, code: str, now: datetime) -> tuple[str, str] | None:
        """Tell whom a code would prove, and who made it, without using it up; None if it is good no more."""
        good = and_(invitations.c.hash == _hash(code), invitations.c.used_at.is_(None), invitations.c.expires_at > now)
        for row in self._select(select(invitations.c.contact_id, invitations.c.made_by).where(good), invitations):
            return row.contact_id, row.made_by
        return None

    def proved(self, code: str) -> tuple[str, str] | None:
        """Tell whom a code that was used up proved, and who had made it; None if it never was one, or still is."""
        used = and_(invitations.c.hash == _hash(code), invitations.c.used_at.is_not(None))
        for row in self._select(select(invitations.c.contact_id, invitations.c.made_by).where(used), invitations):
            return row.contact_id, row.made_by
        return None


def _hash(code: str) -> str:
    return hashlib.sha256(code.strip().encode("utf-8", "replace")).hexdigest()
