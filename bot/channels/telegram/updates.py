"""Updates: what Telegram reports, made into events; who acts is the verified sender of a private chat, nobody else."""

from __future__ import annotations

import re
from typing import Any, Final, Literal

from telegram import CallbackQuery, ChatMemberUpdated, Message, Update, User
from telegram.constants import ChatMemberStatus, ChatType

from bot.channels.clean import clean_text
from handlers.cards import Attachment
from prompts.phrases import phrases
from storage.inbox import Event
from storage.vault import vault

NAME: Final = "telegram"
Kind = Literal["photo", "video", "voice", "audio", "document"]
WANTED: Final = (Update.MESSAGE, Update.EDITED_MESSAGE, Update.CALLBACK_QUERY, Update.MY_CHAT_MEMBER)
COMMAND = re.compile(r"/(?P<name>[A-Za-z][A-Za-z0-9_]*)(?:@\w+)?(?=\s|$)")
CODE = re.compile(r"[A-Za-z0-9_-]{1,64}")
"""What a deep link may carry; anything else after /start is nobody's code."""
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
READABLE: Final = ("message_id", "date", "edit_date", "chat", "from", "caption")
"""What every message of every version has; enough to know who said something that we cannot read."""
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
GONE: Final = (ChatMemberStatus.BANNED, ChatMemberStatus.LEFT)


def event_of(update: Update, account: str) -> Event | None:
    """Make the event of an update; None for what concerns nobody."""
    who, chat = update.effective_user, update.effective_chat
    if who is None or chat is None or who.is_bot:
        return None
    if chat.type != ChatType.PRIVATE:
        return _from_group(update, account, chat.id)
    return _from_person(update, f"{account}:{update.update_id}", who) if chat.id == who.id else None


def _from_person(update: Update, id_: str, who: User) -> Event | None:
    if update.callback_query:
        return _pressed(update.callback_query, id_, who)
    if update.my_chat_member:
        return _event(id_, _opened_or_closed(update.my_chat_member), who, {})
    message, edited = update.message or update.edited_message, update.message is None
    if message is None or _says_nothing(message, edited=edited):
        return None
    return _written(message, id_, who, edited=edited)


def _says_nothing(message: Message, *, edited: bool) -> bool:
    """Tell what the app says by itself, and corrections without words: a place that moves is sent every few seconds."""
    if edited:
        return not (message.text or message.caption)
    return any(getattr(message, kind) for kind in SERVICE)


def bare(raw: dict[str, Any]) -> dict[str, Any]:
    """Leave of an update what can always be read; its words become a caption, so that they are never a command."""
    kept = {"update_id": raw["update_id"]}
    for kind in (Update.MESSAGE, Update.EDITED_MESSAGE):
        if isinstance(message := raw.get(kind), dict):
            words = {"caption": message["text"]} if "text" in message else {}
            kept[kind] = {name: message[name] for name in READABLE if name in message} | words
    return kept


def unreadable(raw: dict[str, Any], account: str) -> Event:
    """Keep an update that cannot be understood, for people to look at; nothing waits for it."""
    return Event(NAME, f"{account}:{raw.get('update_id')}", "unreadable update", body={"raw": raw})


def _event(id_: str, kind: str, who: User, body: dict[str, Any]) -> Event:
    address = str(who.id)
    said = {"side": "either", "language": language_of(who), **body}
    return Event(NAME, id_, kind, address, address, said, conversation=f"{NAME}:{address}")


def language_of(who: User) -> str:
    """Guess a stranger's language from their app's; empty if it says nothing."""
    code = (who.language_code or "").casefold()
    return "zh-CN" if code.startswith("zh") else "en" if code else ""


def _from_group(update: Update, account: str, chat: int) -> Event | None:
    """Refuse a group, once in the week that the inbox remembers the refusal, in the language of whoever spoke."""
    member = update.my_chat_member
    if update.edited_message or (member and member.new_chat_member.status in GONE):
        return None
    who = update.effective_user
    address = str(chat)
    body = {"side": "either", "language": language_of(who) if who else ""}
    id_ = f"{account}:group:{vault.blind(f'{NAME}:{address}')[:16]}"
    return Event(NAME, id_, "group spoken in", address, address, body, conversation=f"{NAME}:{address}")


def _opened_or_closed(change: ChatMemberUpdated) -> str:
    return "chat closed" if change.new_chat_member.status in GONE else "chat opened"


def _pressed(query: CallbackQuery, id_: str, who: User) -> Event | None:
    button = query.data if query.data and BUTTON.fullmatch(query.data) else ""
    message = str(query.message.message_id) if query.message else ""
    return _event(id_, "press", who, {"place": str(who.id), "message": message, "button": button})


def _written(message: Message, id_: str, who: User, *, edited: bool) -> Event:
    about: dict[str, Any] = {"message": str(message.message_id)}
    if edited:
        said = clean_text(message.text or message.caption or "")
        return _event(id_, "words", who, {"text": phrases(language_of(who))("telegram-edited", words=said)})
    if message.text and message.forward_origin is None:
        return _typed(clean_text(message.text), id_, who, about)
    files = files_of(message, id_.partition(":")[0])
    words = clean_text(message.caption or "") if files else _words(message, who)
    if not files and not words:
        words = phrases(language_of(who))("telegram-attachment", kind=_kind(message), words="")
    if message.forward_origin is not None:
        words = phrases(language_of(who))("telegram-forwarded", words=words)
    unread = not message.text and not message.contact and not (message.sticker and message.sticker.emoji)
    kept = {"files": [file.model_dump(exclude_defaults=True) for file in files]} if files else {}
    return _event(id_, "words", who, about | kept | {"text": words, "unread": unread})


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


def _typed(text: str, id_: str, who: User, about: dict[str, Any]) -> Event:
    """Read typed words; /ticket_list@bot is the menu's way to write /ticket list."""
    command = COMMAND.match(text.strip())
    if command is None:
        return _event(id_, "words", who, about | {"text": text})
    name, rest = command["name"].replace("_", " "), text.strip()[command.end() :].strip()
    if name == "start" and not CODE.fullmatch(rest):
        return _event(id_, "chat started", who, {})
    return _event(id_, "words", who, about | {"text": f"/{name} {rest}".strip()})


def _words(message: Message, who: User) -> str:
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
    return t("telegram-attachment", kind=_kind(message), words=words) if words else ""


def _place(message: Message) -> str:
    """Say where a place is: its name, and what any map understands."""
    venue, point = message.venue, message.location or (message.venue.location if message.venue else None)
    named = [venue.title, venue.address] if venue else []
    where = [f"{point.latitude:.6f}, {point.longitude:.6f}"] if point else []
    return " · ".join(part for part in (*named, *where) if part)


def _kind(message: Message) -> str:
    return next((kind.replace("_", "-") for kind in KINDS if getattr(message, kind)), "other")
