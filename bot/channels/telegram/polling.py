"""Polling: one bot asks for updates, and confirms each only by the poll after the commit that stored it."""

from __future__ import annotations

import asyncio
import time
from contextlib import suppress
from datetime import timedelta
from typing import Any, Final

import structlog
from telegram.error import Conflict, InvalidToken, RetryAfter, TelegramError

from bot.channels.port import Accept
from bot.channels.telegram import wire
from bot.channels.telegram.ears import Ears
from bot.channels.telegram.messages import NAME
from bot.channels.telegram.seat import Seat, SeatTaken
from bot.channels.telegram.updates import WANTED

log = structlog.get_logger()

LONG_PAUSE: Final = timedelta(minutes=1)
RIVALRY: Final = timedelta(minutes=10)
"""Polls cut off twice within so long mean that another program reads."""


class Poller:
    """Reads one account's updates, as long as it has the seat."""

    def __init__(self, line: wire.Line, ears: Ears, *, pause: timedelta, lease: timedelta) -> None:
        self._line, self._ears, self._pause, self._lease = line, ears, pause, lease
        self._cut_off: float | None = None

    async def listen(self, accept: Accept) -> None:
        """Poll until cancelled.

        Raises:
            WontWork: the token is refused.
        """
        seat = Seat(self._line.account, self._lease)
        pause = self._pause
        opened = False
        try:
            while True:
                try:
                    await seat.take(accept)
                    opened = opened or await self._open(accept)
                    await self._read(seat, accept)
                    pause = self._pause
                except SeatTaken:
                    await asyncio.sleep(self._lease.total_seconds() / 6)
                except Conflict as rival:
                    await self._notice(rival, seat, accept)
                    pause = await rest(rival, pause)
                except InvalidToken as refusal:
                    raise wire.verdict(refusal) from None
                except TelegramError as trouble:
                    pause = await rest(trouble, pause)
        finally:
            with suppress(Exception):
                async with asyncio.timeout(1):
                    await seat.leave(accept)

    async def _open(self, accept: Accept) -> bool:
        """Make sure that polling is what this account does."""
        await self._line.bot.delete_webhook(drop_pending_updates=False)
        await self._ears.open(accept, "polling")
        return True

    async def _read(self, seat: Seat, accept: Accept) -> None:
        """Poll, and store what came, until the silence lasts a third of the lease."""
        while updates := await self._poll(seat.offset):
            updates.sort(key=lambda update: update["update_id"])
            following = max(updates[-1]["update_id"] + 1, seat.offset or 0)
            new = await seat.store(accept, await self._ears.heard(accept, updates), following)
            self._ears.answer(accept, updates, new)

    async def _poll(self, offset: int | None) -> list[dict[str, Any]]:
        """Ask for updates, as they came."""
        await self._line.bot.get_updates(offset, timeout=self._lease / 3, allowed_updates=WANTED)
        return self._line.polling.updates()

    async def _notice(self, rival: Conflict, seat: Seat, accept: Accept) -> None:
        """Remember that somebody else reads; a single time it may be our own last poll, from before a restart.

        A webhook is no secret that has to be remembered: whoever asks Telegram hears of it.
        """
        if wire.says(rival, wire.HAS_WEBHOOK):
            return
        cut_off, self._cut_off = self._cut_off, time.monotonic()
        if cut_off is not None and self._cut_off - cut_off < RIVALRY.total_seconds():
            await seat.note_rival(accept)


async def rest(trouble: TelegramError, pause: timedelta) -> timedelta:
    """Wait before the next call, longer each time; give the next pause."""
    log.warning("not polling", channel=NAME, why=type(trouble).__name__)
    if isinstance(trouble, RetryAfter):
        pause = wire.pause(trouble)
    await asyncio.sleep(pause.total_seconds())
    return min(pause * 2, LONG_PAUSE)
