"""Guests: whose chat a page may go on with, by which cookie or token, and for how long.

Everything here lives by the machine's time, never by the business clock: a demo may jump, a session may not.
"""

from __future__ import annotations

import re
import secrets
import time
from base64 import urlsafe_b64encode
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, Final

from itsdangerous import BadData, URLSafeSerializer, URLSafeTimedSerializer
from starlette.responses import Response

from bot.channels.webchat.cookies import set_cookie
from storage.vault import vault

GUEST_COOKIE: Final = "rapport_guest"
GUEST_LASTS: Final = timedelta(days=365)
PROVEN_LASTS: Final = timedelta(hours=12)
"""Who was signed in by the company's site is asked to be so again: the next person at that screen is somebody else."""
_TOKEN = re.compile(r"[A-Za-z0-9_-]{22}")


@dataclass(frozen=True)
class Session:
    """A guest as a cookie or token proves them; `until` is the machine's second at which it ends, if it has to.

    Who was signed in by the company's site has an end, wherever their chat goes on.
    """

    address: str
    until: int | None = None

    @property
    def lasts(self) -> int:
        """Tell for how many seconds from now."""
        most = int(GUEST_LASTS.total_seconds())
        return most if self.until is None else max(0, min(most, self.until - int(time.time())))

    def kept(self) -> list[Any]:
        """Give it as it is signed."""
        return [self.address.removeprefix("guest:"), self.until]

    @classmethod
    def read(cls, kept: Any) -> Session | None:
        """Read what was signed; None if it has ended, or is none."""
        match kept:
            case [str(token), int() | None as until]:
                pass
            case str(token) | {"guest": str(token), "proven": False}:  # as was signed before sessions had an end
                until = None
            case _:
                return None
        session = cls(f"guest:{token}", until)
        return session if _TOKEN.fullmatch(token) and session.lasts else None


def new_guest() -> str:
    """Make the address of a guest nobody has met: 128 random bits."""
    return f"guest:{secrets.token_urlsafe(16)}"


def proven_guest(id_: str) -> str:
    """Give the address of whoever the company's site knows by an id: the same on every device, made with our key."""
    return f"guest:{urlsafe_b64encode(bytes.fromhex(vault.blind(f'web-user:{id_}'))).decode().rstrip('=')}"


def proven(address: str) -> Session:
    """Begin the session of somebody whom the company's site has just signed in."""
    return Session(address, int(time.time() + PROVEN_LASTS.total_seconds()))


def guest_cookie(session: Session) -> str:
    return str(_guests().dumps(session.kept()))


def set_guest(response: Response, session: Session, *, secure: bool) -> None:
    """Let a browser keep a session for as long as it lasts."""
    set_cookie(response, GUEST_COOKIE, guest_cookie(session), session.lasts, secure=secure)


def guest_of(cookies: Mapping[str, str]) -> Session | None:
    """Tell which guest these cookies prove; None for none, for one that has ended, or that we did not sign."""
    try:
        return Session.read(_guests().loads(cookies.get(GUEST_COOKIE, "")))
    except BadData:
        return None


def visitor_token(session: Session, origin: str) -> str:
    """Make the token by which a page on one origin speaks for a guest; on any other it is worth nothing."""
    return str(_visitors(origin).dumps(session.kept()))


def visitor_of(token: str, origin: str) -> Session | None:
    """Tell which guest a token proves on this origin; None if it is not ours, or too old."""
    try:
        return Session.read(_visitors(origin).loads(token, max_age=int(GUEST_LASTS.total_seconds())))
    except BadData:
        return None


def _guests() -> URLSafeSerializer:
    return URLSafeSerializer(vault.blind("sign web guests"), salt="guest")


def _visitors(origin: str) -> URLSafeTimedSerializer:
    return URLSafeTimedSerializer(vault.blind("sign web visitors"), salt=f"visitor {origin}")
