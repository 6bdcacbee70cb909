"""Pauses: how long somebody waits before asking again what was not answered, or not as it should be."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from typing import Final

SHORTEST: Final = timedelta(seconds=1)
LONGEST: Final = timedelta(minutes=1)
LONGEST_UNTIL_MENDED: Final = timedelta(minutes=5)
"""Where a person has to mend something first; as long as messages wait for a token that holds."""


class Pauses:
    """Pauses of which each is twice as long as the one before, until all is well again."""

    def __init__(self, shortest: timedelta = SHORTEST) -> None:
        self._shortest = self._next = shortest

    def over(self) -> None:
        """Begin again with the shortest one."""
        self._next = self._shortest

    def next(self, *, lasting: bool = False) -> float:
        """Give the next one, in seconds."""
        pause = min(self._next, LONGEST_UNTIL_MENDED if lasting else LONGEST)
        self._next = pause * 2
        return pause.total_seconds()

    async def rest(self, *, lasting: bool = False) -> None:
        """Wait out the next one."""
        await asyncio.sleep(self.next(lasting=lasting))
