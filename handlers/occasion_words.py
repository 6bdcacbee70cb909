"""The arguments of the commands about occasions and greetings."""

from __future__ import annotations

from typing import Annotated, Final

from pydantic import Field

from handlers.arguments import Args, Line, Words

MONTH: Final = 30
FURTHEST: Final = 366


class Ahead(Args):
    days: Annotated[int, Field(ge=1, le=FURTHEST)] = MONTH


class OneOccasion(Args):
    occasion: Line


class GreetingWords(Args):
    occasion: Line
    words: Words


class OneDay(Args):
    """The greetings of one owner for one day; `page` leafs through many."""

    owner: Line
    day: Line
    page: Annotated[int, Field(ge=1, le=1_000)] = 1
