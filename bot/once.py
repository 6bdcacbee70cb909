"""Once: codes of one kind that open something one time, as they stand in links of ours."""

from __future__ import annotations

import asyncio
import re
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from bot.app import Bot
from storage.codes import place_of
from storage.store import Store

_CODE: Final = re.compile(r"([A-Za-z0-9_-]{1,64})\.([A-Za-z0-9_-]{43})")


@dataclass(frozen=True)
class Redeemed:
    """What a code opened: its place, what was told when it was made, and the machine's moment of its use."""

    place: str
    told: str
    at: datetime


@dataclass(frozen=True)
class Once:
    """Codes of one kind, one at a time for each place: up to 64 letters, digits, `_` and `-`."""

    kind: str

    def code(self, store: Store, place: str, told: str = "") -> str:
        """Make a code; what is `told` comes back when it is used."""
        return store.codes.issue(self.kind, place, told, store.machine_now())

    async def redeem(self, bot: Bot, code: str) -> Redeemed | None:
        """Use a code up; None if it is wrong, used or too old. Nothing is written for one that does not fit."""
        found = _CODE.fullmatch(code)
        if found is None:
            return None
        place, secret = found.groups()
        named = self.named(place)
        kept = await asyncio.to_thread(bot.read, lambda store: store.codes.get(named))
        if kept is None or not kept.fits(secret):
            return None
        return await bot.writer.do(lambda store: _used(store, named, secret, place))

    def named(self, place: str) -> str:
        """Tell under which name the code of a place is kept."""
        return place_of(self.kind, place)


def _used(store: Store, named: str, secret: str, place: str) -> Redeemed | None:
    now = store.machine_now()
    used = store.codes.redeem(named, secret, now)
    return Redeemed(place, used.told, now) if used else None
