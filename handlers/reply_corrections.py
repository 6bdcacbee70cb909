"""Reply corrections: what a colleague changes or deletes in a ticket's thread follows its words, as far as they are."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from handlers import reply_cards
from handlers.cards import Card
from handlers.context import Context, Place, Refused
from handlers.routing import Router
from handlers.wordings import forget, keep_version
from storage.entries import TAKEN_BACK, Entry
from storage.messages import Message
from storage.posts import Post
from storage.tickets import Ticket

router = Router("reply corrections")


@router.on("colleague changed words")
def change(ctx: Context, facts: dict[str, Any]) -> None:
    """Keep a colleague's new wording; words for a customer leave with it, or are edited in the customer's chat."""
    entry, words = facts["entry"], str(facts["words"]).strip()
    ticket = _theirs(ctx, entry)
    if ticket is None or words == entry.words or not words:
        return
    sent = ctx.store.outbox.get(entry.key) if entry.flow == "out" else None
    if entry.flow == "out" and not _can_follow(ctx, entry, sent):
        raise Refused("reply-edit-late")
    keep_version(ctx, entry, words)
    if sent is not None:
        _follow(ctx, ticket, entry, sent, words)
    if line := _line(ctx):
        _stands(ctx, line, Card.model_validate(line.card).model_copy(update={"text": words}))


@router.on("colleague took words back")
def take_back(ctx: Context, facts: dict[str, Any]) -> None:
    """Forget a deleted note, and a reply that never reached anybody; say of one that did that it stands."""
    entry = facts["entry"]
    ticket = _theirs(ctx, entry)
    if ticket is None:
        return
    if entry.state == "delivered":
        raise Refused("reply-delete-late")
    forget(ctx, entry)
    if entry.flow == "out":
        _unsay(ctx, ticket, entry)
    if line := _line(ctx):
        files = Card.model_validate(line.card).files
        ctx.store.uploads.drop([file.ref for file in files if file.origin == ctx.event.channel])
        _stands(ctx, line, Card(footer=ctx.team_phrases(ticket.team)("thread-line-gone", by=ctx.me.name)))


def _unsay(ctx: Context, ticket: Ticket, entry: Entry) -> None:
    """Keep a reply from ever leaving, one that failed and may be tried again too."""
    if entry.state is None:
        ctx.note("reply unwanted", ticket=ticket, key=entry.key)
        return
    sent = ctx.store.outbox.get(entry.key)
    if sent is not None:
        ctx.store.outbox.drop([sent], "cancelled", "taken back", ctx.now)
    reply_cards.show(ctx, ticket, entry.key, "forgotten" if sent and sent.state == "unknown" else "undone")


def _line(ctx: Context) -> Post | None:
    """Find the words where they stand on pages of ours; other platforms have changed what stands there themselves."""
    slot = ctx.event.body.get("slot")
    line = ctx.store.posts.get(ctx.event.channel, str(ctx.event.body["place"]), str(slot)) if slot else None
    return line if line and line.flow == "in" and line.author == ctx.event.sender else None


def _stands(ctx: Context, line: Post, card: Card) -> None:
    ctx.store.posts.put([replace(line, card=card.kept(), changed=ctx.now)])


def _theirs(ctx: Context, entry: Entry) -> Ticket | None:
    """Find the ticket of somebody's own words, if they may still see it."""
    if entry.author != ctx.me.id or entry.state == TAKEN_BACK or not entry.ticket:
        return None
    return ctx.store.tickets.seen_by(ctx.scope, entry.ticket)


def _can_follow(ctx: Context, entry: Entry, sent: Message | None) -> bool:
    """Tell whether words can be changed where they are: on their way, or in a chat whose messages can be edited.

    Where a platform takes nothing but answers, what stands there stays as it is.
    """
    if sent is None or entry.state not in (None, "delivered"):
        return False
    return sent.state == "pending" or sent.channel not in ctx.around.windows


def _follow(ctx: Context, ticket: Ticket, entry: Entry, sent: Message, words: str) -> None:
    shown = Card.model_validate(sent.card).model_copy(update={"text": words, "said": (), "plain": False})
    if sent.state == "pending":
        ctx.store.outbox.rewrite(sent, shown.kept())
        reply_cards.show(ctx, ticket, entry.key, "sending")
        return
    place = Place(sent.channel, sent.address)
    key = f"correction:{ctx.event.id}:{entry.key}"
    ctx.say(place, shown, slot=sent.slot, receipt=True, key=key, guards=sent.guards)
    reply_cards.show(ctx, ticket, entry.key, "delivered" if entry.state else "sending")


@router.on("news of correction")
def report(ctx: Context, facts: dict[str, Any]) -> None:
    """Say in the thread that a correction did not reach the customer, who reads the old words."""
    key = str(facts["key"]).split(":", 2)[2]
    entry = ctx.store.entries.get(key)
    ticket = ctx.store.tickets.get(entry.ticket or "") if entry else None
    if ticket is not None and facts["state"] != "sent":
        reply_cards.show(ctx, ticket, key, "outdated", why=str(facts.get("error") or ""))
