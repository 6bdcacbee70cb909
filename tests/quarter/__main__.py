"""`python -m tests.quarter`: a company's quarter on a stopped clock, recounted; prints one JSON object.

Ends with 1 if anything does not agree; then each customer's whole story is told on standard error. `SEED=…` repeats a
run, `DATABASE=postgresql` lives it with two replicas, `SMALL=1` is three weeks of a small company.
"""

from __future__ import annotations

import json
import os
import random
import sys
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from bot.logs import configure
from storage import schema
from storage.database import Database
from storage.vault import new_key
from tests.postgres import address_of, as_operator, server
from tests.quarter.run import QUARTER, THREE_WEEKS, memory, run

STORIES = 6


@contextmanager
def fresh(folder: Path) -> Iterator[Database]:
    """Give an empty database of the wanted kind."""
    if os.environ.get("DATABASE") != "postgresql":
        yield _migrated(f"sqlite:///{folder / 'rapport.db'}")
        return
    with server(spared=True) as address:
        name = f"quarter_{uuid.uuid4().hex[:12]}"
        as_operator(address, f'create database "{name}"')
        yield _migrated(address_of(address, name))
        as_operator(address, f'drop database "{name}" with (force)')


def _migrated(url: str) -> Database:
    database = Database(url, new_key(), writers=2)
    schema.migrate(database)
    return database


def main() -> int:
    """Live, judge, print."""
    configure("error")
    seed = int(os.environ.get("SEED", "0")) or random.SystemRandom().randrange(1, 10**6)
    size = replace(THREE_WEEKS if os.environ.get("SMALL") else QUARTER, replicas=2)
    with memory() as folder, fresh(folder) as database:
        verdict = run(database, size, seed, folder)
        kind = "sqlite" if database.is_sqlite else "postgresql"
        account = {"seed": seed, "database": kind} | verdict.account()
        database.close()
    print(verdict.stories(STORIES), file=sys.stderr)
    print(json.dumps(account, indent=2, ensure_ascii=False))
    return bool(verdict.faults)


if __name__ == "__main__":
    sys.exit(main())
