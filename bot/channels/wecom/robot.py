"""The group robot: speaks to one group of WeCom and hears nothing; for digests and notices that a group reads.

Source: developer.work.weixin.qq.com/document/path/99110: 20 messages a minute, markdown of 4096 bytes, text of 2048.
"""

from __future__ import annotations

import asyncio
import re
from dataclasses import replace
from datetime import timedelta
from typing import Final
from urllib.parse import parse_qs, urlsplit

from aiohttp import ClientConnectorError, ClientError, ClientSession, ClientTimeout

from bot.channels.fitting import WORDS_ONLY
from bot.channels.port import Accept, NotSent, Outgoing, Pace, Receipt, Signs, TryLater, WontWork
from bot.channels.wecom.faults import BUSY, DOWN, OK, Unheard, judged
from bot.channels.wecom.paces import ROBOT
from bot.channels.wecom.rendering import LONGEST, MARK, MESSAGES, Said, render, utf8_bytes

NAME: Final = "wecom-robot"
GROUP: Final = "group"
"""The only address that it has."""
SERVER_ERROR: Final = 500
NO_ROBOT: Final = 93000
"""The key is of no robot, or of one that was taken out of its group."""
_KEY: Final = re.compile(r"[A-Za-z0-9-]{8,64}")


def is_robot_url(url: str) -> bool:
    """Tell whether this is a robot's whole address, with its key."""
    parts = urlsplit(url)
    keys = parse_qs(parts.query).get("key", [])
    return parts.scheme in ("http", "https") and len(keys) == 1 and _KEY.fullmatch(keys[0]) is not None


class RobotChannel:
    """One robot in one group. Its address is its secret, so it is never said."""

    name = NAME
    slots = 1
    patience = timedelta(seconds=10)
    abilities = replace(WORDS_ONLY, longest=(LONGEST - MARK) * MESSAGES, goes_on=LONGEST // 2, weigh=utf8_bytes)
    repeatable = False

    def __init__(self, url: str, *, pace: Pace | None = None) -> None:
        self.pace = pace or ROBOT
        self._url = url

    async def listen(self, accept: Accept, signs: Signs) -> None:
        """Wait: a robot hears nothing, and only by speaking it could be asked whether it is still in its group."""
        signs.well()
        await asyncio.Event().wait()

    async def send(self, outgoing: Outgoing) -> Receipt:
        """Say the next message of a card; what was said cannot be changed, so a change is said too."""
        if outgoing.message.address != GROUP:
            raise WontWork("a robot speaks to its group alone", "gone")
        if outgoing.card.menu is not None:
            return Receipt()
        messages, said = (
            render(outgoing.card, (outgoing.message.thread or "").rpartition(":")[2]),
            len(outgoing.card.said),
        )
        await self._post(messages[min(said, len(messages) - 1)])
        return Receipt(f"{outgoing.message.key}:{said}"[-200:], more=said + 1 < len(messages))

    async def _post(self, message: Said) -> None:
        limit = ClientTimeout(total=self.patience.total_seconds())
        try:
            async with (
                ClientSession(timeout=limit, trust_env=True) as session,
                session.post(self._url, json=message) as answer,
            ):
                if answer.status >= SERVER_ERROR:
                    raise TryLater(DOWN, "account")
                errcode = (await answer.json(content_type=None))["errcode"]
        except ClientConnectorError as error:
            raise NotSent(type(error).__name__) from None
        except (ClientError, TimeoutError, OSError, ValueError, LookupError, TypeError) as error:
            raise Unheard(type(error).__name__) from None
        if errcode == NO_ROBOT:
            raise WontWork("no such robot", "auth")
        if errcode == BUSY:
            raise NotSent("busy")
        if errcode != OK:
            raise judged(int(errcode))
