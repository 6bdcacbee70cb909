"""Work on a ticket: answering, waiting, solving, closing, opening again; internal unless explicitly sent."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from handlers import ticket_cards as cards
from handlers.cards import Button, Card, Quote
from handlers.context import Context, Refused
from handlers.promising import Promised, watch_at
from handlers.routing import CUSTOMER, Router
from handlers.ticket_finding import find_ticket
from handlers.ticket_words import OneTicket, TicketMaybeWords, TicketWords, Undo
from storage.entries import Entry
from storage.messages import Kind
from storage.tickets import Ticket

router = Router("ticket work")

ONE_BY_ONE = 30
"""So many messages of a customer within ten minutes stand one by one in the thread; further ones share a card."""


@router.command("ticket reply", TicketWords)
def reply(ctx: Context, args: TicketWords) -> None:
    """Send words to the customer; for ten seconds they can be taken back."""
    ticket = _workable(ctx, args.number)
    _send(ctx, ticket, args.words)
    _own(ctx, ticket, status="taken" if ticket.status == "new" else ticket.status)


@router.command("ticket wait", TicketMaybeWords)
def wait(ctx: Context, args: TicketMaybeWords) -> None:
    """Wait for the customer, with a question to them or without; our clock stands still meanwhile."""
    ticket = _workable(ctx, args.number)
    if ticket.status == "waiting":
        raise Refused("ticket-waiting-already", number=ticket.number)
    if args.words:
        _send(ctx, ticket, args.words)
    ticket = _own(ctx, ticket, status="waiting", waiting_since=ctx.now)
    ctx.store.tickets.note(ticket.number, ctx.me.id, "waiting", ctx.now)


@router.command("ticket resolve", TicketMaybeWords)
def resolve(ctx: Context, args: TicketMaybeWords) -> None:
    """Say that it is solved; the customer confirms with a rating, or says that it is not."""
    ticket = _workable(ctx, args.number)
    if ticket.status == "resolved":
        raise Refused("ticket-resolved-already", number=ticket.number)
    reached = cards.contact_of(ctx, ticket)
    if reached:
        contact, place = reached
        ctx.say(place, cards.resolved_card(ticket, contact, args.words or "", ctx.me), receipt=True)
    ticket = _own(ctx, _resumed(ctx, ticket), status="resolved", resolved_at=ctx.now)
    if args.words:
        _remember(ctx, ticket, "out", args.words, f"resolve:{ctx.event.id}")
    ctx.store.tickets.note(ticket.number, ctx.me.id, "resolved", ctx.now)
    ctx.reply(ctx.t("ticket-resolved-by-you" if reached else "ticket-resolved-unheard", number=ticket.number))


@router.command("ticket close", OneTicket)
def close(ctx: Context, args: OneTicket) -> None:
    """Close a solved ticket without waiting for the customer."""
    ticket = find_ticket(ctx, args.number)
    if ticket.status != "resolved":
        raise Refused("ticket-close-unsolved", number=ticket.number)
    _close(ctx, ticket, ctx.me.id)
    ctx.reply(ctx.t("ticket-closed-by-you", number=ticket.number))


@router.on("ticket settled")
def close_by_itself(ctx: Context, facts: dict[str, Any]) -> None:
    """Close a solved ticket that the customer has left unanswered for long enough."""
    ticket = ctx.store.tickets.get(facts["ticket"])
    if ticket is not None and ticket.status == "resolved":
        _close(ctx, ticket, "bot")


@router.on("ticket rated")
def close_rated(ctx: Context, facts: dict[str, Any]) -> None:
    """Close a ticket that its customer has rated."""
    _close(ctx, facts["ticket"], facts["ticket"].contact_id or "customer")


def _close(ctx: Context, ticket: Ticket, actor: str) -> None:
    ticket = ctx.store.tickets.change(ticket, status="closed", closed_at=ctx.now, watch_at=None)
    ctx.store.tickets.note(ticket.number, actor, "closed", ctx.now)
    cards.show(ctx, ticket)


@router.command("ticket reopen", OneTicket)
def reopen(ctx: Context, args: OneTicket) -> None:
    """Open a solved or closed ticket again; its clock goes on."""
    ticket = find_ticket(ctx, args.number)
    if ticket.status not in ("resolved", "closed"):
        raise Refused("ticket-open-already", number=ticket.number)
    _reopen(ctx, ticket, ctx.me.id, by=ctx.me.name)
    ctx.reply(ctx.t("ticket-reopened-by-you", number=ticket.number))


@router.command("ticket unsolved", OneTicket, who=CUSTOMER, hidden=True)
def not_solved(ctx: Context, args: OneTicket) -> None:
    """Let the customer say that it is not solved."""
    ticket = ctx.store.tickets.get(args.number)
    if ticket is None or ctx.contact is None or ticket.contact_id != ctx.contact.id:
        raise Refused("card-moved-on")
    if ticket.status not in ("resolved", "closed"):
        raise Refused("customer-open-already", number=ticket.number)
    _reopen(ctx, ticket, ctx.contact.id)
    ctx.reply(ctx.t("customer-reopened", number=ticket.number))


@router.on("ticket unsolved")
def reopened_by_words(ctx: Context, facts: dict[str, Any]) -> None:
    """Open a solved ticket again because its customer wrote that it is not solved."""
    _reopen(ctx, facts["ticket"], facts["ticket"].contact_id or "customer")


def _reopen(ctx: Context, ticket: Ticket, actor: str, *, by: str = "") -> None:
    """Let the clock go on; without a colleague's name it was the customer who said that it is not solved."""
    status = "taken" if ticket.owner_id else "new"
    ticket = ctx.store.tickets.change(
        ticket, status=status, resolved_at=None, closed_at=None, reopened=ticket.reopened + 1, rating=None
    )
    ticket = _watched(ctx, ticket)
    ctx.store.tickets.note(ticket.number, actor, "reopened", ctx.now)
    cards.show(ctx, ticket)
    owner = ctx.store.staff.get(ticket.owner_id)
    t = ctx.team_phrases(ticket.team)
    contact = cards.name_of(t, ctx.store.contacts.get(ticket.contact_id))
    said = t(
        "ticket-reopened", side="staff" if by else "customer", by=by or contact, owner=owner.name if owner else "none"
    )
    cards.say_in_thread(ctx, ticket, Card(text=said, tone="warn"))


@router.on("customer added")
def heard_more(ctx: Context, facts: dict[str, Any]) -> None:
    """Put a customer's further words into their ticket's thread; if we waited for them, our clock goes on."""
    ticket: Ticket = facts["ticket"]
    t = ctx.team_phrases(ticket.team)
    who = cards.name_of(t, ctx.contact or facts["contact"])
    many = _many_words(ctx, ticket, facts["contact"].id)
    if many:
        said = Card(text=t("ticket-many-words", count=len(many)), quote=Quote(who=who, words="\n".join(many)))
        cards.say_in_thread(ctx, ticket, said, slot=f"many:{ticket.number}:{_since(ctx.now):%Y%m%d%H%M}")
    else:
        cards.say_in_thread(ctx, ticket, Card(quote=Quote(who=who, words=facts["words"])))
    if ticket.status == "waiting":
        ticket = _watched(ctx, ctx.store.tickets.change(_resumed(ctx, ticket), status="taken"))
        ctx.store.tickets.note(ticket.number, facts["contact"].id, "answered", ctx.now)
        cards.show(ctx, ticket)


def _many_words(ctx: Context, ticket: Ticket, contact_id: str) -> list[str]:
    """Give what goes on one card: whoever writes faster than anybody reads must not crowd others out of the channel."""
    heard = ctx.store.entries.heard(contact_id, _since(ctx.now))
    return [entry.words for entry in heard if entry.ticket == ticket.number][ONE_BY_ONE:]


def _since(now: datetime) -> datetime:
    return now - timedelta(minutes=now.minute % 10, seconds=now.second, microseconds=now.microsecond)


@router.on("thread words")
def talk(ctx: Context, facts: dict[str, Any]) -> None:
    """Keep what colleagues say under a ticket's card: internal, whatever it says."""
    thread = str(facts["thread"])
    if not thread.startswith("ticket:"):
        return
    ticket = find_ticket(ctx, thread.removeprefix("ticket:"))
    _remember(ctx, ticket, "internal", str(facts["text"]), f"thread:{ctx.event.id}")


@router.command("ticket note", TicketWords)
def note(ctx: Context, args: TicketWords) -> None:
    """Write an internal note into the ticket's thread."""
    ticket = find_ticket(ctx, args.number)
    _remember(ctx, ticket, "internal", args.words, f"thread:{ctx.event.id}")
    cards.say_in_thread(ctx, ticket, Card(quote=Quote(who=ctx.me.name, words=args.words)))
    ctx.reply(ctx.t("ticket-noted", number=ticket.number))


def _workable(ctx: Context, number: str) -> Ticket:
    ticket = find_ticket(ctx, number)
    if not ticket.is_open:
        raise Refused("ticket-closed", number=ticket.number)
    return ticket


def _send(ctx: Context, ticket: Ticket, words: str) -> None:
    """Leave words for the customer in the outbox, with a way back for a few seconds."""
    reached = cards.contact_of(ctx, ticket)
    if reached is None:
        raise Refused("ticket-unreachable", number=ticket.number)
    contact, place = reached
    undo = ctx.policy.conversation.undo
    key = ctx.say(
        place,
        Card(text=words, from_person=ctx.me.name),
        key=f"reply:{ctx.event.id}:{ticket.number}",
        receipt=True,
        not_before=ctx.now + undo,
    )
    _remember(ctx, ticket, "out", words, key)
    t = ctx.team_phrases(ticket.team)
    back = Button(label=t("button-undo"), command="ticket undo", args={"number": ticket.number, "key": key})
    sent = _sent_card(t, ctx.me.name, cards.name_of(t, contact), words, "sending")
    sent = sent.model_copy(update={"buttons": (back,)})
    cards.say_in_thread(ctx, ticket, sent, Kind.REPLY, slot=key)


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
    ctx.store.entries.mark(args.key, "undone")
    _update_sent(ctx, ticket, args.key, "undone")


@router.on("news of reply")
def report(ctx: Context, facts: dict[str, Any]) -> None:
    """Show under the card whether a reply reached the customer, or why not."""
    number = str(facts["key"]).rpartition(":")[2]
    ticket = ctx.store.tickets.get(number)
    if ticket is None:
        return
    state = "delivered" if facts["state"] == "sent" else "failed"
    ctx.store.entries.mark(facts["key"], state)
    _update_sent(ctx, ticket, facts["key"], state)


def _update_sent(ctx: Context, ticket: Ticket, key: str, state: str) -> None:
    entry = ctx.store.entries.get(key)
    if entry is None:
        return
    t = ctx.team_phrases(ticket.team)
    by = ctx.store.staff.get(entry.author)
    to = cards.name_of(t, ctx.store.contacts.get(ticket.contact_id))
    cards.say_in_thread(
        ctx, ticket, _sent_card(t, by.name if by else "?", to, entry.words, state), Kind.REPLY, slot=key
    )


def _remember(ctx: Context, ticket: Ticket, flow: str, words: str, key: str) -> None:
    entry = Entry(
        key=key,
        flow=flow,
        author=ctx.me.id,
        channel=ticket.channel if flow == "out" else ctx.event.channel,
        words=words,
        at=ctx.now,
        contact_id=ticket.contact_id,
        customer_id=ticket.customer_id,
        ticket=ticket.number,
    )
    ctx.store.entries.add(entry)


def _own(ctx: Context, ticket: Ticket, **values: Any) -> Ticket:
    """Change a ticket by work on it: whoever works on an ownerless one takes it, and the first answer is noted."""
    values.setdefault("owner_id", ticket.owner_id or ctx.me.id)
    values.setdefault("first_response_at", ticket.first_response_at or ctx.now)
    ticket = _watched(ctx, ctx.store.tickets.change(ticket, **values))
    cards.show(ctx, ticket)
    return ticket


def _watched(ctx: Context, ticket: Ticket) -> Ticket:
    customer = ctx.store.customers.get(ticket.customer_id)
    moment = watch_at(ctx.policy, ticket, customer.tier if customer else None)
    return ticket if moment == ticket.watch_at else ctx.store.tickets.change(ticket, watch_at=moment)


def _resumed(ctx: Context, ticket: Ticket) -> Ticket:
    """Let the clock of a waiting ticket go on: the due time moves by what the customer kept us waiting."""
    if ticket.waiting_since is None:
        return ticket
    customer = ctx.store.customers.get(ticket.customer_id)
    promised = Promised.of(ctx.policy, ticket.type, customer.tier if customer else None, ticket.calendar)
    paused = ticket.paused_seconds + promised.waited(ticket.waiting_since, ctx.now)
    from datetime import timedelta

    due = promised.due(promised.goal, ticket.opened_at, timedelta(seconds=paused))
    changed = ctx.store.tickets.change(ticket, waiting_since=None, paused_seconds=paused, resolution_due=due)
    return replace(changed)
