"""Groups of the emulated Telegram: whether they have topics, what the bot may do there, and its strictness about both.

Documented (Bot API, createForumTopic, editForumTopic, closeForumTopic, reopenForumTopic): names of 1 to 128 characters;
only supergroups with topics; the right to manage topics, unless the bot is the creator of the topic. As reported by bots
that met them: "message thread not found" for a topic that was deleted (tdlib/telegram-bot-api#854), "not enough rights to
create a topic", TOPIC_NOT_MODIFIED, TOPIC_ID_INVALID. Assumed: that a group which lost its topics answers as if each was
deleted, that names which are too long are refused, and that the creator of a closed topic still may write there. As seen by those who met it (banteg/takopi#152): a message in a topic that answers
nothing else answers the topic's first message, which tells who opened it and under which name.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from tests.emulators.telegram_rules import bad, units

if TYPE_CHECKING:
    from tests.emulators.telegram import Bubble

LONGEST_NAME = 128


@dataclass
class Topic:
    """A topic of a group, as people see it in the list."""

    name: str
    closed: bool = False
    opened_as: str = ""


@dataclass
class Group:
    """A group that the bot is in; it begins as a forum in which the bot may manage topics."""

    title: str = "Team"
    is_forum: bool = True
    is_admin: bool = True
    manages_topics: bool = True
    topics: dict[int, Topic] = field(default_factory=dict)
    opened: int = 0
    """How many topics were ever opened."""


class Forums:
    """What the account can do with groups and their topics."""

    groups: dict[int, Group]
    chats: dict[int, list[Bubble]]

    def next_id(self) -> int:
        raise NotImplementedError

    def _chat(self, params: dict[str, Any]) -> int:
        raise NotImplementedError

    def forum(self, chat: int, **about: Any) -> Group:
        """Let there be a group that the bot is in."""
        self.chats.setdefault(chat, [])
        self.groups[chat] = Group(**about)
        return self.groups[chat]

    def deletes(self, chat: int, topic: int) -> None:
        """Let somebody delete a topic, with all that is in it."""
        del self.groups[chat].topics[topic]
        self.chats[chat] = [bubble for bubble in self.chats[chat] if bubble.topic != topic]

    def topic_of(self, chat: int, params: dict[str, Any]) -> int | None:
        """Tell in which topic something is said.

        Raises:
            Refusal: there is none of this id, or it is closed to us.
        """
        if "message_thread_id" not in params:
            return None
        id_, group = int(params["message_thread_id"]), self.groups.get(chat)
        topic = group.topics.get(id_) if group and group.is_forum else None
        if group is None or topic is None:
            raise bad("message thread not found")
        if topic.closed and not group.is_admin:
            raise bad("TOPIC_CLOSED")
        return id_

    def rooted(self, what: dict[str, Any]) -> dict[str, Any]:
        """Let a message in a topic that the bot opened answer its first one, if it answers nothing else."""
        group, id_ = self.groups.get(what.get("chat", {}).get("id")), what.get("message_thread_id")
        topic = group.topics.get(id_) if group and isinstance(id_, int) else None
        if topic is None or "reply_to_message" in what:
            return what
        who = {"id": 4711, "is_bot": True, "first_name": "Rapport", "username": "rapport_test_bot"}
        root = {"message_id": id_, "message_thread_id": id_, "is_topic_message": True, "from": who}
        created = {"name": topic.opened_as, "icon_color": 0x6FB9F0}
        return what | {"reply_to_message": root | {"chat": what["chat"], "date": 0, "forum_topic_created": created}}

    async def _createForumTopic(self, params: dict[str, Any]) -> dict[str, Any]:  # noqa: N802 - the method's name on the wire
        group = self.groups.get(self._chat(params))
        if group is None or not group.is_forum:
            raise bad("the chat is not a forum")
        if not (group.is_admin and group.manages_topics):
            raise bad("not enough rights to create a topic")
        id_ = self.next_id()
        group.topics[id_], group.opened = Topic(_name(params), opened_as=_name(params)), group.opened + 1
        return {"message_thread_id": id_, "name": group.topics[id_].name, "icon_color": 0x6FB9F0}

    async def _editForumTopic(self, params: dict[str, Any]) -> bool:  # noqa: N802
        topic, name = self._topic(params), _name(params)
        if topic.name == name:
            raise bad("TOPIC_NOT_MODIFIED")
        topic.name = name
        return True

    async def _closeForumTopic(self, params: dict[str, Any]) -> bool:  # noqa: N802
        return _turned(self._topic(params), closed=True)

    async def _reopenForumTopic(self, params: dict[str, Any]) -> bool:  # noqa: N802
        return _turned(self._topic(params), closed=False)

    def _topic(self, params: dict[str, Any]) -> Topic:
        group = self.groups.get(self._chat(params))
        if group is None or not group.is_forum:
            raise bad("the chat is not a forum")
        topic = group.topics.get(int(params["message_thread_id"]))
        if topic is None:
            raise bad("TOPIC_ID_INVALID")
        return topic

    async def _getChat(self, params: dict[str, Any]) -> dict[str, Any]:  # noqa: N802
        chat = self._chat(params)
        group = self.groups.get(chat) or Group(is_forum=False)
        about = {"id": chat, "type": "supergroup", "title": group.title, "accent_color_id": 0, "max_reaction_count": 11}
        gifts = dict.fromkeys(GIFTS, False)
        return about | {"accepted_gift_types": gifts} | ({"is_forum": True} if group.is_forum else {})

    async def _getChatMember(self, params: dict[str, Any]) -> dict[str, Any]:  # noqa: N802
        group = self.groups.get(self._chat(params)) or Group(is_forum=False, is_admin=False)
        who = {"user": {"id": int(params["user_id"]), "is_bot": True, "first_name": "Rapport"}}
        if not group.is_admin:
            return who | {"status": "member"}
        rights = dict.fromkeys(RIGHTS, False) | {"can_manage_topics": group.manages_topics}
        return who | {"status": "administrator"} | rights


GIFTS = (
    *("unlimited_gifts", "limited_gifts", "unique_gifts", "premium_subscription"),
    "gifts_from_channels",
)
RIGHTS = (
    *("can_be_edited", "is_anonymous", "can_manage_chat", "can_delete_messages", "can_manage_video_chats"),
    *("can_restrict_members", "can_promote_members", "can_change_info", "can_invite_users"),
    *("can_post_stories", "can_edit_stories", "can_delete_stories"),
)


def _name(params: dict[str, Any]) -> str:
    name = str(params.get("name") or "")
    if not 1 <= units(name) <= LONGEST_NAME or not name.strip():
        raise bad("TOPIC_TITLE_EMPTY" if not name.strip() else "topic name is too long")
    return name


def _turned(topic: Topic, *, closed: bool) -> bool:
    if topic.closed == closed:
        raise bad("TOPIC_NOT_MODIFIED")
    topic.closed = closed
    return True
