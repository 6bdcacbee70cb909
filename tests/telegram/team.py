"""A team that works from a group with topics: its people, its tickets' topics, and what stands in each."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from scheduler.policy.document import default_text
from tests.emulators.telegram import Bubble
from tests.emulators.telegram_forum import Topic
from tests.telegram.stage import Client, Stage

TEAM = -100_777
ROOMS = ("#sales", "#service", "#after-sales", "#rapport")
DAMAGED = "My order arrived damaged, I want to complain!"


def at_the_group(text: str, group: int = TEAM) -> str:
    """Let all cards of a policy stand in a group."""
    for room in ROOMS:
        text = text.replace(f'"web:{room}"', f'"telegram:{group}"')
    return text


class Team:
    """Li Na, her manager, and the group in which their team works; Chen Wei of Acme is her customer."""

    def __init__(self, stage: Stage) -> None:
        self.stage = stage
        self.group = stage.telegram.forum(TEAM)
        stage.adopt(at_the_group(default_text().replace("language: zh-CN", "language: en")))
        self.wang = stage.worker("Wang Fang", "manager")
        self.li = stage.worker("Li Na", manager_id=self.wang.person.id if self.wang.person else None)
        self.chen = stage.known("Acme", "Chen Wei", owner=self.li.person)

    @property
    def chat(self) -> dict[str, Any]:
        return {"id": TEAM, "type": "supergroup", "title": self.group.title, "is_forum": self.group.is_forum}

    @property
    def bubbles(self) -> list[Bubble]:
        return self.stage.telegram.chats[TEAM]

    @property
    def topic_id(self) -> int:
        """Give the newest topic."""
        return max(self.group.topics)

    @property
    def topic(self) -> Topic:
        return self.group.topics[self.topic_id]

    def complains(self, words: str = DAMAGED) -> str:
        """Let the customer ask for something; give the ticket's number once it stands in its topic."""
        self.chen.writes(words)
        self.pause(seconds=8)
        return self.stage.ticket.number

    def pause(self, **span: float) -> None:
        """Let time pass second by second, as far as something waits."""
        self.stage.clock.moment += timedelta(**span)
        self.stage.settle()

    def inside(self, topic: int | None = None) -> list[Bubble]:
        """Give what stands in a topic; in the newest if none is named."""
        wanted = topic if topic is not None else self.topic_id
        return [bubble for bubble in self.bubbles if bubble.topic == wanted]

    @property
    def general(self) -> list[Bubble]:
        return [bubble for bubble in self.bubbles if bubble.topic is None]

    def hears(self, *words: str, topic: int | None = None) -> Bubble:
        """Find the newest message with all these words in a topic."""
        for bubble in reversed(self.inside(topic)):
            if all(word in bubble.text for word in words):
                return bubble
        raise AssertionError(f"{words} was not said; said was:\n" + "\n---\n".join(b.text for b in self.inside(topic)))

    def writes(self, who: Client, text: str = "", topic: int | None = None, **more: Any) -> int:
        """Let somebody write in a topic."""
        there: dict[str, Any] = {"message_thread_id": topic or self.topic_id, "is_topic_message": True}
        command = text.split(maxsplit=1)[0] if text.startswith("/") else ""
        marks = [{"type": "bot_command", "offset": 0, "length": len(command)}] if command else []
        return who.writes(text, **({"chat": self.chat, "entities": marks} | there | more))

    def presses(self, who: Client, label: str, topic: int | None = None) -> int:
        """Let somebody press the newest button of this label in a topic."""
        bubble = next(b for b in reversed(self.inside(topic)) if label in b.buttons)
        return who.presses_data(bubble.data(label), bubble.id, chat=self.chat)
