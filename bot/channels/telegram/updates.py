"""Updates: what Telegram reports, made into events; who acts is the verified sender of a private chat, nobody else."""

from __future__ import annotations

import re
from typing import Any, Final

from telegram import CallbackQuery, ChatMemberUpdated, Message, Update, User
from telegram.constants import ChatType

from bot.channels.clean import clean_text
from bot.channels.telegram.group_updates import GONE, event_of_group
from bot.channels.telegram.messages import (
    BUTTON,
    COMMAND,
    NAME,
    SERVICE,
    files_of,
    kind_of,
    language_of,
    place_of,
    words_of,
)
from prompts.phrases import phrases
from storage.inbox import Event

WANTED: Final = (Update.MESSAGE, Update.EDITED_MESSAGE, Update.CALLBACK_QUERY, Update.MY_CHAT_MEMBER)
CODE = re.compile(r"[A-Za-z0-9_-]{1,64}")
"""What a deep link may carry; anything else after /start is nobody's code."""
READABLE: Final = ("message_id", "date", "edit_date", "chat", "from", "caption")
"""What every message of every version has; enough to know who said something that we cannot read."""


def event_of(update: Update, account: str, name: str = "") -> Event | None:
    """Make the event of an update; None for what concerns nobody. `name` is the account's own, by which groups call it."""
    who, chat = update.effective_user, update.effective_chat
    if chat is not None and chat.type in (ChatType.GROUP, ChatType.SUPERGROUP):
        return event_of_group(update, account, name)
    if who is None or chat is None or who.is_bot or chat.type != ChatType.PRIVATE:
        return None
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


def _opened_or_closed(change: ChatMemberUpdated) -> str:
    return "chat closed" if change.new_chat_member.status in GONE else "chat opened"


def _pressed(query: CallbackQuery, id_: str, who: User) -> Event | None:
    button = query.data if query.data and BUTTON.fullmatch(query.data) else ""
    message = str(query.message.message_id) if query.message else ""
    return _event(id_, "press", who, {"place": str(who.id), "message": message, "button": button})


def _written(message: Message, id_: str, who: User, *, edited: bool) -> Event:
    about: dict[str, Any] = {"message": str(message.message_id), **place_of(message, id_)}
    if edited:
        said = clean_text(message.text or message.caption or "")
        return _event(id_, "words changed", who, about | {"text": said})
    if message.text and message.forward_origin is None:
        return _typed(clean_text(message.text), id_, who, about)
    files = files_of(message, id_.partition(":")[0])
    words = clean_text(message.caption or "") if files else words_of(message, who)
    if not files and not words:
        return _event(id_, "unknown kind", who, about | {"what": kind_of(message)})
    if message.forward_origin is not None:
        words = phrases(language_of(who))("telegram-forwarded", words=words)
    unread = not message.text and not message.contact and not (message.sticker and message.sticker.emoji)
    kept = {"files": [file.model_dump(exclude_defaults=True) for file in files]} if files else {}
    return _event(id_, "words", who, about | kept | _own_phone(message, who) | {"text": words, "unread": unread})


def _own_phone(message: Message, who: User) -> dict[str, Any]:
    """Give the number that the app vouches for: on the sender's own contact card, sent by themselves just now."""
    card = message.contact
    if card is None or card.user_id != who.id or message.forward_origin is not None:
        return {}
    return {"own_phone": card.phone_number}


def _typed(text: str, id_: str, who: User, about: dict[str, Any]) -> Event:
    """Read typed words; /ticket_list@bot is the menu's way to write /ticket list."""
    command = COMMAND.match(text.strip())
    if command is None:
        return _event(id_, "words", who, about | {"text": text})
    name, rest = command["name"].replace("_", " "), text.strip()[command.end() :].strip()
    if name == "start" and not CODE.fullmatch(rest):
        return _event(id_, "chat started", who, {})
    return _event(id_, "words", who, about | {"text": f"/{name} {rest}".strip()})
