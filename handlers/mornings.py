"""Mornings: everybody's day begins with one message; whoever leads people hears it as a digest."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any, Final

from handlers.cards import Card
from handlers.context import Context
from handlers.morning_cards import say, say_at_fallback, slot_of
from handlers.my_day_cards import morning_card
from handlers.parts import Span
from handlers.routing import Router
from scheduler.cadence import Diary, is_at_work
from storage.columns import new_id
from storage.mornings import Morning
from storage.staff import Person

router = Router("mornings")
UNSENT: Final = ("failed", "dead", "unknown", "suppressed", "expired")


@router.on("morning")
def begin(ctx: Context, facts: dict[str, Any]) -> None:
    """Say somebody's day, once; what they are called for later the same day is said on the same card."""
    person = ctx.store.staff.get(facts["person"])
    if person is None or not person.active:
        return
    diary = Diary.of(ctx.policy, person)
    if not is_at_work(ctx.policy, person, ctx.now):
        ctx.store.staff.wakes_at(person.id, _tried_again(ctx, person, diary))
        return
    calls = ctx.store.reminders.said(person.id, ctx.now)
    before = ctx.store.mornings.latest(person.id)
    day = ctx.now.astimezone(diary.zone).date()
    is_said = before is not None and before.day >= day
    if calls or not is_said:
        morning = before if before and is_said else _opened(ctx, person, diary, before, day)
        _say(replace(ctx, staff=person, contact=None), morning, diary)
    ctx.store.staff.wakes_at(person.id, diary.next_morning(ctx.now))


def _tried_again(ctx: Context, person: Person, diary: Diary) -> Any:
    """Tell when to look again: on the day of return, but no later than tomorrow, for who is away may come back early."""
    back = max(ctx.now, person.away_until or ctx.now)
    return min(diary.speaks_at(back), diary.next_morning(ctx.now))


def _opened(ctx: Context, person: Person, diary: Diary, before: Morning | None, day: date) -> Morning:
    """Write down that somebody's day has begun; it covers what happened since the one before."""
    first = diary.morning(diary.calendar.shift_working_days(day, -1))
    since = before.said_at if before else first
    morning = Morning(new_id(), person.id, day, since, ctx.now, {})
    ctx.store.mornings.add(morning)
    return morning


def _say(own: Context, morning: Morning, diary: Diary) -> None:
    """Say a day to the person whose context this is: as a digest to whoever leads people, if there is anything."""
    slot = slot_of(own.me.id, morning.day)
    if leads(own, own.me) and "digest wanted" in own.around.routes.answers:
        own.note("digest wanted", person=own.me, since=morning.since, morning=morning.id, slot=slot)
        return
    card = morning_card(own, Span(morning.since, is_unasked=True), covered=_covered(morning, diary))
    if card is not None:
        say(own, own.me, card, slot)


def leads(ctx: Context, person: Person) -> bool:
    """Tell whether somebody leads people: a manager, or an administrator to whom somebody reports."""
    return person.role == "manager" or (person.role == "admin" and ctx.store.staff.has_reports(person))


def _covered(morning: Morning, diary: Diary) -> int:
    """Count the days that a morning covers if it is more than from one working day to the next; otherwise nothing."""
    since = morning.since.astimezone(diary.zone).date()
    usual = diary.calendar.shift_working_days(morning.day, -1)
    return (morning.day - since).days if since < usual else 0


@router.on("news of morning")
def report(ctx: Context, facts: dict[str, Any]) -> None:
    """Say a morning that did not get through where messages go that reach nobody."""
    if facts["state"] not in UNSENT:
        return
    key = str(facts["key"])
    person = ctx.store.staff.get(key.split(":")[1])
    message = ctx.store.outbox.get(key)
    if person is not None and message is not None:
        card = Card.model_validate(message.card)
        say_at_fallback(ctx, person, card, message.slot)
