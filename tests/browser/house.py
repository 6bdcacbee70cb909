"""A bot with small handlers and the whole web, as a process: `python -m tests.browser.house FOLDER PORT [demo] [ORIGIN] [at=MOMENT]`."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path

import bot.app
from bot.app import Bot
from bot.channels.webchat.channel import WebChat
from bot.channels.webchat.origins import Embedding
from bot.clock import WallClock
from bot.console.demo import Colleague, Guest
from bot.console.doors import console_link
from bot.opening import open_database
from bot.web import make_app, serve
from storage.staff import Person
from storage.store import Store
from tests.browser import sheets
from tests.webchat import small

SECRET = "a secret of the company's server, long enough"
KEY = "MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE="
PEOPLE = (
    Person("lina", "李娜", "service", language="zh-CN", zone="Asia/Shanghai"),
    Person("tom", "Tom Becker", "rep", language="en", zone="Europe/Berlin"),
    Person("wang", "Wang Fang", "manager", language="zh-CN", zone="Asia/Shanghai"),
)
CHEN, LIU = "guest:AAAAAAAAAAAAAAAAAAAAAA", "guest:BBBBBBBBBBBBBBBBBBBBBB"


class SmallDemo:
    """Three colleagues, one known customer, and a clock."""

    def __init__(self, bot: Bot, clock: WallClock) -> None:
        self._bot, self._clock = bot, clock

    def people(self) -> Sequence[Colleague]:
        return [Colleague(p.id, p.name, p.role, p.language) for p in PEOPLE]

    def guests(self) -> Sequence[Guest]:
        return [Guest(CHEN, "Chen Wei", "Acme Ltd", "en"), Guest(LIU, "刘洋", "星河科技", "zh-CN")]

    def now(self) -> datetime:
        return self._clock.now()

    async def move(self, delta: timedelta) -> None:
        self._clock.ahead += delta
        await self._bot.beat()


def hire(store: Store) -> None:
    for person in PEOPLE:
        if store.staff.get(person.id) is None:
            store.staff.add(person, {})


async def live(folder: Path, port: int, *, demo: bool, embedding: Embedding, ahead: timedelta) -> None:
    vars(bot.app)["ROUTERS"] = (*small.ROUTERS, sheets.router)
    clock = WallClock(ahead)
    database = open_database(f"sqlite:///{folder / 'rapport.db'}", KEY)
    house = Bot(database, [WebChat(database)], clock=clock)
    await house.start()
    await house.writer.do(hire)
    print("link:", await console_link(house, "lina", f"http://127.0.0.1:{port}"), flush=True)
    app = make_app(house, demo=SmallDemo(house, clock) if demo else None, embedding=embedding)
    try:
        await serve(app, "127.0.0.1", port)
    finally:
        await house.stop()
        database.close()


if __name__ == "__main__":
    more = sys.argv[3:]
    origins = frozenset(said for said in more if said.startswith("http"))
    moment = next((datetime.fromisoformat(said.removeprefix("at=")) for said in more if said.startswith("at=")), None)
    ahead = moment - datetime.now(UTC) if moment else timedelta()
    embedding = Embedding(origins, SECRET)
    asyncio.run(live(Path(sys.argv[1]), int(sys.argv[2]), demo="demo" in more, embedding=embedding, ahead=ahead))
