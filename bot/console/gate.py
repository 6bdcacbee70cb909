"""The gate: before a page is built it gives strangers a guest's cookie and remembers the language that was chosen.

Colleagues stay signed in as they use the console: their cookie is signed anew here.

Strangers are counted here as at every other door: who opens one chat after the other waits, and comes in by itself.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from typing import Final

from starlette.datastructures import MutableHeaders
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from bot.channels.webchat import guests
from bot.channels.webchat import rations as webchat_rations
from bot.channels.webchat.porch import page
from bot.channels.webchat.rations import Rations
from bot.channels.webchat.tongue import LANGUAGE_COOKIE, language_of
from bot.console import staff_sessions
from prompts.phrases import LANGUAGES, phrases

STAYS: Final = frozenset({"/console", "/day", "/digest", "/console/here"})
"""What a colleague opens, or an open page asks for as they use it: their session is signed anew there."""
SAFETY = {
    "content-security-policy": (
        "default-src 'self'; script-src 'self' 'unsafe-inline' 'unsafe-eval'; style-src 'self' 'unsafe-inline'; "
        "img-src 'self' data:; font-src 'self' data:; connect-src 'self' ws: wss:; object-src 'none'; "
        "base-uri 'self'; form-action 'self'; frame-ancestors 'none'"
    ),
    "referrer-policy": "no-referrer",
    "x-content-type-options": "nosniff",
}
"""Nothing is loaded from elsewhere; the page's own framework compiles its templates, hence `unsafe-eval`."""
_WILD = re.compile(rb"[^\x21-\x7e]")
"""Bytes that have no place in an address; they are escaped, as the libraries behind the gate cannot read them."""


class Gate:
    """Stands before all pages; `greets` are the paths on which a stranger becomes a guest."""

    def __init__(self, app: ASGIApp, greets: Collection[str], rations: Rations) -> None:
        self._app = app
        self._greets = frozenset(greets)
        self._rations = rations

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        scope["query_string"] = _WILD.sub(lambda byte: b"%%%02X" % byte[0][0], scope.get("query_string", b""))
        request = Request(scope)
        waits = self._waits(request)
        cookies = [] if waits else self._cookies(request)

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in SAFETY.items():
                    headers.setdefault(name, value)
                message["headers"] = [*message["headers"], *((b"set-cookie", cookie) for cookie in cookies)]
            await send(message)

        await (waits or self._app)(scope, receive, send_with_headers)

    def _is_greeted(self, request: Request) -> bool:
        return request.method == "GET" and request.url.path in self._greets

    def _waits(self, request: Request) -> Response | None:
        """Give the page on which one stranger too many waits until it opens by itself; None for everybody else."""
        if not self._is_greeted(request) or guests.guest_of(request.cookies):
            return None
        seconds = self._rations.take(webchat_rations.NEW_GUESTS, webchat_rations.network_of(request))
        if not seconds:
            return None
        t = phrases(language_of(request))
        waits = page(t, t("web-rests", seconds=seconds), status=429)
        waits.headers.update({"retry-after": str(seconds), "refresh": str(seconds)})
        return waits

    def _cookies(self, request: Request) -> list[bytes]:
        """Make the cookies that this page hands out, and tell the page who its guest is."""
        response = Response()
        secure = request.url.scheme == "https"
        if self._is_greeted(request):
            known = guests.guest_of(request.cookies)
            session = known or guests.Session(guests.new_guest())
            request.state.guest = session.address
            if known is None:
                guests.set_guest(response, session, secure=secure)
        if request.method == "GET" and request.url.path in STAYS:
            staff_sessions.renew(response, request.cookies, secure=secure)
        chosen = request.query_params.get("lang")
        if chosen in LANGUAGES:
            response.set_cookie(LANGUAGE_COOKIE, chosen, max_age=31_536_000, samesite="lax", secure=secure)
        return [value for name, value in response.raw_headers if name == b"set-cookie"]
