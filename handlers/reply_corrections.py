"""Reply corrections: what a colleague changes or deletes in a ticket's thread follows its words, as far as they are."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from handlers import reply_cards
from handlers.cards import Card
from handlers.context import Context, Place, Refused
from handlers.routing import Router
from handlers.wordings import forget, keep_version
from prompts.phrases import phrases
from storage.entries import RECALLING, TAKEN_BACK, Entry
from storage.messages import Kind, Message
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
    """Forget a deleted note, and a reply that never reached anybody; ask one that did back, where its channel lets us."""
    entry = facts["entry"]
    ticket = _theirs(ctx, entry)
    if ticket is None:
        return
    if entry.state == "delivered" or _is_leaving(ctx, entry):
        _ask_back(ctx, ticket, entry)
    else:
        forget(ctx, entry)
        _unsay(ctx, ticket, entry)
    if line := _line(ctx):
        files = Card.model_validate(line.card).files
        ctx.store.uploads.drop([file.ref for file in files if file.origin == ctx.event.channel])
        _stands(ctx, line, Card(footer=ctx.team_phrases(ticket.team)("thread-line-gone", by=ctx.me.name)))


def _unsay(ctx: Context, ticket: Ticket, entry: Entry) -> None:
    """Keep a reply from ever leaving, one that failed and may be tried again too."""
    if entry.flow != "out":
        return
    if entry.state is None:
        ctx.note("reply unwanted", ticket=ticket, key=entry.key)
        return
    sent = ctx.store.outbox.get(entry.key)
    if sent is not None:
        ctx.store.outbox.drop([sent], "cancelled", "taken back", ctx.now)
    reply_cards.show(ctx, ticket, entry.key, "forgotten" if sent and sent.state == "unknown" else "undone")


def _is_leaving(ctx: Context, entry: Entry) -> bool:
    """Tell whether a reply is on the wire, or left it and we are yet to hear how it fared."""
    sent = ctx.store.outbox.get(entry.key) if entry.flow == "out" and entry.state is None else None
    return sent is not None and sent.state in ("sending", "sent")


def _ask_back(ctx: Context, ticket: Ticket, entry: Entry) -> None:
    """Let a reply vanish where the customer reads it, or once they do; its words are kept until it is known that it did."""
    sent = ctx.store.outbox.get(entry.key)
    if sent is None or not _can_vanish(ctx, entry, sent):
        raise Refused("reply-delete-late")
    ctx.store.entries.mark(entry.key, RECALLING)
    if entry.state == "delivered":
        _recall(ctx, ticket, entry, sent)
    reply_cards.show(ctx, ticket, entry.key, "recalling")


def _can_vanish(ctx: Context, entry: Entry, sent: Message) -> bool:
    """Tell whether a platform lets us take a message back; from a chat that is closed to us nothing can be."""
    span = ctx.around.recalls.get(sent.channel)
    is_closed = ctx.store.contacts.is_closed(sent.channel, sent.address)
    return span is not None and ctx.now - entry.at < span and not is_closed


def _recall(ctx: Context, ticket: Ticket, entry: Entry, sent: Message) -> None:
    customer = ctx.store.contacts.get(ticket.contact_id)
    t = phrases(customer.language if customer else ctx.policy.company.language)
    gone = Card(footer=t("reply-gone"), recalled=True, said=tuple(sent.card.get("said", ())))
    place = Place(sent.channel, sent.address)
    ctx.say(place, gone, slot=sent.slot, receipt=True, key=f"recall:{ctx.event.id}:{entry.key}")


@router.on("reply asked back")
def take_back_at_last(ctx: Context, facts: dict[str, Any]) -> None:
    """Take back a reply that was on the wire as its author deleted it, now that it is known how it fared."""
    ticket, entry = facts["ticket"], facts["entry"]
    sent = ctx.store.outbox.get(entry.key)
    if facts["arrived"] and sent is not None:
        ctx.store.entries.mark(entry.key, RECALLING)
        _recall(ctx, ticket, entry, sent)
        reply_cards.show(ctx, ticket, entry.key, "recalling")
    else:
        forget(ctx, entry)
        _unsay(ctx, ticket, replace(entry, state="failed"))


@router.on("news of recall")
def report_recall(ctx: Context, facts: dict[str, Any]) -> None:
    """Forget words that vanished; tell whoever believes that they did that the customer still reads them."""
    entry, ticket = _meant(ctx, facts)
    if entry is None or ticket is None:
        return
    if facts["state"] == "sent":
        forget(ctx, entry)
        reply_cards.show(ctx, ticket, entry.key, "recalled")
        return
    ctx.store.entries.mark(entry.key, "delivered")
    reply_cards.show(ctx, ticket, entry.key, "stands")
    author = ctx.store.staff.get(entry.author)
    if author is not None:
        t = phrases(author.language)
        title, text = (
            t("reply-title", by=author.name, to=reply_cards.name_of_customer(ctx, t, ticket)),
            t("reply-stands"),
        )
        ctx.tell(author, Card(title=title, text=text, tone="alarm"), Kind.ESCALATION)


def _meant(ctx: Context, facts: dict[str, Any]) -> tuple[Entry | None, Ticket | None]:
    """Find the reply, and its ticket, that a correction or recall was about."""
    entry = ctx.store.entries.get(str(facts["key"]).split(":", 2)[2])
    return entry, ctx.store.tickets.get(entry.ticket or "") if entry else None


def _line(ctx: Context) -> Post | None:
    """Find the words where they stand on pages of ours; other platforms have changed what stands there themselves."""
    slot = ctx.event.body.get("slot")
    line = ctx.store.posts.get(ctx.event.channel, str(ctx.event.body["place"]), str(slot)) if slot else None
    return line if line and line.flow == "in" and line.author == ctx.event.sender else None


def _stands(ctx: Context, line: Post, card: Card) -> None:
    ctx.store.posts.put([replace(line, card=card.kept(), changed=ctx.now)])


def _theirs(ctx: Context, entry: Entry) -> Ticket | None:
    """Find the ticket of somebody's own words, if they may still see it."""
    if entry.author != ctx.me.id or entry.state in (TAKEN_BACK, RECALLING) or not entry.ticket:
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
    entry, ticket = _meant(ctx, facts)
    if entry is None or ticket is None:
        return
    if facts["state"] != "sent":
        reply_cards.show(ctx, ticket, entry.key, "outdated", why=str(facts.get("error") or ""))
    else:
        _know_where_it_stands(ctx, str(facts["key"]), entry.key)


def _know_where_it_stands(ctx: Context, correction: str, key: str) -> None:
    """Remember the messages that a longer wording filled with the reply's own: all of them go if it is taken back."""
    new, sent = ctx.store.outbox.get(correction), ctx.store.outbox.get(key)
    if new is not None and sent is not None and "said" in new.card:
        said = dict.fromkeys([*sent.card.get("said", ()), *new.card["said"]])
        ctx.store.outbox.rewrite(sent, sent.card | {"said": list(said)})
