"""Tiers: reviewed as time passes, explained on request, each crossing told to whoever answers for the customer."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any, Final

from handlers.cards import Button, Row, Tone
from handlers.context import Context, Refused
from handlers.finding import customer_named
from handlers.parts import MOST, Part, Span
from handlers.routing import MANAGERS, Router
from handlers.tier_cards import moves_card, why_card
from handlers.tier_words import Crossing, Moves, MovesSince, OneCustomer, on_day
from scheduler.books import day_of
from scheduler.outlook import outlook_of
from scheduler.tier_reviews import catch_up, review
from scheduler.tiering import sorting_of
from storage.staff import Scope
from storage.tier_moves import TierMove

router = Router("tiers")
LISTED: Final = 20
"""So many crossings fit into one message with their buttons, and the line that says how many there are besides."""
LATELY: Final = timedelta(days=1)


@router.on("tiers reviewed")
def review_tiers(ctx: Context, facts: dict[str, Any]) -> None:
    """Place some customers anew, because time has moved their figures."""
    review(ctx.store, ctx.policy, facts["customers"], ctx.now)


@router.on("tiers called")
def call_to_review(ctx: Context, _: object) -> None:
    """Call the next customers to review, because the policy has new thresholds."""
    catch_up(ctx.store, ctx.now)


@router.command("tier explain", OneCustomer)
def explain(ctx: Context, args: OneCustomer) -> None:
    """Say why a customer is in a tier, and what would change it."""
    customer = customer_named(ctx, args.customer)
    ctx.store.audit.note(ctx.me.id, "read customer", customer.id, ctx.now, customer.id)
    day = day_of(ctx.store, ctx.now.astimezone(ctx.policy.company.zone).date())
    sorting = sorting_of(ctx.store, ctx.policy, day, ctx.now)
    ctx.reply(why_card(ctx, customer, sorting.policy, outlook_of(ctx.store, sorting, customer)))


@router.command("tier moves", Moves)
def show_moves(ctx: Context, args: Moves) -> None:
    """List who crossed from one tier into another lately: my customers, a manager's teams'."""
    scope = ctx.scope if ctx.me.role in MANAGERS else _mine(ctx)
    found = _list(ctx, scope, ctx.now - timedelta(days=args.days))
    if not found:
        ctx.reply(ctx.t("tier-moves-none", days=args.days))


@router.command("tier moves since", MovesSince, hidden=True)
def show_moves_since(ctx: Context, args: MovesSince) -> None:
    """List what a count on a sheet counted."""
    try:
        since = datetime.fromisoformat(args.after)
    except ValueError:
        raise Refused("card-moved-on") from None
    if since.tzinfo is None or not _list(ctx, ctx.scope if args.whose == "team" else _mine(ctx), since):
        raise Refused("card-moved-on")


def _mine(ctx: Context) -> Scope:
    """Narrow a manager's view to what they look after themselves; what has no owner is the team's."""
    return replace(ctx.mine, person=replace(ctx.me, role="rep"))


def _list(ctx: Context, scope: Scope, since: datetime) -> int:
    """Say the crossings since then, if there are any; give how many."""
    count = _count(ctx, scope, since)
    if count:
        crossings = _crossings(ctx, ctx.store.tier_moves.listed(scope, since, LISTED))
        title = ctx.t("tier-moves-title", count=count, day=ctx.t.day(since, ctx.zone, ctx.now))
        ctx.reply(moves_card(ctx, crossings, count, title))
    return count


def _count(ctx: Context, scope: Scope, since: datetime) -> int:
    return sum(ctx.store.tier_moves.count(scope, since, ctx.now).values())


def _crossings(ctx: Context, moves: Sequence[TierMove]) -> list[Crossing]:
    known = {customer.id: customer for customer in ctx.store.customers.by_ids([*{move.customer_id for move in moves}])}
    return [Crossing(move, known[move.customer_id], ctx.policy) for move in moves]


@router.part("day", 50)
def my_crossings(ctx: Context, span: Span) -> Iterable[Part]:
    """Tell what became of my customers since I was last told; told unasked, it is told."""
    moves = ctx.store.tier_moves.untold(ctx.mine.owners, MOST)
    if moves:
        yield _part(ctx, "crossings", moves, min(move.at for move in moves) - timedelta(microseconds=1), "mine")
    if span.is_unasked:
        ctx.store.tier_moves.told([move.id for move in moves], ctx.now)


@router.part("digest", 30)
def team_moves(ctx: Context, span: Span) -> Iterable[Part]:
    """Tell who of the team's customers crossed since the last digest."""
    moves = ctx.store.tier_moves.listed(ctx.scope, span.since, MOST)
    if moves:
        yield _part(ctx, "moves", moves, span.since, "team")


def _part(ctx: Context, name: str, moves: Sequence[TierMove], since: datetime, whose: str) -> Part:
    """Show the crossings that ask for something first: who is to be won back, who slipped, who rose."""
    crossings = sorted(_crossings(ctx, moves), key=lambda crossing: crossing.urgency)
    rest = Button(
        label=ctx.t(f"tier-all-{name}"), command="tier moves since", args={"after": since.isoformat(), "whose": whose}
    )

    def lines(start: int, stop: int) -> tuple[Row, ...]:
        return tuple(crossing.row(ctx, about=_about(ctx, crossing, whose)) for crossing in crossings[start:stop])

    tone: Tone = "warn" if any(crossing.is_lost for crossing in crossings) else "plain"
    return Part.turned(name, len(moves), lines, is_whole=len(moves) < MOST, rest=rest, tone=tone)


def _about(ctx: Context, crossing: Crossing, whose: str) -> Iterator[str]:
    """Say of which day it is if that is a while ago, and on a team's sheet whose customer it is."""
    if ctx.now - crossing.move.at > LATELY:
        yield on_day(ctx, crossing.move.at)
    owner = ctx.store.staff.get(crossing.customer.owner_id) if whose == "team" else None
    if owner is not None:
        yield owner.name
