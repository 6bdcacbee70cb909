"""Morning cards: where somebody's morning stands, and how it is said so that a failure never stays silent."""

from __future__ import annotations

from datetime import date

from handlers.cards import Card
from handlers.context import Context
from storage.messages import Kind
from storage.staff import Person


def slot_of(person_id: str, day: date) -> str:
    """Name the card of somebody's morning; its message keys begin with it, so that `news of morning` hears of them."""
    return f"morning:{person_id}:{day:%Y%m%d}"


def say(ctx: Context, person: Person, card: Card, slot: str, kind: Kind = Kind.REMINDER) -> None:
    """Say a morning, or say it anew on its card; at the fallback place if there is no way to the person."""
    if not ctx.tell(person, card, kind, slot=slot, key=f"{slot}:{ctx.event.id}"):
        say_at_fallback(ctx, person, card, slot)


def say_at_fallback(ctx: Context, person: Person, card: Card, slot: str) -> None:
    """Say where messages go that reach nobody whose morning this is."""
    unreached = ctx.team_phrases(None)("morning-unreached", name=person.name)
    text = "\n".join(part for part in (unreached, card.text) if part)
    ctx.say(ctx.team_place(None), card.model_copy(update={"text": text}), Kind.REMINDER, slot=slot)
