"""A sheet's page: the day or the digest, live, with what the bot answers to a press below it."""

from __future__ import annotations

import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final

from nicegui import ui

from bot.app import Bot
from bot.channels.webchat.asking import Busy, ask
from bot.channels.webchat.deeds import NAME, Command, Press, Speaker
from bot.console.charts import Chart
from bot.console.parts import Feed, NotTaken
from bot.console.posting import Posting
from bot.console.reading import Reader
from bot.console.sheets import Shown, sheet
from bot.console.staff_sessions import Seat
from handlers.colleagues import NOBODY, Roster
from handlers.parts import Sheet
from handlers.pictures import Picture
from prompts.phrases import phrases
from storage.posts import Post
from storage.store import Store

POLL: Final = 0.5
"""Seconds between two looks at whether something was said."""
ANYWAY: Final = 10.0
"""Seconds after which a sheet is put together again although nothing was said: time alone changes it."""
AGAIN: Final = "day again"
"""A page is said anew by itself; its button does it at once."""


@dataclass(frozen=True)
class Seen:
    """What a page shows."""

    shown: Shown | None = None
    answers: tuple[Post, ...] = ()
    roster: Roster = NOBODY


class SheetPage:
    """One colleague's sheet as an element of a page."""

    def __init__(self, bot: Bot, seat: Seat, which: Sheet, language: str, leave: Callable[[], None]) -> None:
        self._bot, self._which, self._leave = bot, which, leave
        self._seat, self._person = seat, replace(seat.person, language=language)
        self._t = phrases(language)
        self._own = f"staff:{seat.person.id}"
        self._posting = Posting(bot, Speaker(self._own, language), seat.holds)
        self._shown: Shown | None = None
        self._picture: Picture | None = None
        self._since: datetime | None = None
        self._version, self._looked_at = "", 0.0
        with ui.element("div").classes("rp-sheet-page").props(f'lang="{language}"'):
            self._sheet = Feed(self._t, "sheet", press=self._press, submit=self._submit)
            with ui.element("div").classes("rp-figures") as self._figures:
                pass
        with ui.element("section").classes("rp-whisper rp-answers") as self._pane:
            with ui.element("header"):
                ui.label(self._t("web-answers"))
                with ui.element("button").classes("rp-link").props('type="button"').on("click", self._dismiss):
                    ui.label(self._t("web-dismiss"))
            self._answers = Feed(self._t, "whisper", press=self._press_answer, submit=self._submit)
        self._looking = ui.timer(POLL, self.look)

    # What a colleague does

    async def _press(self, press: Press) -> None:
        """Do what a button of the sheet says, as the sheet is now."""
        button = self._shown.buttons.get(press.button) if self._shown else None
        if button is None:
            raise NotTaken(self._t("card-moved-on"))
        if button.command == AGAIN:
            self._looked_at = 0.0
            return
        deed = Command(id=press.id, command=button.command, args=dict(button.args))
        await self._heeding(self._posting.submit(deed))

    async def _press_answer(self, press: Press) -> None:
        await self._heeding(self._posting.press(press, self._own))

    async def _submit(self, form: Command) -> None:
        await self._heeding(self._posting.submit(form))

    async def _heeding(self, deed: Awaitable[None]) -> None:
        """Do something, and show below what is answered from now on."""
        self._since = self._bot.clock.now()
        await deed

    def _dismiss(self) -> None:
        """Put the answers away and stand again where they were asked for."""
        self._since = None
        self._pane.classes(remove="open")
        self._answers.show([])
        self._sheet.home()

    # What the page shows

    async def look(self) -> None:
        """Show what changed since the last look."""
        try:
            seen = await ask(self._bot, lambda bot: bot.read(self._see))
        except Busy:
            return
        if seen is None:
            return
        if seen.shown is None:
            self._looking.deactivate()
            self._leave()
            return
        self._show(seen.shown, seen.answers)
        colleagues = seen.roster.suggested(self._bot.routes.commands.values(), self._t)
        for feed in (self._sheet, self._answers):
            feed.offer(colleagues)

    def _see(self, store: Store) -> Seen | None:
        """Read what has to be shown; None if nothing changed, no sheet for who has no seat any more."""
        if not self._seat.holds(store):
            return Seen()
        version, now = store.posts.version(NAME, [self._own]), time.monotonic()
        if version == self._version and now - self._looked_at < ANYWAY:
            return None
        self._version, self._looked_at = version, now
        around = self._bot.pump.dispatch.around
        shown = sheet(store, around, self._person, self._which, self._bot.clock.now())
        said = store.posts.of(NAME, self._own, limit=5) if self._since else []
        answers = [post for post in said if post.flow == "out" and self._since and post.changed >= self._since]
        return Seen(shown, tuple(answers), Roster.of(store, self._bot.clock.now()))

    def _show(self, shown: Shown, answers: tuple[Post, ...]) -> None:
        self._shown = shown
        now = self._bot.clock.now()
        reader = Reader(self._t, self._person.zone, now, self._own, self._t("web-bot"), {})
        self._sheet.show([shown.post(now, reader)])
        self._answers.show(reader.read(answers))
        self._pane.classes(**({"add": "open"} if answers else {"remove": "open"}))
        if shown.picture != self._picture:
            self._draw(shown.picture)

    def _draw(self, picture: Picture | None) -> None:
        self._picture = picture
        self._figures.clear()
        if picture is not None:
            with self._figures:
                Chart(picture)
