"""A run: a fresh database, a house on it, a company that lives, and the verdict."""

from __future__ import annotations

import random
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from datetime import time as clock
from pathlib import Path

from storage.database import Database
from tests.quarter.company import policy_text
from tests.quarter.house import House
from tests.quarter.life import OUTAGES, Life, Size
from tests.quarter.verdict import Verdict

QUARTER = Size(outages=OUTAGES, around=(0, 1, 8, 25), hours=2)
THREE_WEEKS = Size(
    reps=4,
    customers=200,
    begins=date(2026, 9, 20),
    ends=date(2026, 10, 11),
    kills=0.03,
    writers=4,
    outages=(
        (datetime(2026, 9, 24, 6, 5, tzinfo=UTC), datetime(2026, 9, 24, 7, 4, tzinfo=UTC)),
        (datetime(2026, 9, 28, 23, 30, tzinfo=UTC), datetime(2026, 9, 30, 0, 30, tzinfo=UTC)),
    ),
    leaves=3,
    leavers=1,
    around=(0, 1, 25),
    hours=4,
)
"""Mid-Autumn, the week of National Day, and the workdays that make up for them."""


@contextmanager
def memory() -> Iterator[Path]:
    """Give a folder in memory where there is one: processes are killed here, power is not."""
    room = Path("/dev/shm")
    with tempfile.TemporaryDirectory(dir=room if room.is_dir() else None) as name:
        yield Path(name)


def run(database: Database, size: Size, seed: int, folder: Path) -> Verdict:
    """Live through a span and judge it; the seed is printed first."""
    print(f"SEED={seed}", flush=True)
    luck, start = random.Random(seed), time.monotonic()
    evening = datetime.combine(size.begins, clock(), UTC) - timedelta(hours=2)
    house = House(database, policy_text(), evening, luck, replicas=1 if database.is_sqlite else size.replicas)
    try:
        life = Life(size, luck, house, folder)
        life.passes()
        verdict = Verdict(life, life.beats).reached()
        verdict.seconds = time.monotonic() - start
        return verdict
    finally:
        house.end()
