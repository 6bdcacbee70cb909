"""Greetings: a day's are approved together the day before; each can be changed, skipped, and taken back in time."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import suppress
from dataclasses import replace
from datetime import date
from typing import Any, Final

from handlers.cards import Card
from handlers.context import Context, Place, Refused
from handlers.draft_sending import AT_ONCE, UNDECIDED, approve, changed, message_key
from handlers.greeting_cards import Greeting, greetings_card, greetings_of, page_of, slot_of
from handlers.greeting_readers import approver, speaks_at, when_read
from handlers.occasion_drafts import on_its_day
from handlers.occasion_words import GreetingWords, OneDay, OneOccasion
from handlers.routing import Router
from scheduler.cadence import Diary
from scheduler.rules.due import due
from storage.drafts import Draft
from storage.messages import Kind
from storage.occasions import GREETINGS, Occasion
from storage.rows import Conflict
from storage.staff import Person

router = Router("greetings")
router.guard("reader")(when_read)
UNSENT: Final = ("failed", "dead", "unknown")


@router.on("greetings prepared")
def ask(ctx: Context, facts: dict[str, Any]) -> None:
    """Show a day's greetings to whoever decides about them, in their working hours."""
    owner = ctx.store.staff.get(facts["owner"])
    person = approver(ctx.store, owner, ctx.now)
    if owner is None or person is None:
        return
    own = replace(ctx, staff=person, contact=None)
    card = greetings_card(own, owner.id, facts["day"])
    slot = slot_of(owner.id, facts["day"])
    how: dict[str, Any] = {"slot": slot, "not_before": speaks_at(ctx.policy, person, ctx.now)}
    watched = {
        "key": f"{slot}:{ctx.event.id}:{person.id}",
        "guards": (f"reader:{person.id}:{owner.id}",),
        "receipt": True,
    }
    if not own.tell(person, card, Kind.REMINDER, **how, **watched):
        own.say(own.team_place(None), card, Kind.REMINDER, **how)


@router.on("news of greetings")
def ask_another(ctx: Context, facts: dict[str, Any]) -> None:
    """Show a list that its reader can no longer decide about to whoever does now, as long as that helps."""
    _, owner_id, day, *_ = str(facts["key"]).split(":")
    if facts["state"] == "suppressed":
        _ask_anew(ctx, ctx.store.staff.get(owner_id), date.fromisoformat(day))
    elif facts["state"] in UNSENT:
        message = ctx.store.outbox.get(str(facts["key"]))
        if message is not None:
            card = Card.model_validate(message.card)
            ctx.say(ctx.team_place(None), card, Kind.REMINDER, slot=message.slot)


@router.on("colleague gone")
def pass_on(ctx: Context, facts: dict[str, Any]) -> None:
    """Give what waits for a yes of somebody who has just left or begun a leave to whoever decides now."""
    gone = ctx.store.staff.get(facts["person"])
    if gone is None:
        return
    owners = [gone, *ctx.store.staff.replaced_by(gone, ctx.now)]
    for owner_id, day in ctx.store.occasions.days_to_approve([owner.id for owner in owners]):
        owner = next(owner for owner in owners if owner.id == owner_id)
        decides = approver(ctx.store, owner, ctx.now)
        if decides is not None and decides.id != gone.id:
            _ask_anew(ctx, owner, day)


def _ask_anew(ctx: Context, owner: Person | None, day: date) -> None:
    today = ctx.now.astimezone(Diary.of(ctx.policy, owner).zone).date()
    if owner is not None and day >= today and any(one.waits for one in greetings_of(ctx, owner.id, day)):
        ctx.note("greetings prepared", owner=owner.id, day=day)


@router.on("draft ended")
def notice_end(ctx: Context, facts: dict[str, Any]) -> None:
    """Show on a day's list that a greeting is off: its contact wrote first, or its day is over."""
    occasion = ctx.store.occasions.of_draft(facts["draft"])
    draft = ctx.store.drafts.get(facts["draft"])
    if occasion is None or occasion.kind not in GREETINGS:
        return
    if draft is not None and draft.state == "expired":
        _show_once(ctx, occasion)
    else:
        _show_one_again(ctx, Greeting(occasion, draft))


def _show_once(ctx: Context, occasion: Occasion) -> None:
    """Hundreds of greetings are over at one moment: their list is said anew once, not once for each."""
    customer = ctx.store.customers.get(occasion.customer_id)
    if customer is not None and customer.owner_id:
        about = {"owner": customer.owner_id, "day": occasion.day.isoformat()}
        key = f"{customer.owner_id}:{occasion.day}:{ctx.now.timestamp():.6f}"
        ctx.store.inbox.add([due("greetings over", key, **about)], ctx.now)


@router.on("greetings over")
def show_end(ctx: Context, facts: dict[str, Any]) -> None:
    """Show on a day's list that its greetings are over."""
    _show_again(ctx, facts["owner"], date.fromisoformat(facts["day"]))


@router.command("greetings", OneDay, hidden=True)
def show(ctx: Context, args: OneDay) -> None:
    """Show a day's greetings, or another page of them."""
    day = _day(ctx, args)
    slot = slot_of(args.owner, day)
    if ctx.event.body.get("slot") != slot:
        ctx.store.posts.lift(ctx.event.channel, ctx.event.address, slot)
    card = greetings_card(ctx, args.owner, day, args.page)
    ctx.say(Place(ctx.event.channel, ctx.event.address), card, slot=slot)


@router.command("greetings send", OneDay, hidden=True)
def send_all(ctx: Context, args: OneDay) -> None:
    """Let all greetings of a day that wait leave on that day, at the contacts' own hour."""
    day = _day(ctx, args)
    if not any(one.waits for one in greetings_of(ctx, args.owner, day)):
        raise Refused("greetings-nothing")
    _send_some(ctx, args.owner, day)


@router.on("greetings approved")
def send_rest(ctx: Context, facts: dict[str, Any]) -> None:
    """Go on with what did not fit into the transaction of the press."""
    person = ctx.store.staff.get(facts["person"])
    if person is not None and person.active:
        _send_some(replace(ctx, staff=person, contact=None), facts["owner"], date.fromisoformat(facts["day"]))


def _send_some(ctx: Context, owner_id: str, day: date) -> None:
    """Approve as many as one transaction may carry; what may not go stays, with the reason on its occasion."""
    waiting = [one for one in greetings_of(ctx, owner_id, day) if one.waits]
    some = {one.draft.id: one for one in waiting[:AT_ONCE] if one.draft}
    drafts = [one.draft for one in some.values() if one.draft]
    done = approve(ctx, drafts, lambda draft: on_its_day(ctx, draft) or ctx.now)
    for id_, why in done.held.items():
        _hold(ctx, some[id_], why)
    if len(waiting) > AT_ONCE:
        key = f"{owner_id}:{day}:{ctx.event.id}:{len(waiting)}"
        facts = {"owner": owner_id, "day": day.isoformat(), "person": ctx.me.id}
        ctx.store.inbox.add([due("greetings approved", key, **facts)], ctx.now)
    _show_again(ctx, owner_id, day)


def _hold(ctx: Context, one: Greeting, why: str) -> None:
    """Keep a greeting back that may not go, and say so where it stands; a draft that moved on speaks for itself."""
    draft = one.draft and ctx.store.drafts.get(one.draft.id)
    if draft is None or draft.state != "open":
        return
    changed(ctx, draft, state="dropped", decided_by=ctx.me.id, decided_at=ctx.now)
    ctx.store.occasions.change(one.occasion, state="stopped", why=why, draft_id=None)


@router.command("greetings drop", OneDay, hidden=True)
def drop_all(ctx: Context, args: OneDay) -> None:
    """Send none of the greetings of a day that still wait."""
    day = _day(ctx, args)
    waiting = [one.draft for one in greetings_of(ctx, args.owner, day) if one.waits and one.draft]
    if not waiting:
        raise Refused("greetings-nothing")
    for draft in waiting:
        _drop(ctx, draft)
    _show_again(ctx, args.owner, day)


@router.command("greetings undo", OneDay, hidden=True)
def take_all_back(ctx: Context, args: OneDay) -> None:
    """Take back what was approved and has not left yet."""
    day = _day(ctx, args)
    taken = [_take_back(ctx, one.draft) for one in greetings_of(ctx, args.owner, day) if one.draft]
    if not any(taken):
        raise Refused("draft-left-already")
    _show_again(ctx, args.owner, day)


@router.command("greeting edit", GreetingWords, hidden=True)
def edit(ctx: Context, args: GreetingWords) -> None:
    """Change the words of one greeting."""
    one = _open_one(ctx, args.occasion)
    _decide(ctx, one.draft, words=args.words, writer="edited")
    _show_one_again(ctx, one)


@router.command("greeting skip", OneOccasion, hidden=True)
def skip(ctx: Context, args: OneOccasion) -> None:
    """Leave one contact out."""
    one = _open_one(ctx, args.occasion)
    _drop(ctx, one.draft)
    _show_one_again(ctx, one)


@router.command("greeting undo", OneOccasion, hidden=True)
def take_back(ctx: Context, args: OneOccasion) -> None:
    """Take one greeting back before it leaves."""
    one = _one(ctx, args.occasion)
    if one.draft is None or not _take_back(ctx, one.draft):
        raise Refused("draft-left-already")
    _show_one_again(ctx, one)


def _take_back(ctx: Context, draft: Draft) -> bool:
    """Take a greeting back if it has not left; it waits for a yes again."""
    key = message_key(draft)
    if draft.state != "sent" or not ctx.store.outbox.cancel(key, now=ctx.now):
        return False
    ctx.store.entries.mark(key, "undone")
    changed(ctx, draft, **UNDECIDED)
    return True


def _drop(ctx: Context, draft: Draft | None) -> None:
    _decide(ctx, draft, state="dropped", decided_by=ctx.me.id, decided_at=ctx.now)


def _decide(ctx: Context, draft: Draft | None, **values: Any) -> None:
    """Change a greeting for the person who acts.

    Raises:
        Refused: somebody decided about it meanwhile.
    """
    try:
        if draft is not None:
            changed(ctx, draft, **values)
    except Conflict:
        raise Refused("draft-decided-open") from None


def _open_one(ctx: Context, occasion_id: str) -> Greeting:
    one = _one(ctx, occasion_id)
    if not one.waits:
        raise Refused("greetings-nothing")
    return one


def _one(ctx: Context, occasion_id: str) -> Greeting:
    """Find a greeting of a customer whom the person who acts may see."""
    found = ctx.store.occasions.get(occasion_id)
    if found is None or ctx.store.customers.seen_by(ctx.scope, found.customer_id) is None:
        raise Refused("occasion-decided")
    return Greeting(found, ctx.store.drafts.get(found.draft_id) if found.draft_id else None)


def _day(ctx: Context, args: OneDay) -> date:
    """Read whose greetings of which day are meant.

    Raises:
        Refused: they are of somebody whose customers the person who acts does not see.
    """
    if not ctx.scope.everything and args.owner not in ctx.scope.owners:
        raise Refused("occasion-decided")
    with suppress(ValueError):
        return date.fromisoformat(args.day)
    raise Refused("occasion-decided")


def _show_one_again(ctx: Context, one: Greeting) -> None:
    customer = ctx.store.customers.get(one.occasion.customer_id)
    if customer is not None and customer.owner_id:
        every = greetings_of(ctx, customer.owner_id, one.occasion.day)
        _show_again(ctx, customer.owner_id, one.occasion.day, page_of(every, one.occasion.id))


def _show_again(ctx: Context, owner_id: str, day: date, page: int = 1) -> None:
    """Edit the list wherever it stands; each reader has it in their own language."""
    slot = slot_of(owner_id, day)
    for person in _readers(ctx, owner_id):
        own = replace(ctx, staff=person, contact=None)
        for channel, address in ctx.store.staff.addresses(person.id).items():
            if channel in ctx.around.channels and ctx.store.posts.get(channel, address, slot):
                ctx.say(Place(channel, address), greetings_card(own, owner_id, day, page), Kind.CARD, slot=slot)


def _readers(ctx: Context, owner_id: str) -> Iterable[Person]:
    owner = ctx.store.staff.get(owner_id)
    known = (ctx.staff, owner, ctx.store.staff.stand_in(owner, ctx.now), approver(ctx.store, owner, ctx.now))
    return {person.id: person for person in known if person is not None}.values()
