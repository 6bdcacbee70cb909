"""The line: a socket to Slack that is held open; whoever holds it knows when it stands, is lost, or is refused."""

from __future__ import annotations

import asyncio
import time
from typing import Any, Final

from slack_bolt.adapter.socket_mode.aiohttp import AsyncSocketModeHandler
from slack_bolt.app.async_app import AsyncApp
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_slack_response import AsyncSlackResponse

from bot.channels.port import Deaf, Signs, WontWork
from bot.channels.slack.refusals import code_of, judged
from bot.channels.slack.timed_client import TimedClient

PING: Final = 2.0
"""Seconds between pings: a line that broke without a word is found within two or three of them."""
LOOK: Final = 1.0
LOST: Final = 15.0
"""Seconds without a line after which it is begun anew: the library goes on asking at one address, which may be stale."""
SCOPE: Final = "connections:write"


class LineLost(Exception):
    """The line did not come back within its time."""


class Doorbell(TimedClient):
    """Asks for the address of a line, at the beginning and each time the library does; `refusal` is why there is none."""

    def __init__(self, *args: Any, **how: Any) -> None:
        super().__init__(*args, **how)
        self.refusal: asyncio.Future[Deaf] = asyncio.get_running_loop().create_future()

    async def apps_connections_open(self, *, app_token: str, **how: Any) -> AsyncSlackResponse:
        try:
            return await super().apps_connections_open(app_token=app_token, **how)
        except SlackApiError as error:
            deaf = _deaf(error)
            if deaf is None or self.refusal.done():
                raise
            self.refusal.set_result(deaf)
            raise


def _deaf(error: SlackApiError) -> Deaf | None:
    verdict = judged(error)
    if not (isinstance(verdict, WontWork) and verdict.kind == "auth"):
        return None
    return Deaf("scope", SCOPE) if code_of(error) == "missing_scope" else Deaf("auth", "SLACK_APP_TOKEN")


class Line:
    """One line, for as long as it is held."""

    def __init__(self, app: AsyncApp, token: str, doorbell: Doorbell) -> None:
        self._doorbell, self._token = doorbell, token
        self._handler = AsyncSocketModeHandler(app, token, web_client=doorbell, ping_interval=PING)

    async def hold(self, signs: Signs) -> None:
        """Open it and hold it until cancelled; Slack's disconnects and broken lines are mended inside.

        Raises:
            Deaf: the app's token is refused, at the beginning or later.
            LineLost: it does not come back.
            SlackApiError, ClientError, OSError: Slack did not say where to open it.
        """

        async def greeted(_client: Any, said: dict[str, Any], _raw: str | None = None) -> None:
            if said.get("type") == "hello":
                signs.well()

        self._handler.client.message_listeners.append(greeted)
        opening: asyncio.Task[None] | None = None
        try:
            self._handler.client.wss_uri = await self._address()
            opening = asyncio.create_task(self._handler.connect_async())  # type: ignore[no-untyped-call]
            await self._watch()
        finally:
            if opening is not None:
                opening.cancel()
            await self._handler.close_async()  # type: ignore[no-untyped-call]

    async def _address(self) -> str:
        try:
            return str((await self._doorbell.apps_connections_open(app_token=self._token))["url"])
        except SlackApiError:
            if self._doorbell.refusal.done():
                raise self._doorbell.refusal.result() from None
            raise

    async def _watch(self) -> None:
        """Look whether the line stands; that asks nobody."""
        stood = time.monotonic()
        while True:
            await asyncio.wait({self._doorbell.refusal}, timeout=LOOK)
            if self._doorbell.refusal.done():
                raise self._doorbell.refusal.result()
            if await self._handler.client.is_connected():
                stood = time.monotonic()
            elif time.monotonic() - stood > LOST:
                raise LineLost
