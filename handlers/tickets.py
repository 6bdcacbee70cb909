"""Tickets: opened from a customer's words or by a colleague, taken, handed on, listed."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from handlers import thread_cards, ticket_answers
from handlers import ticket_cards as cards
from handlers.arguments import RequestType
from handlers.cards import Button, Card, Row
from handlers.colleagues import one_colleague
from handlers.context import Context, Refused
from handlers.finding import customer_named
from handlers.promising import Promised, calendar_for, watch_at
from handlers.routing import Router
from handlers.second_thoughts import as_it_was
from handlers.ticket_finding import find_ticket
from handlers.ticket_people import hand_to
from handlers.ticket_words import NewTicket, OneTicket, TicketList, TicketTo
from prompts.phrases import phrases
from scheduler.policy.units import PRIORITIES
from storage.contacts import Contact
from storage.customers import Customer
from storage.staff import Person
from storage.tickets import OPEN, Ticket, new_number

router = Router("tickets")
ACKNOWLEDGED_BY_TAKING = "fault"
"""A fault is promised an acknowledgement first: that somebody has it, said by name. All else is promised an answer."""
URGENT_AT_LEAST = {"high": "high", "urgent": "urgent"}


@dataclass(frozen=True)
class Wish:
    """What somebody wants of us, before it has a number."""

    contact: Contact | None
    customer: Customer | None
    type: RequestType
    words: str
    urgency: str
    channel: str


@router.on("ticket wanted")
def open_for_customer(ctx: Context, facts: dict[str, Any]) -> None:
    """Open a ticket from a customer's words, and tell them number, who and by when."""
    contact: Contact = facts["contact"]
    customer = ctx.store.customers.get(contact.customer_id)
    channel = str(facts.get("channel") or ctx.event.channel)
    wish = Wish(contact, customer, facts["type"], facts["words"], facts["urgency"], channel)
    ticket, owner = _open(ctx, wish)
    facts.get("opened", lambda _: None)(ticket)
    place = ctx.contact_place(contact, channel)
    if place:
        ctx.say(place, ticket_answers.opened_card(ctx, ticket, contact, owner, unsure=facts.get("unsure", False)))
    cards.show(ctx, ticket)
    if owner:
        hand_to(ctx, ticket, owner)


@router.command("ticket new", NewTicket)
def open_by_colleague(ctx: Context, args: NewTicket) -> None:
    """Open a ticket for a customer who spoke to us elsewhere."""
    customer = customer_named(ctx, args.customer)
    contact = next(iter(ctx.store.contacts.of(customer.id)), None)
    place = ctx.contact_place(contact) if contact else None
    channel = place.channel if place else ctx.event.channel
    wish = Wish(contact, customer, args.type, args.words, args.priority or "normal", channel)
    ticket, owner = _open(ctx, wish)
    cards.show(ctx, ticket)
    if owner and owner.id != ctx.me.id:
        hand_to(ctx, ticket, owner)
    ctx.reply(ctx.t("ticket-opened-by-you", number=ticket.number, customer=customer.name))


def _open(ctx: Context, wish: Wish) -> tuple[Ticket, Person | None]:
    """Write a ticket down; it is its customer's own person's, or nobody's until somebody takes it."""
    customer = wish.customer
    owner = ctx.store.staff.stand_in(ctx.store.staff.get(customer.owner_id), ctx.now) if customer else None
    zone = owner.zone if owner else customer.zone if customer else None
    calendar = calendar_for(ctx.policy, zone)
    promised = Promised.of(ctx.policy, wish.type, customer.tier if customer else None, calendar)
    ticket = replace(_promised(ctx, wish, promised), owner_id=owner.id if owner else None, calendar=calendar)
    coming = promised.warnings(ctx.policy, ticket)
    ctx.store.tickets.add(replace(ticket, watch_at=coming[0].at if coming else None))
    ctx.store.tickets.note(ticket.number, _actor(ctx), "opened", ctx.now, type=wish.type)
    return ticket, owner


def _promised(ctx: Context, wish: Wish, promised: Promised) -> Ticket:
    team = ctx.policy.routes.team_for(wish.type)
    return Ticket(
        number=_number(ctx),
        channel=wish.channel,
        type=wish.type,
        priority=_higher(promised.promise.priority, wish.urgency),
        words=wish.words,
        opened_at=ctx.now,
        first_response_due=promised.due("first_response", ctx.now),
        resolution_due=promised.due(promised.goal, ctx.now),
        goal=promised.goal,
        customer_id=wish.customer.id if wish.customer else None,
        contact_id=wish.contact.id if wish.contact else None,
        group_id=wish.customer.group_id if wish.customer else None,
        team=team.name if team else "fallback",
    )


def _number(ctx: Context) -> str:
    while ctx.store.tickets.exists(number := new_number(ctx.around.randomness)):
        pass
    return number


def _higher(priority: str, urgency: str) -> Any:
    wanted = URGENT_AT_LEAST.get(urgency, "low")
    return max(priority, wanted, key=PRIORITIES.index)


def _actor(ctx: Context) -> str:
    actor = ctx.staff or ctx.contact
    return actor.id if actor else "bot"


@router.command("ticket take", OneTicket)
def take(ctx: Context, args: OneTicket) -> None:
    """Make a ticket mine: I answer for it until it is closed."""
    ticket = find_ticket(ctx, args.number)
    if ticket.status == "taken" and ticket.owner_id == ctx.me.id:
        raise Refused("ticket-yours-already", number=ticket.number)
    if ticket.status != "new":
        owner = ctx.store.staff.get(ticket.owner_id)
        raise Refused("ticket-taken-already", number=ticket.number, name=owner.name if owner else "?")
    was = as_it_was(ticket)
    heard = ticket.first_response_at or (ctx.now if ticket.type == ACKNOWLEDGED_BY_TAKING else None)
    ticket = ctx.store.tickets.change(ticket, status="taken", owner_id=ctx.me.id, first_response_at=heard)
    customer = ctx.store.customers.get(ticket.customer_id)
    moment = watch_at(ctx.policy, ticket, customer.tier if customer else None)
    ticket = ctx.store.tickets.change(ticket, watch_at=moment)
    ctx.store.tickets.note(ticket.number, ctx.me.id, "taken", ctx.now, was=was)
    cards.show(ctx, ticket)
    ctx.reply(ctx.t("ticket-taken-by-you", number=ticket.number))
    _introduce(ctx, ticket)


def _introduce(ctx: Context, ticket: Ticket) -> None:
    """Tell the customer whose hands it is in now."""
    reached = cards.contact_of(ctx, ticket)
    if reached:
        contact, place = reached
        ctx.say(place, Card(text=phrases(contact.language)("customer-taken", name=ctx.me.name, number=ticket.number)))


@router.command("ticket assign", TicketTo)
def assign(ctx: Context, args: TicketTo) -> None:
    """Hand a ticket to a colleague; its whole history goes along."""
    ticket = find_ticket(ctx, args.number)
    if not ticket.is_open:
        raise Refused("ticket-closed", number=ticket.number)
    colleague = one_colleague(ctx, args.colleague)
    before = ctx.store.staff.get(ticket.owner_id)
    status = "new" if ticket.status == "taken" else ticket.status
    mode = thread_cards.end_mode(ctx, ticket)
    ticket = ctx.store.tickets.change(ticket, owner_id=colleague.id, status=status, **mode)
    ctx.store.tickets.note(ticket.number, ctx.me.id, "assigned", ctx.now, to=colleague.id)
    cards.show(ctx, ticket)
    hand_to(ctx, ticket, colleague)
    t = ctx.team_phrases(ticket.team)
    moved = t(
        "ticket-assigned", by=ctx.me.name, to=colleague.name, before=before.name if before else t("ticket-nobody")
    )
    cards.say_in_thread(ctx, ticket, Card(text=moved))
    ctx.reply(ctx.t("ticket-assigned-by-you", number=ticket.number, name=colleague.name))


@router.command("ticket show", OneTicket)
def show_one(ctx: Context, args: OneTicket) -> None:
    """Show a ticket's card, for me alone."""
    ticket = find_ticket(ctx, args.number)
    if ticket.customer_id:
        ctx.store.audit.note(ctx.me.id, "read ticket", ticket.number, ctx.now, ticket.customer_id)
    ctx.reply(cards.team_card(ctx, ticket, ctx.t, ctx.staff))


@router.command("ticket list", TicketList)
def show_list(ctx: Context, args: TicketList) -> None:
    """List tickets, the most urgent promise first."""
    statuses = {"waiting": ("waiting",), "closed": ("closed",), "dismissed": ("dismissed",)}.get(args.which, OPEN)
    mine = ctx.me.id if args.which == "mine" else None
    found = ctx.store.tickets.listed(ctx.scope, statuses=statuses, owner_id=mine, limit=20)
    if not found:
        ctx.reply(ctx.t("ticket-list-empty"))
        return
    customers = {c: ctx.store.customers.get(c) for c in {ticket.customer_id for ticket in found}}
    rows = tuple(_row(ctx, ticket, customers[ticket.customer_id]) for ticket in found)
    ctx.reply(Card(title=ctx.t("ticket-list-title", count=len(found)), rows=rows))


def _row(ctx: Context, ticket: Ticket, customer: Customer | None) -> Row:
    owner = ctx.store.staff.get(ticket.owner_id)
    text = ctx.t(
        "ticket-list-row",
        number=ticket.number,
        customer=customer.name if customer else ctx.t("contact-unknown"),
        type=ctx.t(f"type-{cards.dashed(ticket.type)}"),
        status=ctx.t(f"ticket-status-{ticket.status}"),
        owner=owner.name if owner else ctx.t("ticket-nobody"),
        by=ctx.t.moment(cards.due_now(ticket), ctx.zone, ctx.now),
    )
    show = Button(label=ctx.t("row-show"), command="ticket show", args={"number": ticket.number})
    return Row(text=text, buttons=(show,))
