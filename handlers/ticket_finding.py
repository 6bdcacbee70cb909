"""Finding tickets by what a person typed, within what that person may see."""

from __future__ import annotations

from handlers.context import Context, Refused
from storage.tickets import Ticket


def find_ticket(ctx: Context, number: str) -> Ticket:
    """Find a ticket that the person who acts may see.

    Raises:
        Refused: there is none, or it is not theirs to see; the words are the same.
    """
    ticket = ctx.store.tickets.seen_by(ctx.scope, number)
    if ticket is None:
        raise Refused("ticket-not-found", number=number)
    return ticket


def workable(ctx: Context, number: str) -> Ticket:
    """Find a ticket on which work goes on.

    Raises:
        Refused: there is none to see, or it is closed.
    """
    ticket = find_ticket(ctx, number)
    if not ticket.is_open:
        raise Refused("ticket-closed", number=ticket.number)
    return ticket
