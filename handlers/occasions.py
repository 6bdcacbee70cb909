"""Occasions: what the calendar gives as a reason to write is found once, drafted, and shown until it is decided."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any, Final

from handlers.cards import Button, Card
from handlers.context import Context, Refused
from handlers.occasion_cards import coming_card, coming_part, waiting_part
from handlers.occasion_drafts import prepare
from handlers.occasion_words import Ahead, OneOccasion
from handlers.parts import Part, Span
from handlers.routing import Router
from scheduler.cadence import Diary
from scheduler.occasion_days import AHEAD, DAY, birthday_marks, company_day, festivals_on, same_day_before, take_days
from scheduler.occasions import Finding
from scheduler.rules.due import due
from scheduler.rules.occasions import ONE_LINE
from storage.inbox import Event
from storage.occasions import GREETINGS, Occasion

router = Router("occasions")
PAGE: Final = 200
"""So many contacts or customers are looked at in one transaction."""
AGREEMENTS: Final = 25
DRAFTS: Final = 10
"""So many drafts are written in one transaction; what is left is found by the next beat."""


@router.on("occasions looked for")
def look(ctx: Context, _: dict[str, Any]) -> None:
    """Begin a company day: say which days' birthdays, anniversaries and festivals are to be looked for."""
    today = company_day(ctx.policy, ctx.now)
    days = take_days(ctx.store, today)
    ctx.store.occasions.give_up(today - DAY)
    named = [day.isoformat() for day in days]
    events: list[Event] = []
    if ctx.policy.occasions.birthdays and days:
        events.append(due("birthdays looked for", f"{named[-1]}:", days=named, after=""))
    if ctx.policy.occasions.anniversaries:
        events += [due("anniversaries looked for", f"{day}:", day=day, after="") for day in named]
    owners = [person.id for person in ctx.store.staff.ever()]
    for festival, day in festivals_on(ctx.policy, days):
        about = {"festival": festival.id, "day": day.isoformat()}
        events += [due("festival looked for", f"{festival.id}:{day}:{id_}", **about, owner=id_) for id_ in owners]
    ctx.store.inbox.add(events, ctx.now)


@router.on("birthdays looked for")
def find_birthdays(ctx: Context, facts: dict[str, Any]) -> None:
    """Find a page of the contacts whose birthday is on one of these days."""
    marks = birthday_marks(map(date.fromisoformat, facts["days"]))
    contacts = ctx.store.celebrants.born_on(marks, facts["after"], PAGE)
    _finding(ctx).birthdays(contacts, marks)
    if len(contacts) == PAGE:
        _go_on(ctx, "birthdays looked for", facts["days"][-1], contacts[-1].id, days=facts["days"])


@router.on("birthday learned")
def find_birthday(ctx: Context, facts: dict[str, Any]) -> None:
    """Find the birthday of a contact of whom it was just learned; those days were looked through already."""
    today = company_day(ctx.policy, ctx.now)
    contact = ctx.store.contacts.get(facts["contact"])
    if contact is not None and ctx.policy.occasions.birthdays:
        _finding(ctx).birthdays([contact], birthday_marks(today + n * DAY for n in range(AHEAD.days + 1)))


@router.on("anniversaries looked for")
def find_anniversaries(ctx: Context, facts: dict[str, Any]) -> None:
    """Find a page of the customers who have been with us for whole years on a day."""
    day = date.fromisoformat(facts["day"])
    spans = same_day_before(ctx.policy.company.zone, day)
    customers = ctx.store.customers.since_on(spans, facts["after"], PAGE)
    _finding(ctx).anniversaries(customers, day)
    if len(customers) == PAGE:
        _go_on(ctx, "anniversaries looked for", facts["day"], customers[-1].id, day=facts["day"])


@router.on("festival looked for")
def find_greeted(ctx: Context, facts: dict[str, Any]) -> None:
    """Find whom of one owner's contacts a festival concerns."""
    festival = next((one for one in ctx.policy.occasions.festivals if one.id == facts["festival"]), None)
    if festival is not None:
        _finding(ctx).festival(festival, date.fromisoformat(facts["day"]), facts["owner"])


@router.on("agreements due")
def find_agreements(ctx: Context, _: dict[str, Any]) -> None:
    """Find which contracts and products give a reason to write by now, a share in each transaction."""
    if _finding(ctx).agreements(AGREEMENTS):
        _more(ctx, "agreements due", ONE_LINE)


def _finding(ctx: Context) -> Finding:
    return Finding(ctx.store, ctx.policy, ctx.now)


def _go_on(ctx: Context, kind: str, key: str, after: str, **facts: Any) -> None:
    ctx.store.inbox.add([due(kind, f"{key}:{after}", after=after, **facts)], ctx.now)


def _more(ctx: Context, kind: str, conversation: str, **facts: Any) -> None:
    """Go on in the next transaction."""
    ctx.store.inbox.add([due(kind, f"more:{ctx.event.id}", one_after_another=conversation, **facts)], ctx.now)


@router.on("occasions open")
def ask_owner(ctx: Context, facts: dict[str, Any]) -> None:
    """Write the drafts of an owner's occasions, those of the best customers first; greetings are shown together."""
    owner = ctx.store.staff.get(facts["owner"])
    person = ctx.store.staff.stand_in(owner, ctx.now)
    own = replace(ctx, staff=person, contact=None)
    today = ctx.now.astimezone(Diary.of(ctx.policy, owner).zone).date()
    found = ctx.store.occasions.open_of(facts["owner"], ctx.now, DRAFTS)
    prepared = [prepare(own, occasion, person, today) for occasion in found]
    greeted = {one.day for one in prepared if one.kind in GREETINGS and one.why != "missed"}
    days = sorted({*facts.get("days", ()), *(day.isoformat() for day in greeted)})
    if len(found) == DRAFTS:
        _more(ctx, "occasions open", f"occasions open:{facts['owner']}", owner=facts["owner"], days=days)
        return
    for day in days:
        ctx.note("greetings prepared", owner=facts["owner"], day=date.fromisoformat(day))


@router.command("occasions", Ahead)
def show_coming(ctx: Context, args: Ahead) -> None:
    """Show what the next days bring: renewals, maintenance, birthdays and festivals, mine or my team's."""
    ctx.reply(coming_card(ctx, args.days))


@router.command("occasion draft", OneOccasion, hidden=True)
def draft_again(ctx: Context, args: OneOccasion) -> None:
    """Try once more to write what was stopped, and open the draft."""
    occasion = _visible(ctx, args.occasion)
    if occasion.state != "stopped":
        raise Refused("occasion-decided")
    today = company_day(ctx.policy, ctx.now) if occasion.kind in GREETINGS else date.min
    tried = prepare(ctx, occasion, ctx.me, today)
    if tried.draft_id is None:
        ctx.reply(Card(text=ctx.t("occasion-still", why=ctx.t(f"occasion-why-{tried.why}")), tone="warn"))
        return
    opening = Button(label=ctx.t("row-show"), command="draft show", args={"draft": tried.draft_id}, style="primary")
    ctx.reply(Card(text=ctx.t("occasion-drafted"), buttons=(opening,)))


@router.command("occasion drop", OneOccasion, hidden=True)
def drop(ctx: Context, args: OneOccasion) -> None:
    """Take an occasion off the list."""
    occasion = _visible(ctx, args.occasion)
    if occasion.state not in ("open", "stopped"):
        raise Refused("occasion-decided")
    ctx.store.occasions.change(occasion, state="dropped", why=None)
    ctx.reply(ctx.t("occasion-dropped"))


def _visible(ctx: Context, id_: str) -> Occasion:
    found = ctx.store.occasions.get(id_)
    if found is None or ctx.store.customers.seen_by(ctx.scope, found.customer_id) is None:
        raise Refused("occasion-decided")
    return found


@router.part("day", 40)
def waiting(ctx: Context, span: Span) -> tuple[Part, ...]:
    """List the renewals, maintenance and greetings that wait for my yes, and those of whoever I stand in for."""
    return tuple(waiting_part(ctx, span))


@router.part("digest", 50)
def coming(ctx: Context, _: Span) -> tuple[Part, ...]:
    """Count what the next month brings to the team."""
    return tuple(coming_part(ctx))
