"""My day's card: what waits for one person, the most urgent first, each line with the button that opens it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Final

from handlers.cards import Button, Card, Row, Tone
from handlers.context import Context
from handlers.day_pages import Window, paged, pages, turns
from handlers.parts import MOST, Part, Span
from handlers.promising import is_running, is_under_way
from handlers.routing import MANAGERS
from handlers.ticket_cards import dashed, due_now
from prompts.phrases import zone_named
from storage.tickets import RUNNING, Ticket

NOON: Final = 12
LONGEST: Final = 280
"""Characters of a line, so that a full page stays within what one message or home of Slack holds in all."""


def day_card(ctx: Context, span: Span, page: int = 1, more: Sequence[Button] = ()) -> Card:
    """Show all that waits for the person who acts, page by page; a quiet day is one line.

    Who asks for a page after the last reads the last: the day has become shorter meanwhile. `more` are buttons for
    what is not about this day.
    """
    every = _made(ctx, span)
    last = pages(every)
    page = min(page, last)
    windows, goes_on = paged(every, page)
    sums = " · ".join(_summed(ctx, part) for part in every)
    text = ctx.t("day-page", page=page, pages=last) if page > 1 else sums or ctx.t("day-quiet")
    buttons = (*turns(ctx, page, goes_on=goes_on), *more)
    return _sheet(ctx, windows, title=ctx.t("day-title"), text=text, buttons=buttons)


def morning_card(ctx: Context, span: Span, covered: int = 0) -> Card | None:
    """Wish a good morning and say what waits, the count of it first; nothing if nothing waits.

    `covered` is how many days it covers, where that is more than from one working day to the next.
    """
    parts = paged(_made(ctx, span), 1)[0]
    if not parts:
        return None
    is_morning = ctx.now.astimezone(zone_named(ctx.zone)).hour < NOON
    sums = ctx.t("list-comma").strip("|").join(_summed(ctx, window.part) for window in parts)
    title = ctx.t("morning-title", name=ctx.me.name, sums=sums, morning="yes" if is_morning else "no")
    since = ctx.t.day(span.since, ctx.zone, ctx.now)
    age = ctx.t("morning-covers", count=covered, since=since) if covered else ""
    return _sheet(ctx, parts, title=title, text=age, buttons=turns(ctx, 1, goes_on=False))


def day_parts(ctx: Context, span: Span) -> list[Part]:
    """Ask every subject what waits for the person who acts; what is said fits into one message."""
    return [window.part for window in paged(_made(ctx, span), 1)[0]]


def _made(ctx: Context, span: Span) -> list[Part]:
    made = (make(ctx, span) for make in ctx.around.routes.parts("day"))
    return [part for several in made for part in several if part.count]


def _sheet(ctx: Context, windows: Sequence[Window], *, title: str, text: str, buttons: Sequence[Button]) -> Card:
    parts = [window.part for window in windows]
    rest = {part.rest.id: part.rest for part in parts if part.is_cut and part.rest}
    tones = {part.tone for part in parts}
    tone: Tone = "alarm" if "alarm" in tones else "warn" if "warn" in tones else "plain"
    return Card(
        title=title,
        text=text,
        tone=tone,
        rows=tuple(row for window in windows for row in (_heading(ctx, window), *map(_short, window.part.rows))),
        buttons=(*rest.values(), *buttons),
        footer=ctx.t("day-updated", at=ctx.t.exact(ctx.now, ctx.zone)),
    )


def _count(ctx: Context, part: Part) -> int | str:
    return part.count if part.is_whole else ctx.t("day-at-least", count=part.count)


def _summed(ctx: Context, part: Part) -> str:
    return ctx.t(f"day-sum-{part.name}", count=_count(ctx, part))


def _heading(ctx: Context, window: Window) -> Row:
    part = window.part
    said = ctx.t(f"day-{part.name}", count=_count(ctx, part))
    if window.start:
        said = ctx.t("day-further", said=said, first=window.start + 1, last=window.start + len(part.rows))
    elif part.is_cut:
        said = ctx.t("day-first", said=said, shown=len(part.rows))
    return Row(text=said, heading=True)


def _short(row: Row) -> Row:
    """Let a line be no longer than its place; its button opens the thing whole."""
    return row if len(row.text) <= LONGEST else row.model_copy(update={"text": f"{row.text[: LONGEST - 1]}…"})


def my_tickets(ctx: Context, _: Span) -> Iterable[Part]:
    """List my tickets by the promise that ends first; what waits for the customer comes last."""
    found = ctx.store.tickets.owed_by(ctx.me.id, MOST)
    rest = Button(label=ctx.t("day-all-tickets"), command="ticket list", args={"which": "mine"})
    yield _promised(ctx, "tickets", found, rest=rest, is_whole=len(found) < MOST)


def team(ctx: Context, _: Span) -> Iterable[Part]:
    """List for a manager what the team cannot leave as it is: broken promises, and tickets that are nobody's."""
    if ctx.me.role not in MANAGERS:
        return
    found = ctx.store.tickets.listed(ctx.scope, statuses=(*RUNNING, "waiting"), limit=MOST)
    others = [ticket for ticket in found if ticket.owner_id != ctx.me.id]
    amiss = [ticket for ticket in others if _is_amiss(ticket, ctx.now)]
    rest = Button(label=ctx.t("day-team-tickets"), command="ticket list")
    yield _promised(ctx, "team", amiss, rest=rest, is_whole=len(found) < MOST)


def _promised(ctx: Context, name: str, found: Iterable[Ticket], *, rest: Button, is_whole: bool) -> Part:
    tickets = sorted(found, key=lambda ticket: (not _runs(ticket), due_now(ticket), ticket.number))
    tone: Tone = "alarm" if any(_is_broken(ticket, ctx.now) for ticket in tickets) else "plain"

    def lines(start: int, stop: int) -> tuple[Row, ...]:
        return tuple(_ticket(ctx, ticket, named=name == "team") for ticket in tickets[start:stop])

    return Part.turned(name, len(tickets), lines, is_whole=is_whole, rest=rest, tone=tone)


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
