"""My day's card: what waits for one person, the most urgent first, each line with the button that opens it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime, time, timedelta
from typing import Final

from handlers.cards import Button, Card, Row, Tone
from handlers.context import Context
from handlers.draft_cards import contact_name
from handlers.draft_facts import purpose_label
from handlers.parts import Part, Span
from handlers.promising import is_under_way
from handlers.reminder_cards import View, opening
from handlers.routing import MANAGERS
from handlers.ticket_cards import dashed, due_now
from scheduler.policy.calendars import moment
from storage.customers import Customer
from storage.drafts import Draft
from storage.tickets import RUNNING, Ticket

SHOWN: Final = 4
"""So many lines of each list are shown: five lists of them still fit into one message of Slack's 50 blocks."""
PAGE: Final = 200
"""So many of each list are read; where there are more, the count says “at least”."""


def day_card(ctx: Context, span: Span) -> Card:
    """Show all that waits for the person who acts; a quiet day is one line."""
    made = (make(ctx, span) for make in ctx.around.routes.parts("day"))
    parts = [part for several in made for part in several if part.count]
    again = Button(label=ctx.t("day-again"), command="day again")
    rest = {part.rest.id: part.rest for part in parts if part.is_cut and part.rest}
    tones = {part.tone for part in parts}
    tone: Tone = "alarm" if "alarm" in tones else "warn" if "warn" in tones else "plain"
    return Card(
        title=ctx.t("day-title"),
        text=" · ".join(_summed(ctx, part) for part in parts) or ctx.t("day-quiet"),
        tone=tone,
        rows=tuple(row for part in parts for row in (_heading(ctx, part), *part.rows)),
        buttons=(*rest.values(), again),
        footer=ctx.t("day-updated", at=ctx.t.exact(ctx.now, ctx.zone)),
    )


def _count(ctx: Context, part: Part) -> int | str:
    return part.count if part.is_whole else ctx.t("day-at-least", count=part.count)


def _summed(ctx: Context, part: Part) -> str:
    return ctx.t(f"day-sum-{part.name}", count=_count(ctx, part))


def _heading(ctx: Context, part: Part) -> Row:
    said = ctx.t(f"day-{part.name}", count=_count(ctx, part))
    return Row(text=ctx.t("day-first", said=said, shown=len(part.rows)) if part.is_cut else said, heading=True)


def touches(ctx: Context, _: Span) -> tuple[Part, Part]:
    """List the customers to contact: those of days that are over, and today's."""
    view = View.of(ctx, ctx.me, ctx.me)
    day = ctx.now.astimezone(view.diary.zone).date()
    today, tomorrow = (moment(view.diary.zone, day + timedelta(days=n), time()) for n in (0, 1))
    found = ctx.store.customers.listed(ctx.mine, due_before=tomorrow, limit=PAGE)
    overdue = [customer for customer in found if customer.touch_due_at and customer.touch_due_at < today]
    now = [customer for customer in found if customer.touch_due_at and today <= customer.touch_due_at < tomorrow]
    rest = Button(label=ctx.t("day-all-touches"), command="due")
    is_whole = len(found) < PAGE
    return (
        Part("overdue", len(overdue), _customers(view, overdue[:SHOWN]), is_whole or bool(now), rest, "warn"),
        Part("due", len(now), _customers(view, now[:SHOWN]), is_whole, rest),
    )


def _customers(view: View, named: Sequence[Customer]) -> tuple[Row, ...]:
    """Show customers as the morning's message does, each with its card and the note of a contact one press away."""
    rows = view.bundle("", named, [customer.touch_due_at for customer in named]).rows
    return tuple(
        row.model_copy(update={"buttons": (*_logging(row), opening(view.t("row-show"), customer.id))})
        for row, customer in zip(rows, named, strict=True)
    )


def _logging(row: Row) -> tuple[Button, ...]:
    return tuple(button for button in row.buttons if button.command == "log")


def my_tickets(ctx: Context, _: Span) -> Iterable[Part]:
    """List my tickets by the promise that ends first; what waits for the customer comes last."""
    found = ctx.store.tickets.listed(ctx.scope, statuses=(*RUNNING, "waiting"), owner_id=ctx.me.id, limit=PAGE)
    rest = Button(label=ctx.t("day-all-tickets"), command="ticket list", args={"which": "mine"})
    yield _promised(ctx, "tickets", found, is_whole=len(found) < PAGE, rest=rest)


def team(ctx: Context, _: Span) -> Iterable[Part]:
    """List for a manager what the team cannot leave as it is: broken promises, and tickets that are nobody's."""
    if ctx.me.role not in MANAGERS:
        return
    found = ctx.store.tickets.listed(ctx.scope, statuses=RUNNING, limit=PAGE)
    others = [ticket for ticket in found if ticket.owner_id != ctx.me.id]
    amiss = [ticket for ticket in others if ticket.owner_id is None or _is_broken(ticket, ctx.now)]
    rest = Button(label=ctx.t("day-team-tickets"), command="ticket list")
    yield _promised(ctx, "team", amiss, is_whole=len(found) < PAGE, rest=rest)


def _promised(ctx: Context, name: str, found: Iterable[Ticket], *, is_whole: bool, rest: Button) -> Part:
    tickets = sorted(found, key=lambda ticket: (not _runs(ticket), due_now(ticket)))
    rows = tuple(_ticket(ctx, ticket, named=name == "team") for ticket in tickets[:SHOWN])
    broken = any(_is_broken(ticket, ctx.now) for ticket in tickets)
    return Part(name, len(tickets), rows, is_whole, rest, "alarm" if broken else "plain")


def _runs(ticket: Ticket) -> bool:
    """Tell whether a promise of ours still runs: not while the customer is asked, nor once service is under way."""
    return ticket.status in RUNNING and not (ticket.first_response_at and is_under_way(ticket))


def _is_broken(ticket: Ticket, now: datetime) -> bool:
    return _runs(ticket) and due_now(ticket) <= now


def _ticket(ctx: Context, ticket: Ticket, *, named: bool) -> Row:
    customer = ctx.store.customers.get(ticket.customer_id)
    head = ctx.t(
        "day-ticket",
        number=ticket.number,
        customer=customer.name if customer else ctx.t("contact-unknown"),
        type=ctx.t(f"type-{dashed(ticket.type)}"),
    )
    owner = ctx.store.staff.get(ticket.owner_id)
    parts = [owner.name if owner else ctx.t("day-nobody")] if named else []
    show = Button(label=ctx.t("row-show"), command="ticket show", args={"number": ticket.number})
    return Row(text=f"{head}\n{' · '.join([*parts, _promise(ctx, ticket)])}", buttons=(show,))


def _promise(ctx: Context, ticket: Ticket) -> str:
    if not _runs(ticket):
        return ctx.t(f"ticket-status-{ticket.status}")
    due = due_now(ticket)
    by = ctx.t.moment(due, ctx.zone, ctx.now)
    return ctx.t("day-ticket-over", by=by, span=ctx.t.span(ctx.now - due)) if due <= ctx.now else ctx.t("day-by", by=by)


def my_drafts(ctx: Context, _: Span) -> Iterable[Part]:
    """List the drafts that wait for my yes, and for that of whoever I stand in for, the oldest first."""
    found = ctx.store.drafts.listed(set(ctx.mine.owners), limit=PAGE)
    fresh = [draft for draft in found if draft.expires_at > ctx.now]
    rows = tuple(_draft(ctx, draft) for draft in fresh[:SHOWN])
    yield Part("drafts", len(fresh), rows, len(found) < PAGE)


def _draft(ctx: Context, draft: Draft) -> Row:
    customer = ctx.store.customers.get(draft.customer_id)
    text = ctx.t(
        "day-draft",
        name=contact_name(ctx, draft),
        customer=customer.name if customer else "",
        purpose=purpose_label(ctx.t, draft.purpose),
        until=ctx.t.day(draft.expires_at, ctx.zone, ctx.now),
    )
    return Row(text=text, buttons=(Button(label=ctx.t("row-show"), command="draft show", args={"draft": draft.id}),))
