"""Touches: a contact is logged in one line and moves the due date; snoozing; giving a customer to a colleague."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any

from handlers.arguments import form
from handlers.cards import Button, Card
from handlers.colleagues import one_colleague
from handlers.coming_days import day_coming
from handlers.context import Context, Place, Refused
from handlers.finding import customer_ahead
from handlers.morning_cards import slot_of
from handlers.reminder_cards import View, card_slot, reassigning, settled
from handlers.routing import MANAGERS, Router
from handlers.touch_words import (
    MOST_DAYS,
    Log,
    NotNow,
    Reassign,
    Snooze,
    TouchWas,
    after_between,
    days_ahead,
    follow_up_in,
    how_of,
    is_attempt,
)
from prompts.phrases import Phrases, phrases
from scheduler.cadence import Diary, keep_touch, move_due, plan, put_off, rhythm_of
from storage.columns import new_id
from storage.customers import Customer
from storage.entries import Entry
from storage.messages import Kind
from storage.staff import Person
from storage.touches import Touch

router = Router("touches")
Said = Callable[[Phrases, str], str]
"""What was done, in somebody's language and time zone."""
MOST_AHEAD = 366
"""So many days ahead a follow-up may be."""
NOT_NOW_AT_MOST = 2
"""So often a round is put off without a reason."""
ASKED_BACK = ("call", "visit", "meeting", "message")


@router.command("log", Log)
def log(ctx: Context, args: Log) -> None:
    """Log a contact; a real one moves the due date at once, and a follow-up that was promised is due on its day."""
    customer, rest = customer_ahead(ctx, args.customer)
    words = " ".join(part for part in (rest, args.words) if part)
    if not words:
        asks = form(Log, "log", ctx.t, {}, {"customer": customer.id})
        ctx.reply(Card(text=ctx.t("log-what", name=customer.name), form=asks))
        return
    outcome = args.outcome or ("nobody" if is_attempt(words) else None)
    again_on = _again_on(ctx, customer, args, words)
    how = "other" if outcome == "nobody" else args.how or how_of(words)
    outcome = outcome or ("follow_up" if again_on else None)
    touch = Touch(new_id(), customer.id, how, words, ctx.now, staff_id=ctx.me.id, outcome=outcome)
    due = keep_touch(ctx.store, ctx.policy, customer, touch, again_on=again_on)
    if due is None and again_on and _is_brought_forward(ctx, customer):
        _done(ctx, customer, lambda t, zone: _again(ctx, t, customer, zone))
        return
    asked_back = due is None and touch.kind == "other" and outcome != "nobody"
    _say_logged(ctx, customer, touch, due, asked_back=asked_back)


def _again_on(ctx: Context, customer: Customer, args: Log, words: str) -> date | None:
    """Read the day of a follow-up: from its own field, else from the words behind a promise to come back.

    Raises:
        Refused: the field names no day that is still to come, or a follow-up is wanted without any day.
    """
    diary = Diary.of(ctx.policy, ctx.store.staff.get(customer.owner_id))
    today = diary.day(ctx.now)
    if not args.on and args.outcome != "follow_up":
        promised = day_coming(follow_up_in(words), today)
        return promised if promised and promised > today else None
    day = day_coming(args.on or words, today)
    if day is None or not today < day <= today + timedelta(days=MOST_AHEAD):
        raise Refused("log-day-unclear", words=args.on or "–")
    return day


def _is_brought_forward(ctx: Context, customer: Customer) -> bool:
    known = ctx.store.customers.get(customer.id)
    return known is not None and known.touch_due_at != customer.touch_due_at


def _again(ctx: Context, t: Phrases, customer: Customer, zone: str) -> str:
    known = ctx.store.customers.get(customer.id)
    at = known.touch_due_at if known else None
    return t("log-again", name=customer.name, day=t.day(at, zone, ctx.now) if at else "")


@router.command("touch was", TouchWas, hidden=True)
def say_how(ctx: Context, args: TouchWas) -> None:
    """Say how people talked, where the line did not tell."""
    touch = ctx.store.touches.get(args.touch)
    if touch is None or touch.staff_id != ctx.me.id:
        raise Refused("log-not-yours")
    customer = ctx.store.customers.seen_by(ctx.scope, touch.customer_id)
    if customer is None:
        raise Refused("customer-not-found", words="")
    ctx.store.touches.recast(touch.id, args.how)
    touch = Touch(touch.id, touch.customer_id, args.how, touch.words, touch.at, staff_id=touch.staff_id)
    due = move_due(ctx.store, ctx.policy, customer, touch)
    _say_logged(ctx, customer, touch, due, asked_back=False)


def _say_logged(ctx: Context, customer: Customer, touch: Touch, due: datetime | None, *, asked_back: bool) -> None:
    """Answer in one line with the new date, or why the old one stays; standing cards say who did it."""
    t, how = ctx.t, ctx.t(f"how-{touch.kind}")
    if due is not None:
        kind, next_due = touch.kind, due
        _done(ctx, customer, lambda t, zone: _moved(t, customer, kind, t.day(next_due, zone, ctx.now)))
        return
    stays = t.day(customer.touch_due_at, ctx.zone, ctx.now) if customer.touch_due_at else t("touch-due-none")
    if asked_back:
        buttons = tuple(_was(ctx, touch, how) for how in ASKED_BACK)
        ctx.reply(Card(text=t("log-unsure", name=customer.name, due=stays), buttons=buttons))
    else:
        kinds = _kinds_that_count(ctx, customer)
        ctx.reply(t("log-kept", name=customer.name, how=how, due=stays, kinds=kinds))


def _moved(t: Phrases, customer: Customer, kind: str, day: str) -> str:
    return t("log-due", name=customer.name, how=t(f"how-{kind}"), day=day)


def _was(ctx: Context, touch: Touch, how: str) -> Button:
    label = ctx.t("touch-was", how=ctx.t(f"how-{how}"))
    return Button(label=label, command="touch was", args={"touch": touch.id, "how": how})


def _kinds_that_count(ctx: Context, customer: Customer) -> str:
    diary = Diary.of(ctx.policy, ctx.store.staff.get(customer.owner_id))
    kinds = rhythm_of(diary, customer, ctx.now).counts or ("call", "visit", "meeting", "chat")
    return ctx.t("touch-kinds-or").strip("|").join(ctx.t(f"touch-kind-{kind}") for kind in kinds)


@router.command("snooze", Snooze)
def snooze(ctx: Context, args: Snooze) -> None:
    """Put a customer's due date off by some days, to a working morning of the owner; the second time with a reason."""
    customer, rest = customer_ahead(ctx, args.customer)
    days, reason = days_ahead(rest) or (args.days, rest or args.reason)
    if not 1 <= days <= MOST_DAYS:
        raise Refused("snooze-range", most=MOST_DAYS)
    if not reason and ctx.store.rounds.put_off(customer.id):
        _ask_why(ctx, customer, days)
        return
    diary = Diary.of(ctx.policy, ctx.store.staff.get(customer.owner_id))
    _put_off(ctx, customer, diary, diary.morning(diary.day(ctx.now + timedelta(days=days))), reason or args.reason)


@router.command("not now", NotNow, hidden=True)
def not_now(ctx: Context, args: NotNow) -> None:
    """Put a due customer off to the next working morning; without a reason that goes twice a round."""
    customer, _ = customer_ahead(ctx, args.customer)
    diary = Diary.of(ctx.policy, ctx.store.staff.get(customer.owner_id))
    morning = diary.next_morning(ctx.now)
    if customer.touch_due_at is None or customer.touch_due_at >= morning:
        due = customer.touch_due_at
        raise Refused("not-now-early", day=ctx.t.day(due, ctx.zone, ctx.now) if due else ctx.t("touch-due-none"))
    if sum(not one.reason for one in ctx.store.rounds.put_off(customer.id)) >= NOT_NOW_AT_MOST:
        _ask_why(ctx, customer, 1)
        return
    _put_off(ctx, customer, diary, morning, "")


def _ask_why(ctx: Context, customer: Customer, days: int) -> None:
    """Ask for a reason: what is put off again and again has one, and the next person wants to know it."""
    asks = form(Snooze, "snooze", ctx.t, {"days": str(days)}, {"customer": customer.id})
    known = tuple(ask.model_copy(update={"required": True}) if ask.name == "reason" else ask for ask in asks.asks)
    ctx.reply(Card(text=ctx.t("put-off-why", name=customer.name), form=asks.model_copy(update={"asks": known})))


def _put_off(ctx: Context, customer: Customer, diary: Diary, due: datetime, reason: str) -> None:
    put_off(ctx.store, diary, customer, due, ctx.now, reason)
    ctx.store.audit.note(ctx.me.id, "snoozed", customer.id, ctx.now, customer.id)
    _keep_reason(ctx, customer, reason)
    _done(ctx, customer, lambda t, zone: t("snooze-done", name=customer.name, day=t.day(due, zone, ctx.now)))


def _keep_reason(ctx: Context, customer: Customer, reason: str) -> None:
    if reason:
        key = f"snooze:{ctx.event.id}"
        who = ctx.me.id
        ctx.store.entries.add(
            Entry(key, "internal", who, ctx.event.channel, reason, ctx.now, customer_id=customer.id, state="snoozed")
        )


@router.command("reassign", Reassign, who=MANAGERS)
def reassign(ctx: Context, args: Reassign) -> None:
    """Give a customer to a colleague, with the drafts that wait; both are told, and the due date stays."""
    customer, rest = customer_ahead(ctx, args.customer)
    name = args.colleague or after_between(rest)
    if not name:
        asks = reassigning(ctx.t, customer.id)
        ctx.reply(Card(text=ctx.t("reassign-whom", name=customer.name), form=asks))
        return
    colleague = one_colleague(ctx, name)
    before = ctx.store.staff.get(customer.owner_id)
    if before is not None and before.id == colleague.id:
        raise Refused("reassign-same", name=customer.name, owner=colleague.name)
    ctx.store.customers.change(customer, owner_id=colleague.id, **_due_with(ctx, customer, before, colleague))
    if before is not None:
        ctx.store.drafts.hand_over(customer.id, before.id, colleague.id)
    ctx.store.audit.note(ctx.me.id, "reassigned", customer.id, ctx.now, customer.id)
    ctx.note("customer changed", customer=customer.id)
    _tell_both(ctx, customer, before, colleague)
    _done(ctx, customer, lambda t, _zone: t("reassign-done", name=customer.name, owner=colleague.name))


def _due_with(ctx: Context, customer: Customer, before: Person | None, colleague: Person) -> dict[str, Any]:
    """Keep the due day on the new owner's calendar; what was said about it is not said again."""
    theirs = Diary.of(ctx.policy, colleague)
    if customer.touch_due_at is None:
        return plan(theirs, customer, customer.last_touch_at, ctx.now)
    day = customer.touch_due_at.astimezone(Diary.of(ctx.policy, before).zone).date()
    due = theirs.morning(day)
    said = max(customer.touch_rung, theirs.reached(due, ctx.now))
    return {"touch_due_at": due, "touch_rung": said, "touch_next_at": theirs.next_at(due, said)}


def _tell_both(ctx: Context, customer: Customer, before: Person | None, colleague: Person) -> None:
    known = ctx.store.customers.get(customer.id)
    if colleague.id != ctx.me.id and known is not None:
        view = View.of(ctx, colleague, colleague)
        card = view.single(known, view.t("reassign-yours", by=ctx.me.name, name=customer.name))
        _tell(ctx, colleague, card, slot=card_slot(customer))
    if before is not None and before.id != ctx.me.id:
        t = phrases(before.language)
        _tell(ctx, before, Card(text=t("reassign-gone", by=ctx.me.name, name=customer.name, owner=colleague.name)))


def _tell(ctx: Context, person: Person, card: Card, slot: str = "") -> None:
    """Tell a colleague; whom no running channel reaches hears it through the fallback place."""
    if not ctx.tell(person, card, Kind.CARD, slot=slot):
        ctx.say(ctx.team_place(None), card, Kind.CARD)


def _done(ctx: Context, customer: Customer, said: Said) -> None:
    """Answer, and show on every card that stands about this customer what was done, and by whom."""
    ctx.reply(Card(text=f"✓ {said(ctx.t, ctx.zone)}", tone="good"))
    for person in _readers(ctx, customer):
        t = phrases(person.language)
        line = t("touch-by", who=ctx.me.name, said=said(t, person.zone))
        morning = ctx.store.mornings.latest(person.id)
        for slot in (slot_of(person.id, morning.day) if morning else "", card_slot(customer)):
            _settle_card(ctx, person, slot, customer, line)


def _readers(ctx: Context, customer: Customer) -> set[Person]:
    """Find who may have a card about this customer: me, the owner, their manager, the group, and whom a rung called."""
    staff = ctx.store.staff
    owner = staff.get(customer.owner_id)
    called = {call.hearer_id for call in ctx.store.reminders.of(customer.id)}
    known = (ctx.me, owner, staff.get(owner.manager_id) if owner else None, *staff.in_group(customer.group_id))
    return {person for person in (*known, *map(staff.get, called)) if person is not None}


def _settle_card(ctx: Context, person: Person, slot: str, customer: Customer, said: str) -> None:
    for channel, address in ctx.store.staff.addresses(person.id).items():
        post = ctx.store.posts.get(channel, address, slot) if channel in ctx.around.channels else None
        card = settled(Card.model_validate(post.card), customer.id, said, phrases(person.language)) if post else None
        if card is not None:
            ctx.say(Place(channel, address), card, Kind.CARD, slot=slot)
