"""A digest's numbers: promises, ratings and contacts against their targets and the week before; who did well."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Final

from handlers.cards import Button, Row, Tone
from handlers.context import Context
from handlers.measure_words import behind, compared, dashed, is_short, label_of, looking, said, sort_of, target_of
from handlers.parts import Part, Span
from handlers.pictures import CadenceRow
from prompts.phrases import zone_named
from storage.measures import MEASURES, Measured, Window

PROMISES: Final = ("first_response", "under_way", "resolution")
FEELINGS: Final = ("csat", "complaints")
CAUSES: Final = 3
"""So many causes of complaints are named."""
DAYS: Final = 7
"""Contacts are counted over a week: of one day there are too few to tell anything."""
NAMED: Final = 4
"""So many of those who were late are named; the list has all."""
ENOUGH: Final = 3
"""Fewer contacts than this are no feat, even if all were made in time."""
Facts = Mapping[str, Measured]


@dataclass(frozen=True)
class Numbers(Part):
    """A part that says numbers; `facts` are those that it says, `people` how each kept their contacts."""

    facts: Facts = field(default_factory=dict)
    people: tuple[CadenceRow, ...] = ()


def numbers(ctx: Context, span: Span) -> Iterable[Part]:
    """Say how promises were kept and what customers felt, with what it is measured against."""
    window = looking(ctx, span.since, ctx.now)
    earlier = _said_before(ctx, window)
    facts = {name: ctx.store.measures.of(name, window) for name in (*PROMISES, *FEELINGS)}
    before = earlier or {name: ctx.store.measures.of(name, window.before) for name in facts}
    groups = [[name for name in names if facts[name].count or before[name].count] for names in (PROMISES, FEELINGS)]
    rows = tuple(_row(ctx, names, facts, before, window) for names in groups if names)
    short = any(is_short(ctx, name, measured) for name, measured in facts.items()) or facts["complaints"].count
    yield Numbers("numbers", len(rows), rows, tone="warn" if short else "plain", facts=facts)


def _row(ctx: Context, names: list[str], facts: Facts, before: Facts, window: Window) -> Row:
    lines = [_line(ctx, name, facts[name], before[name], window) for name in names]
    buttons = tuple(behind(name, window, label_of(ctx.t, name)) for name in names if facts[name].count)
    return Row(text="\n".join(lines), buttons=buttons)


def _line(ctx: Context, name: str, measured: Measured, before: Measured, window: Window) -> str:
    causes = _causes(ctx, window) if name == "complaints" and measured.count else ""
    number = compared(ctx, name, measured, before, window.weeks, causes)
    return ctx.t("digest-number", name=label_of(ctx.t, name), said=number)


def _causes(ctx: Context, window: Window) -> str:
    parts = list(ctx.store.measures.by("complaints", "label", window).items())[:CAUSES]
    named = [f"{sort_of(ctx, 'complaints', label)} {part.count}" for label, part in parts]
    return ctx.t("digest-causes", causes=ctx.t("names-separator").strip("|").join(named))


def _said_before(ctx: Context, window: Window) -> Facts | None:
    """Give what was said a week ago about the same stretch, if it was said: it may have looked different since."""
    day = window.before.until.astimezone(zone_named(ctx.zone)).date()
    morning = ctx.store.mornings.on(ctx.me.id, day)
    kept = morning.facts.get("digest") if morning else None
    if not isinstance(kept, dict) or not _is_same(window.before, kept):
        return None
    numbers = {name: Measured(MEASURES[name].unit, *pair) for name, pair in kept["numbers"].items() if name in MEASURES}
    return numbers if {*PROMISES, *FEELINGS} <= numbers.keys() else None


def _is_same(window: Window, kept: Mapping[str, str]) -> bool:
    """Tell whether a digest covered the same stretch, to within an hour at each end."""
    ends = (datetime.fromisoformat(kept[end]) for end in ("since", "until"))
    return all(
        abs(end - mine) <= timedelta(hours=1) for end, mine in zip(ends, (window.since, window.until), strict=True)
    )


def kept_facts(facts: Facts, since: datetime, until: datetime) -> dict[str, object]:
    """Put the numbers that a digest says into the form in which a morning keeps them."""
    numbers = {name: [measured.score, measured.count] for name, measured in facts.items()}
    return {"since": since.isoformat(), "until": until.isoformat(), "numbers": numbers}


def cadence(ctx: Context, _: Span) -> Iterable[Part]:
    """Say how contacts were kept in a week, as a whole and by those who kept fewest."""
    window = looking(ctx, ctx.now - timedelta(days=DAYS), ctx.now)
    people, weeks = (ctx.store.measures.by("cadence", "owner_id", one) for one in (window, window.before))
    whole, before = _together(people), _together(weeks)
    if not whole.count:
        return
    names = _names(ctx)
    ranked = sorted(people.items(), key=lambda item: -item[1].failed)
    late = [(id_, one) for id_, one in ranked if one.failed]
    named = (_person(ctx, names[id_], id_, one, weeks.get(id_), window) for id_, one in late[:NAMED])
    rows = (_total(ctx, whole, before, window), *named)
    shown = tuple(CadenceRow(names[id_], one.score, one.count) for id_, one in ranked)
    tone: Tone = "warn" if is_short(ctx, "cadence", whole) else "plain"
    yield Numbers("cadence", 1 + len(late), rows, tone=tone, facts={"cadence": whole}, people=shown)


def _together(people: Mapping[str | None, Measured]) -> Measured:
    return Measured("share", sum(one.score for one in people.values()), sum(one.count for one in people.values()))


def _total(ctx: Context, whole: Measured, before: Measured, window: Window) -> Row:
    text = ctx.t("digest-cadence-all", said=compared(ctx, "cadence", whole, before, window.weeks))
    return Row(text=text, buttons=(behind("cadence", window, ctx.t("row-show")),))


def _person(ctx: Context, name: str, id_: str | None, kept: Measured, before: Measured | None, window: Window) -> Row:
    was = said(ctx.t, before) if before and before.count else ctx.t("measure-said-none")
    text = ctx.t("digest-cadence-one", name=name, said=said(ctx.t, kept), before=was)
    return Row(text=text, buttons=(behind("cadence", window, ctx.t("row-show"), id_),) if id_ else ())


def _names(ctx: Context) -> dict[str | None, str]:
    """Name everybody who works here or did, and whom nobody looks after."""
    return {None: ctx.t("digest-nobody")} | {person.id: person.name for person in ctx.store.staff.ever()}


def good_news(ctx: Context, span: Span) -> Iterable[Part]:
    """Name who did well: the fastest solution with the best rating, all contacts kept, praise."""
    rows = (*_fastest(ctx, span), *_praised(ctx, span), *_steady(ctx))
    yield Part("good", len(rows), rows)


def _fastest(ctx: Context, span: Span) -> Iterator[Row]:
    solved = ctx.store.attention.delighted(looking(ctx, span.since, ctx.now))
    best = min(solved, key=lambda one: one.took, default=None)
    person = ctx.store.staff.get(best.owner_id) if best else None
    if best and person:
        text = ctx.t("digest-good-fastest", name=person.name, number=best.ticket, span=ctx.t.span(best.took))
        show = Button(label=ctx.t("button-show"), command="ticket show", args={"number": best.ticket})
        yield Row(text=text, buttons=(show,))


def _praised(ctx: Context, span: Span) -> Iterator[Row]:
    window = looking(ctx, span.since, ctx.now)
    praise = ctx.store.measures.cases("praise", window, 1)
    for case in praise:
        customer = ctx.store.customers.get(case.customer_id)
        owner = ctx.store.staff.get(case.owner_id)
        count = ctx.store.measures.of("praise", window).count
        name = customer.name if customer else ctx.t("contact-unknown")
        text = ctx.t(
            "digest-good-praise",
            customer=name,
            topic=sort_of(ctx, "praise", case.label),
            owner=owner.name if owner else "none",
            more=count - 1,
        )
        yield Row(text=text, buttons=(behind("praise", window, ctx.t("row-show")),))


def _steady(ctx: Context) -> Iterator[Row]:
    """Name everybody who made all of a week's contacts in time."""
    window = looking(ctx, ctx.now - timedelta(days=DAYS), ctx.now)
    people = ctx.store.measures.by("cadence", "owner_id", window)
    whole = [(id_, one.count) for id_, one in people.items() if id_ and not one.failed and one.count >= ENOUGH]
    if whole:
        known = _names(ctx)
        names = ctx.t("names-separator").strip("|").join(f"{known[id_]} ({count})" for id_, count in whole)
        text = ctx.t("digest-good-steady", names=names, count=len(whole))
        yield Row(text=text, buttons=(behind("cadence", window, ctx.t("row-show")),))


def in_one_line(ctx: Context, facts: Facts) -> str:
    """Say the numbers of a quiet day: only that and how much was kept."""
    kept = [name for name in facts if facts[name].count and target_of(ctx, name) is not None]
    parts = [ctx.t(f"digest-quiet-{dashed(name)}", score=facts[name].score, count=facts[name].count) for name in kept]
    return ctx.t("measure-separator").strip("|").join(parts)
