"""The pages: which address shows what, and to whom. NiceGUI is imported here and below, when the web is served."""

from __future__ import annotations

import asyncio
import hashlib

from fastapi import FastAPI
from nicegui import ui
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from bot.app import Bot
from bot.console.demo import Demo
from bot.console.desk import Desk
from bot.console.links import sheet_links
from bot.console.parts import STATIC
from bot.console.playground import Playground, language_switch
from bot.console.sheet_page import SheetPage
from bot.console.sheets import sheets_of
from bot.console.tongue import language_of
from bot.console.visitor import Visitor
from handlers.parts import Sheet
from prompts.phrases import phrases


def install(app: FastAPI, bot: Bot, demo: Demo | None) -> None:
    """Serve the pages on an app; once a process, as the framework keeps its pages for all of it."""
    company = bot.policies.current.company
    visitor = Visitor(bot, demo)

    @ui.page("/console", title="Rapport 常联")
    async def console(request: Request) -> Response | None:
        person = await visitor.colleague(request)
        if person is None:
            return RedirectResponse("/", 303)
        language = visitor.language(request, person)
        _dress()
        with ui.element("div").classes("rp-window wide").props(f'lang="{language}"'):
            with ui.element("header").classes("rp-bar"):
                ui.label("Rapport 常联").classes("rp-brand")
                ui.label(company.name).classes("rp-head-about")
                ui.element("span").classes("rp-gap")
                language_switch(language)
                _leaving(language)
            Desk(bot, person, language, leave=lambda: ui.navigate.to("/"))
            _offline(language)
        return None

    _sheets(bot, visitor)

    if demo is not None:

        @ui.page("/", title="Rapport 常联")
        async def playground(request: Request) -> None:
            language = language_of(request, company.language)
            _dress()
            board = await asyncio.to_thread(lambda: (demo.people(), demo.guests()))
            page = Playground(bot, demo, board, request.state.guest, language, request.query_params)
            _offline(language)
            await page.begin()

    ui.run_with(app, title="Rapport 常联", favicon=STATIC / "icon.svg", tailwind=False, show_welcome_message=False)


def _sheets(bot: Bot, visitor: Visitor) -> None:
    """Serve a colleague's day and a manager's digest."""

    async def show_sheet(request: Request, which: Sheet) -> Response | None:
        person = await visitor.colleague(request)
        if person is None:
            return RedirectResponse("/", 303)
        if which not in sheets_of(person):
            return RedirectResponse(f"/day?{request.url.query}", 303)
        language, keep = visitor.language(request, person), visitor.keep(request)
        _dress()
        with ui.element("div").classes("rp-window").props(f'lang="{language}"'):
            with ui.element("header").classes("rp-bar"):
                sheet_links(person, language, keep, here=which, home=True)
                ui.element("span").classes("rp-gap")
                language_switch(language, keep)
            SheetPage(bot, person, which, language, leave=lambda: ui.navigate.to("/"))
            _offline(language)
        return None

    @ui.page("/day", title="Rapport 常联")
    async def day(request: Request) -> Response | None:
        return await show_sheet(request, "day")

    @ui.page("/digest", title="Rapport 常联")
    async def digest(request: Request) -> Response | None:
        return await show_sheet(request, "digest")


def _dress() -> None:
    """Give the page our own look; the mark behind the name makes browsers fetch a new version."""
    mark = hashlib.sha256((STATIC / "console.css").read_bytes()).hexdigest()[:8]
    ui.add_head_html(f'<link rel="stylesheet" href="/assets/console.css?{mark}">')


def _leaving(language: str) -> None:
    """Let a colleague end their session here, as on a computer that others use too."""
    form = ui.element("form").props('method="post" action="/console/leave"')
    with form, ui.element("button").classes("rp-link").props('type="submit"'):
        ui.label(phrases(language)("web-leave"))


def _offline(language: str) -> None:
    """Say in the person's language that the connection is lost; the style sheet shows it while that is so."""
    ui.label(phrases(language)("web-offline")).classes("rp-offline").props('role="status"')
