"""The bot as a process, killed again and again while people write in Telegram: every word is handled, once.

`tests/house/test_kill.py` promises the same of both platforms at once, and is run every time.
"""

from __future__ import annotations

import asyncio
import os
import random
import sys
from pathlib import Path

import pytest
from sqlalchemy import select

from bot.channels.telegram import TelegramChannel
from storage.database import Database
from storage.inbox import inbox
from tests.conftest import KEY
from tests.emulators.telegram import TOKEN, Telegram
from tests.emulators.telegram_rules import moment
from tests.spine.town import free_port

ROOT = Path(__file__).parents[2]
KILLS = 3
CUSTOMERS = 6
ASKED = 24


@pytest.mark.slow
def test_a_bot_that_is_killed_loses_no_update_and_handles_none_twice(
    database: Database, database_url: str, tmp_path: Path
) -> None:
    seed = int(os.environ.get("SEED", "0")) or random.SystemRandom().randrange(1, 10**6)
    print(f"SEED={seed}")
    database.close()
    kills = KILLS if database.is_sqlite else 1  # PostgreSQL: a dead reader's seat is held for half a minute
    telegram = asyncio.run(live(database_url, tmp_path, random.Random(seed), kills))
    with database.reading() as connection:
        where = (inbox.c.channel == "telegram", inbox.c.kind == "words")
        states = [row.state for row in connection.execute(select(inbox.c.state).where(*where))]
    assert states == ["done"] * ASKED
    answers = [bubble.text for bubbles in telegram.chats.values() for bubble in bubbles]
    assert len(answers) >= ASKED
    assert len(answers) <= ASKED + kills * TelegramChannel.slots, "more copies than could have been on their way"
    assert telegram.updates == []
    assert TOKEN not in (tmp_path / "log.jsonl").read_text(encoding="utf-8")


async def live(url: str, folder: Path, luck: random.Random, kills: int) -> Telegram:
    """Let customers write while the bot dies, then wait until the last one has answered all."""
    telegram = Telegram()
    await telegram.start()
    process = await start(url, folder, telegram)
    for n in range(ASKED):
        write(telegram, n)
        if n % (ASKED // kills) == ASKED // kills // 2:
            await heard_of(telegram, n // 2)
            await asyncio.sleep(luck.uniform(0, 0.2))
            process.kill()
            await process.wait()
            process = await start(url, folder, telegram)
    async with asyncio.timeout(90):
        await telegram.confirmed()
        while sum(map(len, telegram.chats.values())) < ASKED:  # noqa: ASYNC110 - seen from outside, as people do
            await asyncio.sleep(0.1)
    process.terminate()
    await process.wait()
    await telegram.stop()
    return telegram


async def heard_of(telegram: Telegram, count: int) -> None:
    """Wait until the bot works: so many answers stand."""
    async with asyncio.timeout(60):
        while sum(map(len, telegram.chats.values())) < count:  # noqa: ASYNC110 - seen from outside
            await asyncio.sleep(0.02)


def write(telegram: Telegram, n: int) -> None:
    who = 700 + n % CUSTOMERS
    chat = {"id": who, "type": "private", "first_name": "Chen"}
    user = {"id": who, "is_bot": False, "first_name": "Chen", "language_code": "en"}
    telegram.chats.setdefault(who, [])
    about = {"message_id": telegram.next_id(), "date": moment(), "chat": chat, "from": user}
    telegram.report("message", about | {"text": "/status"})


async def start(url: str, folder: Path, telegram: Telegram) -> asyncio.subprocess.Process:
    settings = {
        "DATABASE_URL": url,
        "RAPPORT_KEY": KEY,
        "RAPPORT_DATA": str(folder),
        "PORT": str(free_port()),
        "TELEGRAM_BOT_TOKEN": TOKEN,
        "TELEGRAM_API_URL": telegram.url,
    }
    command, env = (sys.executable, "-m", "bot", "run"), os.environ | settings
    with (folder / "log.jsonl").open("a") as log:
        return await asyncio.create_subprocess_exec(*command, cwd=ROOT, env=env, stderr=log, stdout=log)
