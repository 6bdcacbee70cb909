"""Corrections: customers' words that were changed or taken back; both versions are kept, and shown where they stand."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, Final

from handlers import thread_cards
from handlers import ticket_cards as cards
from handlers.context import Context
from handlers.joining import BY_WEIGHT, HEAVIEST, kind_of, outweighs
from handlers.routing import Router
from handlers.ticket_people import amend, amend_owner
from prompts.reader.reading import Intent, Reading
from storage.contacts import Contact
from storage.entries import TAKEN_BACK, Entry
from storage.tickets import OVER, Ticket

router = Router("corrections")

WISHES: Final = frozenset(intent for intent, _ in BY_WEIGHT) | HEAVIEST.keys()
VERSIONS: Final = 20
"""So many earlier versions are kept, the very first among them."""


@router.on("words changed")
def change(ctx: Context, facts: dict[str, Any]) -> None:
    """Hear what somebody's words say now; a colleague's are another matter, and what was a command is not run again."""
    entry, words = _meant(ctx), str(facts["text"])
    if ctx.staff is not None:
        if entry is not None:
            ctx.note("colleague changed words", entry=entry, words=words)
    elif entry is None:
        if not words.lstrip().startswith("/"):
            ctx.note("customer words", **facts)  # the first version never reached us, or comes after this one
    elif _is_theirs(ctx, entry) and entry.state != TAKEN_BACK and entry.words != words:
        _reword(ctx, entry, words)


@router.on("words taken back")
def take_back(ctx: Context, _: object) -> None:
    """Forget what somebody took back; that it was said, by whom and when, stays."""
    entry = _meant(ctx)
    if entry is None or entry.state == TAKEN_BACK:
        return
    if ctx.staff is not None:
        ctx.note("colleague took words back", entry=entry)
    elif _is_theirs(ctx, entry):
        forget(ctx, entry)
        ctx.store.feedback.reword(entry.key, entry.contact_id, "")
        _show(ctx, entry)


def _meant(ctx: Context) -> Entry | None:
    message = thread_cards.mark_of(ctx.event)
    return ctx.store.entries.by_message(message) if message else None


def _is_theirs(ctx: Context, entry: Entry) -> bool:
    return entry.flow == "in" and ctx.contact is not None and ctx.contact.id in (entry.author, entry.contact_id)


def forget(ctx: Context, entry: Entry) -> None:
    """Keep of words only that they were there."""
    gone = [{"until": ctx.now.isoformat()}]
    ctx.store.entries.change(entry.key, words="", files=None, corrections=gone, state=TAKEN_BACK)


def keep_version(ctx: Context, entry: Entry, words: str) -> Entry:
    """Let words say something else; what they said before is kept with them."""
    versions = [*(entry.corrections or []), {"words": entry.words, "until": ctx.now.isoformat()}]
    kept = versions if len(versions) <= VERSIONS else [versions[0], *versions[1 - VERSIONS :]]
    ctx.store.entries.change(entry.key, words=words, corrections=kept)
    return replace(entry, words=words, corrections=kept)


def _reword(ctx: Context, entry: Entry, words: str) -> None:
    """Keep both versions and show the new one; only a wish that it adds is answered."""
    before = entry.words
    entry = keep_version(ctx, entry, words)
    ctx.store.feedback.reword(entry.key, entry.contact_id, words)
    ticket = _show(ctx, entry)
    contact = ctx.contact
    if contact is None:
        return
    old, new = ctx.around.reader.read(before), ctx.around.reader.read(words)
    added = {intent for intent in new.sure if intent not in old.sure}
    if Intent.OPT_OUT in added:
        ctx.note("opt out wanted", contact=contact, method="words")
    if added & WISHES:
        _heed(ctx, entry, contact, replace(new, intents=tuple(s for s in new.intents if s.intent in added)), ticket)


def _heed(ctx: Context, entry: Entry, contact: Contact, reading: Reading, ticket: Ticket | None) -> None:
    """Do what a correction newly asks for: on its ticket while that is worked on, else as a new one."""
    ctx.note("customer wrote", contact=contact.id)
    feedback = {"contact": contact, "words": entry.words, "reading": reading, "source": entry.key}
    if ticket is None or ticket.status in OVER:
        wish = {"contact": contact, "type": kind_of(reading) or "other", "words": entry.words}

        def opened(new: Ticket) -> None:
            ctx.store.entries.belongs(entry.key, new.number, cards.slot_of(new.number))

        ctx.note("ticket wanted", **wish, urgency=reading.urgency, opened=opened)
    else:
        _turn(ctx, entry, contact, reading, ticket)
    ctx.note("feedback heard", **feedback, ticket=ticket.number if ticket else None)


def _turn(ctx: Context, entry: Entry, contact: Contact, reading: Reading, ticket: Ticket) -> None:
    """Let the ticket of corrected words be about what they say now, and be open."""
    if heavier := outweighs(reading, ticket):
        ctx.note("ticket outweighed", number=ticket.number, contact=contact, type=heavier)
    if ticket.status == "resolved":
        ctx.note("ticket unsolved", ticket=ticket, words=entry.words)
        ctx.reply(ctx.t("customer-asked-again", number=ticket.number))


def _show(ctx: Context, entry: Entry) -> Ticket | None:
    """Bring the cards up to date on which colleagues read these words; give their ticket."""
    ticket = ctx.store.tickets.get(entry.ticket) if entry.ticket else None
    if entry.slot is None:
        return ticket
    now = ctx.store.entries.get(entry.key)
    words = now.words if now else ""
    if ticket is None:
        _amend_praise(ctx, entry, entry.slot, words)
    elif entry.slot == cards.slot_of(ticket.number):
        ticket = ctx.store.tickets.change(ticket, words=words)
        cards.show(ctx, ticket)
    else:
        thread_cards.put(ctx, ticket, entry.slot)
    if ticket is not None:
        amend_owner(ctx, ticket, entry.slot, words)
    return ticket


def _amend_praise(ctx: Context, entry: Entry, slot: str, words: str) -> None:
    """Bring up to date what was passed on without a ticket: to whoever looks after the customer, or to a team."""
    customer = ctx.store.customers.get(entry.customer_id)
    owner = ctx.store.staff.stand_in(ctx.store.staff.get(customer.owner_id), ctx.now) if customer else None
    team = ctx.policy.routes.team_for("feedback")
    for place in (ctx.place_of(owner) if owner else None, ctx.team_place(team.name if team else None)):
        if place is not None:
            amend(ctx, place, slot, words)
