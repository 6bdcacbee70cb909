"""A service desk (微信客服账号): its messages pulled page by page, stored together with how far they were read.

A bell only says that there is something. It is acknowledged once it is noted, not once all is pulled: a pull of many
pages takes longer than the five seconds that WeCom waits. What it rang for is still there for three days, so even a
bell that is lost costs no more than the wait until the next look.

Sources: developer.work.weixin.qq.com/document/path/94670 (a bell's token is good for ten minutes, without one the
interface is rationed; `has_more` decides, not whether the page holds anything).
"""

from __future__ import annotations

import asyncio
import secrets
from collections.abc import Awaitable, Callable, Collection, Sequence
from contextlib import suppress
from datetime import datetime, timedelta
from typing import Any, Final

import structlog

from bot.channels.port import Accept, NotSent, Signs, TryLater, WontWork
from bot.channels.skew import Skew
from bot.channels.wecom.client import Refused, Unheard
from bot.channels.wecom.kf_messages import Humans, Said, events_of
from storage.inbox import Event
from storage.store import Store

log = structlog.get_logger()

LEASE: Final = timedelta(seconds=30)
"""Machine time; every page renews it."""
PAGE: Final = 100
"""Messages of a page, of the 1,000 that there may be: a commit stays short."""
TOKEN_GOOD: Final = timedelta(minutes=9)
BAD_TOKEN: Final = 95007
FIRST_LOOK: Final = timedelta(hours=1)
"""A desk that we never read before is read from three days ago on; what is older than this was answered by people."""
EMPTY_AT_MOST: Final = 1_000
"""Pages without a message or another cursor, one after the other, after which something is wrong."""
LOOK_AGAIN: Final = timedelta(minutes=1)
LONGEST_PAUSE: Final = timedelta(minutes=1)

Ask = Callable[[str, dict[str, Any]], Awaitable[dict[str, Any]]]
Greet = Callable[[Sequence[Said]], Awaitable[None]]


class Taken(Exception):
    """Another process reads this desk; nothing was stored."""


class Desk:
    """One desk: who reads it, how far it was read, and which of its sessions people have."""

    def __init__(
        self,
        id_: str,
        ask: Ask,
        greet: Greet,
        *,
        lease: timedelta = LEASE,
        again: timedelta = LOOK_AGAIN,
        skew: Skew | None = None,
    ) -> None:
        self.id = id_
        self._skew = skew or Skew()
        self._ask, self._greet = ask, greet
        self._lease, self._again = lease, again
        self._owner = secrets.token_hex(8)
        self._name = f"kf:{id_}"
        self._rung = asyncio.Event()
        self._cursor = ""
        self._humans: Humans = {}
        self._bell: dict[str, str] = {}

    async def note(self, token: str, accept: Accept) -> None:
        """Write down that a bell rang, with the token that it brought; then whoever reads the desk looks."""

        def write(store: Store) -> None:
            bell = {"token": token, "mark": secrets.token_hex(8), "at": store.machine_now().isoformat()}
            store.settings.set(f"{self._name}:bell", bell)

        await accept([], along=write)
        self.ring()

    def ring(self) -> None:
        self._rung.set()

    async def watch(self, accept: Accept, signs: Signs) -> None:
        """Read whenever a bell rings, and now and then without: bells get lost. Until cancelled.

        Raises:
            Refused: company, secret or our address, or what this app may.
        """
        pause = 1.0
        while True:
            self._rung.clear()
            try:
                await self.pull(accept)
                signs.well()
                pause = 1.0
                wait = self._again.total_seconds()
            except Taken:
                signs.well()  # it is read by one of ours
                wait = self._lease.total_seconds() / 6
            except (NotSent, TryLater, WontWork, Unheard) as trouble:
                if isinstance(trouble, WontWork) and trouble.kind == "auth":
                    raise
                log.warning("not pulling", channel="wecom-kf", why=str(trouble) or type(trouble).__name__)
                signs.troubled(type(trouble).__name__)
                wait, pause = _rest(trouble, pause), min(pause * 2, LONGEST_PAUSE.total_seconds())
                await asyncio.sleep(wait)  # bells that ring meanwhile find the same trouble
                continue
            except Exception:
                log.exception("a desk was not read", channel="wecom-kf")
                wait, pause = pause, min(pause * 2, LONGEST_PAUSE.total_seconds())
            with suppress(TimeoutError):
                async with asyncio.timeout(wait):
                    await self._rung.wait()

    async def pull(self, accept: Accept) -> None:
        """Read until there is nothing more, also of what was rung for meanwhile.

        Raises:
            Taken: another process does.
            NotSent, TryLater, WontWork, Unheard: as the client says; what was stored stays stored.
        """
        await accept([], along=self._sit)
        try:
            while True:
                await self._pages(accept)
                if await self._leave(accept):
                    return
        except BaseException:
            with suppress(Exception):
                async with asyncio.timeout(1):
                    await accept([], along=self._rise)
            raise

    async def _pages(self, accept: Accept) -> None:
        empty = 0
        while empty < EMPTY_AT_MOST:
            page = await self._page()
            messages = [said for said in page.get("msg_list") or [] if isinstance(said, dict)]
            following = str(page.get("next_cursor") or self._cursor)
            moved = bool(messages) or following != self._cursor
            if moved:
                await self._greet(messages)  # its codes are good for seconds, and storing may have to wait its turn
                await self._store(messages, following, accept)
            if not page.get("has_more"):
                return
            empty = 0 if moved else empty + 1
        log.error("a desk has more and more of nothing", channel="wecom-kf")

    async def _page(self) -> dict[str, Any]:
        """Ask for the next page; a token that is not taken any more is left out."""
        body = {"open_kfid": self.id, "cursor": self._cursor, "limit": PAGE, "voice_format": 0}
        if not self._bell:
            return await self._ask("kf/sync_msg", body)
        try:
            return await self._ask("kf/sync_msg", body | {"token": self._bell["token"]})
        except Refused as refusal:
            if refusal.errcode != BAD_TOKEN:
                raise
            self._bell = {}
            return await self._ask("kf/sync_msg", body)

    async def _store(self, messages: Sequence[Said], following: str, accept: Accept) -> None:
        """Store a page and how far we are in one commit; nothing of it if the desk is somebody else's by now."""
        humans = dict(self._humans)
        wanted = messages if self._cursor else [said for said in messages if self._is_recent(said)]
        events: list[Event] = [event for said in wanted for event in self._read(said, humans)]
        began = {mark: who for mark, who in humans.items() if self._humans.get(mark) != who}
        ended = self._humans.keys() - humans.keys()

        def move(store: Store) -> None:
            self._hold(store)
            self._keep(store, following, began, ended)

        await accept(events, along=move)
        self._cursor = following

    def _keep(self, store: Store, cursor: str, began: Humans, ended: Collection[str] = ()) -> None:
        """Write how far we are and who has which session, beside what others wrote of sessions meanwhile."""
        known = (store.settings.get(f"{self._name}:cursor") or {}).get("humans", {})
        humans = {mark: who for mark, who in (known | began).items() if mark not in ended}
        store.settings.set(f"{self._name}:cursor", {"cursor": cursor, "humans": humans})
        self._humans = humans

    async def hand_over(self, mark: str, servicer: str, accept: Accept) -> None:
        """Write down that a person has a session because we gave it to them."""

        def write(store: Store) -> None:
            now = store.machine_now()
            store.settings.lease(self._name, "nobody", now, now)  # waits for whoever is writing, and takes nothing away
            read = store.settings.get(f"{self._name}:cursor") or {"cursor": ""}
            self._keep(store, read["cursor"], {mark: servicer})

        await accept([], along=write)

    async def give_back(self, mark: str, accept: Accept) -> None:
        """Write down that nobody has a session any more because we ended it."""

        def write(store: Store) -> None:
            now = store.machine_now()
            store.settings.lease(self._name, "nobody", now, now)
            read = store.settings.get(f"{self._name}:cursor") or {"cursor": ""}
            self._keep(store, read["cursor"], {}, (mark,))

        await accept([], along=write)

    def _read(self, said: Said, humans: Humans) -> list[Event]:
        try:
            return list(events_of(said, self.id, humans, self._skew))
        except Exception:
            log.exception("unreadable message", channel="wecom-kf")
            return []

    def _is_recent(self, said: Said) -> bool:
        sent = said.get("send_time")
        return not isinstance(sent, int) or self._skew.now() - self._skew.ahead - sent < FIRST_LOOK.total_seconds()

    async def _leave(self, accept: Accept) -> bool:
        """Let the next one sit down; false if a bell rang since we sat down, which whoever rang may have left to us."""
        rung: list[bool] = []

        def leave(store: Store) -> None:
            self._rise(store)
            rung.append(self._mark(store) != self._bell_mark)
            if rung[-1]:
                self._sit(store)

        await accept([], along=leave)
        return not rung[-1]

    def _sit(self, store: Store) -> None:
        self._hold(store)
        read = store.settings.get(f"{self._name}:cursor") or {"cursor": "", "humans": {}}
        self._cursor, self._humans = read["cursor"], dict(read["humans"])
        bell = store.settings.get(f"{self._name}:bell") or {}
        self._bell_mark = bell.get("mark", "")
        fresh = bell and store.machine_now() - datetime.fromisoformat(bell["at"]) < TOKEN_GOOD
        self._bell = bell if fresh and bell["token"] else {}

    def _mark(self, store: Store) -> str:
        return str((store.settings.get(f"{self._name}:bell") or {}).get("mark", ""))

    def _rise(self, store: Store) -> None:
        now = store.machine_now()
        store.settings.lease(self._name, self._owner, now, now)

    def _hold(self, store: Store) -> None:
        now = store.machine_now()
        if not store.settings.lease(self._name, self._owner, now, now + self._lease):
            raise Taken


def _rest(trouble: Exception, pause: float) -> float:
    return max(pause, trouble.after.total_seconds()) if isinstance(trouble, TryLater) else pause
