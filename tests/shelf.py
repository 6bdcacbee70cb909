"""The shelf of databases: one object for each kind, opened anew on another database for every test.

SQLAlchemy keeps what it compiled with the engine. A process that opens one database compiles each statement once; a test
session that opens thousands would compile them for each, which took a quarter of its time.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import QueuePool, event, make_url

from storage.database import Database

_shelf: dict[tuple[str, str], list[Database]] = {}


@contextmanager
def opened(url: str, key: str, *, writers: int = 2) -> Iterator[Database]:
    """Open a database with an object that has served before, if one is free; nobody else has it meanwhile.

    Connections to a server stay for the next test on the same database; a file is closed.
    """
    here = make_url(url)
    free = _shelf.setdefault((here.get_backend_name(), key), [])
    database = free.pop() if free else _made(url, key, writers)
    if database.url != here:
        database.close()
        database.url = here
    try:
        yield database
    finally:
        if database.is_sqlite:
            database.close()
        free.append(database)


def connections_kept(url: str) -> int:
    """Count the connections of databases on the shelf that stay open to this one."""
    here = make_url(url)
    kept = (d.writer.pool for free in _shelf.values() for d in free if d.url == here)
    return sum(pool.checkedin() for pool in kept if isinstance(pool, QueuePool))


def _made(url: str, key: str, writers: int) -> Database:
    database = Database(url, key, writers=writers)

    def point(_dialect: Any, _record: Any, args: list[Any], parameters: dict[str, Any]) -> None:
        if database.is_sqlite:
            args[0] = database.url.database
        else:
            parameters["dbname"] = database.url.database

    for engine in {database.writer, database.reader}:
        event.listen(engine, "do_connect", point)
        if database.is_sqlite:
            event.listen(engine, "connect", _spare_the_disk)
    return database


def _spare_the_disk(connection: sqlite3.Connection, _record: Any) -> None:
    """Leave the writing to the machine, as on the server: scenes end processes, and none of them cuts the power."""
    connection.execute("pragma synchronous = off")
