"""Bots killed at random moments under load: nothing acknowledged is lost, nothing comes out of order.

`KILLS=1000` asks for more of it. What may happen is one more copy of a message whose sending was cut off.
"""

from __future__ import annotations

import asyncio
import os
import random
from dataclasses import asdict
from pathlib import Path

import pytest

from storage.database import Database
from tests.conftest import KEY
from tests.spine.town import SECRET, Town

KILLS = int(os.environ.get("KILLS", "6"))


def test_kills_lose_nothing_and_keep_every_conversation_in_order(
    database: Database, database_url: str, tmp_path: Path
) -> None:
    seed = int(os.environ.get("SEED", "0")) or random.SystemRandom().randrange(1, 10**6)
    town = Town(database, database_url, KEY, tmp_path, seed)
    asyncio.run(town.lives(KILLS, replicas=1 if database.is_sqlite else 2, fresh=max(2, KILLS // 50)))
    verdict = town.verdict()
    print(f"SEED={seed}", asdict(verdict))
    assert verdict.acked > verdict.kills
    assert verdict.lost == []
    assert verdict.unanswered == []
    assert verdict.dead_letters <= verdict.acked / 20  # cut off five times in a row; the team is told
    assert (verdict.stored_out_of_order, verdict.handled_out_of_order, verdict.heard_out_of_order) == (0, 0, 0)
    assert verdict.extra_copies <= verdict.allowed_copies
    assert verdict.sound == "ok"
    assert SECRET not in (tmp_path / "log.jsonl").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("names", "count"), [([], 0), (["chat-1:0", "chat-2:5", "chat-1:1"], 0), (["chat-1:1", "chat-2:0", "chat-1:0"], 1)]
)
def test_an_inversion_is_seen(names: list[str], count: int) -> None:
    from tests.spine.town import inversions

    assert inversions(names) == count
