"""Callbacks: the doors at which WeCom knocks. What is not signed, or stale, is refused unread and leaves nothing.

Source: developer.work.weixin.qq.com/document/path/96466 and 90930: an echo within a second; 200 within five, or it is
sent again three times; an empty body means that there is nothing to say.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Final
from xml.etree.ElementTree import Element, ParseError

import structlog
from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import fromstring
from fastapi import APIRouter, Request
from starlette.requests import ClientDisconnect
from starlette.responses import PlainTextResponse, Response

from bot.channels.skew import Skew
from bot.channels.wecom.crypto import Crypt, Forged

log = structlog.get_logger()
WINDOW: Final = 300.0
"""Seconds, of machine time, that a callback may be old or early."""
LARGEST: Final = 256 * 1024
"""Bytes of a callback; a text has 2048 bytes at most."""
LONGEST: Final = 256
"""Characters of what stands in the address."""
LONGEST_STAMP: Final = 12
"""Digits of a moment in seconds."""
REMEMBERED: Final = 20_000
"""Callbacks of the window that are known not to be new; whatever they bring is stored once by its own id anyway."""
Heard = dict[str, str]
"""What a callback says: its elements by name, those inside others left out."""
Hear = Callable[[Heard], Awaitable[None]]


class Stale(Exception):
    """Signed, but from another time: a repetition, or our clock is wrong."""


class Door:
    """One address that WeCom calls."""

    def __init__(self, crypt: Crypt, hear: Hear, skew: Skew | None = None) -> None:
        self._crypt, self._hear, self._skew = crypt, hear, skew or Skew()
        self._known: dict[tuple[str, str], float] = {}

    async def echo(self, request: Request) -> Response:
        """Prove to WeCom that this address is ours."""
        try:
            plain = self._opened(request, str(request.query_params.get("echostr", "")))
        except (Forged, Stale) as error:
            return _refused(error)
        return PlainTextResponse(plain)

    async def take(self, request: Request) -> Response:
        """Hear what happened; acknowledge only after that is stored."""
        try:
            self._signed(request)
            sealed = _element(await _body(request)).findtext("Encrypt") or ""
            plain = self._opened(request, sealed)
        except (Forged, Stale) as error:
            return _refused(error)
        mark = (request.query_params["timestamp"], request.query_params["nonce"])
        if mark in self._known:
            return Response()
        try:
            heard = heard_in(plain)
        except Forged:
            log.warning("unreadable callback", channel="wecom")
            return Response()
        try:
            await self._hear(heard)
        except Exception as error:  # noqa: BLE001 - whatever it is, it is not stored: WeCom shall send it again
            log.error("callback not stored", channel="wecom", error=type(error).__name__)  # noqa: TRY400
            return Response(status_code=503)
        self._remember(mark)
        return Response()

    def _signed(self, request: Request) -> str:
        """Give the signature; who does not even claim to sign is not read.

        Raises:
            Forged: what belongs into the address of a callback is not there.
        """
        asked = request.query_params
        given = [asked.get(name, "") for name in ("msg_signature", "timestamp", "nonce")]
        if not all(given) or any(len(part) > LONGEST for part in given):
            raise Forged("unsigned")
        return given[0]

    def _opened(self, request: Request, sealed: str) -> bytes:
        """Open what is signed, fresh and meant for us."""
        signature, asked = self._signed(request), request.query_params
        self._crypt.check(signature, asked["timestamp"], asked["nonce"], sealed)
        stamp = asked["timestamp"]
        if not (stamp.isascii() and stamp.isdigit() and len(stamp) <= LONGEST_STAMP):
            raise Stale
        self._skew.signed(float(stamp), signature)
        if abs(self._skew.now() - int(stamp)) > WINDOW:
            raise Stale
        return self._crypt.decrypt(sealed)

    def _remember(self, mark: tuple[str, str]) -> None:
        """Keep what was acknowledged for as long as it could be said again."""
        now = self._skew.now()
        self._known[mark] = now
        if len(self._known) > REMEMBERED:
            self._known = {known: at for known, at in self._known.items() if now - at < 2 * WINDOW}
        while len(self._known) > REMEMBERED:
            del self._known[next(iter(self._known))]


def router(path: str, crypt: Crypt, hear: Hear, skew: Skew) -> APIRouter:
    """Give the door of one callback address, for WeCom's check of it and for all that it tells."""
    door, routes = Door(crypt, hear, skew), APIRouter()
    routes.add_api_route(path, door.echo, methods=["GET"], include_in_schema=False)
    routes.add_api_route(path, door.take, methods=["POST"], include_in_schema=False)
    return routes


def heard_in(plain: bytes) -> Heard:
    """Read what a callback says.

    Raises:
        Forged: it is not what WeCom writes.
    """
    return {part.tag: part.text or "" for part in _element(plain) if len(part) == 0}


async def _body(request: Request) -> bytes:
    """Read a callback of the size that there are, all of it."""
    body = bytearray()
    try:
        async for chunk in request.stream():
            body += chunk
            if len(body) > LARGEST:
                raise Forged("too large")
    except ClientDisconnect as gone:
        raise Forged("broken off") from gone
    return bytes(body)


def _element(body: bytes) -> Element:
    """Read XML that declares nothing and points nowhere."""
    try:
        return fromstring(body, forbid_dtd=True)
    except (ParseError, DefusedXmlException, ValueError, LookupError) as error:
        raise Forged("not XML") from error


def _refused(error: Exception) -> Response:
    """Answer the same to everybody whom we do not believe."""
    if isinstance(error, Stale):
        log.warning("stale callback", channel="wecom")  # a clock that is wrong shows here, and in the doctor
    return Response(status_code=403)
