"""Posting: what a person does on a page becomes an event, stored before the page says that it was."""

from __future__ import annotations

from dataclasses import dataclass

from bot.app import Bot
from bot.channels import webchat
from bot.channels.webchat_asking import Busy, take
from bot.console.parts import NotTaken
from prompts.phrases import phrases
from storage.inbox import Event


@dataclass(frozen=True)
class Posting:
    """One person's way to act; `place` and `thread` are where a colleague stands."""

    bot: Bot
    who: webchat.Speaker

    async def say(self, words: webchat.Words, place: str = "", thread: str | None = None) -> None:
        await self._take(webchat.words_event(self.who, words, place, thread), typed=True)

    async def press(self, press: webchat.Press, place: str = "") -> None:
        await self._take(webchat.press_event(self.who, press, place))

    async def submit(self, form: webchat.Command) -> None:
        await self._take(webchat.command_event(self.who, form))

    async def _take(self, event: Event, *, typed: bool = False) -> None:
        lines = [webchat.line(event, self.bot.clock.now())] if typed else []
        try:
            await take(self.bot, event, lines)
        except Busy as busy:
            raise NotTaken(phrases(self.who.language)("web-busy")) from busy
