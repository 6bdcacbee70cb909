"""Events: what WeCom tells of colleagues, made into events; who acts is the member whom the signed callback names."""

from __future__ import annotations

import re
from typing import Final

from bot.channels.clean import clean_text
from bot.channels.wecom.callbacks import Heard
from handlers.cards import Attachment
from prompts.phrases import phrases
from storage.inbox import Event
from storage.vault import vault
from storage.wecom_cards import Standing

NAME: Final = "wecom"
BUTTON: Final = re.compile(r"[0-9a-f]{16}")
TASK: Final = re.compile(r"t[0-9a-f]{31}")
MEDIA: Final = {"image": "photo", "voice": "voice", "video": "video", "file": "document"}
IDENTIFY: Final = (
    *("FromUserName", "CreateTime", "Event", "EventKey", "TaskId", "ChangeType", "AgentID"),
    *("UserID", "ExternalUserID"),
)
"""An event has no id; these together tell it from every other (who and when alone do not: two presses a second)."""
LONGEST_ID: Final = 64
"""Characters of a userid; a message's id has fewer."""
LANGUAGE: Final = "zh-CN"
"""Of members whom we do not know."""


def event_of(heard: Heard, standing: Standing | None, language: str | None) -> Event | None:
    """Make the event of a callback; None for what concerns nobody.

    `standing` is the card that was pressed, `language` that of the colleague, None if nobody of ours wrote.
    """
    user, kind = heard.get("FromUserName", ""), heard.get("MsgType", "")
    if not 0 < len(user) <= LONGEST_ID:
        return None
    if kind == "event":
        return _happened(heard, user, standing, known=language is not None)
    return _written(heard, user, kind, language or LANGUAGE)


def task_of(heard: Heard) -> str:
    """Name the card that was pressed; empty if none of ours was."""
    task = heard.get("TaskId", "") if heard.get("Event") == "template_card_event" else ""
    return task if TASK.fullmatch(task) else ""


def _event(id_: str, kind: str, user: str, **body: object) -> Event:
    said = {"side": "staff", "language": "", **body}
    return Event(NAME, id_, kind, user, user, said, conversation=f"{NAME}:{user}")


def _happened(heard: Heard, user: str, standing: Standing | None, *, known: bool) -> Event | None:
    what, id_ = heard.get("Event", ""), f"event:{_mark(heard)}"
    if what == "template_card_event":
        return _pressed(heard, id_, user, standing)
    if what == "click":
        return _event(id_, "words", user, text=clean_text(heard.get("EventKey", "")), place=user)
    if what == "unsubscribe":
        return _event(id_, "chat closed", user)
    if what in ("enter_agent", "subscribe") and not known:
        return _event(f"stranger:{vault.blind(f'{NAME}:{user}')[:24]}", "words", user, text="/help", place=user)
    return _event(id_, "chat started", user) if what == "subscribe" else None


def _pressed(heard: Heard, id_: str, user: str, standing: Standing | None) -> Event:
    """Say what was pressed: by the slot in which it stood, as the card may have been said anew meanwhile."""
    key = heard.get("EventKey", "")
    where = {"place": standing.place, "slot": standing.slot} if standing else {"place": user, "message": task_of(heard)}
    return _event(id_, "press", user, button=key if BUTTON.fullmatch(key) else "", **where)


def _written(heard: Heard, user: str, kind: str, language: str) -> Event:
    message = heard.get("MsgId", "")[:LONGEST_ID]
    id_ = f"message:{message}" if message else f"event:{_mark(heard)}"
    about = {"message": message, "place": user}
    if kind == "text":
        return _event(id_, "words", user, text=clean_text(heard.get("Content", "")), **about)
    if kind in MEDIA and heard.get("MediaId"):
        return _event(id_, "words", user, text="", files=[_file(heard, kind)], **about)
    if kind in ("location", "link"):
        return _event(id_, "words", user, text=_described(heard, kind, language), **about)
    return _event(id_, "unknown kind", user, what=clean_text(kind)[:40], **about)


def _file(heard: Heard, kind: str) -> dict[str, object]:
    what = MEDIA[kind]
    name = clean_text(heard.get("FileName", "") or heard.get("Title", ""))[:120]
    made = Attachment.model_validate(
        {"kind": what, "origin": NAME, "ref": heard["MediaId"], "label": name or what, "name": name}
    )
    return made.model_dump(exclude_defaults=True)


def _described(heard: Heard, kind: str, language: str) -> str:
    """Say a place or a link in words."""
    t = phrases(language)
    if kind == "link":
        return clean_text("\n".join(part for part in (heard.get("Title"), heard.get("Url")) if part))
    point = f"{heard.get('Location_X', '')}, {heard.get('Location_Y', '')}"
    return clean_text(t("wecom-location", label=heard.get("Label", "")[:300], point=point[:60]))


def _mark(heard: Heard) -> str:
    """Name an event without saying who did it."""
    return vault.blind("|".join(heard.get(name, "") for name in IDENTIFY))[:32]
