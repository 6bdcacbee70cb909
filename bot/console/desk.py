"""The desk: a colleague's console, with rooms on the left, the chosen room in the middle, a thread on the right."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping, Sequence
from datetime import datetime
from types import MappingProxyType
from typing import Any
from urllib.parse import urlencode

from nicegui import ui

from bot.app import Bot
from bot.channels.webchat.asking import Busy, ask
from bot.channels.webchat.deeds import Command, Correction, Press, Speaker, Withdrawal, Words
from bot.console.links import sheet_links
from bot.console.looking import Look, Seen, see
from bot.console.parts import Composer, Feed
from bot.console.posting import Posting
from bot.console.reading import Reader
from bot.console.rooms import Room, offers
from bot.console.staff_sessions import Seat
from handlers.colleagues import Roster
from prompts.phrases import phrases
from storage.store import Store

WHISPERS = 2
"""Where private answers stand in a pane: below its head and its feed, above where words are typed."""
HEADING = 'role="heading" aria-level="2"'
POLL = 0.5
"""Seconds between two looks at whether something changed."""


class Desk:
    """One colleague's console as an element of a page."""

    def __init__(
        self,
        bot: Bot,
        seat: Seat,
        language: str,
        leave: Callable[[], None] | None = None,
        keep: Mapping[str, str] = MappingProxyType({}),
    ) -> None:
        self._bot = bot
        self._seat, self._person = seat, seat.person
        self._t = phrases(language)
        self._leave = leave
        self._own = f"staff:{seat.person.id}"
        self._posting = Posting(bot, Speaker(self._own, language), seat.holds)
        self._look = Look(room=Room("own", self._own, self._t("web-own-room")))
        self._offers = offers(bot.routes, seat.person.role, self._t)
        self._listed: Sequence[Room] = ()
        self._doors: list[ui.element] = []
        self._keep = dict(keep)
        self._build(language, keep)
        self._enter_room(self._look.room)
        self._looking = ui.timer(POLL, self.look)

    def _build(self, language: str, keep: Mapping[str, str]) -> None:
        with ui.element("div").classes("rp-desk").props(f'lang="{language}"') as self._root:
            self._skip = ui.element("a").classes("rp-skip")
            with self._skip:
                ui.label(self._t("web-skip"))
            with ui.element("nav").classes("rp-side").props(f'aria-label="{self._t("web-rooms")}"'):
                sheet_links(self._person, language, keep)
                self._rooms = ui.element("div").classes("rp-rooms")
                with ui.element("div").classes("rp-me"):
                    ui.label(self._person.name).classes("rp-me-name")
                    ui.label(self._t.maybe(f"role-{self._person.role}") or self._person.role)
            with ui.element("section").classes("rp-main") as self._room_pane:
                self._build_room()
            thread = ui.element("section").classes("rp-thread").props(f'aria-label="{self._t("web-thread-name")}"')
            with thread as self._thread_pane:
                self._build_thread()
            self._skip.props(f'href="#{self._composer.box}"')

    def _build_room(self) -> None:
        with ui.element("header").classes("rp-head"):
            self._title = ui.label().classes("rp-head-title").props(HEADING)
            self._about = ui.label().classes("rp-head-about")
        self._feed = Feed(self._t, "team", press=self._press, submit=self._submit, empty=self._t("web-own-empty"))
        self._feed.on_thread(self._open_thread)
        self._feed.on_older(self._more)
        with ui.element("div").classes("rp-whisper") as self._whisper_pane:
            with ui.element("header"):
                ui.label(self._t("web-whisper"))
                _button(self._t("web-dismiss"), self._dismiss, "rp-link")
            self._whisper = Feed(self._t, "whisper", press=self._press_own, submit=self._submit)
        self._composer = Composer(self._t, self._own, "", self._say)
        self._whisper.fetch_from(self._files(self._own))

    def _build_thread(self) -> None:
        with ui.element("header").classes("rp-head"):
            self._thread_title = ui.label().classes("rp-head-title").props(HEADING)
            self._thread_about = ui.label(self._t("web-thread-about")).classes("rp-head-about")
            _button("✕", self._leave_thread, "rp-close").props(f'aria-label="{self._t("web-close")}"')
        self._replies = Feed(self._t, "thread", press=self._press, submit=self._submit)
        self._replies.on_second_thoughts(self._take_back, self._correct, self._t)
        self._reply = Composer(
            self._t, "", self._t("web-thread-placeholder"), self._say_in_thread, upload=self._files(self._own)
        )

    def _files(self, place: str) -> str:
        """Tell where the files of a place are handed out, and those of this colleague taken."""
        return "/console/files?" + urlencode({**self._keep, "place": place})

    # What a colleague does

    async def _say(self, words: Words) -> None:
        await self._heeding(self._posting.say(words, self._look.room.address), asked=True)

    async def _say_in_thread(self, words: Words) -> None:
        await self._heeding(self._posting.say(words, self._look.room.address, self._look.thread), asked=True)

    async def _press(self, press: Press) -> None:
        await self._heeding(self._posting.press(press, self._look.room.address))

    async def _press_own(self, press: Press) -> None:
        await self._heeding(self._posting.press(press, self._own))

    async def _submit(self, form: Command) -> None:
        await self._heeding(self._posting.submit(form))

    async def _take_back(self, deed: Withdrawal) -> None:
        await self._heeding(self._posting.take_back(deed, self._look.room.address))

    async def _correct(self, deed: Correction) -> None:
        await self._heeding(self._posting.correct(deed, self._look.room.address))

    async def _heeding(self, deed: Awaitable[None], *, asked: bool = False) -> None:
        """Do something, and show what the bot answers privately where the person is looking."""
        self._look.whisper_since, self._look.asked = self._bot.clock.now(), asked
        await deed

    # Where a colleague looks

    def _enter_room(self, room: Room) -> None:
        if room.kind == "ticket":
            self._enter_room(Room("team", room.address, room.address))
            self._open_thread(room.thread or "")
            self._feed.run_method("reveal", room.thread)
            return
        self._close_thread()
        self._hush()
        if room.address != self._look.room.address or not self._title.text:
            self._feed.start()
        self._look.move(room)
        for feed in (self._feed, self._replies):
            feed.fetch_from(self._files(room.address))
        self._title.text = room.title
        own = room.kind == "own"
        self._about.text = self._t("web-own-about" if own else "web-team-about")
        self._feed.turn_to(self._t("web-own-empty" if own else "web-room-empty"))
        placeholder = self._t("web-own-placeholder" if own else "web-team-placeholder")
        self._composer.turn_to(f"{self._own}|{room.address}", placeholder, self._offers, eager=own)

    def _open_thread(self, slot: str) -> None:
        if slot != self._look.thread:
            self._replies.start()
        self._look.open(slot)
        self._thread_title.text = self._t("web-thread", room=self._look.room.title)
        self._thread_pane.classes(add="open")
        self._root.classes(add="threaded")
        self._whisper_pane.move(self._thread_pane, WHISPERS)  # on a narrow desk the room is not seen beside its thread
        key = f"{self._own}|{self._look.room.address}|{slot}"
        self._reply.turn_to(key, self._t("web-thread-placeholder"), self._offers)
        self._reply.focus()

    def _close_thread(self) -> None:
        self._look.open(None)
        self._thread_pane.classes(remove="open")
        self._root.classes(remove="threaded")
        self._whisper_pane.move(self._room_pane, WHISPERS)

    def _leave_thread(self) -> None:
        """Close the thread and stand at its card again."""
        slot = self._look.thread
        self._close_thread()
        if slot:
            self._feed.home(slot)

    def _dismiss(self) -> None:
        """Put the private answer away and go on where words are typed."""
        self._hush()
        (self._reply if self._look.thread else self._composer).focus()

    def _hush(self) -> None:
        self._look.whisper_since = None
        self._whisper_pane.classes(remove="open")
        self._whisper.show([])

    def _more(self) -> None:
        self._look.limit += 60
        self._look.forget()

    # What the page shows

    async def look(self) -> None:
        """Show what changed since the last look."""
        try:
            seen = await ask(self._bot, lambda bot: bot.read(self._see))
        except Busy:
            return
        if seen is not None and seen.gone:
            self._looking.deactivate()
            if self._leave is not None:
                self._leave()
            return
        if seen is not None and seen.turn == self._look.turn:
            self._show(seen)

    def _see(self, store: Store) -> Seen | None:
        return see(self._bot, store, self._seat, self._look, self._t)

    def _show(self, seen: Seen) -> None:
        reader = self._reader(seen)
        teams = self._look.room.kind == "team"
        self._offer(seen.roster)
        self._feed.show(reader.read(seen.posts, seen.sizes, threads=teams), older=seen.older)
        self._replies.show(reader.read(seen.thread))
        self._say_who_reads(goes_out=seen.goes_out)
        self._whisper.show(reader.read(seen.whispers))
        self._whisper_pane.classes(**({"add": "open"} if seen.whispers else {"remove": "open"}))
        self._show_rooms(seen)

    def _offer(self, roster: Roster) -> None:
        colleagues = roster.suggested(self._bot.routes.commands.values(), self._t)
        for feed in (self._feed, self._replies, self._whisper):
            feed.offer(colleagues)

    def _say_who_reads(self, *, goes_out: bool) -> None:
        """Say beside the thread, and where words are typed, who reads them."""
        self._thread_about.text = self._t("web-thread-goes-out" if goes_out else "web-thread-about")
        self._thread_pane.classes(**({"add": "out"} if goes_out else {"remove": "out"}))
        placeholder = self._t("web-thread-out-placeholder" if goes_out else "web-thread-placeholder")
        self._reply.write_to(placeholder, upload=self._files(self._own))

    def _reader(self, seen: Seen) -> Reader:
        return Reader(self._t, self._person.zone, self._now, self._own, self._t("web-bot"), seen.roster.names)

    @property
    def _now(self) -> datetime:
        return self._bot.clock.now()

    def _show_rooms(self, seen: Seen) -> None:
        """Mark which room is looked at and which have news; a button under somebody's finger stays the one it was."""
        if seen.rooms != self._listed:
            self._list_rooms(seen.rooms)
        here = self._here(seen.rooms)
        for room, door in zip(seen.rooms, self._doors, strict=True):
            for mark, said, holds in (
                ("here", 'aria-current="true"', room == here),
                ("fresh", f'aria-description="{self._t("web-room-fresh")}"', room.key in seen.fresh),
            ):
                door.classes(**({"add": mark} if holds else {"remove": mark}))
                door.props(**({"add": said} if holds else {"remove": said.partition("=")[0]}))

    def _list_rooms(self, rooms: Sequence[Room]) -> None:
        self._rooms.clear()
        self._listed, self._doors, before = rooms, [], ""
        with self._rooms:
            for room in rooms:
                if room.kind not in (before, "own"):
                    ui.label(self._t(f"web-rooms-{room.kind}")).classes("rp-rooms-kind")
                before = room.kind
                self._doors.append(self._door(room))

    def _here(self, rooms: Sequence[Room]) -> Room | None:
        """Tell which room is looked at: the ticket whose thread is open, or else the place."""
        place = [room for room in rooms if room.address == self._look.room.address]
        whole = (room for room in place if room.thread is None)
        return next((room for room in place if room.thread == self._look.thread), next(whole, None))

    def _door(self, room: Room) -> ui.element:
        button = _button("", lambda: self._enter_room(room), f"rp-room {room.kind}")
        with button:
            ui.label(room.title).classes("rp-room-title")
            if room.about:
                ui.label(room.about).classes("rp-room-about")
        return button


def _button(text: str, deed: Callable[[], Any], classes: str) -> ui.element:
    """Make a plain button: its text is a text node."""
    button = ui.element("button").classes(classes).props('type="button"').on("click", lambda _: deed())
    if text:
        with button:
            ui.label(text)
    return button
