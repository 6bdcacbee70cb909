"""A company without Slack, on the eve of Mid-Autumn, with the whole bot: `python -m tests.browser.office FOLDER PORT`.

Its people work in the console alone; a link for each of them is printed.
"""

from __future__ import annotations

import asyncio
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from bot.app import Bot
from bot.channels.webchat.channel import WebChat
from bot.clock import WallClock
from bot.console.doors import console_link
from bot.opening import open_database
from bot.web import make_app, serve
from scheduler.policy.document import default_text
from storage.database import Database
from tests.browser.house import KEY
from tests.occasions.house import House, at

EVE: Final = "2026-09-24"
"""A Thursday: tomorrow is Mid-Autumn."""
COMPLAINT: Final = "My order arrived damaged, I want to complain!"
LI_NAS: Final = (("Galaxy Ltd", "Chen Wei"), ("Acme Ltd", "Zhou Min"), ("Birch Ltd", "He Li"))
SUN_BOS: Final = (("Cedar Ltd", "Wu Qian"), ("Delta Ltd", "Sun Lei"), ("Elm Ltd", "Jin Yu"))


def found(database: Database) -> list[tuple[str, str]]:
    """Found it ten days ago, let a customer of each rep complain the day before, and begin the day; give its people."""
    house = House(database)
    house.begin("2026-09-14", "09:00")
    shen = house.world.colleague("Shen Yue", "admin")
    house.world.colleague("Gone Girl", active=False)
    guests = [
        house.world.customer(
            name, contact=contact, owner=owner, tier="strategic", language="zh-CN", zone="Asia/Shanghai"
        )
        for owner, theirs in ((house.li, LI_NAS), (house.sun, SUN_BOS))
        for name, contact in theirs
    ]
    house.buys(guests[0], "SO-7", "2026-03-02")
    house.at("2026-09-23", "10:00")
    guests[0].writes(COMPLAINT)
    guests[len(LI_NAS)].writes(COMPLAINT)
    house.at("2026-09-23", "17:30")
    house.at(EVE, "08:31")
    house.world.end()
    return [(one.person.id, one.person.name) for one in (house.wang, house.li, house.sun, shen)]


async def live(database: Database, port: int, people: list[tuple[str, str]]) -> None:
    clock = WallClock(at(EVE, "08:40") - datetime.now(UTC))
    bot = Bot(
        database,
        [WebChat()],
        default_text().replace("language: zh-CN", "language: en"),
        clock,
        address=f"http://127.0.0.1:{port}",
    )
    await bot.start()
    for id_, name in people:
        print(f"link of {name}:", await console_link(bot, id_, f"http://127.0.0.1:{port}"), flush=True)
    try:
        await serve(make_app(bot), "127.0.0.1", port)
    finally:
        await bot.stop()


def main(folder: Path, port: int) -> None:
    database = open_database(f"sqlite:///{folder / 'rapport.db'}", KEY)
    people = found(database)
    asyncio.run(live(database, port, people))
    database.close()


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]))
