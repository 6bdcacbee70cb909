"""Reminders: who is due to be contacted is said once, to those whom the ladder calls, in one message a morning."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Any
from zoneinfo import ZoneInfo

from handlers.context import Context, Refused
from handlers.finding import customer_named
from handlers.reminder_cards import View, bundle_slot
from handlers.routing import MANAGERS, Router
from handlers.touch_words import Due, is_team
from scheduler.cadence import Diary
from scheduler.policy.units import Audience
from storage.customers import Customer
from storage.messages import Kind
from storage.staff import Person, Scope

router = Router("reminders")
OWNERS: frozenset[Audience] = frozenset({"owner", "owner_and_group"})
LISTED = 40
NOON = 12
Step = tuple[str, int, Any]
Call = tuple[Customer, frozenset[Audience]]


@router.on("touches due")
def remind(ctx: Context, facts: dict[str, Any]) -> None:
    """Say what is due with one owner's customers; outside their working hours that waits for their next morning."""
    owner = ctx.store.staff.get(facts["owner"])
    diary = Diary.of(ctx.policy, owner)
    waiting = ctx.store.customers.touches_due(facts["owner"], ctx.now)
    at = diary.speaks_at(ctx.now)
    if at > ctx.now:
        ctx.store.customers.advance([(customer.id, customer.touch_rung, at) for customer in waiting])
        return
    steps, calls = _climbed(ctx, diary, waiting)
    ctx.store.customers.advance(steps)
    for hearer, customers in _hearers(ctx, owner, calls).items():
        _say(ctx, owner, hearer, sorted(customers, key=_longest_due))


def _climbed(ctx: Context, diary: Diary, waiting: Iterable[Customer]) -> tuple[list[Step], list[Call]]:
    """Climb each customer's ladder as far as time has: several rungs passed are one call, to all whom they call."""
    audiences = [entry.audience for entry in ctx.policy.reminders.ladder]
    steps: list[Step] = []
    calls: list[Call] = []
    for customer in waiting:
        due, said = customer.touch_due_at, customer.touch_rung
        if due is None:
            steps.append((customer.id, 0, None))
            continue
        rung = max(said, diary.reached(due, ctx.now))
        steps.append((customer.id, rung, diary.next_at(due, rung)))
        if rung > said:
            calls.append((customer, frozenset(audiences[said:rung])))
    return steps, calls


def _hearers(ctx: Context, owner: Person | None, calls: Iterable[Call]) -> dict[Person | None, list[Customer]]:
    """Find who hears about which customers; None is the place where messages go that have nobody."""
    alike: dict[tuple[str | None, frozenset[Audience]], list[Customer]] = defaultdict(list)
    for customer, audiences in calls:
        alike[customer.group_id, audiences].append(customer)
    hearers: dict[Person | None, list[Customer]] = defaultdict(list)
    for (group_id, audiences), customers in alike.items():
        for person in _called(ctx, owner, group_id, audiences):
            hearers[person] += customers
    return hearers


def _called(
    ctx: Context, owner: Person | None, group_id: str | None, audiences: frozenset[Audience]
) -> set[Person | None]:
    staff = ctx.store.staff
    manager = staff.stand_in(staff.get(owner.manager_id if owner else None), ctx.now)
    called: set[Person | None] = set()
    if audiences & OWNERS:
        called.add(staff.stand_in(owner, ctx.now) if owner and owner.active else manager)
    if "owner_and_group" in audiences:
        called |= {staff.stand_in(member, ctx.now) for member in staff.in_group(group_id)}
    if "manager" in audiences:
        called.add(manager)
    return called


def _longest_due(customer: Customer) -> Any:
    return customer.touch_due_at


def _say(ctx: Context, owner: Person | None, hearer: Person | None, customers: list[Customer]) -> None:
    """Say one bundle; at the fallback place if there is nobody, or no way to them."""
    reader = hearer if hearer is not None and ctx.place_of(hearer) is not None else None
    view = View.of(ctx, owner, reader)
    card = view.bundle(_title(view, owner, reader, customers), customers)
    if reader is None:
        ctx.say(ctx.team_place(None), card, Kind.REMINDER)
    else:
        ctx.tell(reader, card, Kind.REMINDER, slot=_fresh_slot(ctx, reader, owner))


def _title(view: View, owner: Person | None, reader: Person | None, customers: Sequence[Customer]) -> str:
    count = len(customers)
    if owner is None:
        return view.t("touches-title-nobody", count=count)
    if reader is not None and reader.id == owner.id:
        morning = view.ctx.now.astimezone(ZoneInfo(reader.zone)).hour < NOON
        return view.t("touches-title-mine", count=count, morning="yes" if morning else "no")
    return view.t("touches-title-of", owner=owner.name, count=count)


def _fresh_slot(ctx: Context, hearer: Person, owner: Person | None) -> str:
    """Never overwrite a bundle that stands: what is said later the same day is a message of its own."""
    slot = bundle_slot(ctx, hearer, owner.id if owner else None)
    place = ctx.place_of(hearer)
    stands = place and ctx.store.posts.get(place.channel, place.address, slot)
    return f"{slot}:{ctx.event.id}" if stands else slot


@router.command("due", Due)
def show_due(ctx: Context, args: Due) -> None:
    """Show my due customers, the team's, or one customer's card."""
    words = args.customer.strip()
    if words and not is_team(words):
        _show_one(ctx, words)
        return
    if words and ctx.me.role not in MANAGERS:
        raise Refused("touches-not-team")
    scope = ctx.scope if words else _mine(ctx)
    view = View.of(ctx, ctx.me, ctx.me)
    found = ctx.store.customers.listed(scope, due_before=_horizon(view.diary, ctx), limit=2000)
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


def _mine(ctx: Context) -> Scope:
    """Narrow the view to the customers one looks after, and those of whoever one stands in for."""
    absent = ctx.store.staff.replaced_by(ctx.me, ctx.now)
    owners = frozenset({ctx.me.id, *(person.id for person in absent)})
    return replace(ctx.scope, owners=owners, groups=frozenset(), everything=False)


def _horizon(diary: Diary, ctx: Context) -> Any:
    """List what is due until the end of the days that the first rung looks ahead."""
    ahead = max(0, -min(entry.working_days for entry in ctx.policy.reminders.ladder))
    today = ctx.now.astimezone(diary.zone).date()
    return diary.morning(diary.calendar.shift_working_days(today, ahead))
