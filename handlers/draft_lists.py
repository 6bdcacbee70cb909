"""Lists of drafts: those that wait for a yes, those that nobody sent in time, and what became of the others."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import timedelta
from functools import reduce
from operator import add
from typing import Final

from handlers.cards import Button, Card, Row
from handlers.context import Context, Place, Refused
from handlers.draft_cards import contact_name, open_card, show, slot_of
from handlers.draft_facts import purpose_label
from handlers.draft_finding import visible_draft
from handlers.draft_words import OneDraft, WhichDrafts, is_learned
from handlers.parts import MOST, Lines, Part, Span
from handlers.routing import MANAGERS, Router
from storage.drafts import Draft, Outcomes

router = Router("drafts")
LISTED: Final = 12
"""So many drafts fit into one message with their buttons."""
PAGE: Final = 200
LOOKED_BACK: Final = timedelta(days=30)


@router.command("drafts", WhichDrafts)
def list_drafts(ctx: Context, args: WhichDrafts) -> None:
    """List the drafts that wait for a yes, the oldest first; or say what became of those of the last 30 days."""
    if is_learned(args.which):
        ctx.reply(_learned(ctx))
        return
    found = _waiting(ctx, _theirs(ctx) if ctx.me.role in MANAGERS else _mine(ctx))
    rows = tuple(_row(ctx, draft, named=True) for draft in found[:LISTED])
    more = len(found) > LISTED
    learned = Button(label=ctx.t("drafts-button-learned"), command="drafts", args={"which": "learned"})
    card = Card(
        title=ctx.t("drafts-title", count=len(found)),
        text=ctx.t("drafts-first", shown=LISTED) if more else "" if found else ctx.t("drafts-none"),
        rows=rows,
        buttons=(learned,),
    )
    ctx.reply(card)


def _waiting(ctx: Context, people: set[str]) -> list[Draft]:
    return [draft for draft in ctx.store.drafts.listed(people, PAGE, seen=ctx.scope) if draft.expires_at > ctx.now]


def _mine(ctx: Context) -> set[str]:
    """Name whose drafts wait for me: mine, those of whom I stand in for, those of who left and whose place I take."""
    staff = ctx.store.staff
    left = [staff.get(id_) for id_ in ctx.store.drafts.of_absent()]
    taken = {person.id for person in left if person and staff.stand_in(person, ctx.now) == ctx.me}
    return {*ctx.mine.owners, *taken}


def _theirs(ctx: Context) -> set[str]:
    """Name whose drafts a manager may look through: those of the team, and all that wait for the manager."""
    team = {person.id for person in ctx.store.staff.ever()} if ctx.scope.everything else set(ctx.scope.owners)
    return team | _mine(ctx)


def _row(ctx: Context, draft: Draft, *, named: bool = False) -> Row:
    """Name a draft and until when it is kept; on a list of several people's drafts also whose it is."""
    text = ctx.t("day-draft", **_names(ctx, draft), until=ctx.t.day(draft.expires_at, ctx.zone, ctx.now))
    maker = ctx.store.staff.get(draft.staff_id) if named and draft.staff_id != ctx.me.id else None
    drop = (Button(label=ctx.t("draft-button-drop"), command="draft drop", args={"draft": draft.id}),)
    look = Button(label=ctx.t("row-show"), command="draft show", args={"draft": draft.id})
    return Row(
        text=f"{text} · {ctx.t('drafts-of', name=maker.name)}" if maker else text,
        buttons=(look, *(drop if named else ())),
    )


def _names(ctx: Context, draft: Draft) -> dict[str, str]:
    customer = ctx.store.customers.get(draft.customer_id)
    purpose = purpose_label(ctx.t, draft.purpose)
    return {"name": contact_name(ctx, draft), "customer": customer.name if customer else "", "purpose": purpose}


@router.part("day", 30)
def my_drafts(ctx: Context, span: Span) -> Iterable[Part]:
    """List the drafts that wait for my yes, the oldest first, and once a morning those that nobody sent in time.

    Drafts of occasions stand among the occasions.
    """
    people = _mine(ctx)
    found = ctx.store.drafts.listed(people, MOST, seen=ctx.scope, asked_for=True)
    fresh = [draft for draft in found if draft.expires_at > ctx.now]
    rest = Button(label=ctx.t("day-all-drafts"), command="drafts")
    yield Part.turned("drafts", len(fresh), _stretch(ctx, fresh, _row), is_whole=len(found) < MOST, rest=rest)
    over = ctx.store.drafts.expired_since(people, span.since, seen=ctx.scope)
    yield Part.turned("drafts-expired", len(over), _stretch(ctx, over, _expired))


def _stretch(ctx: Context, drafts: Sequence[Draft], say: Callable[[Context, Draft], Row]) -> Lines:
    return lambda start, stop: tuple(say(ctx, draft) for draft in drafts[start:stop])


def _expired(ctx: Context, draft: Draft) -> Row:
    text = ctx.t("day-draft-expired", **_names(ctx, draft))
    args = {"customer": draft.customer_id, "purpose": draft.purpose}
    return Row(text=text, buttons=(Button(label=ctx.t("day-draft-anew"), command="draft", args=args),))


def _learned(ctx: Context) -> Card:
    """Say by purpose what became of the drafts of the last 30 days that I may look through."""
    tally = ctx.store.drafts.tally(ctx.scope, ctx.now - LOOKED_BACK, ctx.now)
    if not tally:
        return Card(text=ctx.t("drafts-learned-none", days=LOOKED_BACK.days))
    named = [(purpose_label(ctx.t, purpose), outcomes) for purpose, outcomes in tally.items()]
    lines = [(ctx.t("drafts-learned-all"), reduce(add, tally.values())), *named]
    rows = tuple(Row(text=f"{label}\n{_outcomes(ctx, outcomes)}") for label, outcomes in lines[len(named) == 1 :])
    return Card(title=ctx.t("drafts-learned-title", days=LOOKED_BACK.days), rows=rows)


def _outcomes(ctx: Context, outcomes: Outcomes) -> str:
    counts = [(name, getattr(outcomes, name)) for name in ("unchanged", "edited", "dropped", "expired", "overtaken")]
    said: Sequence[str] = [ctx.t(f"drafts-{name}", count=count) for name, count in counts if count]
    kept = outcomes.median_kept
    return " · ".join([*said, *([ctx.t("drafts-kept", percent=kept, count=outcomes.sent)] if kept is not None else [])])


@router.command("draft show", OneDraft, hidden=True)
def show_draft(ctx: Context, args: OneDraft) -> None:
    """Bring an open draft's card down to where its maker looks; whoever else decides about it gets a copy."""
    draft = visible_draft(ctx, args.draft)
    if draft.state != "open":
        raise Refused("card-moved-on")
    if draft.staff_id != ctx.me.id:
        maker = ctx.store.staff.get(draft.staff_id) or ctx.me
        place = Place(ctx.event.channel, ctx.event.address)
        ctx.store.posts.lift(place.channel, place.address, slot_of(draft))
        ctx.say(place, open_card(ctx, draft, ctx.t, maker), slot=slot_of(draft))
        return
    for channel, address in ctx.store.staff.addresses(ctx.me.id).items():
        ctx.store.posts.lift(channel, address, slot_of(draft))
    show(ctx, draft)
