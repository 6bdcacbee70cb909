"""Reachability: customers who close a chat to us or open it again."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from handlers import ticket_cards as cards
from handlers.cards import Card
from handlers.context import Context, Place
from handlers.routing import Router
from prompts.phrases import phrases
from storage.contacts import Contact
from storage.messages import Kind
from storage.paces import closed_scope

router = Router("reachability")


HELD = timedelta(days=7)
"""What waits for a closed chat waits so long; then it is tried once, in case we never heard that it was opened."""


@router.on("chat closed")
def lose(ctx: Context, _: object) -> None:
    """Write down that a customer blocked us."""
    _close(ctx, ctx.event.channel, ctx.event.sender)


@router.on("address gone")
def lose_after_a_refusal(ctx: Context, facts: dict[str, Any]) -> None:
    """Write down that a platform takes nothing for a customer any more, though nobody told us so before."""
    moved = _close(ctx, facts["channel"], facts["address"], str(facts.get("key", "")))
    if facts.get("key") not in moved:
        ctx.note("stayed undelivered", **facts)


@router.on("chat opened")
def find_again(ctx: Context, _: object) -> None:
    """Write down that a customer can be reached again; what waited for them leaves now."""
    channel, address = ctx.event.channel, ctx.event.sender
    if ctx.store.contacts.set_reachable(channel, address, reachable=True):
        ctx.store.paces.release(closed_scope(channel, address))
        contact = ctx.store.contacts.at(channel, address)
        _tell_owner(ctx, contact, channel, "contact-unblocked", Kind.REMINDER)
        _show_on_tickets(ctx, contact)


def _close(ctx: Context, channel: str, address: str, failed: str | None = None) -> list[str]:
    """Hold back what waits for a chat, and tell once whose customer it is; answers go on where else they are reached.

    Gives the keys of those. What nobody asked for does not follow anybody from a chat that they closed.
    """
    news = ctx.store.contacts.set_reachable(channel, address, reachable=False)
    contact = ctx.store.contacts.at(channel, address)
    other = _elsewhere(ctx, contact) if contact else None
    moved: list[str] = []
    if other is not None:
        moved = ctx.store.outbox.redirect(channel, address, (other.channel, other.address), failed, ctx.now)
    if news:
        ctx.store.paces.set({closed_scope(channel, address): ctx.now + HELD})
        _tell_owner(ctx, contact, channel, "contact-blocked", Kind.ESCALATION, other if moved else None)
        _show_on_tickets(ctx, contact)
    return moved


def _show_on_tickets(ctx: Context, contact: Contact | None) -> None:
    """Let the cards of somebody's open tickets say whether they can be answered."""
    for ticket in ctx.store.tickets.open_of(contact.id) if contact else ():
        cards.show(ctx, ticket)


def _elsewhere(ctx: Context, contact: Contact) -> Place | None:
    """Find where else a contact is reached: of the chats that are open to us the one where they wrote last."""
    for channel in ctx.store.contacts.channels(contact.id):
        if channel in ctx.around.channels:
            return Place(channel, ctx.store.contacts.address(contact.id, channel) or "")
    return None


def _tell_owner(
    ctx: Context, contact: Contact | None, channel: str, key: str, kind: Kind, other: Place | None = None
) -> None:
    customer = ctx.store.customers.get(contact.customer_id) if contact else None
    owner = ctx.store.staff.stand_in(ctx.store.staff.get(customer.owner_id), ctx.now) if customer else None
    if contact is None or customer is None or owner is None:
        return
    t = phrases(owner.language)
    names = {"name": contact.name or t("contact-unknown"), "customer": customer.name}
    lines = (t("contact-goes-on", channel=t(f"channel-{other.channel}")),) if other else ()
    ctx.tell(owner, Card(text=t(key, **names, channel=t(f"channel-{channel}")), lines=lines, tone="warn"), kind)
