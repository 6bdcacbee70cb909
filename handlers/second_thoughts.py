"""Second thoughts: a deed on a ticket that its author takes back is undone, if nothing else has happened since."""

from __future__ import annotations

from dataclasses import asdict
from datetime import datetime
from typing import Any, Final

from handlers import ticket_cards as cards
from handlers.cards import Card
from handlers.context import Context, Refused
from handlers.ticket_clock import watched
from prompts.phrases import phrases
from storage.tickets import Ticket, TicketEvent

MOMENTS: Final = ("first_response_at", "waiting_since", "resolution_due", "resolved_at")
KEPT: Final = ("status", "owner_id", "paused_seconds", "priority", "mode")


def as_it_was(ticket: Ticket) -> dict[str, Any]:
    """Give what a deed may change about a ticket, in the form in which its history keeps it."""
    now = asdict(ticket)
    moments = {name: now[name].isoformat() if now[name] else None for name in MOMENTS}
    return moments | {name: now[name] for name in KEPT}


def undo(ctx: Context, ticket: Ticket, what: str) -> None:
    """Give a ticket back the state that it had before the last deed.

    Raises:
        Refused: something else has been said or done since, or somebody else did it.
    """
    last = _last(ctx, ticket)
    if last is None or last.what != what or last.actor != ctx.me.id or _spoken_since(ctx, ticket, last.at):
        raise Refused("ticket-undo-late", number=ticket.number)
    was = last.detail["was"]
    moments = {name: datetime.fromisoformat(was[name]) if was[name] else None for name in MOMENTS}
    ticket = ctx.store.tickets.change(ticket, **moments, **{name: was[name] for name in KEPT})
    ctx.store.tickets.note(ticket.number, ctx.me.id, "undone", ctx.now, deed=what)
    cards.show(ctx, watched(ctx, ticket))
    if last.detail.get("said"):
        _unsay(ctx, ticket, str(last.detail["said"]))


def _last(ctx: Context, ticket: Ticket) -> TicketEvent | None:
    history = ctx.store.tickets.history(ticket.number)
    return history[-1] if history and "was" in history[-1].detail else None


def _spoken_since(ctx: Context, ticket: Ticket, moment: datetime) -> bool:
    newest = ctx.store.entries.of_ticket(ticket.number, 1)
    return bool(newest) and newest[-1].at > moment


def _unsay(ctx: Context, ticket: Ticket, key: str) -> None:
    """Keep from the customer what has not left yet; else say on the same card that we are still at it."""
    reached = cards.contact_of(ctx, ticket)
    if ctx.store.outbox.cancel(key, now=ctx.now) or reached is None:
        return
    contact, place = reached
    ctx.say(place, Card(text=phrases(contact.language)("customer-still-open", number=ticket.number)), slot=key)
