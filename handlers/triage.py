"""Triage: a ticket that is urgent, one that never was a request, and words that are a matter of their own."""

from __future__ import annotations

from collections.abc import Sequence

from handlers import thread_cards
from handlers import ticket_cards as cards
from handlers.attachments import files_of, labels
from handlers.cards import Card
from handlers.context import Context, Refused
from handlers.joining import kind_of
from handlers.routing import Router
from handlers.second_thoughts import as_it_was
from handlers.ticket_finding import find_ticket, workable
from handlers.ticket_people import tell_owner
from handlers.ticket_words import OneTicket, TicketHeard, TicketSplit
from storage.entries import TAKEN_BACK, Entry
from storage.tickets import OVER, Ticket

router = Router("triage")
MOST = 500
"""So many of a ticket's last words are looked through for those that are split off."""


@router.command("ticket urgent", OneTicket)
def make_urgent(ctx: Context, args: OneTicket) -> None:
    """Say that a ticket cannot wait; whoever answers for it hears so."""
    ticket = workable(ctx, args.number)
    if ticket.priority == "urgent":
        raise Refused("ticket-urgent-already", number=ticket.number)
    was = as_it_was(ticket)
    ticket = ctx.store.tickets.change(ticket, priority="urgent")
    ctx.store.tickets.note(ticket.number, ctx.me.id, "urgent", ctx.now, was=was)
    cards.show(ctx, ticket)
    tell_owner(ctx, ticket, "ticket-urgent-for-you", ticket.words, who=ctx.me.name)
    ctx.reply(ctx.t("ticket-urgent-by-you", number=ticket.number))


@router.command("ticket dismiss", OneTicket)
def dismiss(ctx: Context, args: OneTicket) -> None:
    """Say that nothing was asked of us: no promise counts, and the customer hears nothing of it."""
    ticket = find_ticket(ctx, args.number)
    if ticket.status in OVER:
        raise Refused("ticket-closed", number=ticket.number)
    mode = thread_cards.end_mode(ctx, ticket)
    ticket = ctx.store.tickets.change(ticket, status="dismissed", closed_at=ctx.now, watch_at=None, **mode)
    ctx.store.tickets.note(ticket.number, ctx.me.id, "dismissed", ctx.now)
    cards.show(ctx, ticket)
    ctx.reply(ctx.t("ticket-dismissed-by-you", number=ticket.number))


@router.command("ticket heard", TicketHeard, hidden=True)
def open_for_words(ctx: Context, args: TicketHeard) -> None:
    """Make a ticket of words that asked for nothing, as the reader thought."""
    entry = ctx.store.entries.get(args.key)
    contact = ctx.store.contacts.get(entry.contact_id) if entry and entry.flow == "in" and entry.words else None
    hidden = contact and contact.customer_id and ctx.store.customers.seen_by(ctx.scope, contact.customer_id) is None
    if entry is None or contact is None or hidden:
        raise Refused("card-moved-on")
    if entry.ticket:
        raise Refused("ticket-heard-already", number=entry.ticket)
    reading = ctx.around.reader.read(entry.words)

    def opened(new: Ticket) -> None:
        ctx.store.entries.belongs(entry.key, new.number, cards.slot_of(new.number))
        ctx.reply(ctx.t("ticket-heard-by-you", number=new.number))

    facts = {"contact": contact, "type": kind_of(reading) or "other", "words": entry.words, "urgency": reading.urgency}
    ctx.note("ticket wanted", **facts, opened=opened, channel=entry.channel)


@router.command("ticket split", TicketSplit)
def split(ctx: Context, args: TicketSplit) -> None:
    """Make a customer's words, from one card in the thread on, a ticket of their own."""
    ticket = find_ticket(ctx, args.number)
    contact = ctx.store.contacts.get(ticket.contact_id)
    moving = _from_here_on(ctx, ticket, args.card or ctx.store.entries.newest_card(ticket.number) or "")
    if contact is None or not moving:
        raise Refused("ticket-split-nothing", number=ticket.number)
    first = moving[0]
    words = first.words or labels(ctx.team_phrases(None), files_of(first))
    reading = ctx.around.reader.read(words)

    def opened(new: Ticket) -> None:
        _move(ctx, ticket, new, moving)

    facts = {"contact": contact, "type": kind_of(reading) or "other", "words": words, "urgency": reading.urgency}
    ctx.note("ticket wanted", **facts, opened=opened, channel=first.channel)


def _from_here_on(ctx: Context, ticket: Ticket, slot: str) -> list[Entry]:
    """Give what the customer said on a card of the thread and after it; nothing for the ticket's own card."""
    said = [entry for entry in ctx.store.entries.of_ticket(ticket.number, MOST) if entry.flow == "in"]
    start = next((entry.id for entry in said if entry.slot == slot), None)
    if start is None or not slot.startswith(thread_cards.WORDS):
        return []
    return [entry for entry in said if entry.id >= start and entry.state != TAKEN_BACK]


def _move(ctx: Context, old: Ticket, new: Ticket, moving: Sequence[Entry]) -> None:
    """Let words stand with their own ticket; where they stood it says where they are."""
    first, *others = moving
    ctx.store.entries.belongs(first.key, new.number, cards.slot_of(new.number))
    together = f"{thread_cards.WORDS}{ctx.event.id}"
    for entry in others:
        ctx.store.entries.belongs(entry.key, new.number, together)
    t = ctx.team_phrases(old.team)
    for slot in dict.fromkeys(entry.slot for entry in moving if entry.slot):
        cards.say_in_thread(ctx, old, Card(text=t("thread-split", number=new.number)), slot=slot)
    ctx.store.tickets.note(old.number, ctx.me.id, "split", ctx.now, to=new.number)
    thread_cards.put(ctx, new, together)
    ctx.reply(ctx.t("ticket-split-by-you", number=old.number, new=new.number))
