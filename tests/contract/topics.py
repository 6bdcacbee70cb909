"""A team in a Telegram group with topics: what belongs to a ticket stands in its topic, what is one's own in private."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from storage.contacts import Contact
from storage.staff import Person
from tests.contract.scene import Scene
from tests.contract.venue import Deed, Seat, Shown
from tests.contract.venues import InTelegram, TelegramSeat, moved
from tests.emulators.telegram import Telegram
from tests.telegram.stage import Client
from tests.telegram.team import TEAM

CHAT: dict[str, Any] = {"id": TEAM, "type": "supergroup", "title": "Team", "is_forum": True}


class InTopics(InTelegram):
    """One bot account in a group with topics, and the phones of those who are in it."""

    has_room = True

    async def start(self) -> None:
        await super().start()
        self.telegram.forum(TEAM)

    def policy(self, text: str) -> str:
        return moved(text, f"telegram:{TEAM}")

    def sit(self, address: str, person: Person | None, contact: Contact | None) -> Seat:
        seat = super().sit(address, person, contact)
        assert isinstance(seat, TelegramSeat)
        return TopicSeat(self.scene, seat.client, self.telegram) if person else seat


class TopicSeat(TelegramSeat):
    """A colleague who writes in the newest topic, or in their own chat while there is none."""

    def __init__(self, scene: Scene, client: Client, telegram: Telegram) -> None:
        super().__init__(scene, client)
        self._telegram = telegram

    async def says(self, words: str) -> None:
        if not self._telegram.groups[TEAM].topics:
            return await super().says(words)
        line = f"/{words.replace(' ', '_', 1)}" if words.startswith("ticket ") else f"/{words}"
        there: dict[str, Any] = {"message_thread_id": self._topic(), "is_topic_message": True, "chat": CHAT}
        mark = {"type": "bot_command", "offset": 0, "length": len(line.split(maxsplit=1)[0])}
        self._last = self.client.writes(line, settle=False, entities=[mark], **there)
        return None

    has_threads = True

    def _done(self, deed: Deed) -> dict[str, Any]:
        if deed.press:
            return super()._done(deed)
        there: dict[str, Any] = {"message_thread_id": self._topic(), "is_topic_message": True, "chat": CHAT}
        return self.client._message(text=deed.words, **there)

    def _topic(self) -> int:
        return max(self._telegram.groups[TEAM].topics)

    def _press(self, label: str) -> dict[str, Any]:
        for bubble in reversed(self._telegram.chats[TEAM]):
            if label in bubble.buttons:
                return self.client.pressed(bubble.data(label), bubble.id, CHAT)
        return super()._press(label)

    def presses(self, label: str) -> None:
        for bubble in reversed(self._telegram.chats[TEAM]):
            if label in bubble.buttons:
                self.client.presses_data(bubble.data(label), bubble.id, chat=CHAT)
                return
        super().presses(label)

    def reads(self) -> Sequence[Shown]:
        """Give each topic under the name that it has now, what stands in the open, and one's own chat."""
        group, bubbles = self._telegram.groups[TEAM], self._telegram.chats[TEAM]
        shown: list[Shown] = []
        for id_, topic in group.topics.items():
            shown += [Shown(f"# {topic.name}\n{b.text}", tuple(b.buttons)) for b in bubbles if b.topic == id_]
        shown += [Shown(f"# General\n{b.text}", tuple(b.buttons)) for b in bubbles if b.topic is None]
        return [*shown, *self.own()]
