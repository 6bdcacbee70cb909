"""Threads: what colleagues say under a ticket's card stays among us, unless somebody set the thread to reply."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from handlers import ticket_cards as cards
from handlers.attachments import came_with, kept, named
from handlers.cards import Attachment, Card, Quote, Topic
from handlers.context import Context, Place, Refused
from handlers.joining import NUMBER
from handlers.late_words import lateness_now
from handlers.routing import Router
from handlers.thread_cards import mark_of
from handlers.ticket_finding import find_ticket, workable
from handlers.ticket_words import TicketMode, TicketWords
from handlers.wordings import came_after_its_correction
from storage.messages import Kind
from storage.posts import Post, topic_of
from storage.tickets import Ticket

router = Router("threads")


@router.on("thread words")
def talk(ctx: Context, facts: dict[str, Any]) -> None:
    """Hear what colleagues say under a ticket's card: internal, whatever it says, unless its thread is set to reply."""
    thread = str(facts["thread"])
    if not thread.startswith("ticket:"):
        return
    words, files = str(facts["text"]), came_with(facts)
    if came_after_its_correction(ctx, mark_of(ctx.event), words):
        return
    ticket = find_ticket(ctx, thread.removeprefix("ticket:"))
    if ticket.mode:
        ctx.note("reply wanted", ticket=ticket, words=words)
    else:
        more = {"message": mark_of(ctx.event), "files": kept(files)}
        cards.remember(ctx, ticket, "internal", words, f"thread:{ctx.event.id}", **more)


@router.on("topic lost")
def find_another(ctx: Context, facts: dict[str, Any]) -> None:
    """Say a ticket's card anew whose topic somebody deleted, for what is said under it; an old place stays empty."""
    number = str(facts["thread"]).removeprefix("ticket:")
    ticket = ctx.store.tickets.get(number)
    if ticket is not None and Place.read(str(facts["place"])) == ctx.team_place(ticket.team):
        cards.show(ctx, ticket)


@router.on("topic astray")
def close_stray(ctx: Context, facts: dict[str, Any]) -> None:
    """Close a topic that was opened and never noted, and say to whoever wrote there where its ticket goes on."""
    called = str(facts["called"])
    named = NUMBER.search(called)
    ticket = ctx.store.tickets.get(named[0]) if named else None
    number, t = ticket.number if ticket else "none", ctx.team_phrases(ticket.team if ticket else None)
    _rename(ctx, facts, Topic(name=t("ticket-topic-stray", number=number), closed=True))
    ctx.reply(Card(text=ctx.t("ticket-topic-strayed", called=called, number=number), tone="warn"))


def _rename(ctx: Context, facts: dict[str, Any], topic: Topic) -> None:
    """Let a topic that stands nowhere on record be called and closed as any other of ours."""
    place, slot = Place(ctx.event.channel, str(facts["place"])), topic_of(f"stray:{facts['topic']}")
    if ctx.store.posts.get(place.channel, place.address, slot) is None:
        stands = {"topic": {"name": facts["called"]}}
        about: dict[str, Any] = {"card": stands, "at": ctx.now, "changed": ctx.now, "provider_id": facts["topic"]}
        ctx.store.posts.put([Post(place.channel, place.address, slot, **about)])
    ctx.say(place, Card(topic=topic), Kind.CARD, slot=slot)


@router.command("ticket mode", TicketMode)
def set_mode(ctx: Context, args: TicketMode) -> None:
    """Let a thread's words go to the customer from now on, or keep them among us; everybody there is told."""
    ticket = workable(ctx, args.number)
    if args.mode == (ticket.mode or "internal"):
        raise Refused(f"ticket-mode-{args.mode}-already", number=ticket.number)
    reached = cards.contact_of(ctx, ticket)
    if args.mode == "reply" and (ticket.status == "resolved" or reached is None):
        raise Refused("ticket-unreachable" if ticket.status != "resolved" else "ticket-mode-solved", number=args.number)
    ticket = ctx.store.tickets.change(ticket, mode="reply" if args.mode == "reply" else None)
    ctx.store.tickets.note(ticket.number, ctx.me.id, "mode", ctx.now, mode=args.mode)
    cards.show(ctx, ticket)
    t = ctx.team_phrases(ticket.team)
    name = cards.name_of(t, ctx.store.contacts.get(ticket.contact_id))
    warning = Card(
        text=t(f"thread-mode-{args.mode}", by=ctx.me.name, name=name),
        tone="warn",
        buttons=(cards.mode_button(ticket, t),) if ticket.mode else (),
    )
    cards.say_in_thread(ctx, ticket, warning)


@router.command("ticket note", TicketWords)
def note(ctx: Context, args: TicketWords) -> None:
    """Write an internal note into the ticket's thread, whatever the thread is set to."""
    ticket = find_ticket(ctx, args.number)
    _note(ctx, ticket, args.words, came_with(ctx.event.body))
    ctx.reply(ctx.t("ticket-noted", number=ticket.number))


@router.on("note wanted")
def note_files(ctx: Context, facts: dict[str, Any]) -> None:
    """Put files that were handed over for a ticket into its thread."""
    _note(ctx, facts["ticket"], str(facts["words"]), facts["files"])


def _note(ctx: Context, ticket: Ticket, words: str, files: Sequence[Attachment]) -> None:
    cards.remember(ctx, ticket, "internal", words, f"thread:{ctx.event.id}", files=kept(files))
    t = ctx.team_phrases(ticket.team)
    if words or not files:
        card = Card(quote=Quote(who=t("thread-note", by=ctx.me.name), words=words), files=named(t, files))
    else:
        card = Card(text=t("thread-note-files", by=ctx.me.name, count=len(files)), files=named(t, files))
    cards.say_in_thread(ctx, ticket, card.model_copy(update={"footer": lateness_now(ctx, t)}))
