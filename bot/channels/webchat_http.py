"""The web chat over HTTP: a guest's session, words, presses and forms in; the posts of their chat out.

Every answer that is not 2xx carries a sentence in the person's language. Words count as taken only after the commit.
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import Awaitable, Callable
from datetime import datetime
from typing import Any, Final, TypeVar

import structlog
from fastapi import APIRouter
from limits import RateLimitItem
from pydantic import BaseModel, ValidationError
from starlette.requests import ClientDisconnect, Request
from starlette.responses import JSONResponse, Response

from bot.app import Bot
from bot.channels import webchat, webchat_rations
from bot.channels.webchat_rations import Rations
from bot.console import doors
from bot.console.shown import showable
from bot.console.tongue import language_of
from prompts.phrases import phrases
from storage.inbox import Event
from storage.posts import Post

log = structlog.get_logger()
T = TypeVar("T")
I = TypeVar("I", bound=BaseModel)  # noqa: E741 - one kind of input

LARGEST_BODY: Final = 256 * 1024
"""Bytes; 20,000 characters are at most 80,000 bytes, or 240,000 as JSON escapes."""
PATIENCE: Final = 10.0
"""Seconds until a page hears that its words could not be stored; it may send them again under the same id."""
METHODS: Final = ["GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS"]
Answer = Callable[[Request], Awaitable[Response]]


class Wrong(Exception):
    """The request cannot be taken: an HTTP status, and the phrase that says why."""

    def __init__(self, status: int, key: str, **values: Any) -> None:
        super().__init__(key)
        self.status, self.key, self.values = status, key, values


class Busy(Exception):
    """The database does not answer; nothing was taken."""


class WebChatHttp:
    """The four doors of a customer's own page, for pages of ours and for pages of the company's."""

    def __init__(self, bot: Bot) -> None:
        self._bot = bot
        self._rations = Rations()

    def router(self) -> APIRouter:
        router = APIRouter(prefix="/webchat", include_in_schema=False)
        router.add_api_route("/session", self._spoken(self._session), methods=["POST"])
        router.add_api_route("/messages", self._spoken(self._messages), methods=["POST"])
        router.add_api_route("/presses", self._spoken(self._presses), methods=["POST"])
        router.add_api_route("/forms", self._spoken(self._forms), methods=["POST"])
        router.add_api_route("/posts", self._spoken(self._posts), methods=["GET"])
        router.add_api_route("/{rest:path}", self._spoken(_nothing_here), methods=METHODS)
        return router

    def _spoken(self, answer: Answer) -> Answer:
        """Turn what goes wrong into a status and a sentence."""

        async def speak(request: Request) -> Response:
            try:
                return await answer(request)
            except Wrong as wrong:
                return _refusal(request, wrong)
            except Busy:
                return _refusal(request, Wrong(503, "web-busy"))
            except ClientDisconnect:
                return Response(status_code=400)

        return speak

    async def _session(self, request: Request) -> Response:
        """Greet a guest: the cookie they have, or a new one."""
        await read_body(request)
        known = doors.guest_of(request.cookies)
        if known is None:
            self._ration(webchat_rations.NEW_GUESTS, request.client.host if request.client else "")
        response = JSONResponse({"new": known is None}, 200 if known else 201)
        set_guest(response, known or doors.new_guest(), secure=request.url.scheme == "https")
        return response

    async def _messages(self, request: Request) -> Response:
        who = self._guest(request)
        event = webchat.words_event(who, await _read(request, webchat.Words))
        return await self._take(event, [webchat.line(event, self._bot.clock.now())])

    async def _presses(self, request: Request) -> Response:
        who = self._guest(request)
        return await self._take(webchat.press_event(who, await _read(request, webchat.Press)))

    async def _forms(self, request: Request) -> Response:
        who = self._guest(request)
        return await self._take(webchat.command_event(who, await _read(request, webchat.Command)))

    def _guest(self, request: Request) -> webchat.Speaker:
        """Tell who sends something, as long as their ration lasts."""
        who = _speaker(request)
        self._ration(webchat_rations.PER_GUEST, who.address)
        return who

    def _ration(self, ration: RateLimitItem, who: str) -> None:
        if seconds := self._rations.take(ration, who):
            raise Wrong(429, "web-too-often", seconds=seconds)

    async def _take(self, event: Event, lines: list[Post] | None = None) -> Response:
        new = await take(self._bot, event, lines or [])
        return JSONResponse({"new": new}, 202 if new else 200)

    async def _posts(self, request: Request) -> Response:
        """Give what stands in the guest's chat; with `after`, what changed since that answer (or at its very moment)."""
        who = _speaker(request)
        since = _cursor(request.query_params.get("after", ""))
        version, posts = await ask(self._bot, lambda bot: bot.read(lambda store: (
            store.posts.version(webchat.NAME, [who.address]),
            store.posts.of(webchat.NAME, who.address),
        )))  # fmt: skip
        news = [post for post in posts if since is None or post.changed >= since]
        if version == request.query_params.get("after"):
            news = []
        return JSONResponse({"posts": [showable(post) for post in news], "after": version})


async def take(bot: Bot, event: Event, lines: list[Post]) -> bool:
    """Store an event and the line that shows it; true if it was new, false if it had been taken before.

    Raises:
        Busy: it could not be stored in time.
    """
    try:
        async with asyncio.timeout(PATIENCE):
            return bool(await bot.pump.accept([event], lines))
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


def set_guest(response: Response, address: str, *, secure: bool) -> None:
    response.set_cookie(
        doors.GUEST_COOKIE,
        doors.guest_cookie(address),
        max_age=int(doors.GUEST_LASTS.total_seconds()),
        httponly=True,
        samesite="lax",
        secure=secure,
    )


def _speaker(request: Request) -> webchat.Speaker:
    address = doors.guest_of(request.cookies)
    if address is None:
        raise Wrong(401, "web-no-session")
    return webchat.Speaker(address, language_of(request))


async def _read(request: Request, kind: type[I]) -> I:
    """Read a body as strict JSON of one kind."""
    if request.headers.get("content-type", "").partition(";")[0].strip().casefold() != "application/json":
        raise Wrong(415, "web-not-json")
    try:
        found = json.loads((await read_body(request)).decode(), parse_constant=_no_constant, object_pairs_hook=_once)
    except (ValueError, RecursionError):
        raise Wrong(400, "web-not-json") from None
    try:
        return kind.model_validate(found)
    except ValidationError as error:
        key, field = webchat.complaint(error)
        raise Wrong(422, key, field=field) from None


async def read_body(request: Request) -> bytes:
    """Read the body, no further than is allowed: a length that was announced may be a lie."""
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > LARGEST_BODY:
            raise Wrong(413, "web-too-large")
    return bytes(body)


def _no_constant(name: str) -> None:
    raise ValueError(f"{name} is not JSON")


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError("a name twice")
    return found


def _cursor(after: str) -> datetime | None:
    if not after or after.startswith("None/"):
        return None
    try:
        moment = datetime.fromisoformat(after[:64].partition("/")[0])
    except ValueError:
        raise Wrong(400, "web-wrong", field="after") from None
    if moment.tzinfo is None:
        raise Wrong(400, "web-wrong", field="after")
    return moment


async def _nothing_here(_request: Request) -> Response:
    raise Wrong(404, "web-nothing-here")


def _refusal(request: Request, wrong: Wrong) -> Response:
    t = phrases(language_of(request))
    again = {"retry-after": str(wrong.values["seconds"])} if "seconds" in wrong.values else None
    return JSONResponse({"error": t(wrong.key, **wrong.values)}, wrong.status, again)
