"""Strangers: what somebody wrote before they proved who they are becomes their customer's, and its owner's."""

from __future__ import annotations

from handlers import ticket_cards as cards
from handlers.context import Context
from handlers.ticket_people import hand_to
from storage.contacts import Contact


def adopt(ctx: Context, stranger: Contact, known: Contact) -> None:
    """Move all that a stranger said and asked for to the contact whom they proved to be; the owner takes over."""
    store = ctx.store
    customer = store.customers.get(known.customer_id)
    owner = store.staff.stand_in(store.staff.get(customer.owner_id), ctx.now) if customer else None
    store.contacts.merge(stranger.id, known.id)
    store.entries.adopt(stranger.id, known.id, known.customer_id)
    store.feedback.adopt(stranger.id, known.id, known.customer_id)
    for before in store.tickets.adopt(stranger.id, known.id, customer, owner.id if owner else None):
        ticket = store.tickets.get(before.number)
        assert ticket is not None  # noqa: S101 - it was just moved in this transaction
        cards.show(ctx, ticket)
        if owner is not None and before.owner_id is None:
            hand_to(ctx, ticket, owner)
