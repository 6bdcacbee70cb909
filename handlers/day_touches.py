"""Day's touches: whom to contact, the most valuable first, and for whom colleagues need help."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import timedelta
from itertools import islice
from typing import Final, TypeVar

from handlers.cards import Button, Row, Tone
from handlers.context import Context
from handlers.parts import Part, Span
from handlers.reminder_cards import View
from scheduler.policy.document import Policy
from storage.customers import Customer
from storage.due import Waiting

D = TypeVar("D", Customer, Waiting)
SHOWN: Final = 4
"""So many lines of each list are shown."""
SHOWN_AHEAD: Final = 2
PAGE: Final = 200
"""So many of each list are read; where there are more, the count says “at least”."""
STANDS: Final = timedelta(days=90)
"""A call that is older stands no more: by then the ladder has long ended."""


def touches(ctx: Context, span: Span) -> Iterable[Part]:
    """List the customers to contact: those of days that are over, today's, and those whose day is near."""
    view = View.of(ctx, ctx.me, ctx.me)
    found = ctx.store.due.waiting(ctx.mine.owners, view.diary.horizon(ctx.now), PAGE)
    lists: dict[str, list[Waiting]] = {"overdue": [], "due": [], "ahead": []}
    for customer in found:
        days = view.lines.days_over(customer)
        lists["overdue" if days > 0 else "ahead" if days < 0 else "due"].append(customer)
    first = {
        name: most_valuable(ctx.policy, waiting)[: SHOWN_AHEAD if name == "ahead" else span.upto(SHOWN)]
        for name, waiting in lists.items()
    }
    rows = iter(_rows(view, [customer.id for shown in first.values() for customer in shown]))
    rest = Button(label=ctx.t("day-all-touches"), command="due")
    tones: dict[str, Tone] = {"overdue": "warn"}
    is_whole = len(found) < PAGE
    parts = [
        Part(name, len(all_), tuple(islice(rows, len(first[name]))), is_whole, rest, tones.get(name, "plain"))
        for name, all_ in lists.items()
    ]
    return _known_whole(parts)


def _rows(view: View, ids: Sequence[str]) -> tuple[Row, ...]:
    """Say each customer; where one is somebody's for whom I stand in, with the owner's name."""
    known = {customer.id: customer for customer in view.ctx.store.customers.by_ids(ids)} if ids else {}
    named = [known[id_] for id_ in ids]
    return view.rows(named, owners=any(customer.owner_id != view.ctx.me.id for customer in named))


def _known_whole(parts: Sequence[Part]) -> list[Part]:
    """What was read goes on into the next list: then this one is whole, wherever reading stopped."""
    goes_on = [any(later.count for later in parts[n + 1 :]) for n in range(len(parts))]
    return [replace(part, is_whole=part.is_whole or more) for part, more in zip(parts, goes_on, strict=True)]


def most_valuable(policy: Policy, found: Iterable[D]) -> list[D]:
    """Order due customers as they matter: by their tier's place in the scheme, then money of twelve months, then age."""
    places = {entry.id: place for place, entry in enumerate(policy.tiers.in_use())}

    def worth(customer: Waiting | Customer) -> tuple[object, ...]:
        at = customer.touch_due_at
        return (
            places.get(customer.tier or "", len(places)),
            -(customer.spent or 0),
            at.timestamp() if at else float("inf"),
            customer.name,
        )

    return sorted(found, key=worth)


def called(ctx: Context, span: Span) -> Iterable[Part]:
    """List colleagues' overdue customers about whom a rung called me, with the owner's name."""
    since = ctx.now - STANDS
    found = ctx.store.reminders.standing(ctx.me.id, since, but=ctx.mine.owners, limit=PAGE)
    if not found:
        return
    seen = [customer for customer in found if ctx.scope.covers(customer.owner_id, customer.group_id)]
    view = View.of(ctx, ctx.me, ctx.me)
    rows = view.rows(most_valuable(ctx.policy, seen)[: span.upto(SHOWN)], owners=True)
    yield Part("group", len(seen), rows, len(found) < PAGE, tone="warn")
