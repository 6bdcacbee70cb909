"""Parts: what a subject has to say on a card that many subjects fill: somebody's day, a manager's digest."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any, Final, Literal

from handlers.cards import Button, Row, Tone

if TYPE_CHECKING:
    from handlers.context import Context

Sheet = Literal["day", "digest"]
"""The cards that are put together from parts: what waits for one person; what a manager has to know and decide."""
SHOWN: Final = 4
"""So many lines of each list stand on the first page of a sheet."""
MOST: Final = 5000
"""So many of each list are read: a list can be turned to its end up to this, beyond it the count says “at least”."""
Lines = Callable[[int, int], "tuple[Row, ...]"]
"""Says the lines of a list from one place up to another, counted from nought; only what is shown is looked up."""


@dataclass(frozen=True)
class Part:
    """One list of a sheet: how many there are, the first of them, and what opens the rest.

    `name` is the stem of its phrases: `day-{name}` heads the list, `day-sum-{name}` counts it on the first line.
    """

    name: str
    count: int
    rows: tuple[Row, ...]
    is_whole: bool = True
    rest: Button | None = None
    tone: Tone = "plain"
    lines: Lines | None = None
    """Says any stretch of the list, where it can be turned over; otherwise there is nothing after `rows`."""

    @classmethod
    def turned(cls, name: str, count: int, lines: Lines, **more: Any) -> Part:
        """Make a list that can be turned over to its end."""
        return cls(name, count, lines(0, min(count, SHOWN)), lines=lines, **more)

    @property
    def is_cut(self) -> bool:
        return self.count > len(self.rows) or not self.is_whole


@dataclass(frozen=True)
class Span:
    """What a sheet covers: news are what happened from `since` on; what is told unasked counts as told."""

    since: datetime
    is_unasked: bool = False


MakeParts = Callable[["Context", Span], Iterable[Part]]
"""Says a subject's parts to the person who acts; nothing is due for an empty one."""
