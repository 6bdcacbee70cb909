"""The webhook: Telegram comes to us; each update is stored before it is answered, and read only if it is signed."""

from __future__ import annotations

import asyncio
import hmac
import json
import re
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, Final
from urllib.parse import urlsplit

import structlog
from fastapi import APIRouter
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response
from telegram.error import BadRequest, InvalidToken, TelegramError

from bot.channels.pauses import Pauses
from bot.channels.port import Accept, Deaf, Signs
from bot.channels.telegram import wire
from bot.channels.telegram.asking import asked
from bot.channels.telegram.ears import Ears, mode
from bot.channels.telegram.messages import NAME
from bot.channels.telegram.polling import Rivalry, rest
from bot.channels.telegram.updates import WANTED

log = structlog.get_logger()

PATH: Final = "/telegram/webhook"
SIGNED: Final = "x-telegram-bot-api-secret-token"
SECRET: Final = re.compile(r"[A-Za-z0-9_-]{1,256}")
"""What a secret may be; Bot API, setWebhook."""
LARGEST: Final = 1024 * 1024
"""Bytes of one update; the longest text there is fills some 25 kB, as do the descriptions of files beside it."""
HIGHEST: Final = 2**63
PATIENCE: Final = 10.0
"""Seconds until Telegram hears that its update could not be stored; it sends it again, for a day."""
AT_ONCE: Final = 40
"""Updates that Telegram brings side by side; Bot API, setWebhook, where it is the default."""


@dataclass(frozen=True)
class Address:
    """Where Telegram finds us, and the secret by which we know it."""

    url: str
    secret: str

    @classmethod
    def of(cls, url: str, secret: str) -> Address:
        """Read an address; where none is said behind the host, it is our own path."""
        url = url.rstrip("/")
        return cls(url if urlsplit(url).path else url + PATH, secret)


class Webhook:
    """One account's door: any number of processes stand behind it."""

    def __init__(self, line: wire.Line, ears: Ears, at: Address, *, pause: timedelta, look: timedelta) -> None:
        self._line, self._ears, self._at, self._pause, self._look = line, ears, at, pause, look
        self._rivalry = Rivalry()

    async def listen(self, accept: Accept, signs: Signs) -> None:
        """Tell Telegram where we are, and look now and then whether it still knows, until cancelled.

        Raises:
            Deaf: the token is refused.
        """
        pauses, opened = Pauses(self._pause), False
        while True:
            try:
                if not opened:
                    await self._ears.open(accept, "webhook")
                    await self._set()
                    signs.well()
                else:
                    await self._look_after(accept, signs)
                opened = True
                pauses.over()
                await asyncio.sleep(self._look.total_seconds())
            except InvalidToken:
                raise Deaf("auth") from None
            except BadRequest as refusal:
                signs.troubled("address", "TELEGRAM_WEBHOOK_URL")
                await rest(refusal, pauses, lasting=True)
            except TelegramError as trouble:
                signs.troubled(type(trouble).__name__)
                await rest(trouble, pauses)

    async def _look_after(self, accept: Accept, signs: Signs) -> None:
        """Name our address again if Telegram knows another one; each time anew it is somebody else's."""
        if not await self._is_lost(accept):
            signs.well()
            return
        await self._set()
        if self._rivalry.is_proven():
            signs.troubled("rival")

    async def _set(self) -> None:
        """Name our address; what waits is kept, and what was polled and never confirmed comes again."""
        await self._line.bot.set_webhook(
            self._at.url,
            secret_token=self._at.secret,
            allowed_updates=WANTED,
            max_connections=AT_ONCE,
            drop_pending_updates=False,
        )

    async def _is_lost(self, accept: Accept) -> bool:
        """Tell whether somebody named another address; not if it is a bot of ours that was started to poll."""
        about = await self._line.bot.get_webhook_info()
        if about.url == self._at.url:
            return False
        log.warning("webhook lost", channel=NAME)
        return bool(await asked(accept, lambda store: mode(store, self._line.account) == "webhook"))

    def router(self, accept: Accept) -> APIRouter:
        """Give the door's one path."""

        async def hear(request: Request) -> Response:
            return Response(status_code=await self._hear(request, accept))

        router = APIRouter(include_in_schema=False)
        router.add_api_route(PATH, hear, methods=["POST"])
        return router

    async def _hear(self, request: Request, accept: Accept) -> int:
        """Store an update; give the status that says whether it is stored."""
        signature = request.headers.get(SIGNED, "").encode("utf-8", "replace")
        if not hmac.compare_digest(signature, self._at.secret.encode()):
            return 403
        if not self._ears.name:
            return 503  # only just started: what is said to us by name could not be told from what is not
        update = await _read(request)
        if isinstance(update, int):
            return update
        try:
            async with asyncio.timeout(PATIENCE):
                new = await accept(await self._ears.heard(accept, [update]))
        except Exception as error:  # noqa: BLE001 - whatever it was, nothing is stored, and Telegram sends it again
            log.warning("update not stored", channel=NAME, why=type(error).__name__)
            return 503
        self._ears.answer(accept, [update], new)
        return 200


async def _read(request: Request) -> dict[str, Any] | int:
    """Read an update, or give the status that refuses what is none."""
    body = bytearray()
    try:
        async for part in request.stream():
            body += part
            if len(body) > LARGEST:
                return 413
        update = json.loads(body)
    except (ValueError, RecursionError, ClientDisconnect):
        return 400
    id_ = update.get("update_id") if isinstance(update, dict) else None
    known = isinstance(id_, int) and not isinstance(id_, bool) and 0 <= id_ < HIGHEST
    return update if known else 400
