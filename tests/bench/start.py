"""Measure 10: how soon `rapport run` is ready, what it keeps in memory, and how soon `--help` answers."""

from __future__ import annotations

import os
import re
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping
from pathlib import Path

from storage.vault import new_key
from tests.bench.figures import ROUNDS, Figure, middle, ratio, rounded

ROOT = Path(__file__).parents[2]
SIX = "import slack_bolt, telegram, sqlalchemy, apscheduler, openai, tenacity"
PATIENCE = 60


def seconds_of(*command: str) -> float:
    """Run a command to its end."""
    start = time.perf_counter()
    subprocess.run([sys.executable, *command], cwd=ROOT, check=True, capture_output=True)
    return time.perf_counter() - start


class Running:
    """A bot as operators start it, on a database that is there already."""

    def __init__(self, folder: Path, key: str, more: Mapping[str, str] | None = None) -> None:
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        self.url = f"http://127.0.0.1:{port}"
        settings = {"RAPPORT_DATA": str(folder), "RAPPORT_KEY": key, "PORT": str(port), "HOST": "127.0.0.1"}
        start = time.perf_counter()
        self.process = subprocess.Popen(
            [sys.executable, "-m", "bot", "run"],
            cwd=ROOT,
            env={**os.environ, **settings, **(more or {})},
            stderr=subprocess.DEVNULL,
        )
        self._wait_until_ready()
        self.seconds = time.perf_counter() - start

    def _wait_until_ready(self) -> None:
        until = time.monotonic() + PATIENCE
        while time.monotonic() < until:
            try:
                self.get("/readyz")
            except (urllib.error.URLError, ConnectionError):
                time.sleep(0.005)
            else:
                return
        raise TimeoutError("the bot does not become ready")

    def get(self, path: str) -> bytes:
        with urllib.request.urlopen(self.url + path, timeout=5) as answer:  # noqa: S310 - our own loopback address
            page: bytes = answer.read()
            return page

    def megabytes(self) -> float:
        """Read the resident memory, in MB of 1,000,000 bytes."""
        status = Path(f"/proc/{self.process.pid}/status").read_text(encoding="ascii")
        found = re.search(r"VmRSS:\s+(\d+) kB", status)
        assert found is not None
        return int(found[1]) * 1024 / 1e6

    def stop(self) -> None:
        self.process.terminate()
        self.process.wait(PATIENCE)


def measure() -> Iterator[Figure]:
    """Start, look and stop, the yardstick beside each start."""
    key = new_key()
    ready, imports, memory = [], [], []
    with tempfile.TemporaryDirectory() as name:
        Running(Path(name), key).stop()  # the first start makes the database
        for _ in range(ROUNDS):
            imports.append(seconds_of("-c", SIX))
            bot = Running(Path(name), key)
            ready.append(bot.seconds)
            assert b"<html" in bot.get("/chat").lower()
            memory.append(bot.megabytes())
            bot.stop()
    detail = {"ready s": rounded(middle(ready)), "imports s": rounded(middle(imports))}
    yield Figure("10: `rapport run` ready, of importing six libraries", ratio(ready, imports), 1.5, 1.0, detail=detail)
    yield Figure("10: memory with the console served and a page fetched", middle(memory), 200, 170, unit="MB")
    bare = [seconds_of("-c", "pass") for _ in range(ROUNDS)]
    help_ = [seconds_of("-m", "bot", "--help") for _ in range(ROUNDS)]
    detail = {"help s": rounded(middle(help_)), "bare s": rounded(middle(bare))}
    yield Figure("10: `rapport --help`, of bare Python", ratio(help_, bare), 15, 8, detail=detail)
