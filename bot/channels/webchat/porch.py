"""The porch: plain pages before the console and the chat, written without the framework of the others.

A one-time link is used up by a button of ours, not by looking at it: chat programs look at every link sent through them.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from html import escape
from string import Template
from typing import Final
from urllib.parse import unquote_plus

import structlog
from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from bot.app import Bot
from bot.channels.webchat.asking import Wrong, read_body
from bot.channels.webchat.tongue import language_of
from prompts.phrases import Phrases, phrases

log = structlog.get_logger()
LONGEST_CODE: Final = 200
PAGE: Final = Template("""<!doctype html>
<html lang="$language"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>Rapport 常联</title><link rel="icon" href="/assets/icon.svg"><link rel="stylesheet" href="/assets/console.css"></head>
<body class="rp-porch"><main><h1>Rapport <span>常联</span></h1><p class="rp-lead">$title</p>$body</main></body></html>""")
FORM: Final = Template("""<form method="post" action="$path"><input type="hidden" name="code" value="$code">
<button class="rp-button primary" type="submit">$go</button></form>""")


@dataclass(frozen=True)
class Threshold:
    """The page behind a one-time link, with the button that uses it up.

    Its words are `KEY`, `KEY-about`, `KEY-button` and `KEY-again`; `opens` gives the answer to a code, or None for a wrong one.
    """

    bot: Bot
    path: str
    """As its router knows it."""
    key: str
    opens: Callable[[Request, str], Awaitable[Response | None]]

    def add_to(self, router: APIRouter) -> None:
        router.add_api_route(self.path, self._ask, methods=["GET"], include_in_schema=False)
        router.add_api_route(self.path, self._open, methods=["POST"], include_in_schema=False)

    async def _ask(self, request: Request) -> Response:
        t = spoken(self.bot, request)
        company = self.bot.policies.current.company.name
        code = escape(request.query_params.get("code", "")[:LONGEST_CODE])
        form = FORM.substitute(path=request.url.path, code=code, go=escape(t(f"{self.key}-button")))
        response = page(t, t(self.key), paragraph(t(f"{self.key}-about", company=company)) + form)
        response.headers["referrer-policy"] = "same-origin"  # with none the browser would not say where its button was
        return response

    async def _open(self, request: Request) -> Response:
        t = spoken(self.bot, request)
        if not _pressed_here(request):
            return page(t, t("web-not-from-there"), status=403)
        try:
            opened = await self.opens(request, _code(await read_body(request)))
        except Wrong as wrong:
            return page(t, t(wrong.key, **wrong.values), status=wrong.status)
        except Exception as error:  # noqa: BLE001 - the database does not answer
            log.warning("link not opened", error=type(error).__name__)
            return page(t, t("web-busy"), status=503)
        return opened or page(t, t("web-enter-refused"), paragraph(t(f"{self.key}-again")), status=403)


def page(t: Phrases, title: str, body: str = "", *, status: int = 200) -> Response:
    """Make a page; `body` is markup whose every variable part is escaped already."""
    page = PAGE.substitute(language=t.language, title=escape(title), body=body)
    return HTMLResponse(page, status, headers={"cache-control": "no-store"})


def paragraph(text: str) -> str:
    return f"<p>{escape(text)}</p>"


def spoken(bot: Bot, request: Request) -> Phrases:
    """Give the phrases of a browser's language, or else of the company's."""
    return phrases(language_of(request, bot.policies.current.company.language))


def _pressed_here(request: Request) -> bool:
    """Tell whether the button of our own page was pressed: nobody is put into another's chat or seat from elsewhere."""
    origin, host = request.headers.get("origin", ""), request.headers.get("host", "")
    site = request.headers.get("sec-fetch-site")
    return origin.partition("://")[2].casefold() == host.casefold() and site in (None, "same-origin")


def _code(body: bytes) -> str:
    """Read the one field of the form; anything else is a code that opens nothing."""
    name, _, value = body.decode("ascii", "replace").partition("=")
    return unquote_plus(value) if name == "code" else ""
