"""Ticket answers: what a customer reads about a request of theirs, from its number to the rating."""

from __future__ import annotations

from collections.abc import Sequence

from handlers import ticket_cards as cards
from handlers.attachments import named
from handlers.cards import Attachment, Button, Card, Quote
from handlers.context import Context
from prompts.phrases import Phrases, phrases
from storage.contacts import Contact
from storage.staff import Person
from storage.tickets import Ticket

RATINGS = range(1, 6)


def opened_card(ctx: Context, ticket: Ticket, contact: Contact, owner: Person | None, *, unsure: bool) -> Card:
    """Tell the customer that they were heard: the number, who, and by when."""
    t = phrases(contact.language)
    customer = ctx.store.customers.get(ticket.customer_id)
    by = t.moment(ticket.first_response_due, ctx.zone_of(contact, customer), ctx.now)
    feelings = t("customer-sorry") if ticket.type in ("complaint", "fault") else t("customer-thanks")
    who = t("customer-owner", name=owner.name) if owner else t("customer-team")
    text = t("customer-opened", feelings=feelings, number=ticket.number, who=who, by=by)
    return Card(text=text, buttons=_sharpening(ticket, t) if unsure else ())


def _sharpening(ticket: Ticket, t: Phrases) -> tuple[Button, ...]:
    """When the bot was not sure what it is about, one press tells it."""
    kinds = ("complaint", "fault", "order_status", "inquiry")
    return tuple(
        Button(
            label=t(f"customer-kind-{cards.dashed(kind)}"),
            command="ticket about",
            args={"number": ticket.number, "type": kind},
        )
        for kind in kinds
    )


def resolved_card(
    ticket: Ticket, contact: Contact, words: str, owner: Person | None, files: Sequence[Attachment] = ()
) -> Card:
    """Tell the customer that we think it is solved; one press rates it, another says that it is not."""
    t = phrases(contact.language)
    return Card(
        text=t("customer-resolved", number=ticket.number),
        quote=Quote(who=owner.name if owner else t("customer-us"), words=words) if words else None,
        buttons=(*rating_buttons(ticket.number, t), _not_solved(ticket.number, t)),
        footer=t("customer-rate-hint"),
        files=named(t, files),
        personal=bool(words or files),
    )


def rating_buttons(number: str, t: Phrases) -> tuple[Button, ...]:
    return tuple(
        Button(label=t("customer-rate", score=score), command="rate", args={"number": number, "score": str(score)})
        for score in RATINGS
    )


def _not_solved(number: str, t: Phrases) -> Button:
    return Button(label=t("customer-not-solved"), command="ticket unsolved", args={"number": number}, style="danger")
