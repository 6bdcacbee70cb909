"""Ended sessions: from when on what was signed for a colleague's browser is worth nothing; by the machine's time.

A cookie proves by itself who it was given to, so what is kept is only what ended before its time.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import Column, Table, and_, bindparam, delete, or_, select

from storage.columns import Moment, Name, metadata
from storage.patience import FORGOTTEN_AT_ONCE
from storage.rows import Rows

LONGEST: Final = timedelta(days=30)
"""No session lasts longer, so that a copied cookie is worth nothing after a month; what ended is forgotten then."""
EVERYBODY: Final = "everybody"

ended_sessions = Table(
    "ended_sessions",
    metadata,
    Column("whose", Name, primary_key=True),
    Column("at", Moment, nullable=False),
    Column("until", Moment, nullable=False, index=True),
)


_both = ended_sessions.c.whose.in_((bindparam("person"), EVERYBODY))
_found = select(ended_sessions.c.whose).where(
    or_(
        ended_sessions.c.whose == bindparam("session"),
        and_(_both, ended_sessions.c.at >= bindparam("began", type_=Moment)),
    )
)


class EndedSessions(Rows):
    """Which sessions of colleagues ended before their time."""

    def end(self, session: str, now: datetime) -> None:
        """End one session."""
        self._note(f"session {session}", now)

    def end_of(self, staff_id: str, now: datetime) -> None:
        """End every session that a person has begun until now."""
        self._note(f"staff {staff_id}", now)

    def end_all(self, now: datetime) -> None:
        """End every session that anybody has begun until now."""
        self._note(EVERYBODY, now)

    def includes(self, session: str, staff_id: str, began: datetime) -> bool:
        """Tell whether a person's session, begun at a moment, was ended."""
        asked = {"session": f"session {session}", "person": f"staff {staff_id}", "began": began}
        return bool(self._select(_found, ended_sessions, **asked))

    def forget(self, now: datetime) -> int:
        """Drop some that no session is left of."""
        over = select(ended_sessions.c.whose).where(ended_sessions.c.until < now).limit(FORGOTTEN_AT_ONCE)
        return self._execute(delete(ended_sessions).where(ended_sessions.c.whose.in_(over)), ended_sessions).rowcount

    def _note(self, whose: str, now: datetime) -> None:
        values = {"at": now, "until": now + LONGEST}
        statement = self._insert(ended_sessions).values(whose=whose, **values)
        self._execute(statement.on_conflict_do_update(index_elements=["whose"], set_=values), ended_sessions)
