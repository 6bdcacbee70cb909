"""Reply cards: what stands in a ticket's thread about words that were sent to its customer, and how they fared."""

from __future__ import annotations

from typing import Final

from handlers import ticket_cards as cards
from handlers.attachments import files_of, labels
from handlers.cards import Button, Card, Quote, Tone
from handlers.context import Context
from prompts.phrases import Phrases, phrases
from storage.entries import Entry
from storage.messages import Kind
from storage.tickets import Ticket

TONES: Final[dict[str, Tone]] = {
    "delivered": "good",
    "failed": "alarm",
    "outdated": "alarm",
    "undone": "warn",
    "forgotten": "warn",
    "recalled": "warn",
    "stands": "alarm",
}
REASONS: Final = ("gone", "content", "auth", "expired", "moved")
"""What a channel or delivery names as the reason; all else is told as other."""


def show(ctx: Context, ticket: Ticket, key: str, state: str, *, why: str = "") -> None:
    """Say how a reply fares, on the card on which that was said before; to its author too who sits elsewhere."""
    entry = ctx.store.entries.get(key)
    if entry is None:
        return
    cards.say_in_thread(
        ctx, ticket, _card(ctx, ctx.team_phrases(ticket.team), ticket, entry, state, why), Kind.REPLY, slot=key
    )
    author = ctx.store.staff.get(entry.author)
    place = ctx.place_of(author) if author else None
    if author and place and place.channel != ctx.team_place(ticket.team).channel:
        ctx.say(place, _card(ctx, phrases(author.language), ticket, entry, state, why), Kind.REPLY, slot=key)


def _card(ctx: Context, t: Phrases, ticket: Ticket, entry: Entry, state: str, why: str) -> Card:
    footer, words = t(f"reply-{state}", why=_reason(why)), _words(t, entry)
    if words and entry.corrections and state != "outdated":
        footer = f"{footer} · {t('thread-edited')}"
    back = Button(label=t("button-undo"), command="ticket undo", args={"number": ticket.number, "key": entry.key})
    return Card(
        title=t("reply-title", by=_author(ctx, entry), to=name_of_customer(ctx, t, ticket)),
        quote=Quote(who=_author(ctx, entry), words=words) if words else None,
        footer=footer,
        tone=TONES.get(state, "plain"),
        buttons=(back,) if state == "sending" else (),
    )


def _words(t: Phrases, entry: Entry) -> str:
    files = files_of(entry)
    return "\n".join(part for part in (entry.words, f"📎 {labels(t, files)}" if files else "") if part)


def _reason(why: str) -> str:
    name = why.partition(":")[0]
    return name if name in REASONS else "other"


def _author(ctx: Context, entry: Entry) -> str:
    author = ctx.store.staff.get(entry.author)
    return author.name if author else "?"


def name_of_customer(ctx: Context, t: Phrases, ticket: Ticket) -> str:
    """Name whom a ticket's replies are for."""
    return cards.name_of(t, ctx.store.contacts.get(ticket.contact_id))
