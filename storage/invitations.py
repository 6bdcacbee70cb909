"""Invitations: one-time codes by which a contact proves that a chat is theirs."""

from __future__ import annotations

import hashlib
import re
import secrets
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import Column, ForeignKey, String, Table, and_, delete, or_, select, update

from storage.columns import Id, Moment, metadata
from storage.patience import FORGOTTEN_AT_ONCE
from storage.rows import Rows

INVITATION_LASTS: Final = timedelta(days=7)
OWN_CODE_LASTS: Final = timedelta(minutes=15)
"""A code that somebody reads in one of their chats and writes in another."""
KNOWN: Final = timedelta(days=30)
"""So long after its end a code that was used is known: who used it hears so again, and its maker that another tried."""
_LETTERS: Final = "23456789ACDEFGHJKMNPQRTVWXYZ"
_OWN: Final = re.compile(rf"[{_LETTERS}]{{5}}-?[{_LETTERS}]{{5}}", re.IGNORECASE)
_GIVEN: Final = re.compile(r"[A-Za-z0-9_-]{22}")

invitations = Table(
    "invitations",
    metadata,
    Column("hash", String(64), primary_key=True),
    Column("contact_id", Id, ForeignKey("contacts.id"), nullable=False),
    Column("made_by", Id, ForeignKey("staff.id")),
    Column("expires_at", Moment, nullable=False, index=True),
    Column("used_at", Moment),
    Column("came_as", Id),
)


class Invitations(Rows):
    """Codes that were handed out; only their hashes are kept."""

    def make(self, contact_id: str, made_by: str, now: datetime) -> str:
        """Make a one-time code that proves who a chat belongs to; only its hash is kept (128 bits)."""
        code = secrets.token_urlsafe(16)
        row = {"contact_id": contact_id, "made_by": made_by, "expires_at": now + INVITATION_LASTS}
        self._add(invitations, hash=_hash(code), **row)
        return code

    def make_own(self, contact_id: str, now: datetime) -> str:
        """Make a code by which a contact connects another chat of theirs; typed by hand, and the only one that is good.

        28^10, some 48 bits, for a quarter of an hour.
        """
        theirs = (invitations.c.contact_id == contact_id, invitations.c.made_by.is_(None))
        self._execute(delete(invitations).where(*theirs, invitations.c.used_at.is_(None)), invitations)
        code = "-".join("".join(secrets.choice(_LETTERS) for _ in range(5)) for _ in range(2))
        self._add(invitations, hash=_hash(code), contact_id=contact_id, expires_at=now + OWN_CODE_LASTS)
        return code

    def is_live(self, words: str, now: datetime) -> bool:
        """Tell whether words are nothing but a code that is good; costs no question for words that cannot be one."""
        code = words.strip()
        if not (_OWN.fullmatch(code) or _GIVEN.fullmatch(code)):
            return False
        return self.invited(code, now) is not None

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

    def invited(self, code: str, now: datetime) -> tuple[str, str | None] | None:
        """Tell whom a code would prove, and which colleague made it, without using it up; None if it is good no more."""
        good = and_(invitations.c.hash == _hash(code), invitations.c.used_at.is_(None), invitations.c.expires_at > now)
        for row in self._select(select(invitations.c.contact_id, invitations.c.made_by).where(good), invitations):
            return row.contact_id, row.made_by
        return None

    def proved(self, code: str) -> tuple[str, str | None] | None:
        """Tell whom a code that was used up proved, and which colleague had made it; None if it never was one, or still is."""
        used = and_(invitations.c.hash == _hash(code), invitations.c.used_at.is_not(None))
        for row in self._select(select(invitations.c.contact_id, invitations.c.made_by).where(used), invitations):
            return row.contact_id, row.made_by
        return None

    def forget(self, now: datetime) -> int:
        """Drop some that were never used in time, and those used so long ago that no one tries them again."""
        over = or_(
            and_(invitations.c.used_at.is_(None), invitations.c.expires_at < now),
            invitations.c.expires_at < now - KNOWN,
        )
        some = select(invitations.c.hash).where(invitations.c.expires_at < now, over).limit(FORGOTTEN_AT_ONCE)
        return self._execute(delete(invitations).where(invitations.c.hash.in_(some)), invitations).rowcount


def _hash(code: str) -> str:
    code = code.strip()
    if _OWN.fullmatch(code):
        code = code.upper().replace("-", "")
    return hashlib.sha256(code.encode("utf-8", "replace")).hexdigest()
