"""What a manager has to decide: long overdue contacts, broken promises, unhappy customers, stale drafts, absences."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from functools import partial
from typing import Final

from handlers.cards import Button, Row
from handlers.context import Context
from handlers.day_touches import STANDS
from handlers.digest_items import Item, Marks, by_turns, choosing, still_open
from handlers.digest_words import Assign, Deputy
from handlers.measure_words import looking
from handlers.reminder_cards import reassigning
from handlers.ticket_cards import dashed, due_now, tier_label
from handlers.ticket_words import TicketTo
from scheduler.cadence import Diary
from scheduler.policy.calendars import moment
from storage.attention import LowRating, Waiting
from storage.customers import Customer
from storage.feedback import Feedback
from storage.measures import Window
from storage.staff import Person
from storage.tickets import Ticket

PAGE: Final = 200
"""So many of each kind are read."""
WORSE: Final = (timedelta(hours=4), timedelta(days=1), timedelta(days=3), timedelta(days=7), timedelta(days=14))
"""A broken promise got worse each time it is broken for so long."""
WEEK: Final = 5
"""Working days: a contact that is overdue got worse with each such week."""
LONGEST: Final = 250
"""Working days; nobody counts further."""


def items(ctx: Context) -> list[Item]:
    """List all that wants a decision and was not taken note of, the worst of every kind first."""
    window = looking(ctx, ctx.now - ctx.policy.digest.looks_back, ctx.now)
    kinds = (
        _unhappy(ctx, window),
        _broken(ctx, window),
        _overdue(ctx, window),
        _absent(ctx, window),
        _stale(ctx, window),
    )
    return by_turns([still_open(ctx, list(kind)) for kind in kinds])


def _broken(ctx: Context, window: Window) -> Iterator[Item]:
    """Broken promises: who asks the owner, or finds one."""
    for ticket in ctx.store.attention.promises(window, ctx.now, PAGE):
        severity = 1 + sum(ctx.now - due_now(ticket) >= step for step in WORSE)
        yield Item(f"promise:{ticket.number}:{_owed(ticket)}", severity, partial(_promise, ctx, ticket))


def _owed(ticket: Ticket) -> str:
    return "first" if ticket.first_response_at is None else dashed(ticket.goal)


def _promise(ctx: Context, ticket: Ticket, marks: Marks) -> Row:
    owner = ctx.store.staff.get(ticket.owner_id)
    span = ctx.t.span(ctx.now - due_now(ticket))
    head = ctx.t("digest-promise", what=_owed(ticket), span=span, **_ticket(ctx, ticket))
    why = ctx.t("digest-promise-why", owner=_named(ctx, owner), by=_moment(ctx, due_now(ticket)))
    number = {"number": ticket.number}
    show = Button(label=ctx.t("button-show"), command="ticket show", args=number)
    if owner is not None and owner.active and owner.id != ctx.me.id:
        ask = Button(label=ctx.t("digest-nudge", name=owner.name), command="digest nudge", args=number | marks)
    else:
        form = choosing(ctx, TicketTo, "ticket assign", number)
        ask = Button(label=ctx.t("button-assign"), command="ticket assign", args=number, form=form)
    return Row(text=f"{head}\n{why}", buttons=(ask, show))


def _ticket(ctx: Context, ticket: Ticket) -> dict[str, str]:
    customer = ctx.store.customers.get(ticket.customer_id)
    return {
        "number": ticket.number,
        "customer": customer.name if customer else ctx.t("contact-unknown"),
        "type": ctx.t(f"type-{dashed(ticket.type)}"),
    }


def _named(ctx: Context, person: Person | None) -> str:
    """Name whom something waits for; that they are away or have left is the reason why it waits."""
    if person is None:
        return ctx.t("digest-nobody")
    away = person.away_until is not None and person.away_until > ctx.now
    state = "left" if not person.active else "away" if away else "here"
    return ctx.t("digest-person", name=person.name, state=state)


def _moment(ctx: Context, at: datetime) -> str:
    return ctx.t.moment(at, ctx.zone, ctx.now)


def _day(ctx: Context, at: datetime) -> str:
    return ctx.t.day(at, ctx.zone, ctx.now)


def _overdue(ctx: Context, window: Window) -> Iterator[Item]:
    """Customers for whom the ladder calls the manager, and due ones whom nobody looks after: reassign, or call.

    A call that the manager has inherited from somebody who left is one as well.
    """
    called = {customer.id for customer in ctx.store.reminders.standing(ctx.me.id, ctx.now - STANDS, limit=PAGE)}
    known: dict[str | None, tuple[Diary, int]] = {}
    for customer in ctx.store.attention.overdue(window, ctx.now, PAGE):
        if customer.owner_id not in known:
            known[customer.owner_id] = _ladder(ctx, customer.owner_id)
        (diary, days_allowed), due = known[customer.owner_id], customer.touch_due_at
        if due is None:
            continue
        days = _days_over(diary, due.astimezone(diary.zone).date(), ctx.now.astimezone(diary.zone).date())
        if days >= days_allowed or customer.id in called:
            severity = 1 + max(0, days - days_allowed) // WEEK
            yield Item(f"contact:{customer.id}:{due:%Y%m%d}", severity, partial(_contact, ctx, customer, days))


def _ladder(ctx: Context, owner_id: str | None) -> tuple[Diary, int]:
    """Open an owner's diary, and tell after how many working days their manager is called; at once without an owner."""
    owner = ctx.store.staff.get(owner_id)
    rungs = [rung.working_days for rung in ctx.policy.reminders.ladder if rung.audience == "manager"]
    days = max(0, rungs[0]) if rungs else WEEK
    return Diary.of(ctx.policy, owner), days if owner and owner.active else 0


def _days_over(diary: Diary, due: date, today: date) -> int:
    """Count the working days after the due day, today included; as many as anybody counts."""
    days, day = 0, today
    while day > due and days < LONGEST:
        days += diary.calendar.is_working_day(day)
        day -= timedelta(days=1)
    return days


def _contact(ctx: Context, customer: Customer, days: int, marks: Marks) -> Row:
    owner = ctx.store.staff.get(customer.owner_id)
    last = _day(ctx, customer.last_touch_at) if customer.last_touch_at else "none"
    head = ctx.t("digest-contact", customer=customer.name, tier=tier_label(ctx.t, customer), days=days)
    why = ctx.t("digest-contact-why", owner=_named(ctx, owner), last=last)
    fixed = {"customer": customer.id}
    asks = reassigning(ctx.t, customer.id)
    buttons = (
        Button(label=ctx.t("touch-button-reassign-short"), command="reassign", args=fixed, form=asks),
        Button(label=ctx.t("digest-call"), command="digest call", args=fixed | marks),
    )
    return Row(text=f"{head}\n{why}", buttons=buttons)


def _unhappy(ctx: Context, window: Window) -> Iterator[Item]:
    """Low ratings and complaints after which nobody was in touch: somebody calls, or an apology is drafted."""
    for rating in ctx.store.attention.low_ratings(window, PAGE):
        yield Item(f"rating:{rating.ticket}:{rating.at:%Y%m%d%H%M%S}", 1, partial(_rating, ctx, rating))
    for piece in ctx.store.attention.complaints(window, PAGE):
        waited = 1 + sum(ctx.now - piece.at >= step for step in WORSE[1:])
        yield Item(f"complaint:{piece.id}", waited, partial(_complaint, ctx, piece))


def _rating(ctx: Context, rating: LowRating, marks: Marks) -> Row:
    customer = ctx.store.customers.get(rating.customer_id)
    name = customer.name if customer else ctx.t("contact-unknown")
    head = ctx.t("digest-rating", customer=name, number=rating.ticket, score=rating.score)
    text = f"{head}\n{_unheard(ctx, rating.owner_id, rating.at)}"
    return Row(text=text, buttons=_follow_up(ctx, customer, rating.ticket, marks))


def _complaint(ctx: Context, piece: Feedback, marks: Marks) -> Row:
    customer = ctx.store.customers.get(piece.customer_id)
    name = customer.name if customer else ctx.t("contact-unknown")
    topic = ctx.t.maybe(f"topic-{piece.topic}") or piece.topic
    head = ctx.t("digest-complaint", customer=name, topic=topic)
    why = _unheard(ctx, customer.owner_id if customer else None, piece.at)
    return Row(text=f"{head}\n{why}", buttons=_follow_up(ctx, customer, "", marks))


def _unheard(ctx: Context, owner_id: str | None, at: datetime) -> str:
    return ctx.t("digest-unheard", owner=_named(ctx, ctx.store.staff.get(owner_id)), day=_moment(ctx, at))


def _follow_up(ctx: Context, customer: Customer | None, ticket: str, marks: Marks) -> tuple[Button, ...]:
    """Offer to give the follow-up to somebody, or to write an apology; without a customer the ticket is all there is."""
    if customer is None:
        show = Button(label=ctx.t("button-show"), command="ticket show", args={"number": ticket})
        return (show,) if ticket else ()
    fixed = {"customer": customer.id, **marks} | ({"ticket": ticket} if ticket else {})
    form = choosing(ctx, Assign, "digest assign", fixed)
    assign = Button(label=ctx.t("digest-assign"), command="digest assign", args=fixed, form=form)
    apology = {"customer": customer.id, "purpose": "apology"}
    draft = Button(label=ctx.t("digest-apology"), command="draft", args=apology)
    return assign, draft


def _stale(ctx: Context, window: Window) -> Iterator[Item]:
    """Drafts that have waited too long for somebody's yes."""
    for waiting in ctx.store.attention.drafts(window):
        waited = ctx.now - waiting.oldest
        if waited >= ctx.policy.digest.draft_waits and waiting.person_id != ctx.me.id:
            severity = 1 + waited // (2 * ctx.policy.digest.draft_waits)
            yield Item(f"drafts:{waiting.person_id}:{waiting.subject}", severity, partial(_drafts, ctx, waiting))


def _drafts(ctx: Context, waiting: Waiting, _: Marks) -> Row:
    who = _named(ctx, ctx.store.staff.get(waiting.person_id))
    head = ctx.t("digest-stale", owner=who, count=waiting.count)
    why = ctx.t("digest-stale-why", span=ctx.t.span(ctx.now - waiting.oldest))
    return Row(text=f"{head}\n{why}", buttons=reviewing(ctx))


def reviewing(ctx: Context) -> tuple[Button, ...]:
    """Make the button that opens the drafts which wait."""
    return (Button(label=ctx.t("digest-review"), command="drafts"),)


def _absent(ctx: Context, window: Window) -> Iterator[Item]:
    """People who are away with nobody to stand in, while customers of theirs are due."""
    people = ctx.store.attention.absent(window)
    tonight = moment(Diary.of(ctx.policy, ctx.me).zone, _tomorrow(ctx), time())
    due = ctx.store.attention.due_with([person.id for person in people], tonight)
    for person in people:
        if count := due.get(person.id, 0):
            key = f"absent:{person.id}:{person.away_until:%Y%m%d}"
            yield Item(key, count, partial(_away, ctx, person, count))


def _away(ctx: Context, person: Person, count: int, marks: Marks) -> Row:
    head = ctx.t("digest-absent", name=person.name, day=_day(ctx, person.away_until or ctx.now))
    fixed = {"person": person.id, **marks}
    form = choosing(ctx, Deputy, "digest deputy", fixed)
    deputy = Button(label=ctx.t("digest-deputy"), command="digest deputy", args=fixed, form=form)
    return Row(text=f"{head}\n{ctx.t('digest-absent-why', count=count)}", buttons=(deputy,))


def _tomorrow(ctx: Context) -> date:
    return (ctx.now.astimezone(Diary.of(ctx.policy, ctx.me).zone) + timedelta(days=1)).date()
