"""The entrance: the plain pages that lead into the console, written without the framework of the others."""

from __future__ import annotations

from html import escape
from string import Template
from typing import Final
from urllib.parse import unquote_plus

import structlog
from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from bot.app import Bot
from bot.channels.webchat_asking import Wrong, read_body
from bot.console import doors
from bot.console.tongue import language_of
from prompts.phrases import Phrases, phrases

log = structlog.get_logger()
PAGE: Final = Template("""<!doctype html>
<html lang="$language"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>Rapport 常联</title><link rel="icon" href="/assets/icon.svg"><link rel="stylesheet" href="/assets/console.css"></head>
<body class="rp-porch"><main><h1>Rapport <span>常联</span></h1><p class="rp-lead">$title</p>$body</main></body></html>""")
FORM: Final = Template("""<form method="post" action="/console/enter"><input type="hidden" name="code" value="$code">
<button class="rp-button primary" type="submit">$enter</button></form>""")


class Entrance:
    """`/` where no demo runs, and `/console/enter`.

    A link is used up by a button, not by looking at it: chat programs look at every link that is sent through them.
    """

    def __init__(self, bot: Bot, *, greets_visitors: bool) -> None:
        self._bot = bot
        self._greets_visitors = greets_visitors

    def router(self) -> APIRouter:
        router = APIRouter(include_in_schema=False)
        if self._greets_visitors:
            router.add_api_route("/", self._front, methods=["GET"])
        router.add_api_route("/console/enter", self._ask, methods=["GET"])
        router.add_api_route("/console/enter", self._enter, methods=["POST"])
        router.add_api_route("/console/leave", self._leave, methods=["POST"])
        return router

    async def _front(self, request: Request) -> Response:
        t = self._phrases(request)
        paragraphs = "".join(f"<p>{escape(t(key))}</p>" for key in ("web-front-team", "web-front-customer"))
        return page(t, t("web-front", company=self._bot.policies.current.company.name), paragraphs)

    async def _ask(self, request: Request) -> Response:
        t = self._phrases(request)
        code = request.query_params.get("code", "")[:200]
        return page(t, t("web-enter"), FORM.substitute(code=escape(code), enter=escape(t("web-enter-button"))))

    async def _enter(self, request: Request) -> Response:
        t = self._phrases(request)
        try:
            person = await doors.enter(self._bot, _code(await read_body(request)))
        except Wrong as wrong:
            return page(t, t(wrong.key, **wrong.values), status=wrong.status)
        except Exception as error:  # noqa: BLE001 - the database does not answer
            log.warning("link not opened", error=type(error).__name__)
            return page(t, t("web-busy"), status=503)
        if person is None:
            return page(t, t("web-enter-refused"), f"<p>{escape(t('web-enter-again'))}</p>", status=403)
        response = RedirectResponse("/console", 303)
        response.set_cookie(
            doors.STAFF_COOKIE,
            doors.staff_cookie(person.id),
            max_age=int(doors.STAFF_LASTS.total_seconds()),
            httponly=True,
            samesite="lax",
            secure=request.url.scheme == "https",
        )
        return response

    async def _leave(self, request: Request) -> Response:
        response = RedirectResponse("/", 303)
        response.delete_cookie(doors.STAFF_COOKIE)
        return response

    def _phrases(self, request: Request) -> Phrases:
        return phrases(language_of(request, self._bot.policies.current.company.language))


def page(t: Phrases, title: str, body: str = "", *, status: int = 200) -> Response:
    """Make a page; `body` is markup whose every variable part is escaped already."""
    page = PAGE.substitute(language=t.language, title=escape(title), body=body)
    return HTMLResponse(page, status, headers={"cache-control": "no-store"})


def _code(body: bytes) -> str:
    """Read the one field of the form; anything else is a code that opens nothing."""
    name, _, value = body.decode("ascii", "replace").partition("=")
    return unquote_plus(value) if name == "code" else ""
