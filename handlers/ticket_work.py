"""Work on a ticket: solving, closing, opening again, what its customer adds; internal unless explicitly sent."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from handlers import thread_cards, ticket_answers
from handlers import ticket_cards as cards
from handlers.attachments import came_with, kept
from handlers.cards import Card
from handlers.context import Context, Refused
from handlers.routing import CUSTOMER, Router
from handlers.second_thoughts import as_it_was
from handlers.ticket_clock import anew, promised_of, resumed, watched
from handlers.ticket_finding import find_ticket, workable
from handlers.ticket_people import amend_owner, tell_owner
from handlers.ticket_words import OneTicket, TicketMaybeWords
from scheduler.policy.units import PRIORITIES
from storage.tickets import OVER, Ticket

router = Router("ticket work")


@router.command("ticket resolve", TicketMaybeWords)
def resolve(ctx: Context, args: TicketMaybeWords) -> None:
    """Say that it is solved; the customer confirms with a rating, or says that it is not."""
    ticket = workable(ctx, args.number)
    if ticket.status == "resolved":
        raise Refused("ticket-resolved-already", number=ticket.number)
    was, said = as_it_was(ticket), _ask_whether_solved(ctx, ticket, args.words or "")
    done = {"owner_id": ticket.owner_id or ctx.me.id, "first_response_at": ticket.first_response_at or ctx.now}
    done |= thread_cards.end_mode(ctx, ticket)
    ticket = ctx.store.tickets.change(resumed(ctx, ticket), status="resolved", resolved_at=ctx.now, **done)
    cards.show(ctx, watched(ctx, ticket))
    ctx.store.tickets.note(ticket.number, ctx.me.id, "resolved", ctx.now, was=was, said=said)
    ctx.reply(ctx.t("ticket-resolved-by-you" if said else "ticket-resolved-unheard", number=ticket.number))


def _ask_whether_solved(ctx: Context, ticket: Ticket, words: str) -> str | None:
    """Tell the customer what was done, and ask; give the key of the message, None if nobody can be reached."""
    files, reached = came_with(ctx.event.body), cards.contact_of(ctx, ticket)
    if words or files:
        cards.remember(ctx, ticket, "out", words, f"resolve:{ctx.event.id}", files=kept(files))
    if reached is None:
        return None
    contact, place = reached
    card = ticket_answers.resolved_card(ticket, contact, words, ctx.me, files)
    key = f"solved:{ctx.event.id}:{ticket.number}"
    return ctx.say(place, card, key=key, receipt=True, not_before=_after_replies(ctx, ticket))


def _after_replies(ctx: Context, ticket: Ticket) -> datetime | None:
    """Give the moment at which replies written before have left: what follows from them is not said ahead of them."""
    said = ctx.store.entries.of_ticket(ticket.number)
    waiting = [entry.at for entry in said if entry.key.startswith("reply:") and entry.state is None]
    leaves = max(waiting, default=ctx.now) + ctx.policy.conversation.undo
    return leaves if waiting and leaves > ctx.now else None


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
    if ticket.status not in ("resolved", *OVER):
        raise Refused("ticket-open-already", number=ticket.number)
    _reopen(ctx, ticket, ctx.me.id, by=ctx.me.name)
    ctx.reply(ctx.t("ticket-reopened-by-you", number=ticket.number))


@router.command("ticket unsolved", OneTicket, who=CUSTOMER, hidden=True)
def not_solved(ctx: Context, args: OneTicket) -> None:
    """Let the customer say that it is not solved."""
    ticket = ctx.store.tickets.get(args.number)
    if ticket is None or ctx.contact is None or ticket.contact_id != ctx.contact.id:
        raise Refused("card-moved-on")
    if ticket.status not in ("resolved", *OVER):
        raise Refused("customer-open-already", number=ticket.number)
    _reopen(ctx, ticket, ctx.contact.id)
    ctx.reply(ctx.t("customer-reopened", number=ticket.number))


@router.on("ticket unsolved")
def reopened_by_words(ctx: Context, facts: dict[str, Any]) -> None:
    """Open a solved ticket again because its customer wrote something that leaves work to do."""
    ticket = ctx.store.tickets.get(facts["ticket"].number) or facts["ticket"]
    _reopen(ctx, ticket, ticket.contact_id or "customer", words=facts["words"])


def _reopen(ctx: Context, ticket: Ticket, actor: str, *, by: str = "", words: str = "") -> None:
    """Count the goal anew; without a colleague's name it was the customer, who pressed or wrote."""
    detail = {"due": ticket.resolution_due.isoformat(), "told": ticket.told}
    ctx.store.tickets.note(ticket.number, actor, "reopened", ctx.now, **detail)
    fresh = anew(promised_of(ctx, ticket), ticket, ctx.now)
    # Service that failed is not under way: somebody has to take it again, and by when is watched.
    status = "taken" if ticket.owner_id and fresh["goal"] != "under_way" else "new"
    again = {"resolved_at": None, "closed_at": None, "reopened": ticket.reopened + 1, "rating": None}
    ticket = watched(ctx, ctx.store.tickets.change(ticket, status=status, **again, **fresh))
    cards.show(ctx, ticket)
    side = "staff" if by else "words" if words else "customer"
    owner = ctx.store.staff.get(ticket.owner_id)
    t = ctx.team_phrases(ticket.team)
    who = by or cards.name_of(t, ctx.store.contacts.get(ticket.contact_id))
    said = t("ticket-reopened", side=side, by=who, owner=owner.name if owner else "none")
    cards.say_in_thread(ctx, ticket, Card(text=said, tone="warn"))
    tell_owner(ctx, ticket, "ticket-reopened-for-you", words, side=side, who=by)


@router.on("customer added")
def heard_more(ctx: Context, facts: dict[str, Any]) -> None:
    """Put a customer's further words into their ticket's thread; if we waited for them, our clock goes on."""
    ticket: Ticket = facts["ticket"]
    ticket = thread_cards.put(ctx, ticket, facts["slot"])
    state = "answered" if ticket.status == "waiting" else "more"
    raised = max(ticket.priority, facts["urgency"], key=PRIORITIES.index)
    heard = facts["told"] or state == "answered" or raised != ticket.priority
    ticket = _heard(ctx, ticket, facts["contact"].id, raised)
    words = thread_cards.words_on(ctx, ticket, facts["slot"])
    if heard and ticket.status in ("new", "taken"):
        tell_owner(ctx, ticket, "ticket-more-for-you", words, slot=f"more:{facts['slot']}", state=state)
    elif thread_cards.is_followed(ctx, ticket, facts["slot"]):
        amend_owner(ctx, ticket, facts["slot"], words)


def _heard(ctx: Context, ticket: Ticket, contact_id: str, priority: str) -> Ticket:
    """Change a ticket by its customer's words: a stopped clock goes on, and more urgent words make it more urgent."""
    if ticket.status == "waiting":
        ctx.store.tickets.note(ticket.number, contact_id, "answered", ctx.now)
        status = "taken"
    elif ticket.status in ("new", "taken") and priority != ticket.priority:
        status = ticket.status
    else:
        return ticket
    ticket = ctx.store.tickets.change(resumed(ctx, ticket), status=status, priority=priority)
    ticket = watched(ctx, ticket)
    cards.show(ctx, ticket)
    return ticket
