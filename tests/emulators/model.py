"""A Chat Completions server on the loopback: strict about what it is asked, broken on request."""

from __future__ import annotations

import asyncio
import json
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from aiohttp import web

KEY, MODEL = "sk-emulated", "small-model"
Reply = Callable[["ModelEmulator", web.Request], Any]
"""What happens to one request; gives the response, or None after the line was broken."""


def completion(words: str | None, *, finish: str | None = "stop", **message: Any) -> dict[str, Any]:
    """Make the body of an answer as the platform sends it."""
    said = {"role": "assistant", "content": words, **message}
    return {
        "id": "chatcmpl-1",
        "object": "chat.completion",
        "created": 1763863200,
        "model": MODEL,
        "choices": [{"index": 0, "message": said, "finish_reason": finish}],
        "usage": {"prompt_tokens": 1, "completion_tokens": 1, "total_tokens": 2},
    }


@dataclass
class ModelEmulator:
    """Answers with `words`, after the replies in `script` are used up."""

    words: str = ""
    script: deque[Reply] = field(default_factory=deque)
    asked: list[dict[str, Any]] = field(default_factory=list)
    bodies: list[str] = field(default_factory=list)
    url: str = ""

    async def start(self) -> None:
        app = web.Application()
        app.router.add_post("/v1/chat/completions", self._complete)
        self._runner = web.AppRunner(app, shutdown_timeout=0.1)
        await self._runner.setup()
        site = web.TCPSite(self._runner, "127.0.0.1", 0)
        await site.start()
        host, port = self._runner.addresses[0][:2]
        self.url = f"http://{host}:{port}/v1"

    async def stop(self) -> None:
        await self._runner.cleanup()

    async def _complete(self, request: web.Request) -> web.StreamResponse:
        if request.headers.get("Authorization") != f"Bearer {KEY}":
            return _error(401, "invalid_api_key")
        self.bodies.append(await request.text())
        asked = json.loads(self.bodies[-1])
        if wrong := _wrong(asked):
            return _error(400, wrong)
        self.asked.append(asked)
        if self.script:
            response: web.StreamResponse = await self.script.popleft()(self, request)
            return response
        return web.json_response(completion(self.words))


def _wrong(asked: dict[str, Any]) -> str:
    """Name what the platform would not take."""
    if asked.get("model") != MODEL:
        return "model_not_found"
    if asked.get("stream"):
        return "we_do_not_stream"
    roles = [message.get("role") for message in asked.get("messages", [])]
    if roles != ["system", "user"] or not all(isinstance(m.get("content"), str) for m in asked["messages"]):
        return "invalid_messages"
    return "unknown_parameter" if asked.keys() - {"model", "messages"} else ""


def _error(status: int, code: str, **headers: str) -> web.Response:
    body = {"error": {"message": f"you sent: {code}", "type": "error", "code": code}}
    return web.json_response(body, status=status, headers=headers)


def fails(status: int, code: str = "server_error", **headers: str) -> Reply:
    async def reply(_emulator: ModelEmulator, _request: web.Request) -> web.Response:
        return _error(status, code, **{name.replace("_", "-"): value for name, value in headers.items()})

    return reply


def says(words: str | None, *, finish: str | None = "stop", **message: Any) -> Reply:
    async def reply(_emulator: ModelEmulator, _request: web.Request) -> web.Response:
        return web.json_response(completion(words, finish=finish, **message))

    return reply


def sends(body: str) -> Reply:
    """Answer 200 with any body."""

    async def reply(_emulator: ModelEmulator, _request: web.Request) -> web.Response:
        return web.Response(text=body, content_type="application/json")

    return reply


async def drops(_emulator: ModelEmulator, request: web.Request) -> web.Response:
    """Take the request, then break the line."""
    assert request.transport is not None
    request.transport.abort()
    return web.Response()


async def truncates(_emulator: ModelEmulator, request: web.Request) -> web.StreamResponse:
    """Announce a whole answer and break the line in the middle of it."""
    body = json.dumps(completion("Hello there, this never ends")).encode()
    response = web.StreamResponse(headers={"Content-Type": "application/json", "Content-Length": str(len(body))})
    await response.prepare(request)
    await response.write(body[: len(body) // 2])
    assert request.transport is not None
    request.transport.abort()
    return response


async def stalls(_emulator: ModelEmulator, _request: web.Request) -> web.Response:
    """Take the request and never answer."""
    await asyncio.Event().wait()
    raise AssertionError
