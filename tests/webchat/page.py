"""A page of the company's with the chat on it, over HTTP, with the whole bot behind it."""

from __future__ import annotations

import asyncio
from typing import Any

import httpx

from bot.channels.webchat.origins import Embedding
from bot.web import make_app
from tests.webchat.conftest import SECRET, SHOP
from tests.world import World


class Page:
    """One visitor's page; it comes with what it kept or was told (`visit`)."""

    def __init__(self, world: World, language: str = "en", **visit: str) -> None:
        self._world = world
        self._app = make_app(world.bot, console=False, embedding=Embedding(frozenset({SHOP}), SECRET))
        self._headers = {"origin": SHOP, "accept-language": language}
        self.told = self.sends("visit", **visit).json()
        self._headers["authorization"] = f"Bearer {self.told['token']}"

    def sends(self, door: str, **body: Any) -> httpx.Response:
        return self._calls("POST", door, json=body)

    def asks(self, door: str, **query: str) -> dict[str, Any]:
        return dict(self._calls("GET", door, params=query).json())

    def _calls(self, method: str, door: str, **more: Any) -> httpx.Response:
        async def send() -> httpx.Response:
            transport = httpx.ASGITransport(app=self._app)
            async with httpx.AsyncClient(transport=transport, base_url="http://rapport") as client:
                call = client.request(method, f"/webchat/{door}", headers=self._headers, **more)
                sent = asyncio.ensure_future(call)
                while not sent.done():
                    await self._world.bot.pump.turn()
                return await sent

        answer = self._world._runner.run(send())
        self._world.settle()
        return answer

    def says(self, text: str) -> None:
        assert self.sends("messages", id=self._world.next_id(), text=text).status_code == 202

    def leaves(self, reach: str, name: str = "", **more: Any) -> httpx.Response:
        return self.sends(
            "details", id=self._world.next_id(), **({"name": name, "reach": reach, "agreed": True} | more)
        )

    def is_asked(self) -> bool:
        told = self.sends("visit", token=self.told["token"]).json()
        return bool(told["asks"])
