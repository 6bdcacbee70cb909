"""Polling: one bot asks for updates, and confirms each only by the poll after the commit that stored it."""

from __future__ import annotations

import asyncio
import time
from contextlib import suppress
from datetime import timedelta
from typing import Any, Final

import structlog
from telegram.error import Conflict, InvalidToken, RetryAfter, TelegramError

from bot.channels.pauses import Pauses
from bot.channels.port import Accept, Deaf, Signs
from bot.channels.telegram import wire
from bot.channels.telegram.asking import asked
from bot.channels.telegram.ears import Ears, mode
from bot.channels.telegram.messages import NAME
from bot.channels.telegram.seat import Seat, SeatTaken
from bot.channels.telegram.updates import WANTED

log = structlog.get_logger()

RIVALRY: Final = timedelta(minutes=10)
"""Polls cut off twice within so long mean that another program reads."""


class Poller:
    """Reads one account's updates, as long as it has the seat."""

    def __init__(self, line: wire.Line, ears: Ears, *, pause: timedelta, lease: timedelta) -> None:
        self._line, self._ears, self._pause, self._lease = line, ears, pause, lease
        self._rivalry = Rivalry()

    async def listen(self, accept: Accept, signs: Signs) -> None:
        """Poll until cancelled.

        Raises:
            Deaf: the token is refused.
        """
        seat, pauses = Seat(self._line.account, self._lease), Pauses(self._pause)
        opened = False
        try:
            while True:
                try:
                    await seat.take(accept)
                    opened = opened or await self._open(accept)
                    await self._read(seat, accept, signs)
                    pauses.over()
                except SeatTaken:
                    signs.well()  # one of ours reads
                    await asyncio.sleep(self._lease.total_seconds() / 6)
                except Conflict as rival:
                    await self._notice(rival, seat, accept, signs)
                    await rest(rival, pauses)
                except InvalidToken:
                    raise Deaf("auth") from None
                except TelegramError as trouble:
                    signs.troubled(type(trouble).__name__)
                    await rest(trouble, pauses)
        finally:
            with suppress(Exception):
                async with asyncio.timeout(1):
                    await seat.leave(accept)

    async def _open(self, accept: Accept) -> bool:
        """Make sure that polling is what this account does."""
        await self._line.bot.delete_webhook(drop_pending_updates=False)
        await self._ears.open(accept, "polling")
        return True

    async def _read(self, seat: Seat, accept: Accept, signs: Signs) -> None:
        """Poll, and store what came, until the silence lasts a third of the lease."""
        while updates := await self._poll(seat.offset, signs):
            updates.sort(key=lambda update: update["update_id"])
            following = max(updates[-1]["update_id"] + 1, seat.offset or 0)
            new = await seat.store(accept, await self._ears.heard(accept, updates), following)
            self._ears.answer(accept, updates, new)

    async def _poll(self, offset: int | None, signs: Signs) -> list[dict[str, Any]]:
        """Ask for updates, as they came."""
        await self._line.bot.get_updates(offset, timeout=self._lease / 3, allowed_updates=WANTED)
        if self._rivalry.is_over(self._lease):
            signs.well()
        return self._line.polling.updates()

    async def _notice(self, rival: Conflict, seat: Seat, accept: Accept, signs: Signs) -> None:
        """Say that somebody else reads; a single time it may be our own last poll, from before a restart.

        A webhook is no secret that has to be remembered: whoever asks Telegram hears of it. If it is that of a bot of
        ours, which was started after us, all is well.
        """
        hooked = wire.says(rival, wire.HAS_WEBHOOK)
        if hooked and await asked(accept, lambda store: mode(store, self._line.account)) == "webhook":
            signs.well()
        elif self._rivalry.is_proven():
            signs.troubled("rival")
            if not hooked:
                await seat.note_rival(accept)


class Rivalry:
    """Whether another program takes our news away: once may be an accident, twice within a while is none."""

    def __init__(self) -> None:
        self._last: float | None = None

    def is_proven(self) -> bool:
        """Note that it happened, and tell whether it is no accident."""
        before, self._last = self._last, time.monotonic()
        return before is not None and self._last - before < RIVALRY.total_seconds()

    def is_over(self, quiet: timedelta) -> bool:
        """Tell whether it did not happen for so long."""
        return self._last is None or time.monotonic() - self._last > quiet.total_seconds()


async def rest(trouble: TelegramError, pauses: Pauses, *, lasting: bool = False) -> None:
    """Wait before the next call, longer each time, and as long as Telegram asks for."""
    log.warning("not hearing", channel=NAME, why=type(trouble).__name__)
    pause = pauses.next(lasting=lasting)
    await asyncio.sleep(max(pause, wire.pause(trouble).total_seconds()) if isinstance(trouble, RetryAfter) else pause)
