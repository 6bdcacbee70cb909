"""The bot as a process, killed while customers write in WeChat: every word is handled once, every answer shown once."""

from __future__ import annotations

import asyncio
import os
import random
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import select

from storage.database import Database
from storage.inbox import inbox
from tests.conftest import KEY
from tests.emulators.wecom import CORP, WeCom
from tests.emulators.wecom_kf import DESK, KF_KEY, KF_SECRET, KF_TOKEN, Kf
from tests.spine.town import free_port

ROOT = Path(__file__).parents[2]
KILLS = 3
CUSTOMERS = 8
ASKED = 24


@pytest.mark.slow
def test_a_bot_that_is_killed_loses_no_word_and_says_nothing_twice(
    database: Database, database_url: str, tmp_path: Path
) -> None:
    seed = int(os.environ.get("SEED", "0")) or random.SystemRandom().randrange(1, 10**6)
    print(f"SEED={seed}")
    database.close()
    kf = asyncio.run(live(database_url, tmp_path, random.Random(seed), KILLS if database.is_sqlite else 1))
    with database.reading() as connection:
        where = (inbox.c.channel == "wecom-kf", inbox.c.kind == "words")
        states = [row.state for row in connection.execute(select(inbox.c.state).where(*where))]
    assert states == ["done"] * ASKED
    shown = [shown for session in kf.sessions.values() for shown in session.shown]
    assert len(shown) == ASKED, "an id of ours makes the second sending of an answer the first"
    log = (tmp_path / "log.jsonl").read_text(encoding="utf-8")
    assert not any(secret in log for secret in (KF_SECRET, KF_TOKEN, KF_KEY, "wmKill"))


async def live(url: str, folder: Path, luck: random.Random, kills: int) -> Kf:
    """Let customers write while the bot dies, then wait until all are answered."""
    wecom = WeCom()
    kf = Kf(wecom, lambda: datetime.now(UTC))
    await wecom.start()
    port = free_port()
    kf.door = f"http://127.0.0.1:{port}/wecom/kf"
    process = await start(url, folder, wecom, port)
    for n in range(ASKED):
        kf.lost_bells = luck.random() < 0.3
        await heard(kf, f"wmKill{n % CUSTOMERS}")
        if n % (ASKED // kills) == ASKED // kills // 2:
            await answered(kf, n // 2)
            await asyncio.sleep(luck.uniform(0, 0.2))
            process.kill()
            await process.wait()
            process = await start(url, folder, wecom, port)
    kf.lost_bells = False
    await ring(kf)
    await answered(kf, ASKED)
    process.terminate()
    await process.wait()
    await kf.close()
    await wecom.stop()
    return kf


async def heard(kf: Kf, customer: str) -> None:
    await kf.writes(customer, "/status", ring=False)
    await ring(kf)


async def ring(kf: Kf) -> None:
    """Ring as long as nobody opens: a process that starts takes its time."""
    async with asyncio.timeout(90):
        while True:
            try:
                return await kf.rings(DESK)
            except OSError:
                await asyncio.sleep(0.1)


async def answered(kf: Kf, count: int) -> None:
    async with asyncio.timeout(150):
        while sum(len(session.shown) for session in kf.sessions.values()) < count:  # noqa: ASYNC110 - as people see it
            await asyncio.sleep(0.05)


async def start(url: str, folder: Path, wecom: WeCom, port: int) -> asyncio.subprocess.Process:
    settings = {
        "DATABASE_URL": url,
        "RAPPORT_KEY": KEY,
        "RAPPORT_DATA": str(folder),
        "PORT": str(port),
        "WECOM_API_URL": wecom.url,
        "WECOM_CORP_ID": CORP,
        "WECOM_KF_SECRET": KF_SECRET,
        "WECOM_KF_TOKEN": KF_TOKEN,
        "WECOM_KF_AES_KEY": KF_KEY,
    }
    command, env = (sys.executable, "-m", "bot", "run"), os.environ | settings
    with (folder / "log.jsonl").open("a") as log:
        return await asyncio.create_subprocess_exec(*command, cwd=ROOT, env=env, stderr=log, stdout=log)
