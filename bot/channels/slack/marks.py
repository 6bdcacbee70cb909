"""Marks: how a ticket stands, as the bot's own reactions on its card; a courtesy that no card ever waits for."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Iterable
from datetime import timedelta
from typing import Final

import structlog
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.channels.port import TryLater
from bot.channels.slack.refusals import code_of, judged
from bot.channels.slack.seats import split_id

log = structlog.get_logger()
SHOWN: Final = {"ticket": "ticket", "mine": "eyes", "done": "white_check_mark", "urgent": "rotating_light"}
"""Each mark with the reaction that shows it."""
SO_ALREADY: Final = frozenset({"already_reacted", "no_reaction"})
REMEMBERED: Final = 2000
"""Cards of which it is known how they are marked; of any other all marks are set anew with its next edit."""
TRIES: Final = 5
Done = Callable[[], Awaitable[None]]
LONGEST_WAIT: Final = timedelta(minutes=2)


class Marks:
    """One app's marks; `setting` holds those that are being set."""

    def __init__(self, client: AsyncWebClient) -> None:
        self._client = client
        self._wanted: dict[str, tuple[frozenset[str], Done]] = {}
        self._standing: dict[str, frozenset[str]] = {}
        self._busy: set[str] = set()
        self.setting: set[asyncio.Task[None]] = set()

    def show(self, id_: str, marks: tuple[str, ...], before: tuple[str, ...] | None, done: Done) -> bool:
        """Let these marks, and none else of ours, stand on a message; it happens beside everything else, and ends in `done`.

        `before` are those of the card in whose place it stands, by which a process knows what an earlier one set; a
        new message has none. Whether all of them were set is not known then: setting or taking one twice is harmless.
        Tells whether anything is to be done.
        """
        if before is None:
            self._standing[id_] = frozenset()
        if not marks and not self._standing.get(id_, frozenset(before or ())):
            return False  # nothing was ever marked there
        self._wanted[id_] = frozenset(marks), done
        self._forget()
        if id_ not in self._busy:
            task = asyncio.create_task(self._set(id_))
            self.setting.add(task)
            task.add_done_callback(self.setting.discard)
        return True

    async def keep(self, id_: str, marks: Iterable[str]) -> None:
        """Set marks of which nobody knows how far somebody came with them; the card says it in words, too.

        Raises:
            TryLater: Slack asks for patience.
        """
        self._standing.pop(id_, None)
        try:
            await self._bring(id_, frozenset(marks))
        except SlackApiError as error:
            if isinstance(judged(error), TryLater):
                raise
            log.warning("card not marked", channel="slack", why=code_of(error))

    def _forget(self) -> None:
        while len(self._standing) > REMEMBERED:
            self._standing.pop(next(iter(self._standing)))

    async def _set(self, id_: str) -> None:
        """Set marks until what stands is what is wanted; one card at a time, so that states never mix."""
        self._busy.add(id_)
        try:
            while (wanted := self._wanted.get(id_)) is not None:
                await self._bring(id_, wanted[0])
                if self._wanted.get(id_) is wanted:
                    del self._wanted[id_]
                    await wanted[1]()
        except Exception as error:  # noqa: BLE001 - the card says it in words, too
            why = code_of(error) if isinstance(error, SlackApiError) else type(error).__name__
            log.warning("card not marked", channel="slack", why=why)
            self._wanted.pop(id_, None)
            self._standing.pop(id_, None)
        finally:
            self._busy.discard(id_)

    async def _bring(self, id_: str, wanted: frozenset[str]) -> None:
        standing = self._standing.get(id_)
        for mark in SHOWN:
            if mark not in wanted and (standing is None or mark in standing):
                await self._call(id_, mark, wanted=False)
            elif mark in wanted and mark not in (standing or ()):
                await self._call(id_, mark, wanted=True)
        self._standing[id_] = wanted

    async def _call(self, id_: str, mark: str, *, wanted: bool) -> None:
        talk, ts = split_id(id_)
        call = self._client.reactions_add if wanted else self._client.reactions_remove
        for attempt in range(1, TRIES + 1):
            try:
                await call(channel=talk, timestamp=ts, name=SHOWN[mark])
            except SlackApiError as error:
                verdict = judged(error)
                if code_of(error) in SO_ALREADY:
                    return
                if not isinstance(verdict, TryLater) or attempt == TRIES:
                    raise
                await asyncio.sleep(min(verdict.after, LONGEST_WAIT).total_seconds())
            else:
                return
