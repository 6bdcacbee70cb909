"""Ticket topics: what the place of a ticket's thread is called, where a chat gives each thread one of its own."""

from __future__ import annotations

from typing import Final

from handlers.cards import Topic
from handlers.context import Context
from prompts.phrases import Phrases
from storage.contacts import Contact
from storage.tickets import OVER, Ticket

LONGEST_NAME: Final = 60
"""Characters of a customer's name, so that number and state have room beside it wherever such names end."""


def topic_of(ctx: Context, ticket: Ticket, t: Phrases) -> Topic:
    """Name a ticket's topic: its number, whose it is, and whose turn it is; it is closed with the ticket."""
    customer, contact = ctx.store.customers.get(ticket.customer_id), ctx.store.contacts.get(ticket.contact_id)
    who = (customer and customer.name) or (contact and contact.name) or t("contact-unknown")
    state = "blocked" if ticket.is_open and contact and _has_blocked_us(ctx, contact) else ticket.status
    name = t("ticket-topic", number=ticket.number, who=who[:LONGEST_NAME].strip(), state=t(f"ticket-topic-{state}"))
    return Topic(name=name, closed=ticket.status in OVER)


def _has_blocked_us(ctx: Context, contact: Contact) -> bool:
    """Tell whether no chat is left in which a customer could be answered, though there was one."""
    known = ctx.store.contacts
    return not known.channels(contact.id) and bool(known.closed_channels(contact.id))
