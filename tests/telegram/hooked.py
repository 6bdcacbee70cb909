"""A world to which Telegram comes by itself: the one web server stands behind the address that the bot names."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from typing import Any

from bot.app import Bot
from bot.channels.telegram import TelegramChannel
from bot.channels.telegram.webhook import Address
from bot.web import listen, make_app, serve
from tests.telegram.stage import Stage

SECRET = "s3cret_of-the-webhook"
AT = Address.of("https://bot.example", SECRET)


class Hooked(Stage):
    """One company whose bot has a webhook; `servers` are the processes behind it."""

    async def open_doors(self, bot: Bot) -> None:
        self.servers = getattr(self, "servers", [])
        taken = listen("127.0.0.1", 0)
        self.door = f"http://127.0.0.1:{taken.getsockname()[1]}"
        self.telegram.postman.door = self.door
        app = make_app(bot, console=False)
        self.servers.append(asyncio.create_task(serve(app, "127.0.0.1", 0, at=taken)))
        async with asyncio.timeout(30):
            while not await _is_open(taken.getsockname()[1]):  # noqa: ASYNC110 - seen from outside
                await asyncio.sleep(0.01)

    def connection(self, **how: Any) -> TelegramChannel:
        return super().connection(**({"hook": AT, "look": timedelta(milliseconds=200)} | how))

    async def _close(self) -> None:
        await self.telegram.postman.stop()
        for server in self.servers:
            server.cancel()
        await asyncio.gather(*self.servers, return_exceptions=True)
        await super()._close()


async def _is_open(port: int) -> bool:
    try:
        _, writer = await asyncio.open_connection("127.0.0.1", port)
    except OSError:
        return False
    writer.close()
    return True
