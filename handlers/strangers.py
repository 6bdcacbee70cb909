"""Strangers: who proved or was confirmed to be somebody we know becomes one with them, and is split off again without loss."""

from __future__ import annotations

from collections.abc import Sequence

from handlers import ticket_cards as cards
from handlers.context import Context
from handlers.ticket_people import hand_to
from storage.contacts import Contact
from storage.identities import identity_of
from storage.joins import Join


def adopt(ctx: Context, side: Contact, known: Contact, how: str = "code", left: Sequence[str] = ()) -> Join:
    """Make two contacts one: all that `side` said and asked for is the other's; the owner takes over what is nobody's.

    `left` are the addresses on this channel at which the contact is no longer reached because of it.
    """
    store = ctx.store
    customer = store.customers.get(known.customer_id)
    owner = store.staff.stand_in(store.staff.get(customer.owner_id), ctx.now) if customer else None
    before = store.tickets.open_of(side.id)
    actor = ctx.staff or ctx.contact
    made = store.joins.join(
        side,
        known,
        customer,
        owner.id if owner else None,
        how=how,
        by=actor.id if actor else "bot",
        now=ctx.now,
        left=[identity_of(ctx.event.channel, address) for address in left],
    )
    store.audit.note(made.by, f"joined by {how}", known.id, ctx.now, known.customer_id)
    ctx.note("customer changed", customer=known.customer_id)
    for ticket in before:
        _show(ctx, ticket.number)
        if owner is not None and ticket.owner_id is None and (now := store.tickets.get(ticket.number)):
            hand_to(ctx, now, owner)
    return made


def let_go(ctx: Context, join: Join) -> Contact:
    """Split two contacts again: each has what came with it, and what was said since from its own chats."""
    before = ctx.store.contacts.get(join.into_id)
    side = ctx.store.joins.split(join, ctx.me.id, ctx.now)
    ctx.store.audit.note(ctx.me.id, "split", join.into_id, ctx.now, before.customer_id if before else None)
    ctx.note("customer changed", customer=side.customer_id)
    for ticket in ctx.store.tickets.open_of(side.id):
        _show(ctx, ticket.number)
    return side


def _show(ctx: Context, number: str) -> None:
    ticket = ctx.store.tickets.get(number)
    if ticket is not None:
        cards.show(ctx, ticket)
