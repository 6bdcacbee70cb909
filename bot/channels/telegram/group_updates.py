"""Updates of groups: what is said to us there is kept, what is said to others is not; nobody has a role but by their own id."""

from __future__ import annotations

import re
from typing import Any, Final

from telegram import Message, MessageEntity, Update, User
from telegram.constants import ChatMemberStatus

from bot.channels.clean import clean_text
from bot.channels.telegram.messages import BUTTON, COMMAND, NAME, SERVICE, files_of, language_of, words_of
from bot.channels.telegram.topic_updates import in_topic
from storage.inbox import Event
from storage.vault import vault

GONE: Final = (ChatMemberStatus.BANNED, ChatMemberStatus.LEFT)
LONGEST_NAME: Final = 100


def event_of_group(update: Update, account: str, name: str) -> Event | None:
    """Make the event of an update of a group; None for what is not said to us."""
    chat, message, member = update.effective_chat, update.message, update.my_chat_member
    address, id_ = str(chat.id if chat else ""), f"{account}:{update.update_id}"
    if member is not None:
        gone = member.new_chat_member.status in GONE
        return _event(id_, "group left", address, {}) if gone else _seen(account, address, member.from_user)
    if update.callback_query is not None:
        return _pressed(update, id_, address)
    if message is None:
        return _corrected(update.edited_message, id_, name)
    return _from_message(message, address, id_, account, name)


def _corrected(message: Message | None, id_: str, name: str) -> Event | None:
    """Take a correction in a topic, in case it is one of ours; any other in a group is not followed."""
    who = message.from_user if message else None
    if message is None or who is None or not _is_somebodys(message, who) or not message.is_topic_message:
        return None
    return in_topic(message, who, id_, name, None, edited=True)


def _is_somebodys(message: Message, who: User) -> bool:
    """Tell whether a person speaks whom we could know: no bot, no anonymous admin, no channel, not the app itself."""
    return not (who.is_bot or message.sender_chat is not None or _is_service(message))


def _from_message(message: Message, address: str, id_: str, account: str, name: str) -> Event | None:
    who = message.from_user
    if message.migrate_to_chat_id:
        return _event(id_, "group moved", address, {"to": str(message.migrate_to_chat_id)})
    if who is None or not _is_somebodys(message, who):
        return None
    to_us = _is_to_us(message, account, name)
    heard = _asked(message, who, id_, account, name) if to_us else _seen(account, address, who)
    return in_topic(message, who, id_, name, heard, edited=False) if message.is_topic_message else heard


def _is_service(message: Message) -> bool:
    said = message.text or message.caption or message.effective_attachment
    return not said or any(getattr(message, kind) for kind in SERVICE)


def _is_to_us(message: Message, account: str, name: str) -> bool:
    """Tell whether words are said to us: our name, our command, an answer to something of ours."""
    marks = message.parse_entities() | message.parse_caption_entities()
    return _answers_us(message, account) or any(_is_ours(mark, text, account, name) for mark, text in marks.items())


def _answers_us(message: Message, account: str) -> bool:
    """Tell whether something of ours is answered; the message that opened a topic is by all that stands there, by none."""
    answered = message.reply_to_message
    who = answered.from_user if answered and answered.forum_topic_created is None else None
    return who is not None and str(who.id) == account


def _is_ours(mark: MessageEntity, text: str, account: str, name: str) -> bool:
    if mark.type == MessageEntity.MENTION:
        return bool(name) and text.casefold() == f"@{name}".casefold()
    if mark.type == MessageEntity.BOT_COMMAND:
        _, at, whose = text.partition("@")
        return mark.offset == 0 and (not at or (bool(name) and whose.casefold() == name.casefold()))
    return mark.type == MessageEntity.TEXT_MENTION and mark.user is not None and str(mark.user.id) == account


def _asked(message: Message, who: User, id_: str, account: str, name: str) -> Event | None:
    files = files_of(message, account)
    words = clean_text(message.caption or "") if files else words_of(message, who)
    if not files and not words:
        return None
    body = {
        "text": _without_our_name(words, name),
        "message": str(message.message_id),
        "who": clean_text(who.full_name)[:LONGEST_NAME],
        "title": clean_text(message.chat.title or "")[:LONGEST_NAME],
        "unread": not message.text,
        "language": language_of(who),
        "by": str(who.id),
        "answers": str(message.reply_to_message.message_id) if message.reply_to_message else "",
    }
    kept = {"files": [file.model_dump(exclude_defaults=True) for file in files]} if files else {}
    return _event(id_, "group asked", str(message.chat.id), body | kept, sender=str(who.id))


def _without_our_name(words: str, name: str) -> str:
    """Take our own name out of what is said to us, and write a command as it is typed elsewhere."""
    if name:
        words = re.sub(rf"\s*@{re.escape(name)}\b[,:，：]?\s*", " ", words, flags=re.IGNORECASE)
    words = words.strip()
    command = COMMAND.match(words)
    name = command["name"].replace("_", " ") if command else ""
    return f"/{name} {words[command.end() :].strip()}".strip() if command else words


def _seen(account: str, address: str, who: User | None) -> Event:
    """Note that a group is there, once in the week that the inbox remembers it, without a word of what was said."""
    id_ = f"{account}:group:{vault.blind(f'{NAME}:{address}')[:16]}"
    return _event(id_, "group spoken in", address, {"language": language_of(who) if who else ""})


def _pressed(update: Update, id_: str, address: str) -> Event | None:
    """Take a press in a group as the group's own; where a team works it is that of whoever pressed."""
    query = update.callback_query
    if query is None or query.from_user.is_bot or query.message is None:
        return None
    button = query.data if query.data and BUTTON.fullmatch(query.data) else ""
    body = {"side": "customer", "place": address, "message": str(query.message.message_id), "button": button}
    by = {"language": language_of(query.from_user), "by": str(query.from_user.id)}
    return _event(id_, "press", address, body | by)


def _event(id_: str, kind: str, address: str, body: dict[str, Any], sender: str = "") -> Event:
    said = {"side": "group", **body}
    return Event(NAME, id_, kind, sender or address, address, said, conversation=f"{NAME}:{address}")
