"""The business clock: passed in everywhere, read here alone; leases and pings have their own machine time."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Protocol


class Clock(Protocol):
    """Tells the business's time."""

    def now(self) -> datetime: ...


class WallClock:
    """The real time, moved forward by `ahead` where a demo asks for it."""

    def __init__(self, ahead: timedelta = timedelta()) -> None:
        self.ahead = ahead

    def now(self) -> datetime:
        return datetime.now(UTC) + self.ahead
