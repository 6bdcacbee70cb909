"""Thread cards: what stands under a ticket's card of its customer's words, and in whose ears words there end up."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import Any, Final

from handlers import ticket_cards as cards
from handlers.attachments import files_of, labels, named
from handlers.cards import Button, Card, Quote
from handlers.context import Context
from handlers.late_words import LATE, lateness
from prompts.phrases import Phrases
from storage.contacts import Contact
from storage.entries import TAKEN_BACK, Entry
from storage.inbox import Event
from storage.messages import Kind, Message
from storage.tickets import Ticket
from storage.vault import vault

WORDS: Final = "words:"
ONE_BY_ONE = 10
"""So many messages of a customer within ten minutes stand one by one in the thread; further ones share cards."""
MOST_ON_A_CARD = 50
LONGEST_CARD = 2500
"""Characters of customers' words on one card; a Slack section takes 3,000."""


def mark_of(event: Event) -> str | None:
    """Name the platform's message that brought words, so that a correction of it is known; None where it has no id."""
    message = event.body.get("message")
    chat = event.body.get("place") or event.address
    return vault.blind(f"{event.channel}:{chat}:{message}") if message else None


def slot_for(ctx: Context, ticket: Ticket, contact: Contact) -> str:
    """Name the card for a customer's new words: the last one while it has not left, else one of their own.

    Whoever writes faster than anybody reads must not crowd others out of the team's channel. What was written before
    words that came a moment ago stands above them, on their card.
    """
    own, last = f"{WORDS}{ctx.event.id}", ctx.store.entries.newest_card(ticket.number)
    following = _written_next(ctx, ticket, contact)
    if following and not _is_full(ctx, ticket, following):
        return following
    if last is None or not last.startswith(WORDS):
        return own
    if not (_waits(ctx, ticket, last) or _writes_fast(ctx, contact)):
        return own
    there = ctx.store.entries.on_card(ticket.number, last)
    return own if _is_full(ctx, ticket, last) or there[-1].channel != ctx.event.channel else last


def _written_next(ctx: Context, ticket: Ticket, contact: Contact) -> str | None:
    """Name the card of what was written after words that come only now; not if it was begun long ago, and was read.

    Words that come later than that say when they were written.
    """
    place, since = str(ctx.event.body.get("sequence") or ""), ctx.now - LATE
    following = ctx.store.entries.written_next(contact.id, ctx.event.channel, place, since) if place else None
    if following is None or following.slot is None or following.ticket != ticket.number:
        return None
    begun = min(entry.at for entry in ctx.store.entries.on_card(ticket.number, following.slot))
    return following.slot if begun >= since else None


def is_followed(ctx: Context, ticket: Ticket, slot: str) -> bool:
    """Tell whether the words that are heard now stand above others on their card, which came before them."""
    place, there = ctx.event.body.get("sequence"), ctx.store.entries.on_card(ticket.number, slot)
    return bool(place and there and (there[-1].sequence or "") > str(place))


def _is_full(ctx: Context, ticket: Ticket, slot: str) -> bool:
    there = ctx.store.entries.on_card(ticket.number, slot)
    return len(there) >= MOST_ON_A_CARD or sum(len(entry.words) for entry in there) >= LONGEST_CARD


def _waits(ctx: Context, ticket: Ticket, slot: str) -> bool:
    """Tell whether a card is the last thing that is yet to be said in a ticket's thread."""
    place, thread = ctx.team_place(ticket.team), cards.slot_of(ticket.number)
    lane = Message("", place.channel, place.address, {}, Kind.CARD, thread=thread).lane
    return ctx.store.outbox.last_waiting(lane) == slot


def _writes_fast(ctx: Context, contact: Contact) -> bool:
    now = ctx.now
    since = now - timedelta(minutes=now.minute % 10, seconds=now.second, microseconds=now.microsecond)
    return ctx.store.entries.count_heard(contact.id, since) >= ONE_BY_ONE


def put(ctx: Context, ticket: Ticket, slot: str) -> Ticket:
    """Say a customer's words under the ticket's card, or edit the card on which they stand: the ticket's own, too."""
    there = ctx.store.entries.on_card(ticket.number, slot)
    if slot == cards.slot_of(ticket.number):
        ticket = ctx.store.tickets.change(ticket, words=words_on(ctx, ticket, slot))
        cards.show(ctx, ticket)
    elif there:
        cards.say_in_thread(ctx, ticket, words_card(ctx, ctx.team_phrases(ticket.team), there), slot=slot)
    return ticket


def words_on(ctx: Context, ticket: Ticket, slot: str) -> str:
    """Give the customer's words on one card as one piece; nothing of those that were taken back."""
    said = [entry for entry in ctx.store.entries.on_card(ticket.number, slot) if entry.state != TAKEN_BACK]
    t = ctx.team_phrases(None)
    return "\n".join(entry.words.strip() or labels(t, files_of(entry)) for entry in said)


def words_card(ctx: Context, t: Phrases, said: Sequence[Entry]) -> Card:
    """Show a customer's words with their name and channel; more than one message is read as one piece."""
    who = _who(ctx, t, said)
    files = tuple(file for entry in said for file in named(t, files_of(entry)))
    if len(said) == 1 and (alone := _without_words(ctx, t, said[0], who)):
        deeds = () if said[0].state == TAKEN_BACK else _deeds(t, said[0])
        return alone.model_copy(update={"files": files, "buttons": deeds, "footer": lateness(ctx, t, said)})
    words = "\n".join(_line(ctx, t, entry) for entry in said)
    edited = any(entry.corrections and entry.state != TAKEN_BACK for entry in said)
    footer = " · ".join(part for part in (t("thread-edited") if edited else "", lateness(ctx, t, said)) if part)
    return Card(quote=Quote(who=who, words=words), files=files, footer=footer, buttons=_deeds(t, said[0]))


def _deeds(t: Phrases, first: Entry) -> tuple[Button, ...]:
    """Offer to make a ticket of their own of words that joined one."""
    if not (first.ticket and first.slot):
        return ()
    args = {"number": first.ticket, "card": first.slot}
    return (Button(label=t("button-split"), command="ticket split", args=args),)


def _who(ctx: Context, t: Phrases, said: Sequence[Entry]) -> str:
    name = cards.name_of(t, ctx.store.contacts.get(said[0].contact_id))
    channel = cards.channel_name(t, said[0].channel)
    return t("thread-who", name=name, channel=channel, count=len(said))


def _without_words(ctx: Context, t: Phrases, entry: Entry, who: str) -> Card | None:
    if entry.state == TAKEN_BACK:
        return Card(text=cards.taken_back(ctx, t, entry, who))
    if not entry.words:
        return Card(text=t("thread-files", who=who, count=len(files_of(entry))))
    return None


def _line(ctx: Context, t: Phrases, entry: Entry) -> str:
    if entry.state == TAKEN_BACK:
        return cards.taken_back(ctx, t, entry, "none")
    return entry.words or f"📎 {labels(t, files_of(entry))}"


def end_mode(ctx: Context, ticket: Ticket) -> dict[str, Any]:
    """Keep a thread among us again if its words went to the customer; give what changes about the ticket."""
    if ticket.mode is None:
        return {}
    t = ctx.team_phrases(ticket.team)
    cards.say_in_thread(ctx, ticket, Card(text=t("thread-mode-ended"), tone="warn"))
    return {"mode": None}
