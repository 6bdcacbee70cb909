"""The arguments of the ticket commands: what a person has to say for each deed."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from handlers.arguments import Args, Colleague, Line, Priority, RequestType, Words, WordsOrFiles

Number = Annotated[str, StringConstraints(strip_whitespace=True, to_upper=True, min_length=1, max_length=12)]


class NewTicket(Args):
    customer: Line
    type: RequestType
    words: Words
    priority: Priority | None = None


class OneTicket(Args):
    number: Number


class TicketList(Args):
    which: Literal["open", "mine", "waiting", "closed", "dismissed"] = "open"


class TicketWords(Args):
    number: Number
    words: WordsOrFiles


class TicketReply(TicketWords):
    via: Literal["web", "telegram", "wecom-kf"] | None = None
    """The channel on which it is said; where the customer wrote last, if nothing is said."""


class TicketMaybeWords(Args):
    number: Number
    words: Words | None = None


class TicketTo(Args):
    number: Number
    colleague: Colleague


class TicketAbout(Args):
    number: Number
    type: RequestType


class TicketSplit(Args):
    number: Number
    card: Line | None = None


class TicketHanded(Args):
    number: Number
    key: Line


class TicketHeard(Args):
    key: Line


class TicketMode(Args):
    number: Number
    mode: Literal["reply", "internal"]


class Undo(Args):
    number: Number
    key: Line


class Rating(Args):
    number: Number
    score: Annotated[int, Field(ge=1, le=5)]


FORMS: dict[str, type[Args]] = {
    "reply": TicketWords,
    "wait": TicketMaybeWords,
    "resolve": TicketMaybeWords,
    "assign": TicketTo,
}
"""Which buttons of a ticket's card ask for something first."""
