"""Devices: a chat goes on elsewhere by a link that opens once, and no longer than the device that made it may speak."""

from __future__ import annotations

import json
from typing import Final

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from bot.app import Bot
from bot.channels.webchat import guests
from bot.channels.webchat.guests import Session
from bot.channels.webchat.porch import Threshold
from bot.once import Once
from storage.vault import vault

LINKS: Final = Once("web continue")


async def new_link(bot: Bot, session: Session, base: str) -> str:
    """Make a link under which a guest's chat goes on; a newer one ends the older."""
    place = vault.blind(f"continue {session.address}")[:16]
    guest = json.dumps([session.address, session.until])
    code = await bot.writer.do(lambda store: LINKS.code(store, place, guest))
    return f"{base.rstrip('/')}/webchat/continue?code={code}"


class Devices:
    """The page behind such a link."""

    def __init__(self, bot: Bot) -> None:
        self._bot = bot

    def router(self) -> APIRouter:
        router = APIRouter(include_in_schema=False)
        Threshold(self._bot, "/continue", "web-continue", self._go_on).add_to(router)
        return router

    async def _go_on(self, request: Request, code: str) -> Response | None:
        redeemed = await LINKS.redeem(self._bot, code)
        if redeemed is None:
            return None
        address, until = json.loads(redeemed.told)
        response = RedirectResponse("/chat", 303)
        guests.set_guest(response, Session(address, until), secure=request.url.scheme == "https")
        return response
