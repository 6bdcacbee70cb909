"""Platforms in a mood: the emulators break lines, stall, slow down and fail, seldom, from a seed."""

from __future__ import annotations

import random
from collections import Counter
from typing import Any

from aiohttp import web

from tests.emulators.slack import Fault as SlackFault
from tests.emulators.slack import SlackEmulator
from tests.emulators.telegram import Fault, Params, Telegram
from tests.emulators.telegram_rules import Refusal

SAID = frozenset({"chat.postMessage", "chat.postEphemeral", "chat.update", "sendMessage", "editMessageText"})
DOUBTFUL = frozenset({"lost", "stall", "500", "lost-answer", "error"})
"""After these nobody knows whether a message stands, so that another copy may be said."""
SLACK_MOODS = ("reset", "lost", "lost", "429", "500", "stall")
TELEGRAM_MOODS: tuple[Fault, ...] = ("reset", "lost-answer", "lost-answer", "slow-down", "error", "stall")
POLLING_MOODS: tuple[Fault, ...] = ("reset", "lost-answer", "error")


class Mood:
    """How often a platform fails; `done` counts what it did, by name."""

    def __init__(self, luck: random.Random, rate: float) -> None:
        self.luck, self.rate = luck, rate
        self.done: Counter[str] = Counter()
        self.doubtful = 0

    def strikes(self, method: str, moods: tuple[Any, ...]) -> Any:
        """Say how a call fails; None if it does not."""
        if self.luck.random() >= self.rate:
            return None
        fault = self.luck.choice(moods)
        self.done[fault] += 1
        self.doubtful += method in SAID and fault in DOUBTFUL
        return fault


class MoodySlack(SlackEmulator):
    """A Slack that fails now and then, whatever is asked of it."""

    def __init__(self, mood: Mood) -> None:
        super().__init__()
        self.mood = mood

    def _fault(self, method: str) -> SlackFault | None:
        found: SlackFault | None = super()._fault(method) or self.mood.strikes(method, SLACK_MOODS)
        return found


class MoodyTelegram(Telegram):
    """A Telegram that fails now and then, and asks for no more than a second of patience."""

    def __init__(self, mood: Mood) -> None:
        super().__init__(self._strikes)
        self.mood = mood

    def _strikes(self, method: str, _params: Params) -> Fault:
        polling = method in ("getUpdates", "getMe", "deleteWebhook", "setMyCommands")
        found: Fault = self.mood.strikes(method, POLLING_MOODS if polling else TELEGRAM_MOODS) or "ok"
        return found

    async def _obey(self, request: web.Request, method: str, params: Params, fault: Fault) -> web.StreamResponse:
        if fault == "slow-down":
            raise Refusal(429, "Too Many Requests: retry after 1", retry_after=1)
        return await super()._obey(request, method, params, fault)
