"""Rations: how much of the web chat one guest may use in a minute, and how many new guests one machine may be."""

from __future__ import annotations

import math
import time
from ipaddress import IPv6Address, ip_address
from typing import Final

from limits import RateLimitItem, RateLimitItemPerMinute
from limits.storage import MemoryStorage
from limits.strategies import FixedWindowRateLimiter
from starlette.requests import Request

PER_GUEST: Final = RateLimitItemPerMinute(300)
"""Five a second: no person types or presses so fast, and a page that asks in a loop is heard to stop."""
READS: Final = RateLimitItemPerMinute(1200)
"""Looks into one chat: six waiting pages of a guest, each answered at every look of ours, are 900; the rest is for reloads."""
NEW_GUESTS: Final = RateLimitItemPerMinute(120)
"""From one network address; an office behind one opens that many chats on no morning."""
FILES: Final = RateLimitItemPerMinute(20)
"""A phone's album at once; the day has a limit of its own."""
LINKS: Final = RateLimitItemPerMinute(6)
"""Links to another device; each ends the one before."""


class Rations:
    """Counts in this process alone: several replicas allow as many times more.

    A minute begins with the first deed; its count is all that is remembered of somebody, and is forgotten with it.
    """

    def __init__(self) -> None:
        self._windows = FixedWindowRateLimiter(MemoryStorage())

    def take(self, ration: RateLimitItem, who: str) -> int:
        """Use up one of somebody's ration: 0, or in how many seconds there is one again."""
        if self._windows.hit(ration, who):
            return 0
        return max(1, math.ceil(self._windows.get_window_stats(ration, who).reset_time - time.time()))


def network_of(request: Request) -> str:
    """Name the machine, or the network, from which a request comes: whoever has one address of IPv6 has the 2^64 beside it."""
    host = request.client.host if request.client else ""
    try:
        address = ip_address(host)
    except ValueError:
        return host
    return f"{int(address) >> 64:x}" if isinstance(address, IPv6Address) else host
