"""Once: codes that open something one time, within ten minutes; only a hash is kept, and a newer one ends the older.

They live by the machine's time, never by the business clock: a demo may jump, a link may not.
"""

from __future__ import annotations

import asyncio
import hashlib
import hmac
import re
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

from bot.app import Bot
from storage.store import Store

LASTS: Final = timedelta(minutes=10)
_CODE: Final = re.compile(r"([A-Za-z0-9_-]{1,64})\.([A-Za-z0-9_-]{43})")


@dataclass(frozen=True)
class Redeemed:
    """What a code opened: its place, and what was told when it was made."""

    place: str
    told: str


@dataclass(frozen=True)
class Once:
    """Codes of one kind, one at a time for each place: up to 64 letters, digits, `_` and `-`."""

    kind: str

    def code(self, store: Store, place: str, told: str = "") -> str:
        """Make a code; what is `told` comes back when it is used."""
        secret = secrets.token_urlsafe(32)
        until = store.machine_now() + LASTS
        kept = {"hash": _hash(secret), "until": until.isoformat(), "told": told}
        store.settings.set(self._setting(place), kept)
        return f"{place}.{secret}"

    async def redeem(self, bot: Bot, code: str) -> Redeemed | None:
        """Use a code up; None if it is wrong, used or too old. Nothing is written for one that does not fit."""
        found = _CODE.fullmatch(code)
        if found is None:
            return None
        place, secret = found.groups()
        kept = await asyncio.to_thread(bot.read, lambda store: store.settings.get(self._setting(place)))
        if not _fits(kept, secret):
            return None
        return await bot.writer.do(lambda store: self._taken(store, place, secret))

    def _taken(self, store: Store, place: str, secret: str) -> Redeemed | None:
        kept = store.settings.take(self._setting(place))
        if not _fits(kept, secret) or datetime.fromisoformat(kept["until"]) < store.machine_now():
            return None
        return Redeemed(place, kept["told"])

    def _setting(self, place: str) -> str:
        return f"{self.kind} {place}"


def _fits(kept: Any, secret: str) -> bool:
    return bool(kept) and hmac.compare_digest(kept["hash"], _hash(secret))


def _hash(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()
