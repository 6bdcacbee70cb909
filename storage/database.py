"""The two databases behind one door: SQLite with one writer, PostgreSQL with a small pool."""

from __future__ import annotations

import fcntl
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any

from sqlalchemy import Connection, Engine, create_engine, event, make_url, text
from sqlalchemy.engine import URL

from storage.vault import vault

SQLITE_PRAGMAS = (
    "journal_mode=WAL",
    "synchronous=FULL",  # an acknowledged event survives a power cut
    "busy_timeout=5000",
    "foreign_keys=ON",
    "secure_delete=ON",  # what is erased is gone from the file
    "trusted_schema=OFF",
)
POSTGRES_OPTIONS = "-c lock_timeout=5s -c statement_timeout=60s -c idle_in_transaction_session_timeout=60s"


class AlreadyRunning(RuntimeError):
    """Another process holds this SQLite file."""


class Database:
    """Opens transactions: `writing()` for the one who changes things, `reading()` for everyone who only looks."""

    def __init__(self, url: str, key: str, *, writers: int = 1) -> None:
        vault.use(key)
        self.url = _with_driver(make_url(url))
        self.is_sqlite = self.url.get_backend_name() == "sqlite"
        self.writers = 1 if self.is_sqlite else writers
        self._lock: IO[str] | None = None
        self.writer, self.reader = self._sqlite() if self.is_sqlite else self._postgres()

    def _sqlite(self) -> tuple[Engine, Engine]:
        Path(self.url.database or "").parent.mkdir(parents=True, exist_ok=True)
        writer = create_engine(self.url, pool_size=1, max_overflow=0, hide_parameters=True)
        reader = create_engine(self.url, pool_size=8, max_overflow=8, hide_parameters=True)
        event.listen(writer, "connect", _prepare_writer)
        event.listen(writer, "begin", _begin_immediate)
        event.listen(reader, "connect", _prepare_reader)
        event.listen(reader, "begin", _begin_deferred)
        return writer, reader

    def _postgres(self) -> tuple[Engine, Engine]:
        engine = create_engine(
            self.url,
            pool_size=self.writers + 4,
            max_overflow=8,
            pool_pre_ping=True,
            hide_parameters=True,
            connect_args={"options": POSTGRES_OPTIONS},
        )
        return engine, engine

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """Open one transaction that may change things; it commits unless an error leaves the block."""
        with self.writer.begin() as connection:
            yield connection

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """Open one transaction that sees a steady picture and changes nothing."""
        with self.reader.connect() as connection:
            yield connection

    def take_lock(self) -> None:
        """Claim the SQLite file for this process.

        Raises:
            AlreadyRunning: another process has it; PostgreSQL needs no such lock.
        """
        if not self.is_sqlite or self._lock is not None:
            return
        handle = Path(f"{self.url.database}.lock").open("a+")  # noqa: SIM115 - held until the process ends
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            handle.close()
            raise AlreadyRunning(str(self.url.database)) from error
        self._lock = handle

    def is_reachable(self) -> bool:
        with self.reading() as connection:
            return bool(connection.execute(text("select 1")).scalar_one())

    def close(self) -> None:
        self.writer.dispose()
        self.reader.dispose()
        if self._lock is not None:
            self._lock.close()
            self._lock = None


def _with_driver(url: URL) -> URL:
    if url.get_backend_name() in {"postgresql", "postgres"}:
        return url.set(drivername="postgresql+psycopg")
    return url.set(drivername="sqlite+pysqlite")


def _prepare_writer(connection: sqlite3.Connection, _record: Any) -> None:
    connection.isolation_level = None  # SQLAlchemy says BEGIN, not the driver
    for pragma in SQLITE_PRAGMAS:
        connection.execute(f"PRAGMA {pragma}")


def _prepare_reader(connection: sqlite3.Connection, record: Any) -> None:
    _prepare_writer(connection, record)
    connection.execute("PRAGMA wal_autocheckpoint=0")  # checkpoints are the writer's alone
    connection.execute("PRAGMA query_only=1")


def _begin_immediate(connection: Connection) -> None:
    connection.exec_driver_sql("BEGIN IMMEDIATE")


def _begin_deferred(connection: Connection) -> None:
    connection.exec_driver_sql("BEGIN")
