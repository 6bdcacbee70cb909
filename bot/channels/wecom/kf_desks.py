"""The service desks of a company: those that WeCom lists, each with somebody who reads it; nobody rings for any other."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from datetime import timedelta
from typing import Any, Final

import structlog

from bot.channels.port import Accept, NotSent, Signs, TryLater, WontWork
from bot.channels.wecom.client import Unheard
from bot.channels.wecom.kf_messages import NAME
from bot.channels.wecom.kf_pull import Ask, Desk
from storage.store import Store

log = structlog.get_logger()
LIST_ANEW: Final = timedelta(minutes=10)
"""A list of desks is believed so long: accounts are made and given to an app by hand, a few times a year."""
NONE_YET: Final = timedelta(seconds=5)
LIST_AT_MOST: Final = timedelta(minutes=1)
"""Bells for accounts that are not on the list lead to one question within this span, however many ring."""
PAGE: Final = 100
MOST: Final = 1_000
"""More accounts than any company has (its limit: 5,000 only on request); what claims to be more is left out."""
KEPT: Final = "kf desks"

MakeDesk = Callable[[str, str], Desk]


class Desks:
    """The desks that are known, and the tasks that read them; a list that cannot be had leaves the last one in force."""

    def __init__(self, ask: Ask, make: MakeDesk, *, at_most: timedelta = LIST_AT_MOST) -> None:
        self._ask, self._make, self._at_most = ask, make, at_most
        self._desks: dict[str, Desk] = {}
        self._names: dict[str, str] = {}
        self._rung: dict[str, str] = {}
        self._watching: dict[str, asyncio.Task[None]] = {}
        self._strange, self._ended = asyncio.Event(), asyncio.Event()

    def name(self, id_: str) -> str:
        return self._names.get(id_, "")

    def get(self, id_: str) -> Desk:
        """Give a desk; one that nobody watches here is made for the moment and not kept."""
        return self._desks.get(id_) or self._make(id_, self.name(id_))

    async def ring(self, id_: str, token: str, accept: Accept) -> None:
        """Note the bell of a desk; one that we do not know may be new, so the list is asked for once more."""
        if id_ in self._desks:
            await self._desks[id_].note(token, accept)
            return
        if len(self._rung) < PAGE:
            self._rung[id_] = token
        self._strange.set()

    async def watch(self, accept: Accept, signs: Signs) -> None:
        """Read every desk until cancelled.

        Raises:
            Refused: company, secret or our address, or what this app may.
        """
        await accept([], along=self._remember)
        try:
            while True:
                await self._learn(accept, signs)
                for id_, token in self._take_rung():
                    await self._desks[id_].note(token, accept)
                self._let_read(accept, signs)
                await self._until_news()
        finally:
            watching, self._watching = list(self._watching.values()), {}
            for task in watching:
                task.cancel()
            await asyncio.gather(*watching, return_exceptions=True)

    def _take_rung(self) -> list[tuple[str, str]]:
        rung, self._rung = self._rung, {}
        self._strange.clear()
        return [(id_, token) for id_, token in rung.items() if id_ in self._desks]

    def _let_read(self, accept: Accept, signs: Signs) -> None:
        """Let every desk be read by one task; one that is not on the list any more by none."""
        for id_ in [id_ for id_ in self._watching if id_ not in self._desks]:
            self._watching.pop(id_).cancel()
        self._ended.clear()
        for id_, desk in self._desks.items():
            if id_ in self._watching and self._watching[id_].done():
                self._watching[id_].result()  # ended by a refused token, which is nobody's own trouble
            if id_ not in self._watching:
                self._watching[id_] = asyncio.create_task(desk.watch(accept, signs))
                self._watching[id_].add_done_callback(lambda _: self._ended.set())

    async def _learn(self, accept: Accept, signs: Signs) -> None:
        """Ask which desks there are."""
        try:
            found = await self._list()
        except (NotSent, TryLater, WontWork, Unheard) as trouble:
            if isinstance(trouble, WontWork) and trouble.kind == "auth":
                raise
            log.warning("desks not known", channel=NAME, why=str(trouble) or type(trouble).__name__)
            if not self._desks:  # else whoever reads them knows more
                signs.troubled(type(trouble).__name__)
            return
        signs.well()
        if found != self._names:
            await accept([], along=lambda store: store.settings.set(KEPT, found))
            self._are(found)

    async def _list(self) -> dict[str, str]:
        found: dict[str, str] = {}
        while True:
            page = await self._ask("kf/account/list", {"offset": len(found), "limit": PAGE})
            accounts = [one for one in page.get("account_list") or [] if isinstance(one, dict) and one.get("open_kfid")]
            found |= {str(one["open_kfid"]): str(one.get("name") or "") for one in accounts}
            if len(accounts) < PAGE or len(found) >= MOST:
                return found

    def _remember(self, store: Store) -> None:
        """Begin with the desks that were listed last: the first answer may be long in coming."""
        self._are(store.settings.get(KEPT) or {})

    def _are(self, names: dict[str, Any]) -> None:
        self._names = {id_: str(name) for id_, name in names.items()}
        self._desks = {id_: self._desks.get(id_) or self._make(id_, name) for id_, name in self._names.items()}

    async def _until_news(self) -> None:
        """Wait until a list is wanted: it is old, a bell rang for an account that is not on it, somebody stopped reading."""
        limit = (LIST_ANEW if self._desks else NONE_YET).total_seconds()
        news = [asyncio.create_task(work) for work in (self._ended.wait(), self._strange_bell())]
        try:
            await asyncio.wait(news, timeout=limit, return_when=asyncio.FIRST_COMPLETED)
        finally:
            for task in news:
                task.cancel()

    async def _strange_bell(self) -> None:
        """Wait for a bell of an account that is not on the list, and out the span in which it is asked for once."""
        pause = asyncio.create_task(asyncio.sleep(self._at_most.total_seconds()))
        try:
            await self._strange.wait()
            await pause
        finally:
            pause.cancel()
