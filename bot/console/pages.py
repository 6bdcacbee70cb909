"""The pages: which address shows what, and to whom. NiceGUI is imported here and below, when the web is served."""

from __future__ import annotations

import asyncio
import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

from fastapi import FastAPI
from nicegui import ui
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from bot.app import Bot
from bot.channels.webchat.tongue import language_of
from bot.console.demo import Demo
from bot.console.desk import Desk
from bot.console.links import sheet_links
from bot.console.parts import STATIC
from bot.console.playground import Playground, language_switch
from bot.console.sheet_page import SheetPage
from bot.console.sheets import sheets_of
from bot.console.visitor import Visitor
from handlers.parts import Sheet
from prompts.phrases import phrases

TITLE: Final = "Rapport 常联"


def install(app: FastAPI, bot: Bot, demo: Demo | None) -> None:
    """Serve the pages on an app; once a process, as the framework keeps its pages for all of it."""
    pages = Pages(bot, demo)
    ui.page("/console", title=TITLE)(pages.console)
    ui.page("/day", title=TITLE)(pages.day)
    ui.page("/digest", title=TITLE)(pages.digest)
    if demo is not None:
        ui.page("/", title=TITLE)(pages.playground)
    ui.run_with(app, title=TITLE, favicon=STATIC / "icon.svg", tailwind=False, show_welcome_message=False)


class Pages:
    """Each page shows itself to whoever may see it, and sends everybody else where they may be."""

    def __init__(self, bot: Bot, demo: Demo | None) -> None:
        self._bot, self._demo = bot, demo
        self._visitor = Visitor(bot, demo)

    async def console(self, request: Request) -> Response | None:
        """Show a colleague's desk."""
        seat = await self._visitor.seat(request)
        if seat is None:
            return RedirectResponse("/", 303)
        person = seat.person
        language = self._visitor.language(request, person)
        with _window(language, "wide"):
            with ui.element("header").classes("rp-bar"):
                ui.label(TITLE).classes("rp-brand")
                ui.label(self._bot.policies.current.company.name).classes("rp-head-about")
                ui.element("span").classes("rp-gap")
                language_switch(language)
                _leaving(language)
            Desk(self._bot, seat, language, leave=lambda: ui.navigate.to("/console"))
        return None

    async def day(self, request: Request) -> Response | None:
        """Show a colleague's day."""
        return await self._sheet(request, "day")

    async def digest(self, request: Request) -> Response | None:
        """Show a manager's digest."""
        return await self._sheet(request, "digest")

    async def _sheet(self, request: Request, which: Sheet) -> Response | None:
        seat = await self._visitor.seat(request)
        if seat is None:
            return RedirectResponse("/", 303)
        person = seat.person
        if which not in sheets_of(person):
            return RedirectResponse(f"/day?{request.url.query}", 303)
        language, keep = self._visitor.language(request, person), self._visitor.keep(request)
        ui.page_title(f"{phrases(language)(f'web-sheet-{which}')} · {TITLE}")
        with _window(language):
            with ui.element("header").classes("rp-bar"):
                sheet_links(person, language, keep, here=which, home=True)
                ui.element("span").classes("rp-gap")
                language_switch(language, keep)
            SheetPage(self._bot, seat, which, language, leave=lambda: ui.navigate.to(f"/{which}"))
        return None

    async def playground(self, request: Request) -> None:
        """Show the demo: a customer beside a colleague."""
        demo = self._demo
        if demo is None:
            return
        language = language_of(request, self._bot.policies.current.company.language)
        _dress(language)
        board = await asyncio.to_thread(lambda: (demo.people(), demo.guests()))
        page = Playground(self._bot, demo, board, request.state.guest, language, request.query_params)
        _offline(language)
        await page.begin()


@contextmanager
def _window(language: str, looks: str = "") -> Iterator[None]:
    """Frame a page in our own look, with what it says while the connection is lost."""
    _dress(language)
    with ui.element("div").classes(f"rp-window {looks}").props(f'lang="{language}"'):
        yield
        _offline(language)


def _dress(language: str) -> None:
    """Give the page its language and our own look; the mark behind the name makes browsers fetch a new version."""
    mark = hashlib.sha256((STATIC / "console.css").read_bytes()).hexdigest()[:8]
    ui.add_head_html(f'<link rel="stylesheet" href="/assets/console.css?{mark}">')
    ui.add_head_html('<script src="/assets/here.js"></script>')
    ui.add_head_html(f'<script>document.documentElement.lang = "{language}"</script>')


def _leaving(language: str) -> None:
    """Let a colleague end their session here, as on a computer that others use too."""
    form = ui.element("form").props('method="post" action="/console/leave"')
    with form, ui.element("button").classes("rp-link").props('type="submit"'):
        ui.label(phrases(language)("web-leave"))


def _offline(language: str) -> None:
    """Say in the person's language that the connection is lost; the style sheet shows it while that is so."""
    ui.label(phrases(language)("web-offline")).classes("rp-offline").props('role="status"')
