"""Ticket files: what colleagues send without a word, where nothing tells which ticket it is for; they are asked."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from handlers import ticket_cards as cards
from handlers.attachments import came_with, files_of, kept, labels
from handlers.cards import Attachment, Button, Card, Row
from handlers.context import Context, Place, Refused
from handlers.routing import Router
from handlers.ticket_finding import find_ticket, workable
from handlers.ticket_words import TicketHanded
from storage.entries import Entry
from storage.tickets import Ticket

router = Router("ticket files")
ASKED_ABOUT: Final = 3
"""So many tickets are offered, two deeds each: more than six buttons no card bears everywhere."""


@router.on("files handed over")
def ask(ctx: Context, facts: dict[str, Any]) -> None:
    """Ask a colleague which of their tickets files are for; nothing goes anywhere before they say."""
    tickets = _at_hand(ctx)
    if not tickets:
        raise Refused("files-no-ticket")
    key = f"handed:{ctx.event.id}"
    files = came_with(facts)
    ctx.store.entries.add(Entry(key, "internal", ctx.me.id, ctx.event.channel, "", ctx.now, files=kept(files)))
    text = ctx.t("files-for-what", files=labels(ctx.t, files))
    ctx.reply(Card(text=text, rows=tuple(_row(ctx, ticket, key) for ticket in tickets), footer=ctx.t("files-else")))


def _at_hand(ctx: Context) -> list[Ticket]:
    """Give the tickets that somebody answers for, the one last spoken of on top."""
    found = ctx.store.tickets.listed(ctx.scope, owner_id=ctx.me.id)
    spoken = ctx.store.entries.last_words([ticket.number for ticket in found])
    return sorted(found, key=lambda one: spoken.get(one.number, one.opened_at), reverse=True)[:ASKED_ABOUT]


def _row(ctx: Context, ticket: Ticket, key: str) -> Row:
    args = {"number": ticket.number, "key": key}
    name = cards.name_of(ctx.t, ctx.store.contacts.get(ticket.contact_id))
    about = f"{ticket.number} · {name} · {ctx.t(f'type-{cards.dashed(ticket.type)}')}"
    send = Button(label=ctx.t("button-files-send"), command="ticket files", args=args)
    note = Button(label=ctx.t("button-files-note"), command="ticket files note", args=args)
    return Row(text=about, buttons=(send, note))


@router.command("ticket files", TicketHanded, hidden=True)
def send(ctx: Context, args: TicketHanded) -> None:
    """Send files that were handed over to a ticket's customer."""
    ticket, files = workable(ctx, args.number), _handed(ctx, args.key)
    ctx.note("reply wanted", ticket=ticket, words="", files=files)
    _used(ctx, args.key, ctx.t("files-sent", number=ticket.number, files=labels(ctx.t, files)))


@router.command("ticket files note", TicketHanded, hidden=True)
def note(ctx: Context, args: TicketHanded) -> None:
    """Put files that were handed over into a ticket's thread, among us."""
    ticket, files = find_ticket(ctx, args.number), _handed(ctx, args.key)
    ctx.note("note wanted", ticket=ticket, words="", files=files)
    _used(ctx, args.key, ctx.t("files-noted", number=ticket.number, files=labels(ctx.t, files)))


def _handed(ctx: Context, key: str) -> Sequence[Attachment]:
    """Find files by what was kept of them; they are for whoever handed them over, and once.

    Raises:
        Refused: somebody else's, or where they go was said before.
    """
    entry = ctx.store.entries.get(key)
    if entry is None or entry.author != ctx.me.id or not entry.files or not key.startswith("handed:"):
        raise Refused("card-moved-on")
    return files_of(entry)


def _used(ctx: Context, key: str, text: str) -> None:
    """Say where files went, in place of the question."""
    ctx.store.entries.change(key, files=None)
    here = Place(ctx.event.channel, ctx.event.address)
    ctx.say(here, Card(text=text), slot=str(ctx.event.body.get("slot") or ""))
