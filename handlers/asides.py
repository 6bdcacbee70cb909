"""Asides: answers that leave the group in which somebody asked, so that nobody else reads them."""

from __future__ import annotations

from datetime import timedelta
from typing import Any, Final

from handlers.cards import Card
from handlers.context import Context, Place
from handlers.routing import Router
from storage.messages import Kind

router = Router("asides")
SAID_AGAIN: Final = timedelta(days=7)


@router.on("news of aside")
def say_where_it_was_asked(ctx: Context, facts: dict[str, Any]) -> None:
    """Say once in the group that somebody has to open their own chat with us, as what they asked is not for all."""
    _, _, address, thread = str(facts["key"]).split(":", 3)
    person = ctx.store.staff.at(str(facts["channel"]), str(facts["address"]))
    if facts["state"] == "sent" or person is None:
        return
    place, slot = Place(str(facts["channel"]), address), f"unheard:{person.id}"
    said = ctx.store.posts.get(place.channel, place.address, slot)
    if said is not None and ctx.now - said.changed < SAID_AGAIN:
        return
    ctx.store.posts.lift(place.channel, place.address, slot)
    bot = ctx.store.settings.get("telegram name")
    text = ctx.team_phrases(None)("aside-unheard", name=person.name, bot=f"@{bot}" if bot else "")
    ctx.say(place, Card(text=text, tone="warn"), Kind.CARD, slot=slot, thread=thread or None)
