"""The account: which workspace is ours and what it lets us do; asked once, and again when somebody doubts it."""

from __future__ import annotations

import asyncio
from typing import Final

import structlog
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.channels.pauses import Pauses
from bot.channels.port import RIGHTS, Signs, WontWork
from bot.channels.slack.manifest import lacking
from bot.channels.slack.refusals import code_of, judged
from bot.channels.slack.seats import NAME

log = structlog.get_logger()
TOKEN: Final = "SLACK_BOT_TOKEN"  # noqa: S105 - the name of a setting


class Account:
    """The workspace in which the bot's token is at home."""

    def __init__(self, client: AsyncWebClient) -> None:
        self._client = client
        self.home = ""
        """The workspace's id; until Slack has said it, payloads are taken at their word."""
        self.asked = asyncio.Event()
        self._doubted = asyncio.Event()

    def doubt(self) -> None:
        """Ask again: Slack refused what we may do."""
        self._doubted.set()

    async def watch(self, signs: Signs) -> None:
        """Ask until all is well, ever more slowly, then again whenever it is doubted; until cancelled."""
        pauses = Pauses()
        while True:
            self._doubted.clear()
            trouble = await self._ask()
            if trouble is None:
                signs.well(RIGHTS)
            else:
                signs.troubled(*trouble, RIGHTS)
            self.asked.set()
            if trouble is None:
                pauses.over()
                await self._doubted.wait()
            else:
                await pauses.rest(lasting=bool(trouble[1]))

    async def _ask(self) -> tuple[str, str] | None:
        """Ask who we are; give what is wrong, and what is to be mended."""
        try:
            answer = await self._client.auth_test()
        except SlackApiError as error:
            verdict = judged(error)
            refused = isinstance(verdict, WontWork) and verdict.kind == "auth"
            trouble = ("auth", TOKEN) if refused else (code_of(error) or type(error).__name__, "")
        except Exception as error:  # noqa: BLE001 - whatever it was, it is asked again
            trouble = (type(error).__name__, "")
        else:
            self.home = str(answer.get("team_id") or "") or self.home
            missing = lacking(answer.headers)
            if not missing:
                return None
            trouble = ("scope", ", ".join(missing))
        log.warning("workspace not well", channel=NAME, why=trouble[0], about=trouble[1])
        return trouble
