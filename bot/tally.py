"""The tally: what this process has done since it started, in plain numbers; `/metrics` shows it."""

from __future__ import annotations

import bisect
import time
from collections import Counter
from dataclasses import dataclass, field
from typing import Final

BOUNDS: Final = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5)
"""Upper bounds, in seconds, by which turns are counted; the promise is 0.05."""


@dataclass
class Tally:
    """Counts; read and written in the bot's own loop."""

    events: int = 0
    turns: list[int] = field(default_factory=lambda: [0] * (len(BOUNDS) + 1))
    seconds: float = 0.0
    deliveries: Counter[tuple[str, str]] = field(default_factory=Counter)
    beaten: float = field(default_factory=time.monotonic)

    def turned(self, seconds: float, events: int) -> None:
        """Count a turn that moved something."""
        self.turns[bisect.bisect_left(BOUNDS, seconds)] += 1
        self.seconds += seconds
        self.events += events

    def delivered(self, channel: str, outcome: str) -> None:
        self.deliveries[channel, outcome] += 1

    def beat(self) -> None:
        self.beaten = time.monotonic()

    def beat_age(self) -> float:
        return time.monotonic() - self.beaten
