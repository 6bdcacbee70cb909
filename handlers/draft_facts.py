"""Draft facts: whom to write to at a customer, what is on record to write about, and what stands in the way."""

from __future__ import annotations

from datetime import timedelta
from typing import Final

from handlers.context import Context, Place, Refused
from handlers.reminder_cards import View, shortened
from prompts.drafting import Purpose
from prompts.phrases import Phrases
from scheduler.policy.consent import obstacle
from scheduler.policy.units import MessageKind
from storage.contacts import Contact
from storage.customers import Customer
from storage.feedback import Feedback
from storage.staff import Scope
from storage.tickets import RUNNING, Ticket

AS_POLICY_SAYS: Final[dict[str, MessageKind]] = {
    "follow_up": "follow_up",
    "value": "value_content",
    "renewal": "renewal",
    "wake_up": "wake_up",
    "greeting": "greeting",
    "apology": "apology",
}
"""What drafts are for, in the words of the policy."""
UNSETTLED: Final = (*RUNNING, "waiting")
FRESH: Final = timedelta(days=90)
"""Older praise and suggestions are no reason to write."""
EVERYONE: Final = "everyone"


def reachable(ctx: Context, customer: Customer) -> tuple[Contact, Place]:
    """Choose whom to write to: who has a complaint open, else who is reached where they like it, else anybody.

    Raises:
        Refused: the customer has no contact, or none of them is in a chat that runs here.
    """
    known = ctx.store.contacts.of(customer.id)
    if not known:
        raise Refused("draft-no-contact", name=customer.name)
    places = [(contact, place) for contact in known if (place := ctx.contact_place(contact))]
    if not places:
        raise Refused("draft-unreachable", name=customer.name)
    hurt = {ticket.contact_id for ticket in _unsettled(ctx, customer) if ticket.type == "complaint"}
    return min(places, key=lambda found: _preference(found[0], found[1], hurt))


def _preference(contact: Contact, place: Place, hurt: set[str | None]) -> tuple[bool, bool, bool]:
    return contact.id not in hurt, contact.opted_out_at is not None, place.channel != contact.preferred_channel


def gathered(ctx: Context, customer: Customer, contact: Contact) -> dict[str, str]:
    """Collect what is on record about a customer that may be written about to this contact; moments as ISO text."""
    facts = {
        "name": contact.name,
        "tier": View.of(ctx, ctx.staff, ctx.staff).tier(customer) if customer.tier else None,
        "stage": customer.stage,
        "industry": customer.industry,
        "since": customer.since.isoformat() if customer.since else None,
        "sleeps": "yes" if _sleeps(ctx, customer) else None,
    }
    facts |= _touch_facts(ctx, customer) | _order_facts(ctx, customer)
    facts |= _feedback_facts(ctx, customer, contact) | _ticket_facts(ctx, customer, contact)
    return {name: value for name, value in facts.items() if value}


def _sleeps(ctx: Context, customer: Customer) -> bool:
    silence = getattr(ctx.policy.tiers.scheme, "silence", None)
    return customer.stage == "lost" or (silence is not None and customer.tier == silence.tier)


def _touch_facts(ctx: Context, customer: Customer) -> dict[str, str | None]:
    """Name the last real contact; a note that nobody was reached is none."""
    for touch in ctx.store.touches.of(customer.id):
        if touch.kind != "other":
            words = shortened(touch.words)
            return {"touch_at": touch.at.isoformat(), "touch_how": touch.kind, "touch_words": words}
    return {}


def _order_facts(ctx: Context, customer: Customer) -> dict[str, str | None]:
    for order in ctx.store.orders.of(customer.id):
        if order.amount > 0:
            amount = ctx.t.money(order.amount, order.currency)
            return {"order": order.number, "order_at": order.ordered_at.isoformat(), "order_amount": amount}
    return {}


def _feedback_facts(ctx: Context, customer: Customer, contact: Contact) -> dict[str, str | None]:
    """Name this contact's newest praise and suggestion, and a fresh complaint that no ticket carries."""
    since = ctx.now - FRESH
    pieces = ctx.store.feedback.listed(_whole_house(ctx), since=since, customer_id=customer.id, limit=50)
    facts: dict[str, str | None] = {}
    for piece in reversed([piece for piece in pieces if piece.contact_id in (contact.id, None)]):
        if piece.kind != "complaint" or _is_open_grievance(ctx, piece):
            facts |= {f"{piece.kind}_at": piece.at.isoformat(), f"{piece.kind}_topic": piece.topic}
    return facts


def _is_open_grievance(ctx: Context, piece: Feedback) -> bool:
    return piece.ticket is None and piece.at > ctx.now - ctx.policy.consent.complaint_holds


def _ticket_facts(ctx: Context, customer: Customer, contact: Contact) -> dict[str, str | None]:
    facts: dict[str, str | None] = {}
    for ticket in _unsettled(ctx, customer):
        if ticket.contact_id not in (contact.id, None):
            continue
        opened = ticket.opened_at.isoformat()
        if ticket.type == "complaint":
            facts |= {"complaint": ticket.number, "complaint_at": opened}
        else:
            facts |= {"ticket": ticket.number, "ticket_at": opened, "ticket_status": ticket.status}
    return facts


def _unsettled(ctx: Context, customer: Customer) -> list[Ticket]:
    return ctx.store.tickets.listed(_whole_house(ctx), statuses=UNSETTLED, customer_id=customer.id)


def _whole_house(ctx: Context) -> Scope:
    """What stands in the way of a message counts whoever works on it; the customer was found by the person's scope."""
    return Scope(ctx.me, frozenset(), frozenset(), everything=True)


def stopped_by(ctx: Context, customer: Customer, contact: Contact, purpose: Purpose) -> str | None:
    """Tell what stands in the way of such a message, in the words of the policy; None if nothing does."""
    within = ctx.policy.consent.cap_within
    return obstacle(
        ctx.policy,
        AS_POLICY_SAYS[purpose],
        opted_out=contact.opted_out_at is not None,
        agreed=contact.agreed_at is not None,
        complaint_open=any(ticket.type == "complaint" for ticket in _unsettled(ctx, customer)),
        sent_lately=len(ctx.store.drafts.sent_since(contact.id, ctx.now - within)),
    )


def refuse_if_stopped(ctx: Context, customer: Customer, contact: Contact, purpose: Purpose) -> None:
    """Refuse what must not be written now, saying what may be done instead.

    Raises:
        Refused: an opt-out, a missing consent, an open complaint or the cap stands in the way.
    """
    why = stopped_by(ctx, customer, contact, purpose)
    if why is not None:
        said = {
            "name": customer.name,
            "contact": contact.name or customer.name,
            "purpose": purpose_label(ctx.t, purpose),
            "cap": ctx.policy.consent.cap,
            "days": ctx.policy.consent.cap_within.days,
        }
        raise Refused(f"draft-stopped-{why}", **said)


def purpose_label(t: Phrases, purpose: str) -> str:
    return t(f"purpose-{purpose.replace('_', '-')}")
