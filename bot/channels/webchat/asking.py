"""Asking: how the web chat reads a request, stores what it brings, and says what cannot be taken."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Awaitable, Callable
from typing import Any, Final, TypeVar

import structlog
from pydantic import BaseModel, ValidationError
from starlette.requests import ClientDisconnect, Request
from starlette.responses import JSONResponse, Response

from bot.app import Bot
from bot.channels.port import AlongWith
from bot.channels.webchat import deeds
from bot.channels.webchat.origins import Unproven
from bot.channels.webchat.tongue import language_of
from prompts.phrases import phrases
from storage.inbox import Event
from storage.posts import Post

log = structlog.get_logger()
Answer = Callable[[Request], Awaitable[Response]]
T = TypeVar("T")
I = TypeVar("I", bound=BaseModel)  # noqa: E741 - one kind of input

LARGEST_BODY: Final = 256 * 1024
"""Bytes; 20,000 characters are at most 80,000 bytes, or 240,000 as JSON escapes."""
PATIENCE: Final = 10.0
"""Seconds until a page hears that its words could not be stored; it may send them again under the same id."""


class Wrong(Exception):
    """The request cannot be taken: an HTTP status, and the phrase that says why."""

    def __init__(self, status: int, key: str, **values: Any) -> None:
        super().__init__(key)
        self.status, self.key, self.values = status, key, values


class Busy(Exception):
    """The database does not answer; nothing was taken."""


async def take(bot: Bot, event: Event, lines: list[Post], along: AlongWith | None = None) -> bool:
    """Store an event and the line that shows it; true if it was new, false if it had been taken before.

    Raises:
        Busy: it could not be stored in time.
    """
    try:
        async with asyncio.timeout(PATIENCE):
            return bool(await bot.pump.accept([event], lines, along=along))
    except Exception as error:
        log.warning("words not taken", error=type(error).__name__)
        raise Busy from error


async def ask(bot: Bot, question: Callable[[Bot], T]) -> T:
    """Ask the store something from a thread.

    Raises:
        Busy: the database does not answer.
    """
    try:
        return await asyncio.to_thread(question, bot)
    except Exception as error:
        log.warning("question not answered", error=type(error).__name__)
        raise Busy from error


async def read(request: Request, kind: type[I]) -> I:
    """Read a body as strict JSON of one kind.

    Raises:
        Wrong: it is none.
    """
    if request.headers.get("content-type", "").partition(";")[0].strip().casefold() != "application/json":
        raise Wrong(415, "web-not-json")
    try:
        found = json.loads((await read_body(request)).decode(), parse_constant=_no_constant, object_pairs_hook=_once)
    except (ValueError, RecursionError):
        raise Wrong(400, "web-not-json") from None
    try:
        return kind.model_validate(found)
    except ValidationError as error:
        key, field = deeds.complaint(error)
        raise Wrong(422, key, field=field) from None


async def read_body(request: Request, most: int = LARGEST_BODY) -> bytes:
    """Read the body, no further than is allowed: a length that was announced may be a lie."""
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > most:
            raise Wrong(413, "web-too-large")
    return bytes(body)


async def answered(answer: Answer, request: Request) -> Response:
    """Answer a request, and turn what goes wrong into a status and a sentence."""
    try:
        return await answer(request)
    except Wrong as wrong:
        return refusal(request, wrong)
    except Unproven as unproven:
        return refusal(request, Wrong(403, unproven.why))
    except Busy:
        return refusal(request, Wrong(503, "web-busy"))
    except ClientDisconnect:
        return Response(status_code=400)


def refusal(request: Request, wrong: Wrong) -> Response:
    """Say in the person's language why something cannot be taken, and beside which field."""
    t = phrases(language_of(request))
    again = {"retry-after": str(wrong.values["seconds"])} if "seconds" in wrong.values else None
    said: dict[str, Any] = {"error": t(wrong.key, **wrong.values)}
    said |= {"field": wrong.values["field"]} if wrong.values.get("field") else {}
    return JSONResponse(said, wrong.status, again)


def _no_constant(name: str) -> None:
    raise ValueError(f"{name} is not JSON")


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError("a name twice")
    return found
