"""The shelf of databases: one object for each kind, opened anew on another database for every test.

SQLAlchemy keeps what it compiled with the engine. A process that opens one database compiles each statement once; a test
session that opens thousands would compile them for each, which took a quarter of its time.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import event, make_url

from storage.database import Database

_shelf: dict[tuple[str, str], list[Database]] = {}


@contextmanager
def opened(url: str, key: str, *, writers: int = 2) -> Iterator[Database]:
    """Open a database with an object that has served before, if one is free; nobody else has it meanwhile."""
    free = _shelf.setdefault((make_url(url).get_backend_name(), key), [])
    database = free.pop() if free else _made(url, key, writers)
    database.url = make_url(url)
    try:
        yield database
    finally:
        database.close()
        free.append(database)


def _made(url: str, key: str, writers: int) -> Database:
    database = Database(url, key, writers=writers)

    def point(_dialect: Any, _record: Any, args: list[Any], parameters: dict[str, Any]) -> None:
        if database.is_sqlite:
            args[0] = database.url.database
        else:
            parameters["dbname"] = database.url.database

    for engine in {database.writer, database.reader}:
        event.listen(engine, "do_connect", point)
    return database
