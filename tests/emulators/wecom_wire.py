"""The wire of the emulated WeCom API: every way in which an answer can fail to arrive."""

from __future__ import annotations

import asyncio
import json
from typing import Any, Literal

from aiohttp import web

Fault = Literal["ok", "reset", "busy", "slow-down", "error", "lost-answer", "stall", "garbled", "error-after"]
"""The first four after `ok` happen before anything is done; the others do what was asked, and never say so in whole."""
BEFORE = ("reset", "busy", "slow-down", "error")


def fails_before(request: web.Request, fault: Fault) -> web.StreamResponse | None:
    """Break a call before anything is done; None lets it through."""
    if fault == "reset":
        return hang_up(request)
    if fault == "busy":
        return answer({"errcode": -1, "errmsg": "system error"})  # documented: try again, three times at most
    if fault == "slow-down":
        return answer({"errcode": 45009, "errmsg": "api freq out of limit"})  # documented
    if fault == "error":
        return web.Response(status=502, text="<html>Bad Gateway</html>")
    return None


async def answers(request: web.Request, result: dict[str, Any], fault: Fault) -> web.StreamResponse:
    """Answer a call that was obeyed, as far as the fault lets the answer come."""
    if fault == "stall":
        await asyncio.sleep(60)
    if fault == "lost-answer":
        return hang_up(request)
    if fault == "error-after":
        return web.Response(status=504, text="<html>Gateway Timeout</html>")
    if fault == "garbled":
        return web.Response(text='{"errcode": 0, "msg', content_type="application/json")
    return answer(result)


def answer(body: dict[str, Any]) -> web.Response:
    """Documented: status 200 always, the error in errcode."""
    return web.Response(
        body=json.dumps({"errcode": 0, "errmsg": "ok"} | body).encode(), content_type="application/json"
    )


def hang_up(request: web.Request) -> web.Response:
    if request.transport is not None:
        request.transport.abort()
    return web.Response()
