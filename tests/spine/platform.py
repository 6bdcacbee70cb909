"""A platform on the loopback that can fail on purpose, and the channel that speaks to it over HTTP."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, Literal

import httpx

from bot.channels.fitting import EVERYTHING
from bot.channels.port import Accept, NotSent, Outgoing, Pace, Receipt, Signs, TryLater, WindowShut, WontWork
from tests.spine.wire import read_request, reply

Fault = Literal["ok", "reset", "stall", "slow-down", "slow-down-all", "error", "gone", "content", "auth", "shut"]
ANSWERS: dict[Fault, tuple[int, str]] = {
    "ok": (200, ""),
    "slow-down": (429, "retry-after: 30\r\n"),
    "slow-down-all": (429, "retry-after: 30\r\nscope: account\r\n"),
    "error": (503, ""),
    "gone": (403, ""),
    "content": (400, ""),
    "auth": (401, ""),
    "shut": (423, ""),
}


@dataclass(frozen=True)
class Call:
    """One message that reached the platform, and what the platform did with it."""

    key: str
    address: str
    slot: str
    plain: bool
    edits: str | None
    fault: Fault
    at: float
    channel: str = ""


class Platform:
    """Takes messages, writes them down in order, and answers as it was told to."""

    def __init__(self, fault: Callable[[dict[str, Any]], Fault] = lambda _: "ok") -> None:
        self.fault = fault
        self.calls: list[Call] = []
        self.port = 0
        self._server: asyncio.Server | None = None
        self._serving: set[asyncio.Task[Any]] = set()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}/"

    @property
    def heard(self) -> list[Call]:
        """Everything the platform took, also where its answer was lost."""
        return [call for call in self.calls if call.fault in ("ok", "stall")]

    async def start(self) -> None:
        self._server = await asyncio.start_server(self._serve, "127.0.0.1", 0)
        self.port = self._server.sockets[0].getsockname()[1]

    async def stop(self) -> None:
        if self._server:
            self._server.close()
        for serving in self._serving:
            serving.cancel()
        await asyncio.gather(*self._serving, return_exceptions=True)

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        serving = asyncio.current_task()
        assert serving is not None
        self._serving.add(serving)
        try:
            with suppress(asyncio.IncompleteReadError, ConnectionError):
                await self._take(await read_request(reader), writer)
        finally:
            writer.transport.abort()
            self._serving.discard(serving)

    async def _take(self, message: dict[str, Any], writer: asyncio.StreamWriter) -> None:
        fault = self.fault(message)
        self.calls.append(Call(**message, fault=fault, at=asyncio.get_running_loop().time()))
        if fault == "stall":
            await asyncio.sleep(60)
        elif fault == "reset":
            writer.transport.abort()
        else:
            status, headers = ANSWERS[fault]
            await reply(writer, status, {"id": f"p{len(self.calls)}"}, headers)


class Loopback:
    """A channel that posts to the platform; what an answer means is what real platforms mean by it."""

    patience = timedelta(seconds=10)

    def __init__(
        self, url: str, name: str = "loop", *, pace: Pace | None = None, slots: int = 8, repeatable: bool = False
    ) -> None:
        self.name, self.pace, self.slots, self.repeatable = name, pace or Pace(), slots, repeatable
        self.abilities = EVERYTHING
        self._url = url
        self._client: httpx.AsyncClient | None = None

    async def listen(self, accept: Accept, signs: Signs) -> None:
        signs.well()
        await asyncio.Event().wait()

    async def close(self) -> None:
        if self._client:
            await self._client.aclose()

    async def send(self, outgoing: Outgoing) -> Receipt:
        self._client = self._client or httpx.AsyncClient(timeout=10, trust_env=False)
        message = outgoing.message
        body = {
            "key": message.key,
            "address": message.address,
            "slot": message.slot,
            "plain": outgoing.card.plain,
            "edits": outgoing.edits,
            "channel": self.name,
        }
        try:
            answer = await self._client.post(self._url, json=body)
        except httpx.ConnectError as error:
            raise NotSent(str(error)) from error
        _judge(answer)
        return Receipt(str(answer.json()["id"]))


def _judge(answer: httpx.Response) -> None:
    match answer.status_code:
        case 429:
            scope: Literal["chat", "account"] = "account" if answer.headers.get("scope") else "chat"
            raise TryLater(timedelta(seconds=float(answer.headers["retry-after"])), scope)
        case 403:
            raise WontWork("chat not found", "gone")
        case 400:
            raise WontWork("cannot parse entities", "content")
        case 401:
            raise WontWork("token revoked", "auth")
        case 423:
            raise WindowShut
        case _:
            answer.raise_for_status()
