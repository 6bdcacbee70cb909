"""My day's card: what waits for one person, the most urgent first, each line with the button that opens it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Final

from handlers.cards import Button, Card, Row, Tone
from handlers.context import Context
from handlers.day_pages import SHOWN, paged, turns
from handlers.parts import Part, Span
from handlers.promising import is_running, is_under_way
from handlers.routing import MANAGERS
from handlers.ticket_cards import dashed, due_now
from prompts.phrases import zone_named
from storage.tickets import RUNNING, Ticket

NOON: Final = 12
PAGE: Final = 200
"""So many of each list are read; where there are more, the count says “at least”."""


def day_card(ctx: Context, span: Span) -> Card:
    """Show all that waits for the person who acts, page by page; a quiet day is one line."""
    every = _made(ctx, span)
    page = max(1, span.page)
    parts, goes_on = paged(every, page)
    sums = " · ".join(_summed(ctx, part) for part in every)
    text = ctx.t("day-page", page=page) if page > 1 else sums or ctx.t("day-quiet")
    return _sheet(ctx, parts, title=ctx.t("day-title"), text=text, turning=turns(ctx, page, goes_on=goes_on))


def morning_card(ctx: Context, span: Span, covered: int = 0) -> Card | None:
    """Wish a good morning and say what waits, the count of it first; nothing if nothing waits.

    `covered` is how many days it covers, where that is more than from one working day to the next.
    """
    parts = day_parts(ctx, span)
    if not parts:
        return None
    is_morning = ctx.now.astimezone(zone_named(ctx.zone)).hour < NOON
    sums = ctx.t("list-comma").strip("|").join(_summed(ctx, part) for part in parts)
    title = ctx.t("morning-title", name=ctx.me.name, sums=sums, morning="yes" if is_morning else "no")
    since = ctx.t.day(span.since, ctx.zone, ctx.now)
    age = ctx.t("morning-covers", count=covered, since=since) if covered else ""
    return _sheet(ctx, parts, title=title, text=age)


def day_parts(ctx: Context, span: Span) -> list[Part]:
    """Ask every subject what waits for the person who acts; what is said fits into one message."""
    return paged(_made(ctx, span), 1)[0]


def _made(ctx: Context, span: Span) -> list[Part]:
    made = (make(ctx, span) for make in ctx.around.routes.parts("day"))
    return [part for several in made for part in several if part.count]


def _sheet(ctx: Context, parts: Sequence[Part], *, title: str, text: str, turning: Sequence[Button] = ()) -> Card:
    rest = {part.rest.id: part.rest for part in parts if part.is_cut and part.rest}
    tones = {part.tone for part in parts}
    tone: Tone = "alarm" if "alarm" in tones else "warn" if "warn" in tones else "plain"
    return Card(
        title=title,
        text=text,
        tone=tone,
        rows=tuple(row for part in parts for row in (_heading(ctx, part), *part.rows)),
        buttons=(*rest.values(), *(turning or turns(ctx, 1, goes_on=False))),
        footer=ctx.t("day-updated", at=ctx.t.exact(ctx.now, ctx.zone)),
    )


def _count(ctx: Context, part: Part) -> int | str:
    return part.count if part.is_whole else ctx.t("day-at-least", count=part.count)


def _summed(ctx: Context, part: Part) -> str:
    return ctx.t(f"day-sum-{part.name}", count=_count(ctx, part))


def _heading(ctx: Context, part: Part) -> Row:
    said = ctx.t(f"day-{part.name}", count=_count(ctx, part))
    return Row(text=ctx.t("day-first", said=said, shown=len(part.rows)) if part.is_cut else said, heading=True)


def my_tickets(ctx: Context, span: Span) -> Iterable[Part]:
    """List my tickets by the promise that ends first; what waits for the customer comes last."""
    found = ctx.store.tickets.owed_by(ctx.me.id, PAGE)
    rest = Button(label=ctx.t("day-all-tickets"), command="ticket list", args={"which": "mine"})
    part = _promised(ctx, "tickets", found, span, rest=rest)
    yield replace(part, is_whole=len(found) < PAGE)


def team(ctx: Context, span: Span) -> Iterable[Part]:
    """List for a manager what the team cannot leave as it is: broken promises, and tickets that are nobody's."""
    if ctx.me.role not in MANAGERS:
        return
    found = ctx.store.tickets.listed(ctx.scope, statuses=(*RUNNING, "waiting"), limit=PAGE)
    others = [ticket for ticket in found if ticket.owner_id != ctx.me.id]
    amiss = [ticket for ticket in others if _is_amiss(ticket, ctx.now)]
    rest = Button(label=ctx.t("day-team-tickets"), command="ticket list")
    yield replace(_promised(ctx, "team", amiss, span, rest=rest), is_whole=len(found) < PAGE)


def _promised(ctx: Context, name: str, found: Iterable[Ticket], span: Span, *, rest: Button) -> Part:
    tickets = sorted(found, key=lambda ticket: (not _runs(ticket), due_now(ticket)))
    rows = tuple(_ticket(ctx, ticket, named=name == "team") for ticket in tickets[: span.upto(SHOWN)])
    broken = any(_is_broken(ticket, ctx.now) for ticket in tickets)
    return Part(name, len(tickets), rows, rest=rest, tone="alarm" if broken else "plain")


def _runs(ticket: Ticket) -> bool:
    """Tell whether a promise of ours still runs: a first answer is owed even to whom we asked something.

    It does not run while an answered customer is asked, nor once service is under way.
    """
    return is_running(ticket) and not (ticket.first_response_at and is_under_way(ticket))


def _is_broken(ticket: Ticket, now: datetime) -> bool:
    return _runs(ticket) and due_now(ticket) <= now


def _is_amiss(ticket: Ticket, now: datetime) -> bool:
    nobodys = ticket.owner_id is None and ticket.status in RUNNING
    return nobodys or _is_broken(ticket, now)


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
