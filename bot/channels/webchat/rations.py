"""Rations: how much of the web chat one guest may use in a minute, and how many new guests one machine may be."""

from __future__ import annotations

import math
import time
from typing import Final

from limits import RateLimitItem, RateLimitItemPerMinute
from limits.storage import MemoryStorage
from limits.strategies import MovingWindowRateLimiter

PER_GUEST: Final = RateLimitItemPerMinute(300)
"""Five a second: no person types or presses so fast, and a page that asks in a loop is heard to stop."""
NEW_GUESTS: Final = RateLimitItemPerMinute(120)
"""From one network address; an office behind one opens that many chats on no morning."""
FILES: Final = RateLimitItemPerMinute(20)
"""A phone's album at once; the day has a limit of its own."""
LINKS: Final = RateLimitItemPerMinute(6)
"""Links to another device; each ends the one before."""


class Rations:
    """Counts in this process alone: several replicas allow as many times more."""

    def __init__(self) -> None:
        self._windows = MovingWindowRateLimiter(MemoryStorage())

    def take(self, ration: RateLimitItem, who: str) -> int:
        """Use up one of somebody's ration: 0, or in how many seconds there is one again."""
        if self._windows.hit(ration, who):
            return 0
        return max(1, math.ceil(self._windows.get_window_stats(ration, who).reset_time - time.time()))
