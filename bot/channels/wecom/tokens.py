"""The access token: one for all processes of a database, asked for by one of them at a time, kept sealed.

WeCom gives each app one token for two hours and may take it back early; asking is rationed too
(developer.work.weixin.qq.com/document/path/91039).
"""

from __future__ import annotations

import asyncio
import base64
import hashlib
import secrets
from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, Final

from bot.channels.port import Accept
from storage.store import Store
from storage.vault import BadKey, vault

LEASE: Final = timedelta(seconds=10)
"""Machine time that one asking may take; longer than the connection waits."""
EARLY: Final = timedelta(minutes=5)
"""So long before its end a token is not used any more."""
LOOK_AGAIN: Final = 0.1
"""Seconds between looks while another process asks."""


@dataclass(frozen=True)
class Fresh:
    """A token as WeCom just gave it, and how long it holds."""

    token: str = field(repr=False)
    lasts: timedelta


Ask = Callable[[], Awaitable[Fresh]]


class Tokens:
    """The token of one app; until `kept_by` is told where to keep it, this process has one of its own."""

    def __init__(self, corp: str, secret: str, accept: Accept | None = None) -> None:
        mark = hashlib.sha256(f"{corp}|{secret}".encode()).hexdigest()[:16]
        self._name = f"wecom token:{mark}"
        self._owner = secrets.token_hex(8)
        self._accept = accept
        self._token, self._ends = "", 0.0
        self._one = asyncio.Lock()

    def kept_by(self, accept: Accept) -> None:
        """Share the token with all processes of the database from now on."""
        self._accept = accept

    async def get(self, ask: Ask, *, refused: str = "") -> str:
        """Give the token; `refused` is one that WeCom does not take any more, so never that.

        Raises:
            Exception: whatever `ask` raised.
        """
        async with self._one:
            now = asyncio.get_running_loop().time()
            if self._token and self._token != refused and now < self._ends:
                return self._token
            self._token = await (self._shared(ask, refused) if self._accept else self._own(ask))
            return self._token

    async def _own(self, ask: Ask) -> str:
        fresh = await ask()
        self._hold(fresh.lasts)
        return fresh.token

    async def _shared(self, ask: Ask, refused: str) -> str:
        """Take what another process was given, or ask ourselves while the others wait."""
        while True:
            known, ours = await self._look(refused)
            if known is not None:
                self._hold(known.lasts)
                return known.token
            if ours:
                return await self._asked(ask)
            await asyncio.sleep(LOOK_AGAIN)

    async def _asked(self, ask: Ask) -> str:
        try:
            fresh = await ask()
        except BaseException:
            with suppress(Exception):
                await self._write(self._let_go)
            raise
        self._hold(fresh.lasts)
        await self._write(lambda store: self._keep(store, fresh))
        return fresh.token

    async def _look(self, refused: str) -> tuple[Fresh | None, bool]:
        """Read what is kept; if that is of no use, take the seat of whoever asks, in the same transaction."""
        found: list[tuple[Fresh | None, bool]] = []

        def look(store: Store) -> None:
            found.clear()  # a turn may run twice
            now = store.machine_now()
            known = _opened(store.settings.get(self._name), now)
            good = known is not None and known.token != refused
            found.append((known if good else None, good or self._lease(store, now + LEASE)))

        await self._write(look)
        return found[-1]

    async def _write(self, work: Callable[[Store], None]) -> None:
        assert self._accept is not None  # noqa: S101 - asked only where tokens are shared
        await self._accept([], along=work)

    def _keep(self, store: Store, fresh: Fresh) -> None:
        sealed = base64.b64encode(vault.seal(fresh.token.encode())).decode()
        store.settings.set(self._name, {"sealed": sealed, "ends": (store.machine_now() + fresh.lasts).isoformat()})
        self._let_go(store)

    def _let_go(self, store: Store) -> None:
        self._lease(store, store.machine_now())

    def _lease(self, store: Store, until: datetime) -> bool:
        return store.settings.lease(f"{self._name}:asking", self._owner, store.machine_now(), until)

    def _hold(self, lasts: timedelta) -> None:
        self._ends = asyncio.get_running_loop().time() + (lasts - EARLY).total_seconds()


def _opened(kept: Any, now: datetime) -> Fresh | None:
    """Read a token that was kept; None if there is none, it ends, or it was sealed with a key that is not here."""
    if not kept:
        return None
    left = datetime.fromisoformat(kept["ends"]) - now
    try:
        token = vault.open(base64.b64decode(kept["sealed"])).decode()
    except BadKey:
        return None
    return Fresh(token, left) if left > EARLY else None
