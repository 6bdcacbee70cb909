"""Lines: how typed words stand in a chat of ours, and how whoever wrote them takes them back or says them anew."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

from bot.channels.webchat.deeds import NAME, STAFF, Correction, Speaker, Withdrawal, event_of
from handlers.cards import Card
from prompts.phrases import LANGUAGES, phrases
from storage.inbox import Event
from storage.posts import Post
from storage.store import Store


def line(event: Event, now: datetime) -> Post:
    """Make the post by which typed words stand in the chat in which they were typed."""
    late = event.body.get("late")
    said = phrases(str(event.body["language"]) or LANGUAGES[0])
    footer = said("widget-late", span=said.span(timedelta(seconds=late))) if late else ""
    return Post(
        channel=NAME,
        address=str(event.body.get("place") or event.address),
        slot=event.external_id,
        card=Card(text=str(event.body["text"]), files=tuple(event.body.get("files") or ()), footer=footer).kept(),
        at=now,
        changed=now,
        author=event.sender,
        thread=event.body.get("thread"),
        provider_id=event.body.get("message"),
        flow="in",
    )


def is_theirs(line: Post | None) -> bool:
    """Tell whether a post is words of whoever's chat it stands in, which they can still take back or change."""
    if line is None or line.flow != "in" or not line.provider_id:
        return False
    return bool({"text", "files"} & line.card.keys()) and not _is_command(line)


def _is_command(line: Post) -> bool:
    """Tell whether a colleague typed a command: that is done, and nothing of it is kept that could be changed."""
    return bool(STAFF.fullmatch(line.author)) and str(line.card.get("text", "")).lstrip().startswith("/")


def withdrawn(who: Speaker, deed: Withdrawal, line: Post, now: datetime) -> tuple[Event, Post]:
    """Make the event that somebody took words back, and what stands in their place."""
    gone = Card(footer=phrases(who.language or LANGUAGES[0])("widget-taken-back"))
    return _told(who, "words taken back", deed.id, line), replace(line, card=gone.kept(), changed=now)


def corrected(who: Speaker, deed: Correction, line: Post, now: datetime) -> tuple[Event, Post]:
    """Make the event that somebody's words say something else now, and the post that says it."""
    anew = Card.model_validate(line.card).model_copy(update={"text": deed.text})
    return _told(who, "words changed", deed.id, line, text=deed.text), replace(line, card=anew.kept(), changed=now)


def show_instead(store: Store, event: Event, line: Post) -> None:
    """Let a line stand as it is now; files that are on it no more are forgotten.

    A deed that a page tells again, because it did not hear that it was stored, shows nothing: a later one may stand there.
    """
    if store.inbox.knows(event):
        return
    before = store.posts.get(NAME, line.address, line.slot)
    kept = {file.ref for file in Card.model_validate(line.card).files}
    files = Card.model_validate(before.card).files if before else ()
    store.uploads.drop([file.ref for file in files if file.origin == NAME and file.ref not in kept])
    store.posts.put([line])


def _told(who: Speaker, kind: str, id_: str, line: Post, **more: str) -> Event:
    """Name the words as they were named when they came: a guest's by their chat, a colleague's by where they stand."""
    body = {"side": who.side, "language": who.language, "message": line.provider_id, "place": line.author} | more
    if who.side == "customer":
        return event_of(who, id_, kind, body, f"{NAME}:{who.address}")
    stands = {"place": line.address, "slot": line.slot}
    return event_of(who, id_, kind, body | stands, f"{NAME}:{line.address}:{line.thread}")
