"""Owner cards: the card by which a ticket was handed to somebody says how it stands as long as it stands there."""

from __future__ import annotations

from typing import Any

from handlers.context import Context
from handlers.routing import Router
from handlers.ticket_people import handed_card, owner_slot
from storage.messages import Kind
from storage.staff import Person
from storage.tickets import Ticket

router = Router("owner cards")


@router.on("ticket changed")
def follow(ctx: Context, facts: dict[str, Any]) -> None:
    """Bring up to date the cards of those to whom a ticket was ever handed: no deed stands there that is over."""
    ticket = ctx.store.tickets.get(facts["number"])
    if ticket is None:
        return
    for person in _handed(ctx, ticket):
        _bring_up_to_date(ctx, ticket, person)


def _handed(ctx: Context, ticket: Ticket) -> list[Person]:
    """Give those who may have had a ticket: its customer's own person, whoever took it or was given it, stand-ins."""
    customer = ctx.store.customers.get(ticket.customer_id)
    history = ctx.store.tickets.history(ticket.number)
    ids = [customer.owner_id if customer else None, ticket.owner_id, *(one.detail.get("to") for one in history)]
    known = [ctx.store.staff.get(id_) for id_ in dict.fromkeys(id_ for id_ in ids if id_)]
    people = [*known, *(ctx.store.staff.stand_in(person, ctx.now) for person in known)]
    return list({person.id: person for person in people if person}.values())


def _bring_up_to_date(ctx: Context, ticket: Ticket, person: Person) -> None:
    """Say a card anew in its place if it stands there, or is on its way, and says something else."""
    place, slot = ctx.place_of(person), owner_slot(ticket.number)
    if place is None:
        return
    post = ctx.store.posts.get(place.channel, place.address, slot)
    shown = ctx.store.outbox.waiting_card(place.channel, place.address, slot) or (post and post.card)
    card = handed_card(ctx, ticket, person)
    if shown and shown != card.kept():
        ctx.say(place, card, Kind.CARD, slot=slot)
