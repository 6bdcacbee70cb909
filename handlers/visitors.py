"""Visitors: who the company's own site says is signed in, which is a proof; how the others say they are reached, which is none."""

from __future__ import annotations

from typing import Any

from handlers import ticket_cards as cards
from handlers.context import Context
from handlers.routing import Router
from handlers.strangers import adopt
from storage.claims import Claim
from storage.columns import new_id
from storage.contacts import Contact
from storage.identities import WEB_USER

router = Router("visitors")


@router.on("visitor proven")
def know(ctx: Context, facts: dict[str, Any]) -> None:
    """Give a signed-in visitor's chat to the contact with that id, and what they said before they signed in."""
    contacts, id_ = ctx.store.contacts, str(facts["id"])
    contact = contacts.at(WEB_USER, id_) or ctx.contact or _met(ctx, facts)
    _recognise(ctx, contact, WEB_USER, id_)
    _recognise(ctx, contact, ctx.event.channel, ctx.event.sender)
    contacts.used_now(ctx.event.channel, ctx.event.sender, ctx.now)
    if facts.get("before"):
        _join(ctx, str(facts["before"]), contact)


def _recognise(ctx: Context, contact: Contact, channel: str, address: str) -> None:
    """Make an address the contact's; one that is theirs already stays as it came, so that a join can still be split."""
    known = ctx.store.contacts.at(channel, address)
    if known is None or known.id != contact.id:
        ctx.store.contacts.bind(contact.id, channel, address)


def _met(ctx: Context, facts: dict[str, Any]) -> Contact:
    """Meet somebody whom the company's site knows and we do not."""
    language = str(facts.get("language") or ctx.policy.company.language)
    contact = Contact(id=new_id(), name=str(facts.get("name") or ""), language=language, met_at=ctx.now)
    ctx.store.contacts.add(contact, ctx.now)
    return contact


def _join(ctx: Context, before: str, contact: Contact) -> None:
    """Take over what a stranger said on the same page; somebody who is known there already stays who they are."""
    stranger = ctx.store.contacts.at(ctx.event.channel, before)
    if stranger is None or (stranger.id != contact.id and _is_somebody_else(ctx, stranger, contact)):
        return
    if stranger.id != contact.id:
        adopt(ctx, stranger, contact, "identity")
    ctx.store.moved_chats.move(ctx.event.channel, before, ctx.event.sender)


def _is_somebody_else(ctx: Context, other: Contact, contact: Contact) -> bool:
    """Tell whether two who used one page surely are two: the other is a customer's, was signed in too, or is kept apart."""
    vouched = ctx.store.contacts.is_vouched_for(other.id)
    return vouched or other.customer_id is not None or ctx.store.joins.are_apart(other.id, contact.id)


@router.on("details left")
def keep_claim(ctx: Context, facts: dict[str, Any]) -> None:
    """Keep how somebody whom nobody knows says they are reached, once; whoever reads their requests reads it there.

    Who has not written a word, or is known, leaves nothing.
    """
    contact = ctx.contact
    if contact is None or not ctx.store.claims.are_wanted(contact):
        return
    claim = Claim(str(facts["reach"]), str(facts["name"]) or None)
    ctx.store.claims.add(contact.id, claim, ctx.now, ctx.store.contacts.came_as(ctx.event.channel, ctx.event.sender))
    ctx.store.audit.note(contact.id, "left a way to be reached", contact.id, ctx.now)
    for ticket in ctx.store.tickets.open_of(contact.id):
        cards.show(ctx, ticket)
