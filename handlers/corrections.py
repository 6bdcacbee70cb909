"""Corrections: customers' words that were changed or taken back; both versions are kept, and shown where they stand.

A correction may come before its message, or after a newer one: `handlers/wordings.py` says which stands.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any, Final

from handlers import thread_cards
from handlers import ticket_cards as cards
from handlers.context import Context, Refused
from handlers.joining import BY_WEIGHT, HEAVIEST, kind_of, outweighs
from handlers.routing import Router
from handlers.ticket_people import amend, amend_owner
from handlers.wordings import confirm, forget, forget_ahead, is_outdated, keep_older, keep_version
from prompts.reader.reading import Intent, Reading
from storage.contacts import Contact
from storage.entries import TAKEN_BACK, Entry
from storage.tickets import OVER, Ticket

router = Router("corrections")

WISHES: Final = frozenset(intent for intent, _ in BY_WEIGHT) | HEAVIEST.keys()


@router.on("words changed")
def change(ctx: Context, facts: dict[str, Any]) -> None:
    """Hear what somebody's words say now; a colleague's are another matter, and what was a command is not run again."""
    entry, words = _meant(ctx), str(facts["text"])
    if entry is None:
        _refuse_what_is_not_kept(ctx)
        _hear_first(ctx, words, facts)
    elif not _is_theirs(ctx, entry) or entry.state == TAKEN_BACK:
        return
    elif is_outdated(ctx, entry):
        keep_older(ctx, entry, words)
    elif entry.words == words:
        confirm(ctx, entry)
    elif ctx.staff is not None:
        ctx.note("colleague changed words", entry=entry, words=words)
    else:
        _reword(ctx, entry, words)


def _refuse_what_is_not_kept(ctx: Context) -> None:
    """Say to a colleague that a line on a page of ours is neither a note nor a reply; it stands there as it came."""
    if ctx.staff is not None and ctx.event.body.get("slot"):
        raise Refused("words-not-kept")


def _is_kept(ctx: Context, facts: dict[str, Any]) -> bool:
    """Tell whether words would be kept that come there: all of a customer's, a colleague's in a thread alone."""
    return ctx.staff is None or bool(facts.get("thread"))


def _hear_first(ctx: Context, words: str, facts: dict[str, Any]) -> None:
    """Hear words whose first version never reached us, or comes after this one."""
    if words.lstrip().startswith("/"):
        return
    if _is_kept(ctx, facts):
        ctx.note("thread words" if ctx.staff else "customer words", **facts)


@router.on("words taken back")
def take_back(ctx: Context, facts: dict[str, Any]) -> None:
    """Forget what somebody took back; that it was said, by whom and when, stays."""
    entry, message = _meant(ctx), thread_cards.mark_of(ctx.event)
    if entry is None and message:
        _refuse_what_is_not_kept(ctx)
        if _is_kept(ctx, facts):
            forget_ahead(ctx, message)
    elif entry is None or entry.state == TAKEN_BACK or not _is_theirs(ctx, entry):
        return
    elif ctx.staff is not None:
        ctx.note("colleague took words back", entry=entry)
    else:
        forget(ctx, entry)
        ctx.store.feedback.reword(entry.key, entry.contact_id, "")
        _show(ctx, entry)


def _meant(ctx: Context) -> Entry | None:
    message = thread_cards.mark_of(ctx.event)
    return ctx.store.entries.by_message(message) if message else None


def _is_theirs(ctx: Context, entry: Entry) -> bool:
    if ctx.staff is not None:
        return entry.author == ctx.staff.id
    return entry.flow == "in" and ctx.contact is not None and ctx.contact.id in (entry.author, entry.contact_id)


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
    if ticket is None:
        now = ctx.store.entries.get(entry.key)
        _amend_praise(ctx, entry, entry.slot, now.words if now else "")
        return None
    ticket = thread_cards.put(ctx, ticket, entry.slot)
    amend_owner(ctx, ticket, entry.slot, thread_cards.words_on(ctx, ticket, entry.slot))
    return ticket


def _amend_praise(ctx: Context, entry: Entry, slot: str, words: str) -> None:
    """Bring up to date what was passed on without a ticket: to whoever looks after the customer, or to a team."""
    customer = ctx.store.customers.get(entry.customer_id)
    owner = ctx.store.staff.stand_in(ctx.store.staff.get(customer.owner_id), ctx.now) if customer else None
    team = ctx.policy.routes.team_for("feedback")
    for place in (ctx.place_of(owner) if owner else None, ctx.team_place(team.name if team else None)):
        if place is not None:
            amend(ctx, place, slot, words)
