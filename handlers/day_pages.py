"""Day pages: a day whose lists are longer than one sheet is turned over, and no line of it is skipped or said twice."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Annotated, Final

from pydantic import Field

from handlers.arguments import Args
from handlers.cards import Button, Card
from handlers.context import Context
from handlers.parts import Part

SHOWN: Final = 4
"""So many lines of each list stand on a page: five lists of them still fit into one message of Slack's 50 blocks."""
BLOCKS: Final = 44
"""So many blocks of a message are left for headings and rows; a row with its buttons takes two."""
MOST_PAGES: Final = 50
AGAIN: Final = "day again"


class DayPage(Args):
    page: Annotated[int, Field(ge=1, le=MOST_PAGES)] = 1


def paged(parts: Sequence[Part], page: int) -> tuple[list[Part], bool]:
    """Give the lists as they stand on a page, and whether there is another one after it."""
    starts = [0] * len(parts)
    taken = _taken(parts, starts)
    for _ in range(page - 1):
        starts = [start + some for start, some in zip(starts, taken, strict=True)]
        taken = _taken(parts, starts)
    windows = list(zip(parts, starts, taken, strict=True))
    shown = [replace(part, rows=part.rows[start : start + some]) for part, start, some in windows if some or page == 1]
    return shown, any(len(part.rows) > start + some for part, start, some in windows)


def _taken(parts: Sequence[Part], starts: Sequence[int]) -> list[int]:
    """Count the lines of each list on one page: the longest lists give way, from below, until all has room."""
    taken = [min(SHOWN, max(0, len(part.rows) - start)) for part, start in zip(parts, starts, strict=True)]
    room = (BLOCKS - len(parts)) // 2
    while sum(taken) > room:
        taken[max(range(len(taken)), key=lambda n: (taken[n], n))] -= 1
    return taken


def turns(ctx: Context, page: int, *, goes_on: bool) -> tuple[Button, ...]:
    """Make the buttons that turn a day over and say it anew."""
    back = (_turn(ctx, "day-previous", page - 1),) if page > 1 else ()
    on = (_turn(ctx, "day-next", page + 1),) if goes_on and page < MOST_PAGES else ()
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
