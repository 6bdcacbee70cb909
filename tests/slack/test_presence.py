"""Slack is there if both of its tokens are; the running process connects with them."""

from __future__ import annotations

import asyncio
import os
import random
import socket
import sys
from pathlib import Path

import pytest

from bot.channels.present import present
from bot.config import Config
from storage.database import Database
from storage.vault import new_key
from tests.emulators.slack import APP_TOKEN, BOT_TOKEN, SECRET, Sending, SlackEmulator
from tests.emulators.slack_home import opened


@pytest.mark.parametrize(
    ("bot", "app", "secret", "there", "lacking"),
    [
        (BOT_TOKEN, APP_TOKEN, None, True, ()),
        (BOT_TOKEN, APP_TOKEN, SECRET, True, ()),
        (BOT_TOKEN, "", SECRET, True, ()),
        (BOT_TOKEN, "", " ", False, ("SLACK_APP_TOKEN", "SLACK_SIGNING_SECRET")),
        ("", APP_TOKEN, None, False, ("SLACK_BOT_TOKEN",)),
        (None, None, SECRET, False, ("SLACK_BOT_TOKEN",)),
        (None, None, None, False, ()),
    ],
)
def test_slack_runs_if_it_can_speak_and_hear_and_half_of_it_starts_nothing(
    database: Database,
    monkeypatch: pytest.MonkeyPatch,
    bot: str | None,
    app: str | None,
    secret: str | None,
    *,
    there: bool,
    lacking: tuple[str, ...],
) -> None:
    for name, token in (("SLACK_BOT_TOKEN", bot), ("SLACK_APP_TOKEN", app), ("SLACK_SIGNING_SECRET", secret)):
        monkeypatch.delenv(name, raising=False)
        if token is not None:
            monkeypatch.setenv(name, token)
    config = Config(_env_file=None)
    here = present(config, database)
    assert ("slack" in [channel.name for channel in here.channels]) is there
    assert [half.names for half in here.halves if half.channel == "slack"] == ([lacking] if lacking else [])
    assert BOT_TOKEN not in repr(config)


async def started(slack: SlackEmulator, folder: Path, key: str) -> asyncio.subprocess.Process:
    """Start the product as an operator would, and wait until it listens."""
    env = {name: value for name, value in os.environ.items() if "proxy" not in name.lower()}
    env |= {"SLACK_BOT_TOKEN": BOT_TOKEN, "SLACK_APP_TOKEN": APP_TOKEN, "SLACK_API_URL": slack.url}
    env |= {"RAPPORT_DATA": str(folder), "RAPPORT_KEY": key, "PORT": str(free_port())}
    seen = slack.connected
    with (folder / "log.jsonl").open("ab") as log:
        process = await asyncio.create_subprocess_exec(sys.executable, "-m", "bot", "run", env=env, stderr=log)
    async with asyncio.timeout(60):
        await slack.online(seen + 1)
    return process


def free_port() -> int:
    with socket.socket() as seat:
        seat.bind(("127.0.0.1", 0))
        return int(seat.getsockname()[1])


def test_the_running_process_connects_and_leaves_when_told(tmp_path: Path) -> None:
    async def runs() -> int:
        slack = SlackEmulator()
        await slack.start()
        process = await started(slack, tmp_path, new_key())
        assert (await slack.event({"type": "message", "user": "U0X", "channel": "DU0X", "text": "hello"})).acked
        process.terminate()
        code = await process.wait()
        await slack.stop()
        return code

    code, log = asyncio.run(runs()), (tmp_path / "log.jsonl").read_text(encoding="utf-8")
    assert code == 0, log
    for secret in (BOT_TOKEN, APP_TOKEN, "hello"):
        assert secret not in log


@pytest.mark.slow
def test_a_process_killed_again_and_again_answers_everybody_exactly_once(tmp_path: Path) -> None:
    seed = int(os.environ.get("SEED", "0")) or random.SystemRandom().randrange(1, 10**6)
    print(f"SEED={seed}")
    answers = asyncio.run(killed(tmp_path, random.Random(seed), int(os.environ.get("KILLS", "3")), 12))
    assert set(answers.values()) == {1}, answers


async def killed(folder: Path, dice: random.Random, kills: int, people: int) -> dict[str, int]:
    """Let people write and look at home while the process dies; count the answers that each of them got."""
    slack, key = SlackEmulator(), new_key()
    slack.retries = (0.1,) * 1000
    await slack.start()
    process = await started(slack, folder, key)
    users = [slack.person(f"U{kill}X{number}") for kill in range(kills) for number in range(people)]
    for kill in range(kills):
        writing = [asyncio.create_task(wrote(slack, user)) for user in users[kill * people : (kill + 1) * people]]
        await asyncio.sleep(dice.uniform(0, 0.3))
        process.kill()
        await process.wait()
        process = await started(slack, folder, key)
        assert all(sending.acked for sending in await asyncio.gather(*writing))
    async with asyncio.timeout(60):
        await slack.until(lambda: all(f"D{user}" in slack.talks and slack.talks[f"D{user}"].messages for user in users))
        await slack.until(lambda: slack.homes.keys() == set(users))
    process.terminate()
    await process.wait()
    await slack.stop()
    return {user: len(slack.talks[f"D{user}"].messages) for user in users}


async def wrote(slack: SlackEmulator, user: str) -> Sending:
    event = {"type": "message", "user": user, "channel": f"D{user}", "channel_type": "im", "text": "help"}
    looked, said = await asyncio.gather(slack.event(opened(user), wait=1.0), slack.event(event, wait=1.0))
    return said if looked.acked else looked
