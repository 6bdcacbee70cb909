"""The bot as its users run it: `rapport run` as a process of its own, which can be killed and started again."""

from __future__ import annotations

import asyncio
import json
import os
import signal
import sys
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Self

from bot.clock import WallClock
from storage.vault import new_key
from tests.emulators.model import KEY as MODEL_KEY
from tests.emulators.model import MODEL, ModelEmulator
from tests.emulators.slack import APP_TOKEN, BOT_TOKEN, SlackEmulator
from tests.emulators.telegram import TOKEN, Telegram
from tests.house.house import company_policy
from tests.spine.town import free_port

ROOT = Path(__file__).parents[2]
START = 180.0
"""Seconds that a start may take on a machine that does much else."""
SECRETS = (TOKEN, BOT_TOKEN, APP_TOKEN, MODEL_KEY)
MORNING = 10


def settings(folder: Path, slack: SlackEmulator, telegram: Telegram, model: ModelEmulator) -> dict[str, str]:
    """Give the environment of a company that has both platforms and a model."""
    return {
        "RAPPORT_KEY": new_key(),
        "RAPPORT_DATA": str(folder),
        "PORT": str(free_port()),
        "SLACK_BOT_TOKEN": BOT_TOKEN,
        "SLACK_APP_TOKEN": APP_TOKEN,
        "SLACK_API_URL": slack.url,
        "TELEGRAM_BOT_TOKEN": TOKEN,
        "TELEGRAM_API_URL": telegram.url,
        "OPENAI_API_KEY": MODEL_KEY,
        "OPENAI_MODEL": MODEL,
        "OPENAI_BASE_URL": model.url,
    }


def morning_zone() -> str:
    """Name a zone where it is about ten in the morning now, so that nothing waits for the night to end."""
    ahead = (MORNING - WallClock().now().hour + 12) % 24 - 12
    return f"Etc/GMT{-ahead:+d}" if ahead else "Etc/GMT"


def quick_policy(language: str = "en") -> str:
    """The policy of a company where it is morning, and where a second is enough to think again."""
    text = company_policy(language).replace("zone: Asia/Shanghai ", f"zone: {morning_zone()} ")
    return text.replace("undo: 10 s", "undo: 1 s")


@dataclass
class Process:
    """One seat for a bot: whoever sits on it is killed, and another sits down."""

    settings: Mapping[str, str]
    folder: Path
    kills: int = 0
    deaths: list[int] = field(default_factory=list)
    """Exit codes of those who ended by themselves."""
    _living: asyncio.subprocess.Process | None = None

    @property
    def log(self) -> Path:
        return self.folder / "log.jsonl"

    @property
    def env(self) -> dict[str, str]:
        kept = {name: value for name, value in os.environ.items() if not name.lower().endswith("_proxy")}
        return kept | {"PYTHONPATH": str(ROOT), "LC_ALL": "C.UTF-8"} | dict(self.settings)

    async def start(self) -> None:
        with self.log.open("a") as log:
            self._living = await asyncio.create_subprocess_exec(
                sys.executable, "-m", "bot", "run", cwd=ROOT, env=self.env, stdout=log, stderr=log
            )

    async def kill(self) -> None:
        """Kill -9, at whatever it does."""
        assert self._living is not None
        if self._living.returncode is not None:
            self.deaths.append(self._living.returncode)
            return
        self._living.kill()
        await self._living.wait()
        self.kills += 1

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_: object) -> None:
        """Leave nobody behind, whatever went wrong."""
        if self._living is not None and self._living.returncode is None:
            self._living.kill()
            await self._living.wait()

    async def stop(self) -> int:
        """Ask it to stop, and give its exit code."""
        assert self._living is not None
        self._living.send_signal(signal.SIGTERM)
        async with asyncio.timeout(60):
            return await self._living.wait()

    async def ready(self) -> None:
        """Wait until somebody answers at the port."""
        assert self._living is not None
        async with asyncio.timeout(START):
            while not await self._answers():
                assert self._living.returncode is None, self.log.read_text()[-2000:]
                await asyncio.sleep(0.05)

    async def _answers(self) -> bool:
        try:
            reader, writer = await asyncio.open_connection("127.0.0.1", int(self.settings["PORT"]))
            writer.write(b"GET /readyz HTTP/1.0\r\n\r\n")
            line = await reader.readline()
        except OSError:
            return False
        writer.close()
        return b" 200 " in line

    async def rapport(self, *line: str) -> str:
        """Run a command of the command line, which has to succeed; give what it said."""
        pipe = asyncio.subprocess.PIPE
        command = await asyncio.create_subprocess_exec(
            sys.executable, "-m", "bot", *line, cwd=ROOT, env=self.env, stdout=pipe, stderr=pipe
        )
        out, err = await command.communicate()
        assert command.returncode == 0, (line, out.decode(), err.decode())
        return out.decode()

    def complaints(self) -> list[str]:
        """Name what the log calls an error."""
        lines = [line for line in self.log.read_text(encoding="utf-8").splitlines() if line.startswith("{")]
        errors = [entry for entry in map(json.loads, lines) if entry.get("level") in ("error", "critical")]
        return sorted({f"{entry['event']}: {entry.get('error', '')}" for entry in errors})

    def leaks(self) -> list[str]:
        """Name the secrets that the log shows."""
        said = self.log.read_text(encoding="utf-8")
        return [secret for secret in SECRETS if secret in said]
