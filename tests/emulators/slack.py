"""Slack on the loopback: Web API and Socket Mode of one workspace, strict where the platform is, broken on request."""

from __future__ import annotations

import asyncio
import itertools
import json
import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from typing import Any, cast

from aiohttp import ClientSession, WSMsgType, web

from tests.emulators.slack_files import File, filled
from tests.emulators.slack_http import called
from tests.emulators.slack_rules import Piece
from tests.emulators.slack_web import APP, BOT_USER, METHODS, SCOPES, TEAM, No, Talk, needed

BOT_TOKEN, APP_TOKEN = "xoxb-emulated", "xapp-emulated"
SECRET = "8f742231b10e8888abcd99aaabbb85a5"
ACK_WITHIN = 3.0
Fault = str
"""`reset`: nothing taken; `lost`: taken, then the line breaks; `stall`: taken, never answered; else an error code."""


@dataclass
class Call:
    """One call of the Web API: what was asked, what was answered, what was done to it on purpose."""

    method: str
    args: Piece
    answer: Piece = field(default_factory=dict)
    fault: Fault | None = None


@dataclass
class Sending:
    """What became of one envelope."""

    envelope: Piece
    attempts: int = 0
    seconds: float = 0.0
    acked: bool = False
    answer: Piece = field(default_factory=dict)
    status: int = 0
    """Of the last answer over HTTP."""
    given_up: bool = False
    """Whether it asked not to be sent this again."""


class SlackEmulator:
    """One workspace with one app installed; people and channels are added by tests."""

    def __init__(self) -> None:
        self.calls: list[Call] = []
        self.talks: dict[str, Talk] = {}
        self.users: dict[str, Piece] = {BOT_USER: {"id": BOT_USER, "is_bot": True}}
        self.views: dict[str, Piece] = {}
        self.homes: dict[str, Piece] = {}
        self.files: dict[str, File] = {}
        self.faults: deque[tuple[str, Fault]] = deque()
        self.sockets: list[web.WebSocketResponse] = []
        self.retries: tuple[float, ...] = (0.0, 0.2, 0.2)
        self.retry_after = 1
        self.home_tab = True
        self.scopes = set(SCOPES)
        self.clock_ahead = 0.0
        """Seconds by which the platform's clock is ahead of ours."""
        self.is_bot_token = True
        self.revoked: set[str] = set()
        """Tokens that somebody took back."""
        self.door = ""
        """Where the app is called over HTTP; without it by Socket Mode."""
        self.secret = SECRET
        self.connected = 0
        self._links: dict[str, float] = {}
        self._triggers: dict[str, tuple[str, float]] = {}
        self._acks: dict[str, asyncio.Future[Piece]] = {}
        self._count = itertools.count(1)
        self._runner: web.AppRunner | None = None
        self.line: ClientSession | None = None
        self.refused = asyncio.Condition()
        """Notified whenever a call over HTTP was answered with anything but 200."""
        self._opened = asyncio.Event()
        self._called = asyncio.Event()
        self.port = 0

    # ── the house ────────────────────────────────────────────────────────────────────────────────────────────────
    async def start(self) -> None:
        app = web.Application()
        app.router.add_route("*", "/api/{method}", self._serve)
        app.router.add_get("/link", self._socket)
        app.router.add_post("/upload/{file}", self._upload)
        app.router.add_get("/files-pri/{file}", self._download)
        self._runner = web.AppRunner(app, shutdown_timeout=0.1)
        await self._runner.setup()
        site = web.TCPSite(self._runner, "127.0.0.1", 0)
        await site.start()
        self.port = site._server.sockets[0].getsockname()[1]  # type: ignore[union-attr]

    async def stop(self) -> None:
        for socket in self.sockets:
            await socket.close()
        if self._runner:
            await self._runner.cleanup()
        if self.line:
            await self.line.close()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}/api/"

    def person(self, id_: str, name: str = "", **more: Any) -> str:
        self.users[id_] = {"id": id_, "team_id": TEAM, "name": name or id_, "is_restricted": False, **more}
        return id_

    def channel(self, id_: str, name: str, *members: str, with_bot: bool = True, is_private: bool = False) -> Talk:
        talk = self.talks[id_] = Talk(id_, name, {*members, *([BOT_USER] if with_bot else [])}, is_private=is_private)
        return talk

    def next_ts(self) -> str:
        return f"{int(time.time())}.{next(self._count):06d}"

    def trigger(self, user: str, age: float = 0.0) -> str:
        """Give what opens one form within three seconds, of which `age` have gone by."""
        id_ = f"trigger.{next(self._count)}"
        self._triggers[id_] = (user, time.monotonic() - age)
        return id_

    # ── Socket Mode ──────────────────────────────────────────────────────────────────────────────────────────────
    async def online(self, times: int = 1) -> None:
        """Wait until the app has connected so often."""
        while self.connected < times or not self.sockets:
            self._opened.clear()
            await self._opened.wait()

    async def until(self, holds: Callable[[], bool]) -> None:
        """Wait until something holds that calls of the app bring about."""
        while not holds():
            self._called.clear()
            await self._called.wait()

    async def _socket(self, request: web.Request) -> web.WebSocketResponse:
        if self._links.pop(request.query.get("ticket", ""), None) is None:
            raise web.HTTPForbidden
        socket = web.WebSocketResponse(autoping=True)
        await socket.prepare(request)
        await socket.send_json({"type": "hello", "num_connections": len(self.sockets) + 1, "connection_info": {}})
        self.sockets.append(socket)
        self.connected += 1
        self._opened.set()
        try:
            async for message in socket:
                if message.type is WSMsgType.TEXT:
                    self._acked(json.loads(message.data))
        finally:
            self.sockets.remove(socket)
        return socket

    def _acked(self, answer: Piece) -> None:
        waiting = self._acks.pop(str(answer.get("envelope_id")), None)
        if waiting and not waiting.done():
            waiting.set_result(answer.get("payload") or {})

    async def send(self, kind: str, payload: Piece, *, retry: bool = False, wait: float = ACK_WITHIN) -> Sending:
        """Send one envelope until it is acknowledged; only events come again, as on the platform."""
        envelope = {
            "envelope_id": f"env-{next(self._count)}",
            "type": kind,
            "payload": payload,
            "accepts_response_payload": kind != "events_api",
            "retry_attempt": 0,
            "retry_reason": "",
        }
        sending = Sending(envelope)
        pauses = (0.0, *self.retries) if retry or kind == "events_api" else (0.0,)
        for attempt, pause in enumerate(pauses):
            await asyncio.sleep(pause)
            envelope |= {"retry_attempt": attempt, "retry_reason": "timeout" if attempt else ""}
            sending.attempts = attempt + 1
            if await self._sent(sending, wait) or sending.given_up:
                break
        return sending

    async def _sent(self, sending: Sending, wait: float) -> bool:
        if self.door:
            return await called(self, sending, wait)
        if not self.sockets:
            return False
        future: asyncio.Future[Piece] = asyncio.get_running_loop().create_future()
        self._acks[sending.envelope["envelope_id"]] = future
        start = time.perf_counter()
        try:
            await self.sockets[-1].send_json(sending.envelope)
            sending.answer = await asyncio.wait_for(future, wait)
        except (TimeoutError, ConnectionError):
            return False
        sending.seconds, sending.acked = time.perf_counter() - start, True
        return True

    async def event(self, event: Piece, *, id_: str = "", wait: float = ACK_WITHIN) -> Sending:
        payload = {
            "type": "event_callback",
            "team_id": TEAM,
            "api_app_id": APP,
            "event": {"event_ts": self.next_ts(), **event},
            "event_id": id_ or f"Ev{next(self._count):08d}",
            "authorizations": [{"team_id": TEAM, "user_id": BOT_USER, "is_bot": True}],
        }
        return await self.send("events_api", payload, wait=wait)

    async def refresh(self) -> None:
        """Ask the app to connect anew, as Slack does every hour or so."""
        await self.sockets[-1].send_json({"type": "disconnect", "reason": "refresh_requested"})

    async def take_back(self, token: str) -> None:
        """Take a token back; assumed: with an app's token its lines end as they do where Socket Mode is turned off.

        Documented is that such a line ends with a reason of `link_disabled`.
        """
        self.revoked.add(token)
        for socket in [*self.sockets] if token == APP_TOKEN else []:
            await socket.send_json({"type": "disconnect", "reason": "link_disabled"})
            await socket.close()

    def drop(self) -> None:
        """Cut the app's line without a word."""
        for socket in self.sockets:
            transport = socket._req.transport if socket._req else None
            if transport:
                transport.abort()

    # ── Web API ──────────────────────────────────────────────────────────────────────────────────────────────────
    async def _serve(self, request: web.Request) -> web.StreamResponse:
        method = request.match_info["method"]
        call = Call(method, await _arguments(request), fault=self._fault(method))
        self.calls.append(call)
        if call.fault == "reset":
            return _broken(request)
        if call.fault == "429":
            call.answer = {"ok": False, "error": "ratelimited"}
            return web.json_response(
                call.answer, status=429, headers={**self._headers(), "Retry-After": str(self.retry_after)}
            )
        if call.fault == "500":
            return web.Response(status=500, text="oops")
        if call.fault not in (None, "lost", "stall"):
            call.answer = {"ok": False, "error": call.fault}
            return web.json_response(call.answer, headers=self._headers())
        call.answer = self._answer(request, call)
        self._called.set()
        if call.fault == "lost":
            return _broken(request)
        if call.fault == "stall":
            await asyncio.sleep(60)
        return web.json_response(call.answer, headers=self._headers())

    async def _upload(self, request: web.Request) -> web.StreamResponse:
        """Take the bytes of a file; here nobody shows a token."""
        fault, body = self._fault("upload"), await request.read()
        self.calls.append(Call("upload", {"length": len(body)}, fault=fault))
        if fault == "reset":
            return _broken(request)
        if fault in ("429", "500"):
            return web.Response(status=int(fault))
        status = filled(self, request.match_info["file"], body)
        if fault == "lost":
            return _broken(request)
        if fault == "stall":
            await asyncio.sleep(60)
        return web.Response(status=status, text=f"OK - {len(body)}")

    async def _download(self, request: web.Request) -> web.StreamResponse:
        """Give a file to whoever shows a token with files:read; assumed: anybody else sees a page to sign in."""
        fault, file = self._fault("download"), self.files.get(request.match_info["file"])
        self.calls.append(Call("download", {"file": request.match_info["file"]}, fault=fault))
        if fault == "reset":
            return _broken(request)
        if fault in ("404", "500"):
            return web.Response(status=int(fault))
        if request.headers.get("Authorization") != f"Bearer {BOT_TOKEN}" or "files:read" not in self.scopes:
            return web.Response(text="<html>Sign in to Slack", content_type="text/html")
        assert file is not None
        return web.Response(body=file.body, content_type=file.mimetype)

    def uploaded(self, name: str, body: bytes, mimetype: str = "image/png", **more: Any) -> Piece:
        """Let somebody put a file into the workspace; give what an event says of it."""
        id_ = f"F{next(self._count):08d}"
        self.files[id_] = File(id_, name, len(body), body=body, shared=True, mimetype=mimetype, **more)
        return {"id": id_, "name": name, "mimetype": mimetype, "size": len(body), "mode": "hosted"}

    def _headers(self) -> dict[str, str]:
        return {
            "x-oauth-scopes": ",".join(sorted(self.scopes)),
            "Date": format_datetime(datetime.now(UTC) + timedelta(seconds=self.clock_ahead), usegmt=True),
        }

    def _fault(self, method: str) -> Fault | None:
        for planned in self.faults:
            if planned[0] == method:
                self.faults.remove(planned)
                return planned[1]
        return None

    def _answer(self, request: web.Request, call: Call) -> Piece:
        token = request.headers.get("Authorization", "").removeprefix("Bearer ")
        if token != (APP_TOKEN if call.method == "apps.connections.open" else BOT_TOKEN):
            return {"ok": False, "error": "invalid_auth" if token else "not_authed"}
        if token in self.revoked:
            return {"ok": False, "error": "token_revoked"}  # documented
        answer = METHODS.get(call.method)
        lacking = needed(self, call.method, call.args)
        if lacking:
            return {"ok": False, "error": "missing_scope", "needed": lacking}
        try:
            return {"ok": True, **answer(self, call.args)} if answer else {"ok": False, "error": "unknown_method"}
        except No as no:
            return {"ok": False, "error": str(no)}

    def talk(self, id_: Any) -> Talk:
        if str(id_) not in self.talks:
            raise No("channel_not_found")
        return self.talks[str(id_)]

    def made(self, method: str) -> list[Call]:
        """Give the calls of one method, oldest first."""
        return [call for call in self.calls if call.method == method]


async def _arguments(request: web.Request) -> Piece:
    args: Piece = dict(request.query)
    if request.content_type == "application/json":
        return args | cast("Piece", await request.json())
    args |= dict(await request.post())
    for name in ("blocks", "metadata", "view"):
        if isinstance(args.get(name), str):
            args[name] = json.loads(args[name])
    return args


def _broken(request: web.Request) -> web.StreamResponse:
    assert request.transport is not None
    request.transport.abort()
    return web.Response()
