"""A ticket's clock: watched, stopped while the customer is awaited, counted anew when it is opened again."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from handlers.context import Context
from handlers.promising import Promised, watch_at
from storage.tickets import Ticket


def promised_of(ctx: Context, ticket: Ticket) -> Promised:
    """Give what the policy promises about a ticket."""
    return Promised.of(ctx.policy, ticket.type, _tier(ctx, ticket), ticket.calendar)


def watched(ctx: Context, ticket: Ticket) -> Ticket:
    """Set the moment at which somebody must hear next; none while nothing is to be done by us."""
    moment = watch_at(ctx.policy, ticket, _tier(ctx, ticket))
    return ticket if moment == ticket.watch_at else ctx.store.tickets.change(ticket, watch_at=moment)


def resumed(ctx: Context, ticket: Ticket) -> Ticket:
    """Let the clock of a waiting ticket go on: the due time moves by what the customer kept us waiting."""
    if ticket.waiting_since is None:
        return ticket
    promised = promised_of(ctx, ticket)
    paused = ticket.paused_seconds + promised.waited(ticket.waiting_since, ctx.now)
    due = promised.due(promised.goal, ticket.opened_at, timedelta(seconds=paused))
    return ctx.store.tickets.change(ticket, waiting_since=None, paused_seconds=paused, resolution_due=due)


def anew(promised: Promised, ticket: Ticket, now: datetime) -> dict[str, Any]:
    """Count the goal from now on: what has passed so far does not count, and what was said about it neither."""
    return {
        "goal": promised.goal,
        "resolution_due": promised.due(promised.goal, now),
        "paused_seconds": promised.waited(ticket.opened_at, now),
        "waiting_since": None,
        "told": without(ticket.told, promised.goal),
    }


def without(told: Sequence[Any], figure: str) -> list[Any]:
    """Forget what was said about one figure of a promise, so that it can be said again."""
    return [entry for entry in told if not entry["name"].startswith(f"{figure}:")]


def _tier(ctx: Context, ticket: Ticket) -> str | None:
    customer = ctx.store.customers.get(ticket.customer_id)
    return customer.tier if customer else None
