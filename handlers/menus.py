"""Menus: the commands that a chat offers, in the language of whoever reads them there, not only of their app."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Final

from handlers.cards import Card, Choice
from handlers.context import Context, Place
from handlers.routing import STAFF, Command, Router
from prompts.phrases import phrases
from scheduler.rules.menus import CHANNELS, OFFERED
from storage.messages import Kind

router = Router("menus")
HIDDEN: Final = frozenset({"start"})
"""The app offers it by itself, as a button."""
SLOT: Final = "menu"


@router.on("language learned")
def offer_again(ctx: Context, facts: dict[str, Any]) -> None:
    """Let the menu of this chat follow the language that is on record, whatever the app's is."""
    _offer(ctx, str(facts["language"]), ctx.staff.role if ctx.staff else "customer")


@router.on("chat met")
def offer_if_other(ctx: Context, facts: dict[str, Any]) -> None:
    """Set a menu only where the one for everybody, which follows the app's language, reads otherwise."""
    if facts["language"] != (ctx.event.body.get("language") or "en"):
        _offer(ctx, str(facts["language"]), "customer")


def _offer(ctx: Context, language: str, role: str) -> None:
    if ctx.event.channel in CHANNELS:
        card = _card(ctx.around.routes.allowed(role), language)
        ctx.say(Place(ctx.event.channel, ctx.event.address), card, Kind.CARD, slot=SLOT)


def _card(allowed: Iterable[Command], language: str) -> Card:
    t = phrases(language)
    shown = [command for command in allowed if command.name not in HIDDEN]
    return Card(menu=tuple(Choice(value=command.name, label=t(command.key)) for command in shown))


@router.on("team menus due")
def offer_to_teams(ctx: Context, facts: dict[str, Any]) -> None:
    """Let each place where a team works offer what all colleagues may do; a place that is theirs no longer is as any."""
    wanted: dict[str, str] = facts["places"]
    known: dict[str, str] = ctx.store.settings.get(OFFERED) or {}
    everyones = [command for command in ctx.around.routes.allowed("rep") if command.who >= STAFF]
    for place, language in wanted.items():
        if known.get(place) != language and not _is_customers(ctx, place):
            _offer_at(ctx, place, _card(everyones, language))
    for place in known.keys() - wanted.keys():
        _offer_at(ctx, place, Card(menu=()))
    ctx.store.settings.set(OFFERED, wanted)


def _is_customers(ctx: Context, place: str) -> bool:
    channel, _, address = place.partition(":")
    return ctx.store.groups.at(channel, address) is not None


def _offer_at(ctx: Context, place: str, card: Card) -> None:
    channel, _, address = place.partition(":")
    ctx.say(Place(channel, address), card, Kind.CARD, slot=SLOT, key=f"{SLOT}:{ctx.event.id}.{len(ctx.said)}")


@router.on("news of menu")
def note_failure(ctx: Context, facts: dict[str, Any]) -> None:
    """Write down that a team's menu could not be set, so that it is tried again; nothing else depends on it."""
    place, offered = f"{facts['channel']}:{facts['address']}", ctx.store.settings.get(OFFERED) or {}
    if facts["state"] != "sent" and place in offered:
        ctx.store.settings.set(OFFERED, offered | {place: ""})
