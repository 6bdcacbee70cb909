"""The whole bot killed at random moments between two platforms in a mood: all that was acknowledged was done, once.

`KILLS=300` asks for more of it; the seed is printed, and `SEED=…` repeats its dice.
"""

from __future__ import annotations

import asyncio
import json
import os
import random
from dataclasses import asdict
from pathlib import Path

import pytest

from storage.database import Database
from tests.conftest import KEY
from tests.house.ledger import inverted
from tests.house.town import Town

KILLS = int(os.environ.get("KILLS", "0"))


def test_kills_between_two_platforms_lose_nothing_and_say_everything(
    database: Database, database_url: str, tmp_path: Path
) -> None:
    seed = int(os.environ.get("SEED", "0")) or random.SystemRandom().randrange(1, 10**6)
    kills = KILLS or (3 if database.is_sqlite else 1)  # PostgreSQL: a dead reader's seat is held for half a minute
    town = Town(database, database_url, tmp_path, seed)
    found = asyncio.run(town.lives(kills, KEY))
    print(f"SEED={seed}", json.dumps(asdict(found)))
    assert found.is_clean, found
    assert found.acknowledged > kills
    assert town.process.deaths == [], "it ended by itself"
    assert len(found.dead_letters) <= kills // 100, (
        found.dead_letters
    )  # cut off five times in a row: never in 300 kills
    assert town.process.leaks() == []


@pytest.mark.parametrize(
    ("marks", "late"),
    [([], []), ([("a", "1"), ("b", "9"), ("a", "2")], []), ([("a", "2"), ("b", "1"), ("a", "1")], [("a", "1")])],
)
def test_an_inversion_is_seen(marks: list[tuple[str, str]], late: list[tuple[str, str]]) -> None:
    assert inverted(marks) == late
