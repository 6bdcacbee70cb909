"""Outreach: a draft for one contact from the facts on record; nothing leaves without a person's yes."""

from __future__ import annotations

from typing import Any

from handlers.context import Context, Refused
from handlers.draft_asking import ask, writer_of_a_new_draft
from handlers.draft_cards import show
from handlers.draft_facts import purpose_label
from handlers.draft_finding import decided, open_draft, visible_draft
from handlers.draft_making import Letter, fitting_purpose, make, reachable, refused
from handlers.draft_sending import UNDECIDED, changed, leave, message_key, permitted, unasked
from handlers.draft_words import DraftWords, MakeDraft, OneDraft, Wish, wish_of
from handlers.finding import customer_ahead
from handlers.occasion_drafts import on_its_day
from handlers.routing import Router
from prompts.drafting import OPENINGS
from storage.drafts import Draft
from storage.rows import Conflict

__all__ = ["message_key", "router"]

router = Router("outreach")


@router.command("draft", MakeDraft)
def draft(ctx: Context, args: MakeDraft) -> None:
    """Write a draft for one contact of a customer, and show it with the facts it was made from."""
    customer, rest = customer_ahead(ctx, args.customer)
    wish = _wish(ctx, rest)
    contact, _ = reachable(ctx, customer, ctx.me)
    purpose = args.purpose or wish.purpose or fitting_purpose(ctx, customer, contact, ctx.me)
    tone, length = args.tone or wish.tone, args.length or wish.length
    made = make(ctx, customer, contact, Letter(purpose, ctx.me, tone, length, writer=writer_of_a_new_draft(ctx)))
    if not isinstance(made, Draft):
        raise refused(ctx, made, customer, contact, purpose)
    show(ctx, made)
    ask(ctx, made)


def _wish(ctx: Context, words: str) -> Wish:
    """Read what a draft is for and how it is to sound from the words behind the name; none leaves it to the facts."""
    wish = wish_of(words)
    if wish.rest:
        known = ", ".join(purpose_label(ctx.t, known) for known in OPENINGS)
        raise Refused("draft-purpose-unknown", line=wish.rest[:40], known=known)
    return wish


@router.command("draft edit", DraftWords, hidden=True)
def edit(ctx: Context, args: DraftWords) -> None:
    """Change an open draft's words; the first ones are kept beside them."""
    found = open_draft(ctx, args.draft)
    if args.words == found.words.strip() and found.writer != "asked":
        show(ctx, found)
        return
    writer = "model-edited" if found.writer.startswith("model") else "edited"
    show(ctx, _by_person(ctx, found, words=args.words, writer=writer))


@router.command("draft drop", OneDraft, hidden=True)
def drop(ctx: Context, args: OneDraft) -> None:
    """Drop a draft."""
    found = open_draft(ctx, args.draft)
    values = unasked(found) | {"state": "dropped", "decided_by": ctx.me.id, "decided_at": ctx.now}
    show(ctx, _by_person(ctx, found, **values), "draft-dropped", who=ctx.me.name, when=ctx.now)


@router.command("draft send", OneDraft, hidden=True)
def send(ctx: Context, args: OneDraft) -> None:
    """Send a draft in my name: after the time to think again, and not into the contact's night."""
    found = open_draft(ctx, args.draft)
    asked, customer, contact, earliest = permitted(ctx, found, on_its_day(ctx, found))
    if asked.obstacle is not None:
        raise refused(ctx, asked.obstacle, customer, contact, found.purpose)
    try:
        sent = leave(ctx, found, contact, asked.at)
    except Conflict:
        raise decided(ctx, ctx.store.drafts.get(found.id) or found) from None
    state = "draft-leaving-quiet" if asked.at > earliest else "draft-leaving"
    show(ctx, sent, state, undo=True, who=ctx.me.name, when=asked.at)


@router.command("draft undo", OneDraft, hidden=True)
def undo(ctx: Context, args: OneDraft) -> None:
    """Take back what has not left yet; the draft is open again."""
    found = visible_draft(ctx, args.draft)
    if found.state != "sent" or not ctx.store.outbox.cancel(message_key(found), now=ctx.now):
        raise Refused("draft-left-already")
    ctx.store.entries.mark(message_key(found), "undone")
    show(ctx, changed(ctx, found, **UNDECIDED), "draft-undone", who=ctx.me.name)


def _by_person(ctx: Context, found: Draft, **values: Any) -> Draft:
    """Change a draft for the person who acts, unless somebody was quicker; then say who.

    Raises:
        Refused: somebody decided about it meanwhile.
    """
    try:
        return changed(ctx, found, **values)
    except Conflict:
        raise decided(ctx, ctx.store.drafts.get(found.id) or found) from None
