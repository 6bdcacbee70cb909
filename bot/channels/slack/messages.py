"""Messages: what people wrote, changed, took back, shared and marked, as Slack tells of it.

Message events and their subtypes: docs.slack.dev, reference of events, message.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any, Final

from bot.channels.magic import bare_name
from bot.channels.sequence import sequence
from bot.channels.slack.actors import Payload, event_of, sender
from bot.channels.slack.plain import readable
from bot.channels.slack.seats import NAME, answering, provider_id
from handlers.cards import Attachment
from storage.inbox import Event

SPOKEN: Final = (None, "file_share", "thread_broadcast")
"""Kinds of message that are somebody's words; the others tell of edits, joins and the like."""
MOST_FILES: Final = 10
UNSEEN: Final = ("tombstone", "hidden_by_limit")
"""Files that are gone, or that the workspace may not see any more."""
SIGNS: Final = {
    "ticket": "ticket", "admission_tickets": "ticket",
    "eyes": "mine",
    "white_check_mark": "done", "heavy_check_mark": "done",
    "rotating_light": "urgent",
}  # fmt: skip
"""Reactions that mean something; all others are people's own."""


@dataclass(frozen=True)
class Said:
    """Words in direct messages or in a thread: `under` is the id of its first message."""

    event: Event
    under: str = ""


@dataclass(frozen=True)
class Amended:
    """Words that were changed or taken back; only a colleague's are of interest."""

    event: Event
    under: str = ""


@dataclass(frozen=True)
class Reacted:
    """A sign that was put on a message or taken off it; only a colleague's on a card of ours is of interest."""

    event: Event
    on: str


def message_of(body: Payload, home: str) -> Said | Amended | None:
    """Read a message event; None for what is none of our business."""
    event = body["event"]
    kind = event.get("subtype")
    if kind == "message_changed":
        return _changed(body, home)
    if kind == "message_deleted":
        return _taken_back(body, event["previous_message"], str(event["deleted_ts"]), home)
    return _said(body, home) if kind in SPOKEN and _is_somebodys(event) else None


def _is_somebodys(message: Payload) -> bool:
    return bool(message.get("user")) and not message.get("bot_id") and not message.get("app_id")


def _said(body: Payload, home: str) -> Said | None:
    event = body["event"]
    text, files = readable(event.get("text") or "").strip(), tuple(_files(event))
    if not text and not files:
        return None
    more: dict[str, Any] = {"text": text}
    more |= {"files": [file.model_dump(exclude_defaults=True) for file in files]} if files else {}
    told, under = _told(body, "words", event, str(event.get("ts") or ""), home, **more)
    return Said(told, under) if told else None


def _changed(body: Payload, home: str) -> Amended | None:
    """Read an edit; previews that Slack adds and our own edits are none."""
    now, before = body["event"]["message"], body["event"].get("previous_message") or {}
    if now.get("subtype") == "tombstone":
        return _taken_back(body, {**now, **before, "subtype": None}, str(now["ts"]), home)
    if now.get("subtype") not in SPOKEN or not _is_somebodys(now) or now.get("text") == before.get("text"):
        return None
    text = readable(now.get("text") or "").strip()
    changed_at = (now.get("edited") or {}).get("ts") or body["event"].get("event_ts")
    told, under = _told(body, "words changed", now, str(now["ts"]), home, text=text, revision=_place(changed_at))
    return Amended(told, under) if told else None


def _taken_back(body: Payload, message: Payload, ts: str, home: str) -> Amended | None:
    if message.get("subtype") not in SPOKEN or not _is_somebodys(message):
        return None
    told, under = _told(body, "words taken back", message, ts, home)
    return Amended(told, under) if told else None


def _told(body: Payload, kind: str, message: Payload, ts: str, home: str, **more: Any) -> tuple[Event | None, str]:
    """Make the event of a message in direct messages or in a thread; none of one that stands in the open."""
    talk, thread, user = body["event"]["channel"], str(message.get("thread_ts") or ""), message["user"]
    acts = sender(user, (message.get("user_team"), message.get("source_team"), message.get("team")), home)
    id_, named = f"event:{body['event_id']}", {"message": provider_id(talk, ts), "sequence": _place(ts), **more}
    if talk.startswith("D"):
        return event_of(id_, kind, acts, user, place=user, **named), ""
    if not thread or (kind == "words taken back" and thread == ts):
        return None, ""
    told = event_of(id_, kind, acts, answering(talk, user, thread), place=talk, **named)
    return replace(told, conversation=f"{NAME}:{talk}:{thread}"), provider_id(talk, thread)


def _place(ts: object) -> str:
    """Read off a time stamp where something stands among what was written; nothing if it is none."""
    try:
        return sequence(float(str(ts)))
    except ValueError:
        return ""


def _files(message: Payload) -> list[Attachment]:
    shared = [file for file in message.get("files") or () if file.get("mode") not in UNSEEN]
    return [_file(file) for file in shared[:MOST_FILES]]


def _file(file: Payload) -> Attachment:
    """Name a file by its id; where its bytes are is asked when they are needed."""
    kind = _kind(str(file.get("mimetype") or ""), str(file.get("subtype") or ""))
    name, size = bare_name(readable(str(file.get("name") or "")), ""), file.get("size")
    known = size if isinstance(size, int) else None
    return Attachment(kind=kind, origin=NAME, ref=str(file["id"]), label=name or kind, name=name, size=known)


def _kind(mimetype: str, subtype: str) -> Any:
    if subtype == "slack_audio":
        return "voice"
    main = mimetype.partition("/")[0]
    return {"image": "photo", "video": "video", "audio": "audio"}.get(main, "document")


def reaction_of(body: Payload, home: str) -> Reacted | None:
    """Read a sign on a message; skin tones do not matter."""
    event = body["event"]
    sign, item = SIGNS.get(str(event["reaction"]).partition("::")[0]), event["item"]
    if sign is None or item.get("type") != "message":
        return None
    talk, user, on = item["channel"], event["user"], provider_id(item["channel"], item["ts"])
    direct = talk.startswith("D")
    acts = sender(user, (event.get("user_team"), event.get("source_team")), home)
    facts = {"place": user if direct else talk, "message": on, "reaction": sign}
    told = event_of(
        f"event:{body['event_id']}",
        "reaction",
        acts,
        answering(talk, user),
        **facts,
        added=event["type"] == "reaction_added",
    )
    return Reacted(told if direct else replace(told, conversation=f"{NAME}:{on}"), on)
