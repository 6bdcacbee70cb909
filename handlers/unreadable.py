"""Unreadable: what a channel cannot put into words or files; answered kindly once a day, noted where work goes on."""

from __future__ import annotations

from typing import Any

from handlers import thread_cards
from handlers.cards import Card
from handlers.context import Context, Place
from handlers.routing import Router
from storage.entries import Entry
from storage.identities import identity_of
from storage.tickets import Ticket
from storage.vault import vault

router = Router("unreadable")


@router.on("unknown kind")
def answer(ctx: Context, facts: dict[str, Any]) -> None:
    """Ask for words instead; a ticket is opened by nothing that nobody can read."""
    ticket = _open_ticket(ctx)
    if ticket is not None:
        _note(ctx, ticket, str(facts["what"]))
    if not ctx.event.address or (ctx.staff is None and ctx.event.body.get("side") == "staff"):
        return
    day = ctx.now.astimezone(ctx.policy.company.zone).date()
    key = f"unread:{vault.blind(f'{ctx.event.channel}:{ctx.event.address}')}:{day}"
    if ctx.store.outbox.get(key) is None:
        text = ctx.t("unread-noted" if ticket else "unread", number=ticket.number if ticket else "")
        place = Place(ctx.event.channel, ctx.event.address)
        ctx.say(place, Card(text=text), key=key)


def _open_ticket(ctx: Context) -> Ticket | None:
    return next(iter(ctx.store.tickets.open_of(ctx.contact.id)), None) if ctx.contact else None


def _note(ctx: Context, ticket: Ticket, what: str) -> None:
    """Let colleagues see that something came which they have to look at elsewhere, or ask about."""
    assert ctx.contact is not None  # noqa: S101 - whose ticket it is
    slot = thread_cards.slot_for(ctx, ticket, ctx.contact)
    entry = Entry(
        key=f"{ctx.event.channel}:{ctx.event.external_id}",
        flow="in",
        author=ctx.contact.id,
        channel=ctx.event.channel,
        words=ctx.team_phrases(ticket.team)("unread-what", what=what),
        at=ctx.now,
        contact_id=ctx.contact.id,
        customer_id=ctx.contact.customer_id,
        ticket=ticket.number,
        identity=identity_of(ctx.event.channel, ctx.event.sender),
        message=thread_cards.mark_of(ctx.event),
        slot=slot,
    )
    ctx.store.entries.add(entry)
    thread_cards.put(ctx, ticket, slot)
