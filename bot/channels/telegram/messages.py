"""Messages: what one holds, in words and as files, whoever sent it and wherever."""

from __future__ import annotations

import re
from typing import Final, Literal

from telegram import Message, User

from bot.channels.clean import clean_text
from bot.channels.sequence import sequence
from handlers.cards import Attachment
from prompts.phrases import phrases

NAME: Final = "telegram"
Kind = Literal["photo", "video", "voice", "audio", "document"]
COMMAND = re.compile(r"/(?P<name>[A-Za-z][A-Za-z0-9_]*)(?:@\w+)?(?=\s|$)")
BUTTON = re.compile(r"[0-9a-f]{16}")
SERVICE: Final = (
    "pinned_message",
    "message_auto_delete_timer_changed",
    "chat_background_set",
    "write_access_allowed",
    "connected_website",
    "boost_added",
    "proximity_alert_triggered",
)
"""What the app writes into a private chat by itself; nobody said it, and nobody waits for an answer."""
FILES: Final[dict[str, Kind]] = {
    "photo": "photo",
    "video": "video",
    "video_note": "video",
    "animation": "video",
    "voice": "voice",
    "audio": "audio",
    "document": "document",
}
"""What has bytes, in this order: an animation is a document too."""
PATH: Final = re.compile(r"[/\\]")
LONGEST_NAME: Final = 120
KINDS: Final = (
    *("photo", "video", "video_note", "voice", "audio", "animation", "document", "venue", "location"),
    *("sticker", "poll", "dice", "story"),
)
"""What can be named, in this order: a venue has a location, an animation is a document too."""


def language_of(who: User) -> str:
    """Guess a stranger's language from their app's; empty if it says nothing."""
    code = (who.language_code or "").casefold()
    return "zh-CN" if code.startswith("zh") else "en" if code else ""


def place_of(message: Message, id_: str) -> dict[str, str]:
    """Tell where words stand in their chat, and a correction among theirs; `id_` ends with the update's."""
    place = {"sequence": sequence(message.date.timestamp(), message.message_id)}
    if message.edit_date is None:
        return place
    return place | {"revision": sequence(message.edit_date.timestamp(), int(id_.rpartition(":")[2]))}


def files_of(message: Message, account: str) -> list[Attachment]:
    """Name the file of a message: where it lies, not what is in it; of a photo's sizes the largest."""
    for kind, as_kind in FILES.items():
        found = getattr(message, kind)
        if found:
            one = max(found, key=lambda size: size.width * size.height) if kind == "photo" else found
            name = file_name(getattr(one, "file_name", None) or "")
            ref, size = f"{account}:{one.file_id}", one.file_size
            return [Attachment(kind=as_kind, origin=NAME, ref=ref, label=name or as_kind, name=name, size=size)]
    return []


def file_name(said: str) -> str:
    """Give the last part of a name, without control signs; a path in it leads nowhere."""
    return "".join(sign for sign in PATH.split(clean_text(said))[-1] if sign.isprintable()).strip()[:LONGEST_NAME]


def words_of(message: Message, who: User) -> str:
    """Say in words what a message holds; what we cannot read is named, so that a person looks after it."""
    t = phrases(language_of(who))
    contact = message.contact
    if contact is not None:
        name = " ".join(part for part in (contact.first_name, contact.last_name) if part)
        own = "own" if contact.user_id == who.id else "other"
        return clean_text(t("telegram-contact", whose=own, name=name, phone=contact.phone_number))
    if message.sticker is not None and message.sticker.emoji:
        return message.sticker.emoji
    if message.text:
        return clean_text(message.text)
    words = clean_text(message.caption or _place(message))
    return t("telegram-attachment", kind=kind_of(message), words=words) if words else ""


def _place(message: Message) -> str:
    """Say where a place is: its name, and what any map understands."""
    venue, point = message.venue, message.location or (message.venue.location if message.venue else None)
    named = [venue.title, venue.address] if venue else []
    where = [f"{point.latitude:.6f}, {point.longitude:.6f}"] if point else []
    return " · ".join(part for part in (*named, *where) if part)


def kind_of(message: Message) -> str:
    """Name what a message is, if it is no words."""
    return next((kind.replace("_", "-") for kind in KINDS if getattr(message, kind)), "other")
