"""Replies on a ticket: sent with a way back for a few seconds, taken back, arrived or not; only arrived ones count."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from handlers import reply_cards, thread_cards
from handlers import ticket_cards as cards
from handlers.attachments import came_with, kept, named
from handlers.cards import Attachment, Button, Card, Quote
from handlers.context import Context, Refused
from handlers.routing import Router
from handlers.ticket_clock import watched
from handlers.ticket_finding import find_ticket, workable
from handlers.ticket_words import TicketMaybeWords, TicketReply, Undo
from prompts.phrases import phrases
from storage.entries import RECALLING, Entry
from storage.messages import Kind
from storage.tickets import Ticket

router = Router("ticket replies")


@router.command("ticket reply", TicketReply)
def reply(ctx: Context, args: TicketReply) -> None:
    """Send words to the customer, where they wrote last unless told otherwise; for ten seconds they can be taken back."""
    _reply(ctx, workable(ctx, args.number), args.words, via=args.via)


@router.on("reply wanted")
def reply_from_thread(ctx: Context, facts: dict[str, Any]) -> None:
    """Send what was said in a thread whose words go to the customer, or files that were handed over for them."""
    files = facts.get("files")
    _reply(ctx, facts["ticket"], str(facts["words"]), message=thread_cards.mark_of(ctx.event), files=files)


def _reply(ctx: Context, ticket: Ticket, words: str, **how: Any) -> None:
    key = _send(ctx, ticket, words, **how)
    status = "taken" if ticket.status == "new" else ticket.status
    _turn(ctx, ticket, "replied", key=key, status=status)


@router.command("ticket wait", TicketMaybeWords)
def wait(ctx: Context, args: TicketMaybeWords) -> None:
    """Wait for the customer, with a question to them or without; our clock stands still once they were answered."""
    ticket = workable(ctx, args.number)
    if ticket.status == "waiting":
        raise Refused("ticket-waiting-already", number=ticket.number)
    key = _send(ctx, ticket, args.words or "") if args.words or came_with(ctx.event.body) else None
    ticket = _turn(ctx, ticket, "waiting", key=key, status="waiting", waiting_since=ctx.now)
    if key is None and ticket.first_response_at is None:
        ctx.reply(ctx.t("ticket-wait-unanswered", number=ticket.number, by=_first_due(ctx, ticket)))


def _first_due(ctx: Context, ticket: Ticket) -> str:
    return ctx.t.moment(ticket.first_response_due, ctx.zone, ctx.now)


def _turn(ctx: Context, ticket: Ticket, what: str, *, key: str | None, status: str, **values: Any) -> Ticket:
    """Change a ticket by what was said; the history keeps how it was, for words that never arrive."""
    detail = {"key": key, "before": ticket.status, "after": status} if key else {}
    ctx.store.tickets.note(ticket.number, ctx.me.id, what, ctx.now, **detail)
    owner = ticket.owner_id or ctx.me.id
    ticket = watched(ctx, ctx.store.tickets.change(ticket, status=status, owner_id=owner, **values))
    cards.show(ctx, ticket)
    return ticket


def _send(
    ctx: Context,
    ticket: Ticket,
    words: str,
    *,
    message: str | None = None,
    via: str | None = None,
    files: Sequence[Attachment] | None = None,
) -> str:
    """Leave words and files for the customer in the outbox, with a way back for a few seconds."""
    reached = cards.contact_of(ctx, ticket, via)
    if reached is None:
        raise Refused("ticket-unreachable", number=ticket.number)
    contact, place = reached
    if via and place.channel != via:
        name, channel = cards.name_of(ctx.t, contact), ctx.t(f"channel-{via}")
        raise Refused("preference-no-channel", name=name, channel=channel)
    files = came_with(ctx.event.body) if files is None else files
    key = ctx.say(
        place,
        Card(text=words, files=named(phrases(contact.language), files), from_person=ctx.me.name),
        key=f"reply:{ctx.event.id}:{ticket.number}",
        receipt=True,
        not_before=ctx.now + ctx.policy.conversation.undo,
    )
    cards.remember(ctx, ticket, "out", words, key, message=message, files=kept(files))
    reply_cards.show(ctx, ticket, key, "sending")
    return key


@router.command("ticket undo", Undo, hidden=True)
def undo(ctx: Context, args: Undo) -> None:
    """Take back words that have not left yet."""
    _take_back(ctx, find_ticket(ctx, args.number), args.key)


@router.on("reply unwanted")
def take_back_deleted(ctx: Context, facts: dict[str, Any]) -> None:
    """Take back words whose author deleted them before they left."""
    _take_back(ctx, facts["ticket"], str(facts["key"]))


def _take_back(ctx: Context, ticket: Ticket, key: str) -> None:
    if not key.endswith(ticket.number) or not ctx.store.outbox.cancel(key, now=ctx.now):
        raise Refused("reply-left-already")
    _ended(ctx, ticket, key, "undone")


@router.on("news of reply")
def report(ctx: Context, facts: dict[str, Any]) -> None:
    """Note that a reply reached the customer, which is what the promise of an answer means; or tell why it did not.

    The answer counts from the moment it was written: what the way to the customer took was not its author's time.
    """
    key = str(facts["key"])
    ticket = ctx.store.tickets.get(key.rpartition(":")[2])
    entry = ctx.store.entries.get(key)
    if ticket is None or entry is None:
        return
    arrived = facts["state"] == "sent"
    if arrived:
        _arrived(ctx, ticket, entry)
    else:
        _ended(ctx, ticket, key, "failed", why=str(facts.get("error") or ""))
    if entry.state == RECALLING:
        ctx.note("reply asked back", ticket=ticket, entry=entry, arrived=arrived)
    elif not arrived:
        _tell_author(ctx, ticket, entry)


def _arrived(ctx: Context, ticket: Ticket, entry: Entry) -> None:
    ctx.store.entries.mark(entry.key, "delivered")
    reply_cards.show(ctx, ticket, entry.key, "delivered")
    if ticket.first_response_at is None:
        ticket = watched(ctx, ctx.store.tickets.change(ticket, first_response_at=entry.at))
        cards.show(ctx, ticket)


def _ended(ctx: Context, ticket: Ticket, key: str, state: str, *, why: str = "") -> None:
    """End words that the customer never reads, and give the ticket back the state that they had changed."""
    ctx.store.entries.mark(key, state)
    reply_cards.show(ctx, ticket, key, state, why=why)
    before = _status_before(ctx, ticket, key)
    if before is not None:
        ticket = ctx.store.tickets.change(ticket, status=before, waiting_since=None)
        cards.show(ctx, watched(ctx, ticket))


def _status_before(ctx: Context, ticket: Ticket, key: str) -> str | None:
    """Tell how a ticket stood before words changed it; None if others were said or done since, or nothing changed."""
    said = next((one.detail for one in ctx.store.tickets.history(ticket.number) if one.detail.get("key") == key), None)
    if said is None or said["before"] == said["after"] or ticket.status != said["after"]:
        return None
    others = [e for e in ctx.store.entries.of_ticket(ticket.number) if e.key.startswith("reply:") and e.key != key]
    if said["after"] == "taken" and any(entry.state in (None, "delivered") for entry in others):
        return None
    return str(said["before"])


def _tell_author(ctx: Context, ticket: Ticket, entry: Entry) -> None:
    """Tell whoever believes that the customer has read it; edited cards are easily overlooked."""
    author = ctx.store.staff.get(entry.author)
    if author is None or not ctx.tell(author, _failed_card(ctx, ticket, entry, author.language), Kind.ESCALATION):
        language = ctx.policy.routes.language_of(ticket.team) or ctx.policy.company.language
        cards.say_in_thread(ctx, ticket, _failed_card(ctx, ticket, entry, language), Kind.ESCALATION)


def _failed_card(ctx: Context, ticket: Ticket, entry: Entry, language: str) -> Card:
    t = phrases(language)
    author = ctx.store.staff.get(entry.author)
    to = cards.name_of(t, ctx.store.contacts.get(ticket.contact_id))
    return Card(
        title=t("ticket-title", number=ticket.number, type=t(f"type-{cards.dashed(ticket.type)}")),
        text=t("reply-failed-personal", to=to),
        quote=Quote(who=author.name if author else "?", words=entry.words),
        buttons=(Button(label=t("button-show"), command="ticket show", args={"number": ticket.number}),),
        tone="alarm",
    )
