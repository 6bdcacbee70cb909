"""Doors: who comes in by which cookie or token, and for how long.

Everything here lives by the machine's time, never by the business clock: a demo may jump, a session may not.
"""

from __future__ import annotations

import re
import secrets
import time
from base64 import urlsafe_b64encode
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

from itsdangerous import BadData, URLSafeSerializer, URLSafeTimedSerializer
from starlette.responses import Response

from bot.app import Bot
from bot.channels.webchat.deeds import NAME
from bot.console.once import Once
from handlers.console_links import LINKS_TO_CONSOLE, link_to_console
from storage.staff import Person
from storage.store import Store
from storage.vault import vault

GUEST_COOKIE: Final = "rapport_guest"
GUEST_LASTS: Final = timedelta(days=365)
PROVEN_LASTS: Final = timedelta(hours=12)
"""Who was signed in by the company's site is asked to be so again: the next person at that screen is somebody else."""
LINKS: Final = Once(LINKS_TO_CONSOLE)
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


def set_cookie(response: Response, name: str, value: str, lasts: int, *, secure: bool) -> None:
    """Let a browser keep something signed that no script reads and no other site makes it send."""
    response.set_cookie(name, value, max_age=lasts, httponly=True, samesite="lax", secure=secure)


def _guests() -> URLSafeSerializer:
    return URLSafeSerializer(vault.blind("sign web guests"), salt="guest")


def _visitors(origin: str) -> URLSafeTimedSerializer:
    return URLSafeTimedSerializer(vault.blind("sign web visitors"), salt=f"visitor {origin}")


async def console_link(bot: Bot, staff_id: str, base: str = "http://127.0.0.1:8000") -> str:
    """Make a link that opens the console once, within ten minutes; `base` is how people reach this server."""
    return await bot.writer.do(lambda store: new_link(store, staff_id, base))


def new_link(store: Store, staff_id: str, base: str) -> str:
    """Make a one-time link; a newer one ends the older."""
    return link_to_console(store, staff_id, base)


async def enter(bot: Bot, code: str) -> tuple[Person, datetime] | None:
    """Use up a link's code and seat the colleague from a moment on; None if it is wrong, used, too old, or they left."""
    redeemed = await LINKS.redeem(bot, code)
    if redeemed is None:
        return None
    person, now = await bot.writer.do(lambda store: (seat(store, redeemed.place), store.machine_now()))
    return (person, now) if person else None


def withdraw_links(store: Store, *staff_ids: str) -> None:
    """Let the links that these colleagues may have open nothing any more."""
    store.codes.withdraw(*map(LINKS.named, staff_ids))


def seat(store: Store, staff_id: str) -> Person | None:
    """Give a colleague their address in the console; None if nobody active has this id."""
    person = store.staff.get(staff_id)
    if person is None or not person.active:
        return None
    if store.staff.address(staff_id, NAME) is None:
        store.staff.bind(staff_id, NAME, f"staff:{staff_id}")
    return person
