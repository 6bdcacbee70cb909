"""Joining: which open ticket a customer's words belong to, and what they want."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import datetime
from typing import Final

from handlers.arguments import RequestType
from handlers.context import Context
from prompts.reader.reading import Intent, Reading
from storage.tickets import LETTERS, Ticket

BY_WEIGHT: Final[tuple[tuple[Intent, RequestType], ...]] = (
    (Intent.SERVICE_REQUEST, "service_request"),
    (Intent.ORDER_STATUS, "order_status"),
    (Intent.PRICE, "price"),
    (Intent.INQUIRY, "inquiry"),
    (Intent.ASKS_PERSON, "other"),
)
"""Of several wishes in one message the heaviest names the ticket's type."""
HEAVIEST: Final[dict[Intent, RequestType]] = {Intent.FAULT: "fault", Intent.COMPLAINT: "complaint"}
"""These weigh more than any other; of the two the one that the reader is surer of."""
ASKS_FOR_NOTHING: Final = frozenset({Intent.NONE, Intent.PRAISE, Intent.SUGGESTION, Intent.OPT_OUT})
"""These are kept and answered, but nobody has to work on them."""
PRESSING: Final = ("high", "urgent")
NUMBER: Final = re.compile(rf"\bT-[{LETTERS}]{{5}}\b", re.IGNORECASE)


def kind_of(reading: Reading) -> RequestType | None:
    """Say what type of request a message surely is; None if it surely is none."""
    sure = reading.sure
    grave = (HEAVIEST[intent] for intent in sure if intent in HEAVIEST)
    return next(grave, None) or next((kind for intent, kind in BY_WEIGHT if intent in sure), None)


def asks_for_nothing(reading: Reading) -> bool:
    """Tell whether a message surely leaves nothing to do: thanks, praise, an ok."""
    return reading.is_acknowledgement or (bool(reading.sure) and set(reading.sure) <= ASKS_FOR_NOTHING)


def ticket_for(ctx: Context, open_tickets: Sequence[Ticket], words: str, reading: Reading) -> Ticket | None:
    """Find the ticket that words belong to: one they name, else the one last spoken of, if that can bear them.

    A ticket that waits for its customer takes the answer however late it comes; the others as long as policy says.
    """
    named = {number.upper() for number in NUMBER.findall(words)}
    for ticket in open_tickets:
        if ticket.number in named:
            return ticket
    fitting = [ticket for ticket in open_tickets if _bears(ticket, reading)]
    if not fitting:
        return None
    spoken = ctx.store.entries.last_words([ticket.number for ticket in fitting])
    moments = {
        ticket.number: max(_last_moment(ticket), spoken.get(ticket.number, ticket.opened_at)) for ticket in fitting
    }
    since = ctx.now - ctx.policy.conversation.join
    near = [ticket for ticket in fitting if ticket.status == "waiting" or moments[ticket.number] >= since]
    return max(near, key=lambda t: (outweighs(reading, t) is None, moments[t.number]), default=None)


def outweighs(reading: Reading, ticket: Ticket) -> RequestType | None:
    """Say what a message is that weighs more than a ticket: promised more, heard by others; None if it does not.

    A fault said in a complaint, or a complaint about a fault, mostly is the same matter; a pressing fault never waits
    in a complaint, because engineers would not hear of it.
    """
    said = {HEAVIEST[intent] for intent in reading.sure if intent in HEAVIEST}
    if ticket.type in said or not said:
        return None
    if ticket.type not in HEAVIEST.values():
        return kind_of(reading)
    return "fault" if "fault" in said and reading.urgency in PRESSING else None


def _bears(ticket: Ticket, reading: Reading) -> bool:
    """Tell whether words can join a ticket; heavier ones only where they say at last what it is about."""
    if outweighs(reading, ticket) is None:
        return not _is_another_matter(ticket, reading)
    unsaid = ticket.type == "other" and ticket.first_response_at is None
    return unsaid or (ticket.status == "waiting" and ticket.type not in HEAVIEST.values())


def _is_another_matter(ticket: Ticket, reading: Reading) -> bool:
    """What a solved ticket was about is over: a wish to buy is a new one, anything else opens it again."""
    return ticket.status == "resolved" and ticket.type != "price" and kind_of(reading) == "price"


def _last_moment(ticket: Ticket) -> datetime:
    return max(at for at in (ticket.opened_at, ticket.first_response_at, ticket.resolved_at) if at)
