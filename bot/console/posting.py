"""Posting: what a person does on a page becomes an event, stored before the page says that it was."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from bot.app import Bot
from bot.channels import webchat, webchat_lines
from bot.channels.webchat_asking import Busy, ask, take
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
    who: webchat.Speaker

    async def say(self, words: webchat.Words, place: str = "", thread: str | None = None) -> None:
        files = await self._theirs(words.files)
        event = webchat.words_event(self.who, words, place, thread, files)
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
        return [webchat.attachment(found[id_]) for id_ in dict.fromkeys(ids)]

    async def press(self, press: webchat.Press, place: str = "") -> None:
        await self._take(webchat.press_event(self.who, press, place))

    async def submit(self, form: webchat.Command) -> None:
        await self._take(webchat.command_event(self.who, form))

    async def withdraw(self, deed: webchat.Withdrawal) -> None:
        """Take back words of one's own chat."""
        line = await self._own_line(deed.slot)
        event, gone = webchat_lines.withdrawn(self.who, deed, line, self.bot.clock.now())
        await self._take(event, instead=gone)

    async def correct(self, deed: webchat.Correction) -> None:
        """Say words of one's own chat anew."""
        line = await self._own_line(deed.slot)
        event, anew = webchat_lines.corrected(self.who, deed, line, self.bot.clock.now())
        await self._take(event, instead=anew)

    async def _own_line(self, slot: str) -> Post:
        address, t = self.who.address, phrases(self.who.language)
        try:
            line = await ask(self.bot, lambda bot: bot.read(lambda store: store.posts.get(webchat.NAME, address, slot)))
        except Busy as busy:
            raise NotTaken(t("web-busy")) from busy
        if line is None or not webchat_lines.is_theirs(line):
            raise NotTaken(t("web-nothing-here"))
        return line

    async def _take(
        self, event: Event, *, typed: bool = False, files: Sequence[str] = (), instead: Post | None = None
    ) -> None:
        now = self.bot.clock.now()
        lines = [webchat_lines.line(event, now)] if typed else []

        def keep(store: Store) -> None:
            store.uploads.sent(files, now)
            if instead is not None:
                webchat_lines.show_instead(store, instead)

        try:
            await take(self.bot, event, lines, keep)
        except Busy as busy:
            raise NotTaken(phrases(self.who.language)("web-busy")) from busy
