"""The wire of the emulated Bot API: how calls are read, and every way in which an answer can fail to arrive."""

from __future__ import annotations

import asyncio
import json
from typing import Any, Literal

from aiohttp import web

from tests.emulators.telegram_rules import Refusal

Fault = Literal[
    "ok",
    "reset",
    "slow-down",
    "error",
    "conflict",
    "bad-webhook",
    "unauthorized",
    "lost-answer",
    "stall",
    "half",
    "garbled",
    "error-after",
]
"""The first seven happen before anything is done; the others do what was asked, and never say so in whole."""
SECONDS_TO_WAIT = 30
Params = dict[str, Any]


def read(form: Any) -> Params:
    return {name: _file(value) or _value(str(value)) for name, value in form.items()}


def _file(value: Any) -> bytes | None:
    """Give the bytes of a file that was sent along; nothing for a value."""
    if not isinstance(value, web.FileField):
        return None
    with value.file as file:
        return bytes(file.read())


def _value(text: str) -> Any:
    """Read nested JSON and flags; everything else stays the text that it is."""
    structured = text[:1] in ("{", "[") and _is_json(text)
    return json.loads(text) if structured or text in ("true", "false") else text


def _is_json(text: str) -> bool:
    try:
        json.loads(text)
    except ValueError:
        return False
    return True


def fails_before(request: web.Request, fault: Fault) -> web.StreamResponse | None:
    """Break a call before anything is done; None lets it through."""
    if fault == "reset":
        return _hang_up(request)
    if fault == "slow-down":
        raise Refusal(429, f"Too Many Requests: retry after {SECONDS_TO_WAIT}", retry_after=SECONDS_TO_WAIT)
    if fault == "conflict":  # as seen: another program polls without a pause
        raise Refusal(
            409, "Conflict: terminated by other getUpdates request; make sure that only one bot instance is running"
        )
    if fault == "bad-webhook":  # as seen: nobody knows the host
        raise Refusal(400, "Bad Request: bad webhook: Failed to resolve host: Name or service not known")
    if fault == "error":
        return web.Response(status=502, text="<html>Bad Gateway</html>")
    return None


async def answers(request: web.Request, result: Any, fault: Fault) -> web.StreamResponse:
    """Answer a call that was obeyed, as far as the fault lets the answer come."""
    body = json.dumps({"ok": True, "result": result}).encode()
    if fault == "stall":
        await asyncio.sleep(60)
    if fault == "lost-answer":
        return _hang_up(request)
    if fault == "error-after":
        return web.Response(status=504, text="<html>Gateway Timeout</html>")
    if fault == "garbled":
        return web.Response(body=body[: len(body) // 2], content_type="application/json")
    if fault == "half":
        return await _half(request, body)
    return web.Response(body=body, content_type="application/json")


async def _half(request: web.Request, body: bytes) -> web.StreamResponse:
    """Promise the whole answer, send half of it, and end the connection."""
    answer = web.StreamResponse(headers={"Content-Type": "application/json", "Content-Length": str(len(body))})
    await answer.prepare(request)
    await answer.write(body[: len(body) // 2])
    _hang_up(request)
    return answer


def _hang_up(request: web.Request) -> web.Response:
    if request.transport is not None:
        request.transport.abort()
    return web.Response()


def refused(refusal: Refusal) -> web.Response:
    body = {"ok": False, "error_code": refusal.code, "description": refusal.description}
    if refusal.parameters:
        body["parameters"] = refusal.parameters
    return web.json_response(body, status=refusal.code)


async def first_of(one: asyncio.Event, other: asyncio.Event, seconds: float) -> None:
    """Wait until one of them happens, or the time is over."""
    waiting = [asyncio.ensure_future(event.wait()) for event in (one, other)]
    try:
        await asyncio.wait(waiting, timeout=max(0, seconds), return_when=asyncio.FIRST_COMPLETED)
    finally:
        for task in waiting:
            task.cancel()
