"""Ticket people: what the person who answers for a ticket hears directly; the card itself stands with the team."""

from __future__ import annotations

from typing import Any

from handlers import ticket_cards as cards
from handlers.cards import Button, Card, Quote
from handlers.context import Context, Place
from prompts.phrases import phrases
from storage.messages import Kind
from storage.staff import Person
from storage.tickets import OVER, Ticket


def owner_slot(number: str) -> str:
    """Name the card by which somebody answers for a ticket."""
    return f"owner:{number}"


def hand_to(ctx: Context, ticket: Ticket, person: Person) -> None:
    """Tell somebody that a ticket is theirs, and what it waits for; who had it before reads it anew."""
    slot, place = owner_slot(ticket.number), ctx.place_of(person)
    if place is not None and ctx.store.posts.get(place.channel, place.address, slot) is not None:
        ctx.store.posts.lift(place.channel, place.address, slot)
    ctx.tell(person, handed_card(ctx, ticket, person), Kind.CARD, slot=slot)


def handed_card(ctx: Context, ticket: Ticket, person: Person) -> Card:
    """Make the card by which a ticket was handed to somebody, as things stand now."""
    owner = ctx.store.staff.get(ticket.owner_id)
    in_charge = ctx.store.staff.stand_in(owner, ctx.now)
    if person.id not in {one.id for one in (owner, in_charge) if one}:
        return _card(ctx, ticket, person, "ticket-for-another", ticket.words, who=owner.name if owner else "none")
    if ticket.status in OVER:
        return _card(ctx, ticket, person, "ticket-over-for-you", ticket.words, state=ticket.status)
    state = ticket.status if ticket.status in ("waiting", "resolved") else "taken"
    state = "new" if ticket.first_response_at is None else state
    return _card(ctx, ticket, person, "ticket-for-you", ticket.words, state=state)


def tell_owner(ctx: Context, ticket: Ticket, key: str, words: str = "", *, slot: str = "", **values: Any) -> None:
    """Tell whoever answers for a ticket, or their stand-in, that something came of it; not of their own deeds."""
    owner = ctx.store.staff.stand_in(ctx.store.staff.get(ticket.owner_id), ctx.now)
    if owner is not None and not (ctx.staff and ctx.staff.id == owner.id):
        ctx.tell(owner, _card(ctx, ticket, owner, key, words, **values), Kind.CARD, slot=slot)


def _card(ctx: Context, ticket: Ticket, person: Person, key: str, words: str, **values: Any) -> Card:
    t = phrases(person.language)
    name = cards.name_of(t, ctx.store.contacts.get(ticket.contact_id))
    by = t.moment(cards.due_now(ticket), person.zone, ctx.now)
    deeds = ("take", "show") if ticket.status == "new" and key != "ticket-for-another" else ("show",)
    return Card(
        title=t("ticket-title", number=ticket.number, type=t(f"type-{cards.dashed(ticket.type)}")),
        text=t(key, **{"by": by, "name": name, **values}),
        quote=Quote(who=name, words=words) if words else None,
        buttons=tuple(
            Button(label=t(f"button-{deed}"), command=f"ticket {deed}", args={"number": ticket.number})
            for deed in deeds
        ),
    )


def amend_owner(ctx: Context, ticket: Ticket, slot: str, words: str) -> None:
    """Bring the card up to date on which whoever answers for a ticket read the words of one of its cards."""
    owner = ctx.store.staff.stand_in(ctx.store.staff.get(ticket.owner_id), ctx.now)
    place = ctx.place_of(owner) if owner else None
    if place is not None:
        amend(ctx, place, owner_slot(ticket.number) if slot == cards.slot_of(ticket.number) else f"more:{slot}", words)


def amend(ctx: Context, place: Place, slot: str, words: str) -> None:
    """Let a card that quotes a customer say what the customer's words say now; nothing, where no such card stands."""
    post = ctx.store.posts.get(place.channel, place.address, slot)
    card = Card.model_validate(post.card) if post else None
    if card is not None and card.quote is not None:
        quote = card.quote.model_copy(update={"words": words}) if words else None
        ctx.say(place, card.model_copy(update={"quote": quote}), Kind.CARD, slot=slot)
