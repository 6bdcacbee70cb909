"""Reminders: who is due to be contacted is said once, to those whom the ladder calls, in one message a morning."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from operator import attrgetter
from typing import Any

from handlers.context import Context, Refused
from handlers.finding import customer_named
from handlers.reminder_cards import NAMED, View, bundle_slot
from handlers.routing import MANAGERS, Router
from handlers.touch_words import Due, is_team
from prompts.phrases import zone_named
from scheduler.cadence import Diary
from scheduler.policy.units import Audience
from storage.customers import DueTouch
from storage.messages import Kind
from storage.staff import Person

router = Router("reminders")
OWNERS: frozenset[Audience] = frozenset({"owner", "owner_and_group"})
LISTED = 40
NOON = 12
Standing = tuple[int, datetime | None]
"""A rung of the ladder, and when the next one comes."""
Call = tuple[DueTouch, frozenset[Audience]]


@router.on("touches due")
def remind(ctx: Context, facts: dict[str, Any]) -> None:
    """Say what is due with one owner's customers; outside their working hours that waits for their next morning."""
    owner = ctx.store.staff.get(facts["owner"])
    diary = Diary.of(ctx.policy, owner)
    waiting = ctx.store.customers.touches_due(facts["owner"], ctx.now)
    at = diary.speaks_at(ctx.now)
    if at > ctx.now:
        _write_down(ctx, [(touch, (touch.rung, at)) for touch in waiting])
        return
    climbed = [(touch, _climbed(diary, touch, ctx.now)) for touch in waiting]
    _write_down(ctx, climbed)
    for hearer, touches in _hearers(ctx, owner, _calls(ctx, climbed)).items():
        _say(ctx, owner, hearer, sorted(touches, key=attrgetter("due_at")))


def _climbed(diary: Diary, touch: DueTouch, now: datetime) -> Standing:
    """Climb a customer's ladder as far as time has."""
    if touch.due_at is None:
        return 0, None
    rung = max(touch.rung, diary.reached(touch.due_at, now))
    return rung, diary.next_at(touch.due_at, rung)


def _write_down(ctx: Context, climbed: Iterable[tuple[DueTouch, Standing]]) -> None:
    """Keep where each ladder stands; most customers of a morning share a few due days, and so stand on few rungs."""
    alike: dict[tuple[datetime | None, Standing], list[str]] = defaultdict(list)
    for touch, standing in climbed:
        alike[touch.due_at, standing].append(touch.customer_id)
    for (due_at, (rung, next_at)), ids in alike.items():
        ctx.store.customers.advance(ids, due_at, rung, next_at)


def _calls(ctx: Context, climbed: Iterable[tuple[DueTouch, Standing]]) -> Iterator[Call]:
    """Tell whom the rungs call that were passed: several of them are one call, to all whom they call."""
    audiences = [entry.audience for entry in ctx.policy.reminders.ladder]
    for touch, (rung, _) in climbed:
        if touch.rung < rung:
            yield touch, frozenset(audiences[touch.rung : rung])


def _hearers(ctx: Context, owner: Person | None, calls: Iterable[Call]) -> dict[Person | None, list[DueTouch]]:
    """Find who hears about which customers; None is the place where messages go that have nobody."""
    alike: dict[tuple[str | None, frozenset[Audience]], list[DueTouch]] = defaultdict(list)
    for touch, audiences in calls:
        alike[touch.group_id, audiences].append(touch)
    hearers: dict[Person | None, list[DueTouch]] = defaultdict(list)
    for (group_id, audiences), touches in alike.items():
        for person in _called(ctx, owner, group_id, audiences):
            hearers[person] += touches
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


def _say(ctx: Context, owner: Person | None, hearer: Person | None, touches: Sequence[DueTouch]) -> None:
    """Say one bundle; at the fallback place if there is nobody, or no way to them."""
    reader = hearer if hearer is not None and ctx.place_of(hearer) is not None else None
    view = View.of(ctx, owner, reader)
    found = {customer.id: customer for customer in ctx.store.customers.by_ids([t.customer_id for t in touches[:NAMED]])}
    named = [found[touch.customer_id] for touch in touches[:NAMED]]
    title = _title(view, owner, reader, len(touches))
    card = view.bundle(title, named, [touch.due_at for touch in touches])
    if reader is None:
        ctx.say(ctx.team_place(None), card, Kind.REMINDER)
    else:
        ctx.tell(reader, card, Kind.REMINDER, slot=_fresh_slot(ctx, reader, owner))


def _title(view: View, owner: Person | None, reader: Person | None, count: int) -> str:
    if owner is None:
        return view.t("touches-title-nobody", count=count)
    if reader is not None and reader.id == owner.id:
        morning = view.ctx.now.astimezone(zone_named(reader.zone)).hour < NOON
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
    scope = ctx.scope if words else ctx.mine
    view = View.of(ctx, ctx.me, ctx.me)
    found = ctx.store.customers.listed(scope, due_before=_horizon(view.diary, ctx), limit=2000)
    if not found:
        ctx.reply(ctx.t("touches-none"))
        return
    title = ctx.t("touches-title-list", count=len(found))
    ctx.reply(view.bundle(title, found[:LISTED], [customer.touch_due_at for customer in found], owners=bool(words)))


def _show_one(ctx: Context, words: str) -> None:
    customer = customer_named(ctx, words)
    owner = ctx.store.staff.get(customer.owner_id)
    ctx.store.audit.note(ctx.me.id, "read customer", customer.id, ctx.now, customer.id)
    ctx.reply(View.of(ctx, owner, ctx.me).single(customer))


def _horizon(diary: Diary, ctx: Context) -> Any:
    """List what is due until the end of the days that the first rung looks ahead."""
    ahead = max(0, -min(entry.working_days for entry in ctx.policy.reminders.ladder))
    today = ctx.now.astimezone(diary.zone).date()
    return diary.morning(diary.calendar.shift_working_days(today, ahead))
