"""Updates: what Telegram reports, made into events; who acts is the verified sender of a private chat, nobody else."""

from __future__ import annotations

import re
from typing import Any, Final

from telegram import CallbackQuery, ChatMemberUpdated, Message, Update, User
from telegram.constants import ChatMemberStatus, ChatType

from bot.channels.clean import clean_text
from prompts.phrases import phrases
from storage.inbox import Event
from storage.vault import vault

NAME: Final = "telegram"
WANTED: Final = (Update.MESSAGE, Update.EDITED_MESSAGE, Update.CALLBACK_QUERY, Update.MY_CHAT_MEMBER)
COMMAND = re.compile(r"/(?P<name>[A-Za-z][A-Za-z0-9_]*)(?:@\w+)?(?=\s|$)")
CODE = re.compile(r"[A-Za-z0-9_-]{1,64}")
"""What a deep link may carry; anything else after /start is nobody's code."""
BUTTON = re.compile(r"[0-9a-f]{16}")
GONE: Final = (ChatMemberStatus.BANNED, ChatMemberStatus.LEFT)


def event_of(update: Update, account: str) -> Event | None:
    """Make the event of an update; None for what concerns nobody."""
    who, chat = update.effective_user, update.effective_chat
    if who is None or chat is None or who.is_bot:
        return None
    id_ = f"{account}:{update.update_id}"
    if chat.type != ChatType.PRIVATE:
        return _from_group(update, account, chat.id)
    if chat.id != who.id:
        return None
    if update.callback_query:
        return _pressed(update.callback_query, id_, who)
    if update.my_chat_member:
        return _event(id_, _opened_or_closed(update.my_chat_member), who, {})
    message = update.message or update.edited_message
    return _written(message, id_, who, edited=update.message is None) if message else None


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
    t = phrases(language_of(who))
    words = _words(message, who)
    if message.forward_origin is not None:
        words = t("telegram-forwarded", words=words)
    elif edited:
        words = t("telegram-edited", words=words)
    elif message.text:
        return _typed(clean_text(message.text), id_, who)
    return _event(id_, "words", who, {"text": words})


def _typed(text: str, id_: str, who: User) -> Event:
    """Read typed words; /ticket_list@bot is the menu's way to write /ticket list."""
    command = COMMAND.match(text.strip())
    if command is None:
        return _event(id_, "words", who, {"text": text})
    name, rest = command["name"].replace("_", " "), text.strip()[command.end() :].strip()
    if name == "start" and not CODE.fullmatch(rest):
        return _event(id_, "chat started", who, {})
    return _event(id_, "words", who, {"text": f"/{name} {rest}".strip()})


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
    caption = clean_text(message.text or message.caption or "")
    return caption if message.text else t("telegram-attachment", kind=_kind(message), words=caption)


def _kind(message: Message) -> str:
    known = ("photo", "video", "voice", "audio", "document", "location")
    return next((kind for kind in known if getattr(message, kind)), "other")
