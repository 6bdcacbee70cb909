"""The door: Slack's requests over HTTP, each refused unread unless it is signed and fresh, and stored before it is answered.

Signature and window: docs.slack.dev, “Verifying requests from Slack”.
"""

from __future__ import annotations

import hashlib
import hmac
import json
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import Any, Final
from urllib.parse import parse_qsl

import structlog
from fastapi import APIRouter
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response

from bot.channels.skew import Skew
from bot.channels.slack.ears import NotYet
from bot.channels.slack.seats import PATH

log = structlog.get_logger()
Payload = dict[str, Any]
FRESH: Final = 300
"""Seconds by which a request's time may differ from ours."""
LONGEST_TIME: Final = 12
"""Digits of a time in seconds; more are none."""
LARGEST: Final = 1024 * 1024
"""Bytes of a request; what Slack sends stays far below."""
NO_MORE: Final = {"X-Slack-No-Retry": "1"}
"""Said with a refusal that would be the same again."""


class Forged(Exception):
    """A request does not prove that it comes from Slack."""


class Stale(Exception):
    """Slack signed a request, at another time than now: somebody repeats it, or our clock is wrong."""


@dataclass(frozen=True)
class Door:
    """One path for events, commands and interaction; `hear` stores a payload and gives what its answer carries."""

    secret: str = field(repr=False)
    hear: Callable[[Payload], Awaitable[Payload | None]]
    skew: Skew = field(default_factory=Skew)

    def router(self) -> APIRouter:
        router = APIRouter()
        router.add_api_route(PATH, self.answer, methods=["POST"], include_in_schema=False)
        return router

    async def answer(self, request: Request) -> Response:
        """Answer one request; whatever was not stored is not acknowledged, so that Slack sends events again."""
        body = await _read(request)
        if body is None:
            return Response(status_code=413, headers=NO_MORE)
        try:
            self.check(body, request.headers.get("x-slack-request-timestamp"), request.headers.get("x-slack-signature"))
        except Forged as why:
            log.warning("request refused", channel="slack", why=str(why))
            return Response(status_code=401, headers=NO_MORE)
        except Stale:
            log.warning("request refused", channel="slack", why="not fresh")
            return Response(status_code=401)  # events come again for some minutes: a clock mended by then loses nothing
        payload = _understood(body, request.headers.get("content-type", ""))
        if payload is None:
            return Response(status_code=400, headers=NO_MORE)
        return await self._heard(payload)

    def check(self, body: bytes, at: str | None, signature: str | None) -> None:
        """Make sure of who sent the bytes, and when.

        Raises:
            Forged: it is not known who.
            Stale: it was not now.
        """
        if not (at and signature and at.isascii() and at.isdigit() and len(at) <= LONGEST_TIME):
            raise Forged("not signed")
        made = hmac.new(self.secret.encode(), b"v0:" + at.encode() + b":" + body, hashlib.sha256).hexdigest()
        if not hmac.compare_digest(f"v0={made}".encode(), signature.encode("utf-8", "replace")):
            raise Forged("signed by somebody else")
        self.skew.signed(float(at), signature)
        if abs(self.skew.now() - int(at)) > FRESH:
            raise Stale

    async def _heard(self, payload: Payload) -> Response:
        if payload.get("type") == "url_verification":
            return _said({"challenge": str(payload.get("challenge") or "")})
        if payload.get("ssl_check"):
            return Response()
        try:
            answer = await self.hear(payload)
        except NotYet:
            return Response(status_code=503)
        except Exception as error:  # noqa: BLE001 - whatever it was, nothing was stored
            log.warning("request not stored", channel="slack", error=type(error).__name__)
            return Response(status_code=503)
        return Response() if answer is None else _said(answer)


def _said(answer: Payload) -> Response:
    """Answer with JSON in ASCII, which can say any sign that JSON brought."""
    return Response(json.dumps(answer), media_type="application/json")


async def _read(request: Request) -> bytes | None:
    """Read a body; None if it is larger than anything that Slack sends, or was broken off."""
    parts, size = [], 0
    try:
        async for part in request.stream():
            parts.append(part)
            size += len(part)
            if size > LARGEST:
                return None
    except ClientDisconnect:
        return None
    return b"".join(parts)


def _understood(body: bytes, kind: str) -> Payload | None:
    """Read a body: JSON for events, a form for commands, JSON inside a form for interaction; None if it is none."""
    try:
        if "json" in kind:
            found = json.loads(body)
        else:
            given = dict(parse_qsl(body.decode(), keep_blank_values=True, max_num_fields=100))
            found = json.loads(given["payload"]) if "payload" in given else given
    except (ValueError, RecursionError):
        return None
    return found if isinstance(found, dict) else None
