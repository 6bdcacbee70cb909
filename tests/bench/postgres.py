"""Databases to measure on."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from contextlib import contextmanager

from storage import schema
from storage.database import Database
from tests.bench.pipeline import KEY
from tests.postgres import address_of, as_operator


@contextmanager
def fresh(server: str, *, ours: bool = False) -> Iterator[str]:
    """Make a database, with our tables if it is for us, and take it away afterwards."""
    name = f"bench_{uuid.uuid4().hex[:12]}"
    as_operator(server, f'create database "{name}"')
    url = address_of(server, name, driver="postgresql")
    if ours:
        database = Database(url, KEY)
        schema.migrate(database)
        database.close()
    yield url
    as_operator(server, f'drop database "{name}" with (force)')
