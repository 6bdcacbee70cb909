"""Menus: the commands that a chat offers, in the language of whoever reads them there, not only of their app."""

from __future__ import annotations

from typing import Any, Final

from handlers.cards import Card, Choice
from handlers.context import Context, Place
from handlers.routing import Router
from prompts.phrases import phrases
from storage.messages import Kind

router = Router("menus")
CHANNELS: Final = frozenset({"telegram"})
"""Where every chat has a menu of its own; all others offer one for everybody, or none."""
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
    if ctx.event.channel not in CHANNELS:
        return
    t = phrases(language)
    allowed = [command for command in ctx.around.routes.allowed(role) if command.name not in HIDDEN]
    menu = tuple(Choice(value=command.name, label=t(command.key)) for command in allowed)
    ctx.say(Place(ctx.event.channel, ctx.event.address), Card(menu=menu), Kind.CARD, slot=SLOT)
