"""Forums: groups with topics; one is opened for a ticket, called as the ticket stands, closed and opened again with it.

What Telegram says when it cannot: Bot API, createForumTopic; tdlib/telegram-bot-api#854 for a topic that was deleted.
Topics can be listed by nobody (tdlib/telegram-bot-api#634), so whoever loses an id has lost the topic.
"""

from __future__ import annotations

from collections.abc import Awaitable
from typing import Any, Final

import structlog
from telegram import Bot, ReplyParameters
from telegram.error import BadRequest, RetryAfter

from bot.channels.cutting import cut, utf16_units
from bot.channels.port import NoTopics, Outgoing, TopicLost, TryLater
from bot.channels.shown import shown
from bot.channels.telegram import wire
from bot.channels.telegram.messages import NAME
from handlers.cards import Topic

log = structlog.get_logger()

LONGEST: Final = 128
"""Characters of a topic's name; Bot API, createForumTopic."""
NO_TOPIC: Final = ("message thread not found", "topic_id_invalid", "topic_deleted")
CLOSED: Final = "topic_closed"
SAME: Final = "topic_not_modified"


class Forum:
    """One account's way to topics."""

    def __init__(self, bot: Bot) -> None:
        self._bot = bot

    async def open(self, chat: str, topic: Topic) -> str:
        """Open a topic; give its id.

        Raises:
            NoTopics: the group is no forum, or we may not.
        """
        try:
            opened = await _patiently(self._bot.create_forum_topic(chat, _name(topic)))
        except BadRequest as refusal:
            if wire.says(refusal, *wire.NO_CHAT):
                raise
            log.warning("no topic opened", channel=NAME, why=refusal.message[:80])
            raise NoTopics from None
        return str(opened.message_thread_id)

    async def keep(self, chat: str, id_: str, topic: Topic, before: Topic | None) -> None:
        """Let a topic be called so, and be closed or opened if it was not; what is so already stays.

        Raises:
            TopicLost: it was deleted.
        """
        there: dict[str, Any] = {"chat_id": chat, "message_thread_id": int(id_)}
        await _kept(self._bot.edit_forum_topic(**there, name=_name(topic)))
        if before is None or before.closed != topic.closed:
            await _kept((self._bot.close_forum_topic if topic.closed else self._bot.reopen_forum_topic)(**there))


def _name(topic: Topic) -> str:
    return cut(" ".join(shown(topic.name).text.split()), LONGEST, utf16_units)


async def _kept(call: Awaitable[Any]) -> None:
    try:
        await _patiently(call)
    except BadRequest as refusal:
        if wire.says(refusal, *NO_TOPIC):
            raise TopicLost from None
        if not wire.says(refusal, SAME):
            log.warning("topic not kept", channel=NAME, why=refusal.message[:80])  # it is read under its old name


async def _patiently(call: Awaitable[Any]) -> Any:
    """Let Telegram slow down topics alone: what is said in the group, and to customers, goes on."""
    try:
        return await call
    except RetryAfter as slow:
        raise TryLater(wire.pause(slow), "topic") from None


def placed(outgoing: Outgoing) -> dict[str, Any]:
    """Tell where in its chat a message is said: in its topic, else under what it belongs to, else in the open."""
    if outgoing.topic:
        return {"message_thread_id": int(outgoing.topic)}
    under = outgoing.under
    return {"reply_parameters": ReplyParameters(int(under), allow_sending_without_reply=True)} if under else {}
