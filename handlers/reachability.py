"""Reachability: customers who close a chat to us or open it again."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from handlers.cards import Card
from handlers.context import Context
from handlers.routing import Router
from prompts.phrases import phrases
from storage.contacts import Contact
from storage.messages import Kind
from storage.paces import chat_scope

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
    _close(ctx, facts["channel"], facts["address"])


@router.on("chat opened")
def find_again(ctx: Context, _: object) -> None:
    """Write down that a customer can be reached again; what waited for them leaves now."""
    channel, address = ctx.event.channel, ctx.event.sender
    if ctx.store.contacts.set_reachable(channel, address, reachable=True):
        ctx.store.paces.release(chat_scope(channel, address))
        _tell_owner(ctx, ctx.store.contacts.at(channel, address), channel, "contact-unblocked", Kind.REMINDER)


def _close(ctx: Context, channel: str, address: str) -> None:
    """Hold back what waits for a chat, and tell once whose customer it is."""
    if ctx.store.contacts.set_reachable(channel, address, reachable=False):
        ctx.store.paces.set({chat_scope(channel, address): ctx.now + HELD})
        _tell_owner(ctx, ctx.store.contacts.at(channel, address), channel, "contact-blocked", Kind.ESCALATION)


def _tell_owner(ctx: Context, contact: Contact | None, channel: str, key: str, kind: Kind) -> None:
    customer = ctx.store.customers.get(contact.customer_id) if contact else None
    owner = ctx.store.staff.stand_in(ctx.store.staff.get(customer.owner_id), ctx.now) if customer else None
    if contact is None or customer is None or owner is None:
        return
    t = phrases(owner.language)
    names = {"name": contact.name or t("contact-unknown"), "customer": customer.name}
    ctx.tell(owner, Card(text=t(key, **names, channel=t(f"channel-{channel}")), tone="warn"), kind)
