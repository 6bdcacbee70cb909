"""The gate: before a page is built it gives strangers a guest's cookie and remembers the language that was chosen."""

from __future__ import annotations

import re
from collections.abc import Collection

from starlette.datastructures import MutableHeaders
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from bot.console import doors
from bot.console.tongue import LANGUAGE_COOKIE
from prompts.phrases import LANGUAGES

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

    def __init__(self, app: ASGIApp, greets: Collection[str]) -> None:
        self._app = app
        self._greets = frozenset(greets)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        scope["query_string"] = _WILD.sub(lambda byte: b"%%%02X" % byte[0][0], scope.get("query_string", b""))
        cookies = self._cookies(Request(scope))

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in SAFETY.items():
                    headers.setdefault(name, value)
                message["headers"] = [*message["headers"], *((b"set-cookie", cookie) for cookie in cookies)]
            await send(message)

        await self._app(scope, receive, send_with_headers)

    def _cookies(self, request: Request) -> list[bytes]:
        """Make the cookies that this page hands out, and tell the page who its guest is."""
        response = Response()
        secure = request.url.scheme == "https"
        if request.method == "GET" and request.url.path in self._greets:
            known = doors.guest_of(request.cookies)
            session = known or doors.Session(doors.new_guest())
            request.state.guest = session.address
            if known is None:
                doors.set_guest(response, session, secure=secure)
        chosen = request.query_params.get("lang")
        if chosen in LANGUAGES:
            response.set_cookie(LANGUAGE_COOKIE, chosen, max_age=31_536_000, samesite="lax", secure=secure)
        return [value for name, value in response.raw_headers if name == b"set-cookie"]
