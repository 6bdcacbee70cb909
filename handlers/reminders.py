"""Reminders: who is due to be contacted calls, rung by rung, those who hear of it on their next morning."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import datetime
from typing import Any

from handlers.context import Context, Refused
from handlers.finding import customer_named
from handlers.reminder_cards import View
from handlers.routing import MANAGERS, Router
from handlers.touch_words import Due, is_team
from scheduler.cadence import Diary
from scheduler.policy.units import Audience
from storage.customers import Customer
from storage.due import DueAlike
from storage.messages import Kind
from storage.staff import Person

router = Router("reminders")
OWNERS: frozenset[Audience] = frozenset({"owner", "owner_and_group"})
LISTED = 40


@router.on("touches due")
def climb(ctx: Context, facts: dict[str, Any]) -> None:
    """Climb the ladders of one owner's due touches, and write down whom the rungs call; their mornings say it.

    Outside the owner's working hours that waits for their next morning. What calls nobody is said at once, where
    messages go that have nobody.
    """
    owner = ctx.store.staff.get(facts["owner"])
    diary = Diary.of(ctx.policy, owner)
    at = diary.speaks_at(ctx.now)
    homeless: list[Customer] = []
    for alike in ctx.store.due.touches_due(facts["owner"], ctx.now):
        if at > ctx.now:
            ctx.store.due.advance(alike, ctx.now, alike.rung, at)
        else:
            homeless += _climb(ctx, owner, diary, alike)
    if homeless:
        _say_homeless(ctx, owner, homeless)


def _climb(ctx: Context, owner: Person | None, diary: Diary, alike: DueAlike) -> list[Customer]:
    """Climb as far as time has, in one statement a hearer; give the customers about whom nobody is called."""
    rung, next_at = _climbed(diary, alike, ctx.now)
    homeless: list[Customer] = []
    for hearer, called_by in _hearers(ctx, owner, alike, rung).items():
        said_at = None if hearer else ctx.now
        ctx.store.reminders.call(alike, hearer.id if hearer else None, called_by, ctx.now, said_at=said_at)
        if hearer is None:
            homeless = ctx.store.due.alike(alike, ctx.now)
    ctx.store.due.advance(alike, ctx.now, rung, next_at)
    return homeless


def _climbed(diary: Diary, alike: DueAlike, now: datetime) -> tuple[int, datetime | None]:
    """Tell on which rung customers stand now, and when the next one comes."""
    if alike.due_at is None:
        return 0, None
    rung = max(alike.rung, diary.reached(alike.due_at, now))
    return rung, diary.next_at(alike.due_at, rung)


def _hearers(ctx: Context, owner: Person | None, alike: DueAlike, rung: int) -> dict[Person | None, int]:
    """Find whom the rungs call that were passed, each by the highest: several of them are one call."""
    hearers: dict[Person | None, int] = defaultdict(int)
    for number, entry in enumerate(ctx.policy.reminders.ladder[alike.rung : rung], start=alike.rung + 1):
        for person in _called(ctx, owner, alike.group_id, entry.audience):
            hearers[person] = number
    return hearers


def _called(ctx: Context, owner: Person | None, group_id: str | None, audience: Audience) -> Iterator[Person | None]:
    staff = ctx.store.staff
    manager = staff.stand_in(staff.get(owner.manager_id if owner else None), ctx.now)
    if audience == "manager":
        yield manager
    if audience in OWNERS:
        yield staff.stand_in(owner, ctx.now) if owner and owner.active else manager
    if audience == "owner_and_group":
        yield from (staff.stand_in(member, ctx.now) for member in staff.in_group(group_id))


@router.on("calls left behind")
def pass_on(ctx: Context, facts: dict[str, Any]) -> None:
    """Call who takes the place of somebody who left before they heard; with nobody, it is said where that goes."""
    gone = ctx.store.staff.get(facts["person"])
    if gone is None or gone.active:
        return
    heir = ctx.store.staff.stand_in(gone, ctx.now)
    homeless = [] if heir else ctx.store.reminders.unheard_about(gone.id, LISTED)
    ctx.store.reminders.pass_on(gone.id, heir.id if heir else None, ctx.now)
    if homeless:
        _say_homeless(ctx, gone, homeless)


def _say_homeless(ctx: Context, owner: Person | None, found: list[Customer]) -> None:
    """Say at the fallback place which due customers have nobody who hears of them."""
    view = View.of(ctx, owner, None)
    count = len(found)
    title = (
        view.t("touches-title-of", owner=owner.name, count=count)
        if owner
        else view.t("touches-title-nobody", count=count)
    )
    found.sort(key=lambda customer: (customer.touch_due_at is None, customer.touch_due_at, customer.name))
    ctx.say(ctx.team_place(None), view.bundle(title, found), Kind.REMINDER)


@router.command("due", Due)
def show_due(ctx: Context, args: Due) -> None:
    """Show my due customers, the team's, or one customer's card."""
    words = args.customer.strip()
    if words and not is_team(words):
        _show_one(ctx, words)
        return
    if words and ctx.me.role not in MANAGERS:
        raise Refused("touches-not-team")
    scope = ctx.scope if words else ctx.mine
    view = View.of(ctx, ctx.me, ctx.me)
    horizon = view.diary.horizon(ctx.now)
    found = ctx.store.customers.listed(scope, due_before=horizon, limit=2000)
    if not found:
        ctx.reply(ctx.t("touches-none"))
        return
    title = ctx.t("touches-title-list", count=len(found))
    ctx.reply(view.bundle(title, found, named=LISTED, owners=bool(words)))


def _show_one(ctx: Context, words: str) -> None:
    customer = customer_named(ctx, words)
    owner = ctx.store.staff.get(customer.owner_id)
    ctx.store.audit.note(ctx.me.id, "read customer", customer.id, ctx.now, customer.id)
    ctx.reply(View.of(ctx, owner, ctx.me).single(customer))
