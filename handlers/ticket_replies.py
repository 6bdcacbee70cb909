"""Replies on a ticket: sent with a way back for a few seconds, taken back, arrived or not; only arrived ones count."""

from __future__ import annotations

from typing import Any

from handlers import ticket_cards as cards
from handlers.cards import Button, Card, Quote
from handlers.context import Context, Refused
from handlers.routing import Router
from handlers.ticket_clock import watched
from handlers.ticket_finding import find_ticket, workable
from handlers.ticket_words import TicketMaybeWords, TicketWords, Undo
from prompts.phrases import phrases
from storage.entries import Entry
from storage.messages import Kind
from storage.tickets import Ticket

router = Router("ticket replies")


@router.command("ticket reply", TicketWords)
def reply(ctx: Context, args: TicketWords) -> None:
    """Send words to the customer; for ten seconds they can be taken back."""
    ticket = workable(ctx, args.number)
    key = _send(ctx, ticket, args.words)
    status = "taken" if ticket.status == "new" else ticket.status
    _turn(ctx, ticket, "replied", key=key, status=status)


@router.command("ticket wait", TicketMaybeWords)
def wait(ctx: Context, args: TicketMaybeWords) -> None:
    """Wait for the customer, with a question to them or without; our clock stands still once they were answered."""
    ticket = workable(ctx, args.number)
    if ticket.status == "waiting":
        raise Refused("ticket-waiting-already", number=ticket.number)
    key = _send(ctx, ticket, args.words) if args.words else None
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


def _send(ctx: Context, ticket: Ticket, words: str) -> str:
    """Leave words for the customer in the outbox, with a way back for a few seconds."""
    reached = cards.contact_of(ctx, ticket)
    if reached is None:
        raise Refused("ticket-unreachable", number=ticket.number)
    contact, place = reached
    key = ctx.say(
        place,
        Card(text=words, from_person=ctx.me.name),
        key=f"reply:{ctx.event.id}:{ticket.number}",
        receipt=True,
        not_before=ctx.now + ctx.policy.conversation.undo,
    )
    cards.remember(ctx, ticket, "out", words, key)
    t = ctx.team_phrases(ticket.team)
    back = Button(label=t("button-undo"), command="ticket undo", args={"number": ticket.number, "key": key})
    sent = _sent_card(t, ctx.me.name, cards.name_of(t, contact), words, "sending")
    sent = sent.model_copy(update={"buttons": (back,)})
    cards.say_in_thread(ctx, ticket, sent, Kind.REPLY, slot=key)
    return key


def _sent_card(t: Any, by: str, to: str, words: str, state: str) -> Card:
    tone: Any = {"delivered": "good", "failed": "alarm", "undone": "warn"}.get(state, "plain")
    return Card(
        title=t("reply-title", by=by, to=to), quote=Quote(who=by, words=words), footer=t(f"reply-{state}"), tone=tone
    )


@router.command("ticket undo", Undo, hidden=True)
def undo(ctx: Context, args: Undo) -> None:
    """Take back words that have not left yet."""
    ticket = find_ticket(ctx, args.number)
    if not args.key.endswith(ticket.number) or not ctx.store.outbox.cancel(args.key, now=ctx.now):
        raise Refused("reply-left-already")
    _ended(ctx, ticket, args.key, "undone")


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
    if facts["state"] != "sent":
        _ended(ctx, ticket, key, "failed")
        _tell_author(ctx, ticket, entry)
        return
    ctx.store.entries.mark(key, "delivered")
    _update_sent(ctx, ticket, entry, "delivered")
    if ticket.first_response_at is None:
        ticket = watched(ctx, ctx.store.tickets.change(ticket, first_response_at=entry.at))
        cards.show(ctx, ticket)


def _ended(ctx: Context, ticket: Ticket, key: str, state: str) -> None:
    """End words that the customer never reads, and give the ticket back the state that they had changed."""
    ctx.store.entries.mark(key, state)
    entry = ctx.store.entries.get(key)
    if entry is not None:
        _update_sent(ctx, ticket, entry, state)
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


def _update_sent(ctx: Context, ticket: Ticket, entry: Entry, state: str) -> None:
    t = ctx.team_phrases(ticket.team)
    by = ctx.store.staff.get(entry.author)
    to = cards.name_of(t, ctx.store.contacts.get(ticket.contact_id))
    card = _sent_card(t, by.name if by else "?", to, entry.words, state)
    cards.say_in_thread(ctx, ticket, card, Kind.REPLY, slot=entry.key)
