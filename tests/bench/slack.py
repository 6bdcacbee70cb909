"""Measure 6: a Slack command acknowledged after it is on disk, one in flight, against slack-bolt's default.

Both ways are asked through bolt's own dispatch, without a socket: ours with the app that our channel builds, whose
answer waits for the commit; the yardstick with a listener that acknowledges at once and does nothing else, for which
bolt's default looks every ten milliseconds. The next command is typed when the one before has been handled and answered,
which is not part of the time; `hurried` in the detail is what happens when it is typed at the acknowledgement.
"""

from __future__ import annotations

import asyncio
import logging
import tempfile
import time
from collections.abc import Awaitable, Callable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any
from unittest.mock import patch

from slack_bolt.app.async_app import AsyncApp
from slack_bolt.request.async_request import AsyncBoltRequest
from slack_sdk.web.async_client import AsyncWebClient

from bot.app import Bot
from bot.channels.port import Outgoing, Receipt, Signs
from bot.channels.slack import channel
from bot.channels.slack.channel import SlackChannel, Tokens
from bot.channels.slack.looking import Looking
from bot.channels.webchat.channel import WebChat
from bot.opening import open_database
from handlers.contents import ROUTERS
from handlers.routing import Routes
from storage.columns import new_id
from storage.staff import Person
from storage.store import Store
from tests.bench.figures import ROUNDS, Figure, middle, ratio, rounded
from tests.bench.pipeline import KEY
from tests.emulators.slack import APP_TOKEN, BOT_TOKEN, SlackEmulator
from tests.signs import Unread

USER, COMMANDS, WARM = "U0BENCH", 100, 20


class Direct:
    """Stands where the socket would: it keeps the app that the channel built, to be asked directly."""

    def __init__(self, app: AsyncApp, *_args: Any, **_kwargs: Any) -> None:
        self.app = app
        Direct.newest.set_result(self)

    newest: asyncio.Future[Direct]

    async def hold(self, _signs: Signs) -> None:
        """Nothing to hold."""


class Answering(SlackChannel):
    """Our channel, with a Web API that takes every message at once."""

    async def send(self, outgoing: Outgoing) -> Receipt:
        return Receipt(f"D0BENCH:{outgoing.message.key}")


def command(n: int) -> AsyncBoltRequest:
    """Let a colleague type one complete command."""
    body = {
        "command": "/crm",
        "text": "ticket list",
        "user_id": USER,
        "team_id": "T0BENCH",
        "channel_id": "D0BENCH",
        "channel_name": "directmessage",
        "trigger_id": f"trigger.{n}.{time.monotonic_ns()}",
        "api_app_id": "A0BENCH",
        "response_url": "http://127.0.0.1:9/",
    }
    return AsyncBoltRequest(mode="socket_mode", body=body, headers={"content-type": ["application/json"]})


async def nothing() -> None:
    """Go on at once."""


async def one_by_one(app: AsyncApp, count: int, between: Callable[[], Awaitable[None]] = nothing) -> list[float]:
    """Ask, wait for the acknowledgement, ask again; give the seconds of each."""
    seconds = []
    for n in range(count):
        asked = command(n)
        start = time.perf_counter()
        answer = await app.async_dispatch(asked)
        seconds.append(time.perf_counter() - start)
        assert answer.status == 200
        await between()
    return seconds


async def by_default(url: str) -> list[float]:
    app = AsyncApp(client=AsyncWebClient(token=BOT_TOKEN, base_url=url), logger=_quiet())

    @app.command("/crm")
    async def acknowledge(ack: Any) -> None:
        await ack()

    await one_by_one(app, WARM)
    return await one_by_one(app, COMMANDS)


async def ours(folder: Path, url: str) -> tuple[list[float], list[float]]:
    """Ask our own app; nothing is acknowledged before it is on disk, and all of it is handled in the end."""
    database = open_database(f"sqlite:///{folder / 'slack.db'}", KEY)
    slack = Answering(Tokens(BOT_TOKEN, APP_TOKEN, url), Routes(ROUTERS), Looking(database))
    bot = Bot(database, [WebChat(), slack])
    await bot.writer.do(_found)
    pumping = asyncio.create_task(bot.pump.run())
    Direct.newest = asyncio.get_running_loop().create_future()
    with patch.object(channel, "Line", Direct):
        listening = asyncio.create_task(slack.listen(bot.pump.accept, Unread()))
        app = (await Direct.newest).app
    hurried = await one_by_one(app, WARM)
    await bot.pump.settled()
    seconds = await one_by_one(app, COMMANDS, bot.pump.settled)
    assert bot.read(lambda store: store.inbox.count("done")) >= COMMANDS + WARM
    listening.cancel()
    with suppress(asyncio.CancelledError):
        await listening
    await bot.pump.stop()
    await pumping
    bot.writer.stop()
    database.close()
    return seconds, hurried[WARM // 2 :]


def _found(store: Store) -> None:
    person = Person(new_id(), "Li Na", "rep", "zh-CN", "Asia/Shanghai")
    store.staff.add(person, {"slack": USER})


def _quiet() -> logging.Logger:
    logger = logging.getLogger("bench.slack")
    logger.setLevel(logging.ERROR)
    return logger


async def _round(folder: Path) -> tuple[float, float, float]:
    """Run both ways beside one workspace, which bolt asks once who it is; give the middle of each."""
    workspace = SlackEmulator()
    await workspace.start()
    theirs, (mine, hurried) = await by_default(workspace.url), await ours(folder, workspace.url)
    await workspace.stop()
    return middle(theirs), middle(mine), middle(hurried)


def measure() -> Iterator[Figure]:
    """Let both ways acknowledge in turn."""
    rounds = []
    for _ in range(ROUNDS):
        with tempfile.TemporaryDirectory() as folder:
            rounds.append(asyncio.run(_round(Path(folder))))
    theirs, mine, hurried = zip(*rounds, strict=True)
    value = ratio(theirs, mine)
    named = {"ms": mine, "default ms": theirs, "hurried ms": hurried}
    detail = {name: rounded(middle(seconds) * 1000) for name, seconds in named.items()}
    yield Figure("6: Slack, acknowledged when on disk, of bolt's default", value, 8, 20, at_least=True, detail=detail)
