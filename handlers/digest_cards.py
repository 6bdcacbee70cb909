"""The digest's card: twelve lines in which a manager reads what is off track, who should act, and how it went."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Final

from handlers.cards import Button, Card, Row, Tone
from handlers.context import Context
from handlers.day_touches import called
from handlers.digest_items import row_of
from handlers.digest_needs import PAGE, items, reviewing
from handlers.digest_numbers import Facts, Numbers, in_one_line
from handlers.measure_words import looking, target_of
from handlers.my_day_cards import team
from handlers.parts import Part, Span
from handlers.pictures import Picture, cadence_picture
from handlers.ticket_cards import dashed, due_now
from prompts.phrases import zone_named
from scheduler.policy.calendars import moment
from storage.tickets import Ticket

LINES: Final = 12
"""A digest has so many lines below its headings; three minutes are enough to decide about them."""
DECIDED: Final = 6
"""So many of them are for what wants a decision; a button opens the others."""
WEIGHT: Final = {"needs": 4, "numbers": 3}
"""A part's second and further lines are as near to its first as this is big; one's others come after all firsts."""
QUIET: Final = frozenset({"numbers", "cadence"})
"""What these say wants nobody, as long as the targets are reached."""
SUMMED: Final = QUIET | {"own", "waiting", "good", "coming"}
"""Their lines sum up; all others are lists, of which the heading says how much is shown."""
THEIRS: Final = (team, called)
"""What a day says of others' customers and tickets is said by a digest itself."""
ALL: Final = 20
SEVERAL: Final = 2
DAY: Final = timedelta(days=1)


@dataclass(frozen=True)
class Digest:
    """What is said: the card, the numbers on it, and the picture that goes with it."""

    card: Card
    facts: Facts
    picture: Picture | None = None


def digest_of(ctx: Context, span: Span) -> Digest:
    """Say what the person who acts has to know and decide; a quiet day is one line."""
    parts = [part for make in ctx.around.routes.parts("digest") for part in make(ctx, span) if part.count]
    facts = {name: one for part in parts if isinstance(part, Numbers) for name, one in part.facts.items()}
    title = _title(ctx, span)
    if all(part.name in QUIET and part.tone == "plain" for part in parts):
        quiet = ctx.t("digest-quiet", numbers=in_one_line(ctx, facts) or "none")
        card = Card(title=title, text=quiet, buttons=_buttons(ctx, ()))
        return Digest(card, facts)
    tones = {part.tone for part in parts}
    tone: Tone = "alarm" if "alarm" in tones else "warn" if "warn" in tones else "plain"
    shown = _allotted(parts)
    card = Card(
        title=title,
        text=_summed(ctx, parts),
        tone=tone,
        rows=tuple(row for part, count in shown for row in _rows(ctx, part, count)),
        buttons=_buttons(ctx, shown),
        footer=ctx.t("day-updated", at=ctx.t.exact(ctx.now, ctx.zone)),
    )
    return Digest(card, facts, _picture(ctx, parts))


def _picture(ctx: Context, parts: Sequence[Part]) -> Picture | None:
    """Draw how people kept their contacts, where there are several to compare."""
    people = next((part.people for part in parts if isinstance(part, Numbers) and part.people), ())
    if len(people) < SEVERAL:
        return None
    return cadence_picture(ctx.t, people, target=target_of(ctx, "cadence"))


def _title(ctx: Context, span: Span) -> str:
    """Name the day; what covers more than one says since when."""
    zone = zone_named(ctx.zone)
    days = (ctx.now.astimezone(zone).date() - span.since.astimezone(zone).date()).days
    day = ctx.t.day(ctx.now, ctx.zone, ctx.now)
    if days <= 1:
        return ctx.t("digest-title", day=day)
    return ctx.t("digest-title-since", day=day, since=ctx.t.exact(span.since, ctx.zone), days=days)


def _summed(ctx: Context, parts: Sequence[Part]) -> str:
    """Count what there is to decide; nothing is a sentence of its own."""
    said = [_phrase(ctx, f"sum-{part.name}", _count(ctx, part)) for part in parts]
    return " · ".join(one for one in said if one) or ctx.t("digest-nothing")


def _phrase(ctx: Context, name: str, count: int | str) -> str | None:
    """Say what a part says on a digest, or else what it says on anybody's day."""
    own = ctx.t.maybe(f"digest-{name}", count=count)
    return own if own is not None else ctx.t.maybe(f"day-{name}", count=count)


def _count(ctx: Context, part: Part) -> int | str:
    return part.count if part.is_whole else ctx.t("day-at-least", count=part.count)


def _allotted(parts: Sequence[Part]) -> list[tuple[Part, int]]:
    """Share the lines out: every part gets its first, then those that weigh most get more."""
    wanted = sorted(
        (row / WEIGHT.get(part.name, 1), place) for place, part in enumerate(parts) for row in range(len(part.rows))
    )
    places = [place for _, place in wanted[:LINES]]
    return [(part, places.count(place)) for place, part in enumerate(parts)]


def _rows(ctx: Context, part: Part, count: int) -> Iterator[Row]:
    said = _phrase(ctx, part.name, _count(ctx, part)) or ""
    is_cut = part.name not in SUMMED and (part.is_cut or count < len(part.rows))
    yield Row(text=ctx.t("day-first", said=said, shown=count) if is_cut else said, heading=True)
    yield from part.rows[:count]


def _buttons(ctx: Context, shown: Sequence[tuple[Part, int]]) -> tuple[Button, ...]:
    """Offer the lists of which not everything is shown, one's own day, and every number."""
    cut = [part.rest for part, count in shown if part.rest and (part.is_cut or count < len(part.rows))]
    rest = {button.id: button for button in cut}
    numbers = Button(label=ctx.t("digest-all-numbers"), command="measures")
    return (*rest.values(), numbers)


def needs(ctx: Context, _: Span) -> Iterator[Part]:
    """List what wants a decision today, the worst of every kind first."""
    found = items(ctx)
    rest = Button(label=ctx.t("digest-all-needs"), command="digest needs")
    rows = tuple(row_of(ctx, item) for item in found[:DECIDED])
    yield Part("needs", len(found), rows, len(found) < PAGE, rest, "alarm")


def needs_card(ctx: Context) -> Card | None:
    """Show everything that wants a decision; None if nothing does."""
    found = items(ctx)
    if not found:
        return None
    rows = tuple(row_of(ctx, item) for item in found[:ALL])
    return Card(title=ctx.t("digest-needs", count=len(found)), rows=rows)


def promises(ctx: Context, _: Span) -> Iterator[Part]:
    """List the promises that break before the day ends unless somebody acts."""
    zone = zone_named(ctx.zone)
    tonight = moment(zone, ctx.now.astimezone(zone).date() + DAY, time())
    found = ctx.store.attention.promises(looking(ctx, ctx.now, ctx.now), tonight, PAGE)
    coming = [ticket for ticket in found if due_now(ticket) > ctx.now]
    rest = Button(label=ctx.t("day-team-tickets"), command="ticket list")
    rows = tuple(_promise(ctx, ticket) for ticket in coming[:DECIDED])
    yield Part("promises", len(coming), rows, len(found) < PAGE, rest, "warn")


def _promise(ctx: Context, ticket: Ticket) -> Row:
    customer = ctx.store.customers.get(ticket.customer_id)
    owner = ctx.store.staff.get(ticket.owner_id)
    what = "first" if ticket.first_response_at is None else dashed(ticket.goal)
    text = ctx.t(
        "digest-coming-promise",
        number=ticket.number,
        customer=customer.name if customer else ctx.t("contact-unknown"),
        owner=owner.name if owner else ctx.t("digest-nobody"),
        what=what,
        by=_clock(ctx, due_now(ticket)),
        span=ctx.t.span(due_now(ticket) - ctx.now),
    )
    show = Button(label=ctx.t("row-show"), command="ticket show", args={"number": ticket.number})
    return Row(text=text, buttons=(show,))


def _clock(ctx: Context, at: datetime) -> str:
    return f"{at.astimezone(zone_named(ctx.zone)):%H:%M}"


def waiting(ctx: Context, _: Span) -> Iterator[Part]:
    """Count the drafts that wait for a yes, and for how long the oldest has."""
    found = ctx.store.attention.drafts(looking(ctx, ctx.now, ctx.now))
    count = sum(one.count for one in found)
    if not found:
        return
    people = [(ctx.store.staff.get(one.person_id), one.count) for one in found]
    names = ctx.t("names-separator").strip("|").join(f"{person.name} {n}" for person, n in people if person)
    text = ctx.t("digest-drafts-row", names=names, span=ctx.t.span(ctx.now - found[0].oldest))
    yield Part("waiting", count, (Row(text=text, buttons=reviewing(ctx)),))


def own(ctx: Context, span: Span) -> Iterator[Part]:
    """Count what a manager has to do with their own hands; their day says the rest."""
    made = (make(ctx, span) for make in ctx.around.routes.parts("day") if make not in THEIRS)
    mine = [part for several in made for part in several if part.count]
    text = " · ".join(_phrase(ctx, f"sum-{part.name}", _count(ctx, part)) or "" for part in mine)
    show = Button(label=ctx.t("day-title"), command="day")
    yield Part("own", sum(part.count for part in mine), (Row(text=text, buttons=(show,)),))
