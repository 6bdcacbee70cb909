"""Digests: what a manager has to know and decide, each morning and whenever they ask."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, time, timedelta
from typing import Any

from handlers.cards import Card
from handlers.context import Context
from handlers.digest_cards import digest_of, needs, needs_card, own, promises, waiting
from handlers.digest_numbers import cadence, good_news, kept_facts, numbers
from handlers.morning_cards import say
from handlers.parts import Span
from handlers.routing import MANAGERS, Router
from prompts.phrases import zone_named
from scheduler.policy.calendars import moment
from storage.messages import Kind
from storage.staff import Person

router = Router("digests")
_PARTS = ((10, needs), (15, own), (20, promises), (40, cadence), (60, waiting), (70, numbers), (80, good_news))
for _place, _make in _PARTS:
    router.part("digest", _place)(_make)


@router.on("digest wanted")
def say_digest(ctx: Context, facts: dict[str, Any]) -> None:
    """Say a morning's digest to the person whose morning it is, and keep the numbers that it says."""
    person: Person = facts["person"]
    morning = ctx.store.mornings.get(facts["morning"])
    if morning is None:
        return
    own = replace(ctx, staff=person, contact=None)
    digest = digest_of(own, Span(morning.since, is_unasked=True))
    say(own, person, digest.card, str(facts["slot"]))
    place = own.place_of(person)
    if digest.picture and place:
        own.say(place, Card(picture=digest.picture), Kind.REMINDER, slot=f"digest picture:{morning.id}")
    ctx.store.mornings.keep(morning.id, digest=kept_facts(digest.facts, morning.since, ctx.now))


@router.command("digest", who=MANAGERS)
def show_digest(ctx: Context, _: object) -> None:
    """Show what happened since my last digest and what I have to decide."""
    digest = digest_of(ctx, Span(last_told(ctx)))
    ctx.reply(digest.card)
    if digest.picture:
        ctx.reply(Card(picture=digest.picture))


def last_told(ctx: Context) -> datetime:
    """Tell since when things are news to the person who acts: their last morning; without any, yesterday's midnight."""
    morning = ctx.store.mornings.latest(ctx.me.id)
    if morning is not None:
        return morning.said_at
    zone = zone_named(ctx.zone)
    return moment(zone, ctx.now.astimezone(zone).date() - timedelta(days=1), time())


@router.command("digest needs", who=MANAGERS, hidden=True)
def show_needs(ctx: Context, _: object) -> None:
    """Show everything that waits for my decision."""
    ctx.reply(needs_card(ctx) or Card(text=ctx.t("digest-nothing")))
