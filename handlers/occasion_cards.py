"""How occasions are shown: what the next days bring, what waits on somebody's day, what a manager's digest counts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Final, NamedTuple

from handlers.agreement_words import said_day
from handlers.cards import Button, Card, Row
from handlers.context import Context
from handlers.occasion_drafts import festival_name
from handlers.occasion_words import MONTH
from handlers.parts import MOST, Part, Span
from handlers.reminder_cards import opening
from handlers.routing import MANAGERS
from scheduler.occasion_days import company_day
from storage.customers import Customer
from storage.occasions import GREETINGS, Occasion
from storage.staff import Scope

LISTED: Final = 40
BEHIND: Final = timedelta(days=7)
"""So long what was missed or stopped stays on the list after its day."""
STOPPED: Final = timedelta(days=14)
"""So long what was stopped stays on somebody's day."""
WEEK: Final = timedelta(days=7)


class Coming(NamedTuple):
    """One line of the list: its day, the customer, and what it is."""

    day: date
    customer_id: str
    said: str
    occasion: Occasion | None


def scope_of(ctx: Context) -> Scope:
    """Tell whose occasions somebody looks at: a manager the team's, everybody else their own."""
    return ctx.scope if ctx.me.role in MANAGERS else ctx.mine


def coming_card(ctx: Context, days: int) -> Card:
    """List what the next days bring, and what was missed or stopped in the last week."""
    today = company_day(ctx.policy, ctx.now)
    lines = sorted(_coming(ctx, today, today + timedelta(days=days)), key=lambda line: (line.day, line.said))
    if not lines:
        return Card(text=ctx.t("occasions-none", days=days))
    named = {one.id: one for one in ctx.store.customers.by_ids([line.customer_id for line in lines[:LISTED]])}
    rows = tuple(_line(ctx, line, named.get(line.customer_id), today) for line in lines[:LISTED])
    more = (ctx.t("occasions-more", count=len(lines) - LISTED),) if len(lines) > LISTED else ()
    return Card(title=ctx.t("occasions-title", count=len(lines), days=days), rows=rows, lines=more)


def _coming(ctx: Context, today: date, last: date) -> Iterator[Coming]:
    scope, agreements = scope_of(ctx), ctx.store.agreements
    found = ctx.store.occasions.coming(scope, today - BEHIND, last, MOST)
    newest = {(one.kind, one.of): one for one in sorted(found, key=lambda one: one.found_at)}
    for contract in agreements.ending(scope, today, last, MOST):
        known = newest.pop(("renewal", contract.id), None)
        yield Coming(contract.ends_on, contract.customer_id, _contract(ctx, contract.number), known)
    for product in agreements.maintained(scope, today, last, MOST):
        known = newest.pop(("maintenance", product.id), None)
        said = ctx.t("occasion-maintenance", about=f"{product.product} {product.serial}")
        yield Coming(product.maintenance_on or today, product.customer_id, said, known)
    greeted = [one for one in found if one.kind in GREETINGS]
    over = [one for one in newest.values() if one.kind not in GREETINGS and one.state == "stopped"]
    for one in (*greeted, *over):
        if one.state != "dropped" and (one.day >= today or one.state == "stopped"):
            yield Coming(one.day, one.customer_id, about(ctx, one), one)


def _contract(ctx: Context, number: str) -> str:
    return ctx.t("occasion-renewal", about=number)


def about(ctx: Context, occasion: Occasion) -> str:
    """Say in a few words what an occasion is about."""
    if occasion.kind == "festival":
        return ctx.t(
            "occasion-festival", about=festival_name(ctx, occasion.about, ctx.language), who=_who(ctx, occasion)
        )
    return ctx.t(f"occasion-{occasion.kind}", about=occasion.about or "", who=_who(ctx, occasion))


def _who(ctx: Context, occasion: Occasion) -> str:
    contact = ctx.store.contacts.get(occasion.contact_id)
    return (contact and contact.name) or "—"


def _line(ctx: Context, line: Coming, customer: Customer | None, today: date) -> Row:
    name = customer.name if customer else "—"
    head = ctx.t("occasion-line", day=said_day(ctx.t, line.day, ctx.now), name=name, about=line.said)
    left = ctx.t("occasion-left", days=(line.day - today).days)
    said = " · ".join(part for part in (left, standing(ctx, line.occasion) if line.occasion else "") if part)
    show = (opening(ctx.t("row-show"), line.customer_id),)
    return Row(text=f"{head}\n{said}", buttons=(*(_deeds(ctx, line.occasion) if line.occasion else ()), *show))


def standing(ctx: Context, occasion: Occasion) -> str:
    """Say how far an occasion has come: nobody asked yet, a draft that waits, what became of it, why it was stopped."""
    if occasion.state == "stopped":
        return ctx.t("occasion-stopped", why=ctx.t(f"occasion-why-{occasion.why}"))
    draft = ctx.store.drafts.get(occasion.draft_id) if occasion.draft_id else None
    return ctx.t(f"occasion-draft-{draft.state}") if draft else ""


def _deeds(ctx: Context, occasion: Occasion) -> tuple[Button, ...]:
    args = {"occasion": occasion.id}
    if occasion.state == "stopped":
        again = Button(label=ctx.t("occasion-button-again"), command="occasion draft", args=args)
        drop = Button(label=ctx.t("occasion-button-drop"), command="occasion drop", args=args)
        return (drop,) if occasion.why == "missed" and occasion.kind in GREETINGS else (again, drop)
    draft = ctx.store.drafts.get(occasion.draft_id) if occasion.draft_id else None
    if draft is None or draft.state != "open" or occasion.kind in GREETINGS:
        return ()
    return (Button(label=ctx.t("occasion-button-open"), command="draft show", args={"draft": draft.id}),)


def waiting_part(ctx: Context, _: Span) -> Iterator[Part]:
    """List what waits for my yes: greetings by day, then renewals and maintenance, the nearest day first."""
    owners, today = ctx.mine.owners, company_day(ctx.policy, ctx.now)
    days = ctx.store.occasions.days_to_approve(owners)
    found = ctx.store.occasions.to_decide(owners, ctx.now - STOPPED, MOST)
    greeted = sorted(days.items(), key=lambda one: (one[0][1], one[0][0]))

    def lines(start: int, stop: int) -> tuple[Row, ...]:
        first = [_greetings(ctx, owner, day, count) for (owner, day), count in greeted[start:stop]]
        rest = found[max(0, start - len(greeted)) : max(0, stop - len(greeted))]
        named = {one.id: one for one in ctx.store.customers.by_ids([one.customer_id for one in rest])}
        after = [Coming(one.day, one.customer_id, about(ctx, one), one) for one in rest]
        return (*first, *(_line(ctx, one, named.get(one.customer_id), today) for one in after))

    every = Button(label=ctx.t("occasions-all"), command="occasions")
    yield Part.turned("occasions", len(days) + len(found), lines, is_whole=len(found) < MOST, rest=every)


def _greetings(ctx: Context, owner: str, day: date, count: int) -> Row:
    args = {"owner": owner, "day": day.isoformat()}
    show = Button(label=ctx.t("row-show"), command="greetings", args=args)
    return Row(text=ctx.t("greetings-wait", count=count, day=said_day(ctx.t, day, ctx.now)), buttons=(show,))


def coming_part(ctx: Context) -> Iterator[Part]:
    """Count a team's renewals and maintenance of the next 30 days, and the birthdays of the next seven."""
    today, scope = company_day(ctx.policy, ctx.now), ctx.scope
    last = today + timedelta(days=MONTH)
    ending, unknown = ctx.store.agreements.count_ending(scope, today, last)
    maintained = ctx.store.agreements.count_maintained(scope, today, last)
    born = ctx.store.occasions.count(scope, "birthday", today, today + WEEK)
    counted = Counter({"renewals": ending, "unknown": unknown, "maintenance": maintained, "birthdays": born})
    count = ending + maintained + born
    show = Button(label=ctx.t("row-show"), command="occasions")
    row = Row(text=ctx.t("coming-counted", **counted), buttons=(show,))
    yield Part("coming", count, (row,) if count else ())
