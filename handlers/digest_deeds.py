"""Digest deeds: what a manager decides about an item with one press, and who hears of it."""

from __future__ import annotations

from handlers.cards import Button, Card
from handlers.colleagues import one_colleague
from handlers.context import Context, Refused
from handlers.digest_items import settle
from handlers.digest_words import Assign, Call, Deputy, Nudge, Seen
from handlers.finding import customer_named
from handlers.routing import MANAGERS, Router
from handlers.ticket_cards import dashed, due_now
from handlers.ticket_finding import find_ticket
from prompts.phrases import Phrases, phrases
from storage.customers import Customer
from storage.messages import Kind
from storage.staff import Person

router = Router("digest deeds")


@router.command("digest done", Seen, who=MANAGERS, hidden=True)
def take_note(ctx: Context, args: Seen) -> None:
    """Take note of an item: it comes back only if it gets worse."""
    settle(ctx, args.item, args.severity, ctx.t("digest-seen-done"))


@router.command("digest call", Call, who=MANAGERS, hidden=True)
def call_myself(ctx: Context, args: Call) -> None:
    """Say that I call a customer myself; their person hears it, so that nobody calls twice."""
    customer = customer_named(ctx, args.customer)
    owner = _present(ctx, ctx.store.staff.get(customer.owner_id))
    if owner is not None and owner.id != ctx.me.id:
        t = phrases(owner.language)
        card = Card(text=t("digest-called", manager=ctx.me.name, customer=customer.name), buttons=_who(t, customer))
        ctx.tell(owner, card, Kind.CARD)
    settle(ctx, args.item, args.severity, ctx.t("digest-call-done"))
    log = Button(label=ctx.t("command-log.title"), command="log", args={"customer": customer.id})
    ctx.reply(Card(text=ctx.t("digest-call-log", customer=customer.name), buttons=(log,)))


@router.command("digest nudge", Nudge, who=MANAGERS, hidden=True)
def nudge(ctx: Context, args: Nudge) -> None:
    """Ask whoever answers for a ticket what it needs."""
    ticket = find_ticket(ctx, args.number)
    owner = _present(ctx, ctx.store.staff.get(ticket.owner_id))
    if owner is None or not ticket.is_open:
        raise Refused("card-moved-on")
    t = phrases(owner.language)
    text = t("digest-nudged", manager=ctx.me.name, by=t.moment(due_now(ticket), owner.zone, ctx.now))
    title = t("ticket-title", number=ticket.number, type=t(f"type-{dashed(ticket.type)}"))
    show = Button(label=t("button-show"), command="ticket show", args={"number": ticket.number})
    if not ctx.tell(owner, Card(title=title, text=text, tone="warn", buttons=(show,)), Kind.CARD):
        raise Refused("digest-unreached", name=owner.name)
    settle(ctx, args.item, args.severity, ctx.t("digest-nudge-done", name=owner.name))


@router.command("digest assign", Assign, who=MANAGERS, hidden=True)
def assign(ctx: Context, args: Assign) -> None:
    """Ask a colleague to call a customer who is unhappy with us."""
    customer, colleague = customer_named(ctx, args.customer), one_colleague(ctx, args.colleague)
    if ctx.store.customers.seen_by(ctx.store.staff.scope(colleague, ctx.now), customer.id) is None:
        raise Refused("digest-assign-unseen", name=colleague.name, customer=customer.name)
    t = phrases(colleague.language)
    buttons = list(_who(t, customer))
    if args.ticket:
        buttons.insert(0, Button(label=t("button-show"), command="ticket show", args={"number": args.ticket}))
    fixed = {"customer": customer.id, "purpose": "apology"}
    buttons.append(Button(label=t("digest-apology"), command="draft", args=fixed))
    card = Card(
        text=t("digest-assigned", manager=ctx.me.name, customer=customer.name), tone="warn", buttons=tuple(buttons)
    )
    if not ctx.tell(colleague, card, Kind.CARD):
        raise Refused("digest-unreached", name=colleague.name)
    ctx.store.audit.note(ctx.me.id, "assigned follow-up", customer.id, ctx.now, customer.id)
    settle(ctx, args.item, args.severity, ctx.t("digest-assign-done", name=colleague.name))


@router.command("digest deputy", Deputy, who=MANAGERS, hidden=True)
def name_deputy(ctx: Context, args: Deputy) -> None:
    """Let a colleague stand in for one of my people who is away."""
    person, deputy = ctx.store.staff.get(args.person), one_colleague(ctx, args.colleague)
    if person is None or not (ctx.scope.everything or person.id in ctx.scope.owners):
        raise Refused("colleague-not-found", name=args.person)
    away = deputy.away_until is not None and deputy.away_until > ctx.now
    if deputy.id == person.id or away:
        raise Refused("digest-deputy-away", name=deputy.name)
    ctx.store.staff.change(person.id, deputy_id=deputy.id)
    ctx.store.audit.note(ctx.me.id, "named deputy", person.id, ctx.now)
    t = phrases(deputy.language)
    back = t.day(person.away_until or ctx.now, deputy.zone, ctx.now)
    day = Button(label=t("day-title"), command="day")
    card = Card(text=t("digest-deputised", manager=ctx.me.name, name=person.name, day=back), buttons=(day,))
    ctx.tell(deputy, card, Kind.CARD)
    settle(ctx, args.item, args.severity, ctx.t("digest-deputy-done", deputy=deputy.name, name=person.name))


def _present(ctx: Context, person: Person | None) -> Person | None:
    return ctx.store.staff.stand_in(person, ctx.now)


def _who(t: Phrases, customer: Customer) -> tuple[Button, ...]:
    return (Button(label=t("command-who.title"), command="who", args={"customer": customer.id}),)
