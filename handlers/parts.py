"""Parts: what a subject has to say on a card that many subjects fill: somebody's day, a manager's digest."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Literal

from handlers.cards import Button, Row, Tone

if TYPE_CHECKING:
    from handlers.context import Context

Sheet = Literal["day", "digest"]
"""The cards that are put together from parts: what waits for one person; what a manager has to know and decide."""


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

    @property
    def is_cut(self) -> bool:
        return self.count > len(self.rows) or not self.is_whole


@dataclass(frozen=True)
class Span:
    """What a sheet covers: news are what happened from `since` on; what is told unasked counts as told."""

    since: datetime
    is_unasked: bool = False
    page: int = 0
    """Which page of the sheet is read; none where it has one only."""

    def upto(self, shown: int) -> int:
        """Tell how many lines a list gives that shows so many on a page: those up to the page after this one."""
        return shown * (self.page + 1) if self.page else shown


MakeParts = Callable[["Context", Span], Iterable[Part]]
"""Says a subject's parts to the person who acts; nothing is due for an empty one."""
