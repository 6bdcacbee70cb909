"""The arguments of what a manager decides about an item of the digest."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from handlers.arguments import Args, Line
from handlers.cards import Colleagues
from handlers.ticket_words import Number
from handlers.touch_words import LOOK_AFTER_CUSTOMERS, TakesCustomers

StandsIn = Annotated[Line, Colleagues(roles=LOOK_AFTER_CUSTOMERS, here=True)]


class Seen(Args):
    item: Line
    severity: Annotated[int, Field(ge=0, le=1_000_000)] = 0


class Call(Seen):
    customer: Line


class Nudge(Seen):
    number: Number


class Assign(Seen):
    customer: Line
    colleague: TakesCustomers
    ticket: Line | None = None


class Deputy(Seen):
    person: Line
    colleague: StandsIn
