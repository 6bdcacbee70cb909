"""Sharpening: a ticket turns out to be about something else, by its customer's press or by weightier words."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from handlers import thread_cards
from handlers import ticket_cards as cards
from handlers.arguments import RequestType
from handlers.context import Context, Refused
from handlers.promising import Promised
from handlers.routing import CUSTOMER, Router
from handlers.ticket_clock import anew, watched, without
from handlers.ticket_words import TicketAbout
from scheduler.policy.units import PRIORITIES
from storage.tickets import Ticket

router = Router("sharpening")


@router.command("ticket about", TicketAbout, who=CUSTOMER, hidden=True)
def sharpen(ctx: Context, args: TicketAbout) -> None:
    """Let the customer say what it is about."""
    ticket = ctx.store.tickets.get(args.number)
    if ticket is None or ctx.contact is None or ticket.contact_id != ctx.contact.id or not ticket.is_open:
        raise Refused("card-moved-on")
    _turn(ctx, ticket, args.type)


@router.on("ticket outweighed")
def raise_by_words(ctx: Context, facts: dict[str, Any]) -> None:
    """Let a customer's weightier words say what their ticket is about."""
    ticket = ctx.store.tickets.get(facts["number"])
    if ticket is not None and ticket.is_open:
        _turn(ctx, ticket, facts["type"])


def _turn(ctx: Context, ticket: Ticket, kind: RequestType) -> None:
    """Change what a ticket is about: the stricter promise holds, and the team whose work it is sees the card."""
    before = ticket
    promised = _promised(ctx, ticket, kind)
    mode = thread_cards.end_mode(ctx, ticket) if promised["team"] != ticket.team else {}
    ticket = ctx.store.tickets.change(ticket, **promised, **mode)
    ticket = watched(ctx, ticket)
    actor = ctx.contact.id if ctx.contact else "customer"
    detail = {"type": kind, "due": before.resolution_due.isoformat(), "told": before.told}
    ctx.store.tickets.note(ticket.number, actor, "about", ctx.now, **detail)
    if ticket.team != before.team:
        cards.move(ctx, ticket, before.team)
    cards.show(ctx, ticket)
    customer = ctx.store.customers.get(ticket.customer_id)
    by = ctx.t.moment(cards.due_now(ticket), ctx.zone_of(ctx.contact, customer), ctx.now)
    ctx.reply(ctx.t("customer-sharpened", number=ticket.number, by=by))


def _promised(ctx: Context, ticket: Ticket, kind: RequestType) -> dict[str, Any]:
    """Count the new promise from the opening; where that is over already, from now on: nobody is promised the past."""
    customer = ctx.store.customers.get(ticket.customer_id)
    promised = Promised.of(ctx.policy, kind, customer.tier if customer else None, ticket.calendar)
    team = ctx.policy.routes.team_for(kind)
    first = min(ticket.first_response_due, promised.due("first_response", ticket.opened_at))
    due = promised.due(promised.goal, ticket.opened_at, timedelta(seconds=ticket.paused_seconds))
    values: dict[str, Any] = {"resolution_due": due} if due > ctx.now else anew(promised, ticket, ctx.now)
    if ticket.first_response_at is None and first <= ctx.now:
        first = promised.due("first_response", ctx.now)
        values["told"] = without(values.get("told", ticket.told), "first_response")
    return values | {
        "type": kind,
        "team": team.name if team else "fallback",
        "goal": promised.goal,
        "priority": max(promised.promise.priority, ticket.priority, key=PRIORITIES.index),
        "first_response_due": first,
    }
