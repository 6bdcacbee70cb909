"""The real log of `rapport run` on a bad day: it says what goes wrong, and holds no token and no word of a customer."""

from __future__ import annotations

import asyncio
import json
import shutil
from pathlib import Path
from typing import Any

from tests.emulators.telegram import TOKEN, Fault, Params, Telegram
from tests.emulators.telegram_rules import moment
from tests.telegram.test_kill import start

SECRET = TOKEN.partition(":")[2]
WHO, NAME = 700_424_711, "Canary Wei"
WORDS = "The canary-yellow pump leaks all over my carpet, call +86 138 0042 4711!"
CANARIES = (SECRET, "canary", "Canary", "carpet", "0042 4711", str(WHO))
POLLS: tuple[Fault, ...] = ("reset", "garbled", "unauthorized")
SENDINGS: tuple[Fault, ...] = ("garbled", "unauthorized")
"""The pauses after these are short; after the last one nothing is said for five minutes."""
PATIENCE = 120


def bad_day() -> Any:
    """Let the first calls of each kind fail, one fault after the other."""
    left: dict[str, list[Fault]] = {
        "getUpdates": list(POLLS),
        "sendMessage": list(SENDINGS),
        "setMyCommands": ["unauthorized"],
    }

    def decide(method: str, _: Params) -> Fault:
        waiting = left.get(method, [])
        return waiting.pop(0) if waiting else "ok"

    return decide


def write(telegram: Telegram, **content: Any) -> None:
    chat = {"id": WHO, "type": "private", "first_name": NAME}
    user = {"id": WHO, "is_bot": False, "first_name": NAME, "language_code": "en"}
    about = {"message_id": telegram.next_id(), "date": moment(), "chat": chat, "from": user}
    telegram.report("message", about | content)


async def live(folder: Path) -> Telegram:
    telegram = Telegram(bad_day())
    await telegram.start()
    telegram.chats[WHO] = []
    process = await start(f"sqlite:///{folder / 'rapport.db'}", folder, telegram)
    try:
        write(telegram, text=WORDS)
        write(telegram, text=WORDS, poll={"id": WORDS})
        write(telegram, text=f"/start {WORDS[:20]}", forward_origin={"type": WORDS})
        telegram.tell("message", {"date": WORDS, "chat": [NAME]})
        async with asyncio.timeout(PATIENCE):
            await telegram.confirmed()
            while len(telegram.said("sendMessage")) < len(SENDINGS):  # noqa: ASYNC110 - seen from outside
                await asyncio.sleep(0.05)
    finally:
        process.terminate()
        await process.wait()
        await telegram.stop()
    return telegram


def test_the_log_of_a_bad_day_holds_no_token_and_no_words(tmp_path: Path, sqlite_template: Path) -> None:
    shutil.copy(sqlite_template, tmp_path / "rapport.db")
    telegram = asyncio.run(live(tmp_path))
    written = (tmp_path / "log.jsonl").read_text(encoding="utf-8")
    lines = [json.loads(line) for line in written.splitlines()]
    events = {line["event"] for line in lines}
    assert {"not hearing", "unreadable update", "outcome unknown"} <= events, "the day was as bad as it was meant to be"
    assert len(telegram.said("getUpdates")) > len(POLLS)
    assert [canary for canary in CANARIES if canary in written] == []
    assert not any("http" in str(value) for line in lines for value in line.values()), "addresses hold the token"
