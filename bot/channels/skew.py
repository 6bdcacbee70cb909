"""Skew: how far this machine's clock stands from a platform's, as what it signs and answers tells.

A channel whose platform signs the moment of a request, or says the time in its answers, keeps one as its `skew`.
"""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from email.utils import parsedate_to_datetime
from statistics import median
from typing import Final, Literal

NOTICED: Final = 60.0
"""Seconds by which clocks may differ before it is of interest; platforms refuse or are refused from 300 on."""
ENOUGH: Final = 3
"""So many different requests or answers have to agree: a single one may be an old one that somebody repeats."""
AGREEMENT: Final = 60.0
"""Seconds by which those may differ and still mean the same."""
REMEMBERED: Final = 3600.0
"""Seconds, of machine time, after which what was seen says nothing any more."""
Cause = Literal["clock", "unsure", "replay"]


@dataclass(frozen=True)
class Drift:
    """Seconds by which this machine is ahead of the platform (below zero: behind), and what that means.

    `clock` is proven by answers; `unsure` is known from requests alone; `replay` means that answers prove our clock
    right, so that somebody repeats old requests.
    """

    seconds: int
    cause: Cause

    @property
    def minutes(self) -> int:
        return max(1, round(abs(self.seconds) / 60))


@dataclass(frozen=True)
class _Sight:
    mark: str
    ahead: float
    at: float


class Skew:
    """What one process saw of one platform's clock; seconds since 1970 as the machine counts them.

    What is old and followed by something fresh, before there was enough to doubt our clock, was repeated by somebody.
    """

    def __init__(self, now: Callable[[], float] = time.time, since_start: Callable[[], float] = time.monotonic) -> None:
        self.now = now
        self._since_start = since_start
        self._signed: deque[_Sight] = deque(maxlen=ENOUGH)
        self._answered: deque[_Sight] = deque(maxlen=ENOUGH)
        self._repeated: deque[_Sight] = deque(maxlen=ENOUGH)

    def signed(self, theirs: float, mark: str) -> None:
        """Learn from a request whose signature holds when it was made; `mark` is the same only for the same request."""
        sight = self._sight(theirs, mark)
        if abs(sight.ahead) <= NOTICED:
            self._is_right()
        elif all(mark != known.mark for known in (*self._signed, *self._repeated)):
            self._signed.append(sight)

    def answered(self, date: str) -> None:
        """Learn from an answer to a question of ours: its header Date."""
        try:
            theirs = parsedate_to_datetime(date).timestamp()
        except (ValueError, OverflowError):
            return
        sight = self._sight(theirs, "")
        if abs(sight.ahead) <= NOTICED:
            self._is_right()
        else:
            self._answered.append(sight)

    def _sight(self, theirs: float, mark: str) -> _Sight:
        return _Sight(mark, self.now() - theirs, self._since_start())

    def _is_right(self) -> None:
        if self._agreed(self._signed) is None:
            self._repeated += self._signed
        self._signed.clear()
        self._answered.clear()

    @property
    def ahead(self) -> float:
        """Give the seconds by which this machine is ahead of the platform, as far as answers prove it; else nought."""
        return self._agreed(self._answered) or 0.0

    @property
    def drift(self) -> Drift | None:
        """Tell what is wrong between the clocks; nothing if all is well, or not enough was seen."""
        answers, requests, repeated = map(self._agreed, (self._answered, self._signed, self._repeated))
        if answers is not None:
            return Drift(round(answers), "clock")
        if requests is not None:
            return Drift(round(requests), "unsure")
        return None if repeated is None else Drift(round(repeated), "replay")

    def _agreed(self, seen: deque[_Sight]) -> float | None:
        """Give what the last few say alike."""
        since = self._since_start() - REMEMBERED
        lately = [sight.ahead for sight in seen if sight.at >= since]
        if len(lately) < ENOUGH or (seen is not self._repeated and max(lately) - min(lately) > AGREEMENT):
            return None  # who repeats old requests does not care how old each of them is
        return median(lately)
