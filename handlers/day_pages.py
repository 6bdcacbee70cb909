"""Day pages: a day whose lists are longer than one sheet is turned over, and no line of it is skipped or said twice.

The first page shows the start of every list; from the second on the lists go on where they stopped, one after the
other. What stands on a page follows from the lists' counts alone, so that only its own lines are looked up.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Annotated, Final

from pydantic import Field

from handlers.arguments import Args
from handlers.cards import Button, Card
from handlers.context import Context
from handlers.parts import Part

BLOCKS: Final = 44
"""So many blocks of Slack's 50 are left for headings and rows; a row with its buttons takes two."""
A_PAGE: Final = 15
"""So many lines stand on a further page, with room for a heading above each."""
MOST_PAGES: Final = 100_000
AGAIN: Final = "day again"


class DayPage(Args):
    page: Annotated[int, Field(ge=1, le=MOST_PAGES)] = 1


@dataclass(frozen=True)
class Window:
    """What of a list stands on a page: its part with these rows, the first of which is the one after `start`."""

    part: Part
    start: int = 0


def paged(parts: Sequence[Part], page: int) -> tuple[list[Window], bool]:
    """Give the lists as they stand on a page, and whether there is another one after it."""
    taken = _taken(parts)
    first = [Window(replace(part, rows=part.rows[:some])) for part, some in zip(parts, taken, strict=True)]
    left = sum(_length(part) - some for part, some in zip(parts, taken, strict=True))
    if page == 1:
        return first, left > 0
    skipped = (page - 2) * A_PAGE
    return list(_further(parts, taken, skipped)), left > skipped + A_PAGE


def pages(parts: Sequence[Part]) -> int:
    """Count the pages of a day."""
    left = sum(map(_length, parts)) - sum(_taken(parts))
    return 1 - (-left // A_PAGE)


def _length(part: Part) -> int:
    return part.count if part.lines else len(part.rows)


def _further(parts: Sequence[Part], taken: Sequence[int], skipped: int) -> Iterator[Window]:
    """Go on with the lists behind their first lines, after so many lines that earlier pages said."""
    room = A_PAGE
    for part, some in zip(parts, taken, strict=True):
        left = _length(part) - some
        start, skipped = some + min(skipped, left), max(0, skipped - left)
        stop = min(_length(part), start + room)
        if start < stop:
            room -= stop - start
            rows = part.lines(start, stop) if part.lines else part.rows[start:stop]
            yield Window(replace(part, rows=rows), start)


def _taken(parts: Sequence[Part]) -> list[int]:
    """Count the lines of each list on the first page: the longest give way, from below, until all has room."""
    taken = [len(part.rows) for part in parts]
    room = (BLOCKS - len(parts)) // 2
    while sum(taken) > room:
        taken[max(range(len(taken)), key=lambda n: (taken[n], n))] -= 1
    return taken


def turns(ctx: Context, page: int, *, goes_on: bool) -> tuple[Button, ...]:
    """Make the buttons that turn a day over and say it anew."""
    back = (_turn(ctx, "day-previous", page - 1),) if page > 1 else ()
    on = (_turn(ctx, "day-next", page + 1),) if goes_on else ()
    return (_turn(ctx, "day-again", page), *back, *on)


def _turn(ctx: Context, key: str, page: int) -> Button:
    return Button(label=ctx.t(key), command=AGAIN, args={"page": str(page)} if page > 1 else {})


def page_of(card: Card, pressed: str) -> int:
    """Tell which page is to stand after a press on a card: the one that was asked for, else the one that stands."""
    button = card.button(pressed)
    asked = button if button and button.command == AGAIN else None
    stands = next((button for button in card.buttons if button.command == AGAIN), None)
    found = asked or stands
    return int(found.args.get("page", "1")) if found else 1
