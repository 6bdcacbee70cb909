"""A crowd: customers who write in Telegram and colleagues who work in Slack, all at once and without waiting.

Everything that is said carries a mark of its own, `[chen.7]`, by which the ledger finds it again at the other end.
"""

from __future__ import annotations

import asyncio
import random
import time
from collections import defaultdict
from dataclasses import dataclass, field
from typing import Any, cast

from tests.emulators.slack import Sending
from tests.emulators.slack_rules import Piece
from tests.emulators.slack_web import TEAM
from tests.house.house import SERVICE
from tests.house.moods import MoodySlack, MoodyTelegram
from tests.slack.office import Mate, _answer, labels, words
from tests.telegram.stage import Client


@dataclass
class Platforms:
    """Both emulators, as the people of the other tests know their world."""

    slack: MoodySlack
    telegram: MoodyTelegram
    luck: random.Random


@dataclass
class Act:
    """Something that somebody did, and whether the platform was told that it arrived."""

    mark: str
    kind: str
    id: str
    acked: bool
    seconds: float = 0.0
    at: float = 0.0


@dataclass
class Talker:
    """Somebody whose doings are counted."""

    platforms: Platforms
    name: str
    acts: list[Act] = field(default_factory=list)
    said: int = 0

    def mark(self) -> str:
        self.said += 1
        return f"[{self.name}.{self.said}]"


@dataclass
class Patron(Talker):
    """A customer at their phone; Telegram keeps what they write until the bot has confirmed it."""

    id: int = 0
    language: str = "en"

    @property
    def client(self) -> Client:
        return Client(cast("Any", self.platforms), self.id, self.name, self.language)

    def writes(self, text: str, kind: str = "words") -> Act:
        mark = self.mark() if kind == "words" else ""
        update = self.client.writes(f"{text} {mark}".strip(), settle=False)
        self.acts.append(Act(mark, kind, str(update), acked=True))
        return self.acts[-1]

    def presses(self, start: str) -> bool:
        """Press the newest button whose label starts so, if there is one."""
        for bubble in reversed(self.client.bubbles):
            for label in bubble.buttons:
                if label.startswith(start):
                    update = self.client.presses_data(bubble.data(label), bubble.id, settle=False)
                    self.acts.append(Act("", "press", str(update), acked=True))
                    return True
        return False


@dataclass
class Clerk(Talker):
    """A colleague in Slack, who notices when something did not arrive."""

    user: str = ""
    heard: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    """Marks of the replies that were asked for, by the chat that has to hear them."""

    @property
    def mate(self) -> Mate:
        return Mate(cast("Any", self.platforms), self.user, cast("Any", None))

    def cards(self) -> list[Piece]:
        return [m for m in self.platforms.slack.talks[SERVICE].messages if not m.get("thread_ts")]

    async def types(self, line: str, kind: str = "line", mark: str = "") -> Act:
        trigger = self.platforms.slack.trigger(self.user)
        about = {"user_id": self.user, "channel_id": SERVICE, "team_id": TEAM, "trigger_id": trigger}
        sending = await self.platforms.slack.send("slash_commands", {"command": "/crm", "text": line, **about})
        return self._did(kind, trigger, sending, mark)

    async def notes(self, card: Piece) -> Act:
        """Say something under a card; now and then Slack tells of it twice."""
        mark, slack = self.mark(), self.platforms.slack
        event = self.mate.reply(card, f"between us: {mark}")
        id_ = f"Ev{self.user}{self.said:06d}"
        sending = await slack.event(event, id_=id_)
        if sending.acked and self.platforms.luck.random() < 0.1:
            await slack.event(event, id_=id_)
        return self._did("note", id_, sending, mark)

    async def presses(self, label: str, card: Piece, talk: str = SERVICE, *, asks: bool = False) -> Act | None:
        """Press a button, if it is there; one that asks something first only opens a form, and nothing is stored."""
        if label not in labels(card):
            return None
        payload = self.mate.press(label, card, talk)
        sending = await self.platforms.slack.send("interactive", payload)
        return self._did("opening" if asks else "press", payload["trigger_id"], sending)

    async def fills(self, **answers: str) -> Act | None:
        """Fill in the form that was opened last for me, as soon as it asks something; none may ever come."""
        view = await self._form()
        if view is None:
            return None
        values = {b["block_id"]: {"answer": _answer(b["element"], answers.get(b["block_id"]))} for b in view["blocks"]}
        payload = {
            "type": "view_submission",
            "team": {"id": TEAM},
            "user": {"id": self.user, "team_id": TEAM},
            "trigger_id": self.platforms.slack.trigger(self.user),
            "view": {**view, "state": {"values": values}},
        }
        return self._did("form", view["id"], await self.platforms.slack.send("interactive", payload))

    async def _form(self) -> Piece | None:
        slack = self.platforms.slack
        for _ in range(20):
            for view in [view for view in slack.views.values() if view["user"] == self.user]:
                if all(block["type"] == "input" for block in view["blocks"]):
                    return slack.views.pop(view["id"])
            await asyncio.sleep(0.1)
        return None

    def _did(self, kind: str, id_: str, sending: Sending, mark: str = "") -> Act:
        at = time.monotonic() - sending.seconds
        self.acts.append(Act(mark, kind, id_, sending.acked, sending.seconds, at))
        return self.acts[-1]


def number_of(card: Piece) -> str:
    """Read a ticket's number off its card."""
    head = words(card).split("T-", 1)
    return f"T-{head[1][:5]}" if len(head) == 2 else ""
