"""Findings: what the doctor looks at, and how each thing was found to be."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final, Literal

from bot.config import Config
from prompts.phrases import Phrases
from scheduler.policy.document import Policy
from storage.database import Database
from storage.store import Store

Level = Literal["good", "warn", "bad"]
SKEW: Final = timedelta(seconds=60)
"""Slack refuses what is five minutes off, people notice one."""


@dataclass(frozen=True)
class Finding:
    """One thing looked at: how it is, and the phrase that says it and what to do."""

    level: Level
    key: str
    values: dict[str, Any]


def good(key: str, **values: Any) -> Finding:
    return Finding("good", key, values)


def warn(key: str, **values: Any) -> Finding:
    return Finding("warn", key, values)


def bad(key: str, **values: Any) -> Finding:
    return Finding("bad", key, values)


class Patient:
    """What the checks look at. `database` and `policy` are there once a check found them sound; `close` it at last."""

    def __init__(self, config: Config, t: Phrases, now: datetime) -> None:
        self.config, self.t, self.now = config, t, now
        self.database: Database | None = None
        self.opened: Database | None = None
        self.policy: Policy | None = None

    def close(self) -> None:
        if self.opened is not None:
            self.opened.close()

    def ask(self, question: Callable[[Store], Any]) -> Any:
        assert self.database is not None  # noqa: S101 - checks ask only a database that was found sound
        with self.database.reading() as connection:
            return question(Store(connection))
