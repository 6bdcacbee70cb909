"""A customer's chat beside the console, as a visitor of the demo plays them: what they wrote, what we said, and the composer."""

from __future__ import annotations

from nicegui import ui

from bot.app import Bot
from bot.channels.webchat.asking import Busy, ask
from bot.channels.webchat.deeds import NAME, Speaker
from bot.console.parts import Composer, Feed
from bot.console.posting import Posting
from bot.console.reading import Reader
from prompts.phrases import phrases
from storage.posts import Post
from storage.store import Store

POLL = 0.5
"""Seconds between two looks at whether something changed."""


class Chat:
    """One customer's chat as an element of a page."""

    def __init__(self, bot: Bot, address: str, language: str) -> None:
        self._bot = bot
        self._address = address
        self._t = phrases(language)
        self._version: str | None = None
        self._limit = 60
        self._posting = Posting(bot, Speaker(address, language))
        with ui.element("div").classes("rp-chat").props(f'lang="{language}"'):
            self._feed = Feed(
                self._t,
                "chat",
                press=self._posting.press,
                submit=self._posting.submit,
                empty=self._t("web-chat-empty", company=bot.policies.current.company.name),
            )
            self._feed.on_older(self._more)
            files = f"/console/files?as={address}"
            self._feed.fetch_from(files)
            Composer(self._t, address, self._t("web-chat-placeholder"), self._posting.say, upload=files)
        ui.timer(POLL, self.look)

    async def look(self) -> None:
        """Show what changed since the last look."""
        try:
            found = await ask(self._bot, lambda bot: bot.read(self._changed))
        except Busy:
            return
        if found is None:
            return
        self._version, posts, zone = found
        company = self._bot.policies.current.company.name
        reader = Reader(self._t, zone, self._bot.clock.now(), self._address, company, {})
        self._feed.show(reader.read(posts[-self._limit :]), older=len(posts) > self._limit)

    def _changed(self, store: Store) -> tuple[str, list[Post], str] | None:
        version = store.posts.version(NAME, [self._address])
        if version == self._version:
            return None
        contact = store.contacts.at(NAME, self._address)
        zone = (contact and contact.zone) or self._bot.policies.current.company.zone.key
        return version, store.posts.of(NAME, self._address, limit=self._limit + 1), zone

    def _more(self) -> None:
        self._limit += 60
        self._version = None
