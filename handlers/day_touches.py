"""Day's touches: whom to contact, the most valuable first, and for whom colleagues need help."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import timedelta
from functools import partial
from itertools import islice
from typing import Final, TypeVar

from handlers.cards import Button, Row, Tone
from handlers.context import Context
from handlers.parts import MOST, SHOWN, Part, Span
from handlers.reminder_cards import View
from scheduler.policy.document import Policy
from storage.customers import Customer
from storage.due import Waiting

D = TypeVar("D", Customer, Waiting)
SHOWN_AHEAD: Final = 2
STANDS: Final = timedelta(days=90)
"""A call that is older stands no more: by then the ladder has long ended."""


def touches(ctx: Context, _: Span) -> Iterable[Part]:
    """List the customers to contact: those of days that are over, today's, and those whose day is near."""
    view = View.of(ctx, ctx.me, ctx.me)
    found = ctx.store.due.waiting(ctx.mine.owners, view.diary.horizon(ctx.now), MOST)
    lists: dict[str, list[Waiting]] = {"overdue": [], "due": [], "ahead": []}
    for customer in found:
        days = view.lines.days_over(customer)
        lists["overdue" if days > 0 else "ahead" if days < 0 else "due"].append(customer)
    rest = Button(label=ctx.t("day-all-touches"), command="due")
    tones: dict[str, Tone] = {"overdue": "warn"}
    is_whole = len(found) < MOST
    ordered = {name: [one.id for one in most_valuable(ctx.policy, waiting)] for name, waiting in lists.items()}
    rows = _first_rows(view, ordered)
    return _known_whole(
        [
            Part(name, len(ids), rows[name], is_whole, rest, tones.get(name, "plain"), partial(_lines, view, ids))
            for name, ids in ordered.items()
        ]
    )


def _first_rows(view: View, ordered: Mapping[str, Sequence[str]]) -> dict[str, tuple[Row, ...]]:
    """Say the first of each list, all looked up at once."""
    first = {name: ids[: SHOWN_AHEAD if name == "ahead" else SHOWN] for name, ids in ordered.items()}
    rows = iter(_rows(view, [id_ for ids in first.values() for id_ in ids]))
    return {name: tuple(islice(rows, len(ids))) for name, ids in first.items()}


def _lines(view: View, ids: Sequence[str], start: int, stop: int) -> tuple[Row, ...]:
    return _rows(view, ids[start:stop])


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
            customer.id,
        )

    return sorted(found, key=worth)


def called(ctx: Context, _: Span) -> Iterable[Part]:
    """List colleagues' overdue customers about whom a rung called me, with the owner's name."""
    since = ctx.now - STANDS
    found = ctx.store.reminders.standing(ctx.me.id, since, but=ctx.mine.owners, limit=MOST)
    if not found:
        return
    seen = [customer for customer in found if ctx.scope.covers(customer.owner_id, customer.group_id)]
    ordered, view = most_valuable(ctx.policy, seen), View.of(ctx, ctx.me, ctx.me)

    def lines(start: int, stop: int) -> tuple[Row, ...]:
        return view.rows(ordered[start:stop], owners=True)

    yield Part.turned("group", len(seen), lines, is_whole=len(found) < MOST, tone="warn")
