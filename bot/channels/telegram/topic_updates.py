"""Updates of topics: what colleagues say in the topic of a thread of ours is theirs; in any other it is as in any group."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from telegram import Message, MessageEntity, User

from bot.channels.clean import clean_text
from bot.channels.port import Accept
from bot.channels.telegram.asking import asked
from bot.channels.telegram.messages import COMMAND, NAME, files_of, language_of, place_of, words_of
from prompts.phrases import phrases
from storage.inbox import Event
from storage.posts import TOPIC
from storage.store import Store
from storage.vault import vault


@dataclass(frozen=True, slots=True)
class InTopic(Event):
    """What somebody said in some topic, before it is known whether that is one of ours."""

    topic: str = ""
    called: str = ""
    """How the topic was called when our account opened it; nothing if somebody else did."""
    otherwise: Event | None = None
    """What it is if the topic is none of ours."""


def in_topic(
    message: Message, who: User, id_: str, name: str, otherwise: Event | None, *, edited: bool
) -> Event | None:
    """Make of a message in a topic what it is if that is one of ours; what is typed for another bot stays what it was."""
    account, place, topic = id_.partition(":")[0], str(message.chat.id), str(message.message_thread_id)
    files = [] if edited else files_of(message, account)
    words = _words(message, who, name, bare=bool(files) or edited)
    if words is None or not (files or words):
        return otherwise
    body: dict[str, Any] = {"side": "staff", "language": language_of(who), "text": words, "place": place}
    body |= place_of(message, id_) | {
        "message": str(message.message_id),
        "title": clean_text(message.chat.title or "")[:100],
    }
    body |= {"files": [file.model_dump(exclude_defaults=True) for file in files]} if files else {}
    kind, talk = "words changed" if edited else "words", f"{NAME}:{place}:{topic}"
    by, called = str(who.id), _called_by_us(message, account)
    return InTopic(NAME, id_, kind, by, by, body, talk, topic=topic, called=called, otherwise=otherwise)


def _called_by_us(message: Message, account: str) -> str:
    """Read off a message the name that we gave its topic: where it answers nothing else, it answers the topic's first.

    So it was seen by those who met it (banteg/takopi#152), and told by core.telegram.org/api/forum.
    """
    root = message.reply_to_message
    if root is None or root.forum_topic_created is None or root.from_user is None or str(root.from_user.id) != account:
        return ""
    return clean_text(root.forum_topic_created.name)


def _words(message: Message, who: User, name: str, *, bare: bool) -> str | None:
    """Read what was written; a command that names another bot is none of ours."""
    words = clean_text(message.text or message.caption or "") if bare or message.text else words_of(message, who)
    if message.forward_origin is not None:
        return phrases(language_of(who))("telegram-forwarded", words=words)
    command = COMMAND.match(words.strip())
    if command is None or not message.text or bare:
        return words
    said = next(
        (text for mark, text in message.parse_entities([MessageEntity.BOT_COMMAND]).items() if not mark.offset), ""
    )
    _, at, whose = said.partition("@")
    if at and whose.casefold() != name.casefold():
        return None
    return f"/{command['name'].replace('_', ' ')} {words.strip()[command.end() :].strip()}".strip()


async def placed(accept: Accept, events: Sequence[Event]) -> list[Event]:
    """Tell of what was said in topics whether it was in one of ours and by a colleague; nothing else is kept of it."""
    inside = [event for event in events if isinstance(event, InTopic)]
    if not inside:
        return list(events)
    known = await asked(accept, lambda store: {event.external_id: _known(store, event) for event in inside})
    found = [known[event.external_id] if isinstance(event, InTopic) else event for event in events]
    return [event for event in found if event is not None]


def _known(store: Store, event: InTopic) -> Event | None:
    place = str(event.body["place"])
    post = store.posts.by_provider(NAME, place, event.topic)
    if post is None or not post.slot.startswith(TOPIC) or not post.thread:
        return _astray(store, event, place) or event.otherwise
    if store.staff.at(NAME, event.sender) is None:
        return _stranger(event, place)
    body = event.body | {"thread": post.thread, "aside": post.thread}
    return Event(NAME, event.external_id, event.kind, event.sender, event.address, body, event.conversation)


def _astray(store: Store, event: InTopic, place: str) -> Event | None:
    """Tell that a colleague writes in a topic that we opened and lost sight of, as we were cut off before it was noted."""
    if not event.called or event.kind != "words" or store.staff.at(NAME, event.sender) is None:
        return None
    facts = {"side": "staff", "language": event.body["language"], "place": place}
    facts |= {"topic": event.topic, "called": event.called}
    return Event(NAME, event.external_id, "topic astray", event.sender, event.address, facts, event.conversation)


def _stranger(event: Event, place: str) -> Event:
    """Note that somebody who is no colleague writes among us, without a word of it, once in a week."""
    id_ = f"{event.external_id.partition(':')[0]}:stranger:{vault.blind(f'{place}:{event.sender}')[:16]}"
    body = {"side": "group", "language": event.body["language"]}
    return Event(NAME, id_, "stranger at work", place, place, body, conversation=f"{NAME}:{place}")
