"""Staff sessions: how long a browser is a colleague's, and what ends it.

The cookie says when the session began and when it was last used. It is signed anew as it is used, and tells nothing
about what ended it before its time: who stands at a door, or has a page open, is looked up.
"""

from __future__ import annotations

import secrets
import time
from collections.abc import Mapping
from dataclasses import astuple, dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Final

from itsdangerous import BadData, URLSafeSerializer
from starlette.responses import Response

from bot.channels.webchat.cookies import set_cookie
from storage.ended_sessions import LONGEST
from storage.staff import Person
from storage.store import Store
from storage.vault import vault

COOKIE: Final = "rapport_staff"
UNUSED: Final = timedelta(days=7)
"""Whoever works here daily, or is back from a few days off, goes on; a device that lies in a drawer closes by itself."""
RENEWED: Final = timedelta(hours=1)
"""Not every request sets a cookie; an hour is little of the week that goes by without use."""


@dataclass(frozen=True)
class StaffSession:
    """A colleague on one device, as a cookie proves it; moments are the machine's seconds."""

    staff_id: str
    id: str
    began: float
    used: float

    @classmethod
    def begin(cls, staff_id: str, now: datetime) -> StaffSession:
        return cls(staff_id, secrets.token_urlsafe(16), now.timestamp(), now.timestamp())

    @classmethod
    def of(cls, cookies: Mapping[str, str]) -> StaffSession | None:
        """Read what these cookies prove; None for none, for one that is over, or that we did not sign."""
        try:
            kept = _signed().loads(cookies.get(COOKIE, ""))
        except BadData:
            return None
        match kept:
            case [str(staff_id), str(id_), int() | float() as began, int() | float() as used]:
                session = cls(staff_id, id_, began, used)
                return session if session.lasts else None
        return None

    @property
    def lasts(self) -> int:
        """Tell for how many seconds from now."""
        until = min(self.began + LONGEST.total_seconds(), self.used + UNUSED.total_seconds())
        return max(0, int(until - time.time()))

    def used_now(self) -> StaffSession:
        return replace(self, used=time.time())

    def in_force(self, store: Store) -> bool:
        """Tell whether it is not over, and nobody ended it."""
        began = datetime.fromtimestamp(self.began, UTC)
        return bool(self.lasts) and not store.ended_sessions.includes(self.id, self.staff_id, began)

    def cookie(self) -> str:
        return str(_signed().dumps(astuple(self)))

    def set(self, response: Response, *, secure: bool) -> None:
        """Let a browser keep it for as long as it lasts."""
        set_cookie(response, COOKIE, self.cookie(), self.lasts, secure=secure)


@dataclass(frozen=True)
class Seat:
    """Who sits before a page, and by which session; a visitor of the demo plays them without one."""

    person: Person
    session: StaffSession | None = None

    def holds(self, store: Store) -> bool:
        """Tell whether they still work here as what they sat down as, and their session goes on.

        What a page shows and offers is for one role: with another it is opened anew.
        """
        known = store.staff.get(self.person.id)
        if known is None or not known.active or known.role != self.person.role:
            return False
        return self.session is None or self.session.in_force(store)


def renew(response: Response, cookies: Mapping[str, str], *, secure: bool) -> None:
    """Sign a session anew if it was not signed for an hour."""
    session = StaffSession.of(cookies)
    if session is not None and time.time() - session.used >= RENEWED.total_seconds():
        session.used_now().set(response, secure=secure)


def _signed() -> URLSafeSerializer:
    return URLSafeSerializer(vault.blind("sign web colleagues"), salt="staff session")
