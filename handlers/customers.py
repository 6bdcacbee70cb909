"""Customers: who they are, who of us answers for them, and how a chat is proven to be theirs."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import Annotated, Any, Literal

from pydantic import StringConstraints

from handlers.agreement_rows import agreement_rows, contact_line
from handlers.arguments import Args, Line, Words
from handlers.cards import Button, Card, Field, Row
from handlers.context import Context, Place, Refused
from handlers.finding import customer_ahead, customer_named
from handlers.routing import CUSTOMER, Router
from handlers.strangers import adopt
from prompts.phrases import phrases
from scheduler.cadence import Diary, plan
from scheduler.reasons import told
from storage.columns import new_id
from storage.contacts import Contact
from storage.customers import Customer
from storage.invitations import INVITATION_LASTS
from storage.staff import Person
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
    customer: Words


class CustomerList(Args):
    tier: Line | None = None


class Code(Args):
    code: Annotated[str, StringConstraints(strip_whitespace=True, pattern=r"^\S+$", max_length=200)] | None = None


@router.command("who", Named)
def show(ctx: Context, args: Named) -> None:
    """Show a customer on one card: tier and why, due touch, contacts, open tickets, last words."""
    customer = customer_named(ctx, args.customer)
    ctx.store.audit.note(ctx.me.id, "read customer", customer.id, ctx.now, customer.id)
    contacts = ctx.store.contacts.of(customer.id)
    tickets = ctx.store.tickets.listed(ctx.scope, customer_id=customer.id, limit=5)
    rows = [Row(text=contact_line(ctx, c, _channels(ctx, c))) for c in contacts]
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


def _channels(ctx: Context, contact: Contact) -> str:
    known = [ctx.t(f"channel-{channel}") for channel in ctx.store.contacts.channels(contact.id)]
    closed = ctx.store.contacts.closed_channels(contact.id)
    known += [ctx.t("who-closed-channel", channel=ctx.t(f"channel-{channel}")) for channel in closed]
    return ctx.t("names-separator").strip("|").join(known) or ctx.t("who-no-channel")


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


@router.command("customer invite", Named)
def invite(ctx: Context, args: Named) -> None:
    """Make a one-time code that a rep hands over; whoever writes it in a chat is that contact."""
    customer, name = customer_ahead(ctx, args.customer)
    contact = _contact_named(ctx, customer, name)
    code = ctx.store.invitations.make(contact.id, ctx.me.id, ctx.now)
    ctx.store.audit.note(ctx.me.id, "invited", contact.id, ctx.now, customer.id)
    who, days = contact.name or customer.name, INVITATION_LASTS.days
    fields = [Field(label="/start", value=code)]
    if bot := ctx.store.settings.get("telegram name"):
        fields.append(Field(label=ctx.t("customer-invited-link"), value=f"https://t.me/{bot}?start={code}"))
    ctx.reply(Card(text=ctx.t("customer-invited", who=who, days=days), fields=tuple(fields)))


def _contact_named(ctx: Context, customer: Customer, name: str) -> Contact:
    """Find the contact of this name, or write them down: imported customers have nobody yet."""
    contacts = ctx.store.contacts.of(customer.id)
    known = [one for one in contacts if not name or (one.name or "").casefold() == name.casefold()]
    if known:
        return known[0]
    if not name:
        raise Refused("customer-no-contact", name=customer.name)
    contact = Contact(id=new_id(), customer_id=customer.id, name=name, language=customer.language)
    ctx.store.contacts.add(contact, ctx.now)
    return contact


@router.command("start", Code, who=CUSTOMER)
def bind(ctx: Context, args: Code) -> None:
    """Bind a chat to the contact whom a one-time code proves; nothing that anyone claims ever binds."""
    if args.code is None:
        ctx.note("chat started")
        return
    proved = ctx.store.invitations.proved(args.code)
    if proved is not None:
        _used_before(ctx, *proved)
        return
    invited = ctx.store.invitations.invited(args.code, ctx.now)
    if invited is not None and ctx.contact and ctx.contact.customer_id and ctx.contact.id != invited[0]:
        _meant_for_another(ctx, *invited)
        return
    known = ctx.store.contacts.get(ctx.store.invitations.redeem(args.code, ctx.now))
    if known is None:
        raise Refused("code-unknown")
    _connect(ctx, known)
    ctx.store.audit.note(known.id, "bound chat", ctx.event.channel, ctx.now, known.customer_id)
    ctx.contact = ctx.store.contacts.get(known.id)
    _tell_owner(ctx, known)
    ctx.note("language learned", language=known.language)
    ctx.reply(phrases(known.language)("customer-bound", name=known.name or ""))


def _connect(ctx: Context, known: Contact) -> None:
    """Make this chat the one where a contact is reached; an account they had before hears that it no longer is."""
    stranger, channel = ctx.contact, ctx.event.channel
    ctx.store.contacts.bind(known.id, channel, ctx.event.sender, ctx.now)
    if ctx.event.body.get("side") == "either":
        for left in ctx.store.contacts.leave_others(known.id, channel, ctx.event.sender):
            ctx.say(Place(channel, left), Card(text=phrases(known.language)("customer-moved"), tone="warn"))
    if stranger is not None and stranger.id != known.id:
        adopt(ctx, stranger, known)


def _used_before(ctx: Context, contact_id: str, made_by: str) -> None:
    """Answer a code that was used up: whoever used it is welcome, anybody else hears what a wrong one does."""
    if ctx.contact is not None and ctx.contact.id == contact_id:
        ctx.reply(ctx.t("customer-bound-already"))
        return
    maker = ctx.store.staff.stand_in(ctx.store.staff.get(made_by), ctx.now)
    _refuse_code(ctx, ctx.store.contacts.get(contact_id), maker, "code-tried-again")


def _meant_for_another(ctx: Context, contact_id: str, made_by: str) -> None:
    """Refuse a code that somebody we know was not given: nobody turns into another by a link that was passed on."""
    contact = ctx.store.contacts.get(contact_id)
    customer = ctx.store.customers.get(contact.customer_id) if contact else None
    hearer = ctx.store.staff.get(customer.owner_id if customer and customer.owner_id else made_by)
    _refuse_code(ctx, contact, ctx.store.staff.stand_in(hearer, ctx.now), "code-passed-on")


def _refuse_code(ctx: Context, contact: Contact | None, hearer: Person | None, key: str) -> None:
    """Say what is said of any wrong code, and tell a colleague whose it was."""
    ctx.reply(Card(text=ctx.t("code-unknown"), tone="warn"))
    if hearer and contact:
        t = phrases(hearer.language)
        text = t(key, name=contact.name or "?", channel=t(f"channel-{ctx.event.channel}"))
        ctx.tell(hearer, Card(text=text, tone="warn"), slot=f"{key}:{contact.id}")


def _tell_owner(ctx: Context, contact: Contact) -> None:
    customer = ctx.store.customers.get(contact.customer_id)
    owner = ctx.store.staff.stand_in(ctx.store.staff.get(customer.owner_id), ctx.now) if customer else None
    if customer and owner:
        t = phrases(owner.language)
        channel = t(f"channel-{ctx.event.channel}")
        ctx.tell(
            owner, Card(text=t("contact-bound", name=contact.name or "?", customer=customer.name, channel=channel))
        )


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
