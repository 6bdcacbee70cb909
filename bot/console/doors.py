"""Doors: who comes in by which cookie, and the one-time links by which colleagues get theirs.

Everything here lives by the machine's time, never by the business clock: a demo may jump, a session may not.
"""

from __future__ import annotations

import hashlib
import hmac
import re
import secrets
from base64 import urlsafe_b64encode
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Final

from itsdangerous import BadData, URLSafeSerializer, URLSafeTimedSerializer
from starlette.responses import Response

from bot.app import Bot
from bot.channels.webchat import NAME
from storage.staff import Person
from storage.store import Store
from storage.vault import vault

GUEST_COOKIE: Final = "rapport_guest"
STAFF_COOKIE: Final = "rapport_staff"
GUEST_LASTS: Final = timedelta(days=365)
STAFF_LASTS: Final = timedelta(hours=12)
LINK_LASTS: Final = timedelta(minutes=10)
PROVEN_LASTS: Final = timedelta(hours=12)
"""Who was signed in by the company's site is asked to be so again: the next person at that screen is somebody else."""
_CODE = re.compile(r"([A-Za-z0-9_-]{1,64})\.([A-Za-z0-9_-]{43})")
_TOKEN = re.compile(r"[A-Za-z0-9_-]{22}")


def new_guest() -> str:
    """Make the address of a guest nobody has met: 128 random bits."""
    return f"guest:{secrets.token_urlsafe(16)}"


def guest_cookie(address: str) -> str:
    return str(_guests().dumps(address.removeprefix("guest:")))


def set_guest(response: Response, address: str, *, secure: bool) -> None:
    response.set_cookie(
        GUEST_COOKIE,
        guest_cookie(address),
        max_age=int(GUEST_LASTS.total_seconds()),
        httponly=True,
        samesite="lax",
        secure=secure,
    )


def guest_of(cookies: Mapping[str, str]) -> str | None:
    """Tell which guest these cookies prove; None for none, or for a cookie that we did not sign."""
    try:
        token = _guests().loads(cookies.get(GUEST_COOKIE, ""))
    except BadData:
        return None
    return f"guest:{token}" if isinstance(token, str) and _TOKEN.fullmatch(token) else None


def proven_guest(id_: str) -> str:
    """Give the address of whoever the company's site knows by an id: the same on every device, made with our key."""
    return f"guest:{urlsafe_b64encode(bytes.fromhex(vault.blind(f'web-user:{id_}'))).decode().rstrip('=')}"


def visitor_token(address: str, origin: str, *, proven: bool = False) -> str:
    """Make the token by which a page on one origin speaks for a guest; on any other it is worth nothing."""
    return str(_visitors(origin).dumps({"guest": address.removeprefix("guest:"), "proven": proven}))


def visitor_of(token: str, origin: str) -> str | None:
    """Tell which guest a token proves on this origin; None if it is not ours, or too old."""
    try:
        said, made = _visitors(origin).loads(token, max_age=int(GUEST_LASTS.total_seconds()), return_timestamp=True)
    except BadData:
        return None
    if said["proven"] and datetime.now(UTC) - made > PROVEN_LASTS:
        return None
    return f"guest:{said['guest']}"


def staff_cookie(staff_id: str) -> str:
    return str(_colleagues().dumps(staff_id))


def staff_of(cookies: Mapping[str, str]) -> str | None:
    """Tell which colleague these cookies prove; None after twelve hours."""
    try:
        staff_id = _colleagues().loads(cookies.get(STAFF_COOKIE, ""), max_age=int(STAFF_LASTS.total_seconds()))
    except BadData:
        return None
    return staff_id if isinstance(staff_id, str) else None


def _guests() -> URLSafeSerializer:
    return URLSafeSerializer(vault.blind("sign web guests"), salt="guest")


def _visitors(origin: str) -> URLSafeTimedSerializer:
    return URLSafeTimedSerializer(vault.blind("sign web visitors"), salt=f"visitor {origin}")


def _colleagues() -> URLSafeTimedSerializer:
    return URLSafeTimedSerializer(vault.blind("sign web colleagues"), salt="staff")


async def console_link(bot: Bot, staff_id: str, base: str = "http://127.0.0.1:8000") -> str:
    """Make a link that opens the console once, within ten minutes; `base` is how people reach this server."""
    return await bot.writer.do(lambda store: new_link(store, staff_id, base))


def new_link(store: Store, staff_id: str, base: str) -> str:
    """Make a one-time link; only its hash is kept, and a newer one ends the older."""
    secret = secrets.token_urlsafe(32)
    until = store.machine_now() + LINK_LASTS
    store.settings.set(_setting(staff_id), {"hash": _hash(secret), "until": until.isoformat()})
    return f"{base.rstrip('/')}/console/enter?code={staff_id}.{secret}"


async def enter(bot: Bot, code: str) -> Person | None:
    """Use up a link's code and seat the colleague; None if it is wrong, used, too old, or the person has left."""
    found = _CODE.fullmatch(code)
    if found is None:
        return None
    staff_id, secret = found.groups()
    return await bot.writer.do(lambda store: _redeem(store, staff_id, secret))


def _redeem(store: Store, staff_id: str, secret: str) -> Person | None:
    kept = store.settings.get(_setting(staff_id))
    if not kept or not hmac.compare_digest(kept["hash"], _hash(secret)):
        return None
    taken = store.settings.take(_setting(staff_id))
    if taken != kept or datetime.fromisoformat(kept["until"]) < store.machine_now():
        return None
    return seat(store, staff_id)


def seat(store: Store, staff_id: str) -> Person | None:
    """Give a colleague their address in the console; None if nobody active has this id."""
    person = store.staff.get(staff_id)
    if person is None or not person.active:
        return None
    if store.staff.address(staff_id, NAME) is None:
        store.staff.bind(staff_id, NAME, f"staff:{staff_id}")
    return person


def _setting(staff_id: str) -> str:
    return f"console link {staff_id}"


def _hash(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()
