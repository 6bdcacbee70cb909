"""Posting: what a person does on a page becomes an event, stored before the page says that it was."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from bot.app import Bot
from bot.channels.webchat import deeds
from bot.channels.webchat import lines as webchat_lines
from bot.channels.webchat.asking import Busy, ask, take
from bot.console.parts import NotTaken
from handlers.cards import Attachment
from prompts.phrases import phrases
from storage.inbox import Event
from storage.posts import Post
from storage.store import Store


@dataclass(frozen=True)
class Posting:
    """One person's way to act; `place` and `thread` are where a colleague stands."""

    bot: Bot
    who: deeds.Speaker
    admits: Callable[[Store], bool] | None = None
    """Tells whether they may still act here; a page that stays open in a browser proves nothing."""

    async def say(self, words: deeds.Words, place: str = "", thread: str | None = None) -> None:
        files = await self._theirs(words.files)
        event = deeds.words_event(self.who, words, place, thread, files)
        await self._take(event, typed=True, files=words.files)

    async def _theirs(self, ids: Sequence[str]) -> list[Attachment]:
        """Find the files that the words name, among those this person handed over."""
        if not ids:
            return []
        address, t = self.who.address, phrases(self.who.language)
        try:
            found = await ask(self.bot, lambda bot: bot.read(lambda store: store.uploads.of(address, ids)))
        except Busy as busy:
            raise NotTaken(t("web-busy")) from busy
        if found.keys() != set(ids):
            raise NotTaken(t("web-file-gone"))
        return [deeds.attachment(found[id_]) for id_ in dict.fromkeys(ids)]

    async def take_back(self, deed: deeds.Withdrawal, place: str) -> None:
        """Ask for words of one's own back; they stand until it is known that they have not reached anybody."""
        now = self.bot.clock.now()
        event, _ = webchat_lines.withdrawn(self.who, deed, await self._own_line(place, deed.slot), now)
        await self._take(event)

    async def correct(self, deed: deeds.Correction, place: str) -> None:
        """Ask for words of one's own to say something else."""
        now = self.bot.clock.now()
        event, _ = webchat_lines.corrected(self.who, deed, await self._own_line(place, deed.slot), now)
        await self._take(event)

    async def _own_line(self, place: str, slot: str) -> Post:
        """Find what this person wrote in a thread of a place."""
        t = phrases(self.who.language)
        try:
            line = await ask(self.bot, lambda bot: bot.read(lambda store: store.posts.get(deeds.NAME, place, slot)))
        except Busy as busy:
            raise NotTaken(t("web-busy")) from busy
        if line is None or not webchat_lines.is_theirs(line) or line.author != self.who.address or not line.thread:
            raise NotTaken(t("web-nothing-here"))
        return line

    async def press(self, press: deeds.Press, place: str = "") -> None:
        await self._take(deeds.press_event(self.who, press, place))

    async def submit(self, form: deeds.Command) -> None:
        await self._take(deeds.command_event(self.who, form))

    async def _take(self, event: Event, *, typed: bool = False, files: Sequence[str] = ()) -> None:
        await self._check()
        now = self.bot.clock.now()
        lines = [webchat_lines.line(event, now)] if typed else []
        try:
            await take(self.bot, event, lines, lambda store: store.uploads.sent(files, now))
        except Busy as busy:
            raise NotTaken(phrases(self.who.language)("web-busy")) from busy

    async def _check(self) -> None:
        """Refuse whoever was signed out since the page was opened."""
        admits, t = self.admits, phrases(self.who.language)
        if admits is None:
            return
        try:
            admitted = await ask(self.bot, lambda bot: bot.read(admits))
        except Busy as busy:
            raise NotTaken(t("web-busy")) from busy
        if not admitted:
            raise NotTaken(t("web-signed-out"))
