"""Customers: who they are, and who of us answers for them."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import Any, Literal

from handlers.agreement_rows import agreement_rows
from handlers.arguments import Args, Line, Whom
from handlers.cards import Button, Card, Field, Row
from handlers.contact_rows import contact_row
from handlers.context import Context, Refused
from handlers.finding import customer_named
from handlers.routing import CUSTOMER, Router
from scheduler.cadence import Diary, plan
from scheduler.reasons import told
from storage.columns import new_id
from storage.contacts import Contact
from storage.customers import Customer
from storage.tickets import Ticket
from storage.touches import Touch

router = Router("customers")
SHOWN = 20


class NewCustomer(Args):
    name: Line
    contact: Line | None = None
    phone: Line | None = None
    language: Literal["en", "zh-CN"] | None = None


class Named(Args):
    customer: Whom


class CustomerList(Args):
    tier: Line | None = None


@router.command("who", Named)
def show(ctx: Context, args: Named) -> None:
    """Show a customer on one card: tier and why, due touch, contacts, open tickets, last words."""
    customer = customer_named(ctx, args.customer)
    ctx.store.audit.note(ctx.me.id, "read customer", customer.id, ctx.now, customer.id)
    contacts = ctx.store.contacts.of(customer.id)
    tickets = ctx.store.tickets.listed(ctx.scope, customer_id=customer.id, limit=5)
    rows = [contact_row(ctx, one, contacts) for one in contacts]
    rows += agreement_rows(ctx, customer)
    rows += [_ticket_row(ctx, ticket) for ticket in tickets]
    rows += [_touch_row(ctx, touch) for touch in ctx.store.touches.of(customer.id, 3)]
    ctx.reply(Card(title=customer.name, fields=_fields(ctx, customer), rows=tuple(rows), buttons=_deeds(ctx, customer)))


def _ticket_row(ctx: Context, ticket: Ticket) -> Row:
    text = ctx.t("who-ticket", number=ticket.number, status=ctx.t(f"ticket-status-{ticket.status}"))
    return Row(
        text=text, buttons=(Button(label=ctx.t("row-show"), command="ticket show", args={"number": ticket.number}),)
    )


def _touch_row(ctx: Context, touch: Touch) -> Row:
    words = " ".join(touch.words[:120].split())
    return Row(text=ctx.t("who-touch", day=ctx.t.day(touch.at, ctx.zone, ctx.now), words=words))


def _fields(ctx: Context, customer: Customer) -> tuple[Field, ...]:
    t = ctx.t
    owner = ctx.store.staff.get(customer.owner_id)
    why = t("list-separator").strip("|").join(t(key, **values) for key, values in told(customer.tier_why))
    rows = [
        ("who-tier", t("policy-tier", tier=customer.tier or "none")),
        ("who-why", why or "—"),
        ("who-owner", owner.name if owner else t("ticket-nobody")),
        ("who-spent", t.money(customer.spent, customer.currency)),
        ("who-orders", str(customer.orders)),
        ("who-last-order", _day(ctx, customer.last_order_at)),
        ("who-last-touch", _day(ctx, customer.last_touch_at)),
        ("who-next-touch", _day(ctx, customer.touch_due_at)),
    ]
    return tuple(Field(label=t(key), value=value) for key, value in rows)


def _day(ctx: Context, at: datetime | None) -> str:
    return ctx.t.day(at, ctx.zone, ctx.now) if at else "—"


def _deeds(ctx: Context, customer: Customer) -> tuple[Button, ...]:
    names = (("log", "customer"), ("draft", "customer"), ("tier explain", "customer"), ("customer invite", "customer"))
    routes = ctx.around.routes.commands
    return tuple(
        Button(label=ctx.t(f"{routes[name].key}.title"), command=name, args={argument: customer.id})
        for name, argument in names
        if name in routes
    )


@router.command("customer list", CustomerList)
def show_list(ctx: Context, args: CustomerList) -> None:
    """List my customers, the longest due first."""
    found = ctx.store.customers.listed(ctx.scope, tier=args.tier, limit=SHOWN)
    counts = ctx.store.customers.count(ctx.scope)
    total = sum(counts.values()) if args.tier is None else counts.get(args.tier, 0)
    if not found:
        ctx.reply(ctx.t("customer-list-empty"))
        return
    rows = tuple(_list_row(ctx, customer) for customer in found)
    ctx.reply(Card(title=ctx.t("customer-list-title", shown=len(found), total=total), rows=rows))


def _list_row(ctx: Context, customer: Customer) -> Row:
    tier = ctx.t("policy-tier", tier=customer.tier or "none")
    text = ctx.t("customer-list-row", name=customer.name, tier=tier, due=_day(ctx, customer.touch_due_at))
    return Row(text=text, buttons=(Button(label=ctx.t("row-show"), command="who", args={"customer": customer.id}),))


@router.command("customer new", NewCustomer)
def add(ctx: Context, args: NewCustomer) -> None:
    """Write a new customer down; they are mine."""
    same = [c for c in ctx.store.customers.find(ctx.scope, args.name) if c.name.casefold() == args.name.casefold()]
    if same:
        raise Refused("customer-exists", name=args.name)
    language = args.language or ctx.me.language
    customer = Customer(id=new_id(), name=args.name, language=language, owner_id=ctx.me.id, since=ctx.now)
    customer = replace(customer, **plan(Diary.of(ctx.policy, ctx.me), customer, None, ctx.now))
    ctx.store.customers.add(customer)
    if args.contact:
        contact = Contact(id=new_id(), customer_id=customer.id, name=args.contact, phone=args.phone, language=language)
        ctx.store.contacts.add(contact, ctx.now)
    ctx.store.audit.note(ctx.me.id, "added customer", customer.id, ctx.now, customer.id)
    ctx.reply(ctx.t("customer-added-by-you", name=customer.name))


@router.command("stop", who=CUSTOMER)
def stop(ctx: Context, _: object) -> None:
    """Let a customer be left alone: no proactive message from this commit on, in any channel."""
    if ctx.contact is None:
        ctx.reply(ctx.t("customer-opted-out"))
        return
    ctx.note("opt out wanted", contact=ctx.contact, method="command")


@router.on("opt out wanted")
def opt_out(ctx: Context, facts: dict[str, Any]) -> None:
    """Write an opt-out down and confirm it."""
    contact: Contact = facts["contact"]
    ctx.store.contacts.consent(contact.id, "proactive", facts["method"], ctx.now, given=False)
    ctx.reply(ctx.t("customer-opted-out"))
