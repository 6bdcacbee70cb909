"""Backup: a whole copy of the database in one file, taken beside the running bot and checked before it counts."""

from __future__ import annotations

import os
import shlex
import sqlite3
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Final
from urllib.parse import quote

from sqlalchemy import make_url

from bot.operations import OperationRefused

HELD: Final = "restored from a backup: it may have been sent meanwhile"
PATIENCE_SECONDS: Final = 30.0
"""How long the copy waits for somebody who holds the file."""


@dataclass(frozen=True)
class Copy:
    """A finished copy: its size in bytes, and how many unsent messages wait in it for a person's release."""

    file: Path
    size: int
    held: int


def back_up(url: str, file: Path, *, as_is: bool = False) -> Copy:
    """Copy a SQLite database into a new file that only its owner can read.

    In the copy, what was not sent yet is held as `unknown`: nobody knows on the day of a restore whether it left after
    all. `as_is` leaves it due, for a move of a bot that is stopped.

    Raises:
        OperationRefused: it is PostgreSQL (the refusal names the command), there is no database, the file exists or
            cannot be written, or the copy is not whole.
    """
    source = make_url(url)
    if source.get_backend_name() != "sqlite":
        raise OperationRefused("backup-pg-dump", command=_pg_dump(url, file))
    if not source.database or not Path(source.database).is_file():
        raise OperationRefused("backup-no-database", file=str(source.database))
    part = file.with_name(f"{file.name}.part")
    _claim(file, part)
    try:
        held = _copy(Path(source.database), part, as_is=as_is)
        part.rename(file)
    except BaseException:
        part.unlink(missing_ok=True)
        raise
    _flush_folder(file.parent)
    return Copy(file, file.stat().st_size, held)


def _claim(file: Path, part: Path) -> None:
    """Create the unfinished file for us alone; a finished one is never written over."""
    if file.exists():
        raise OperationRefused("backup-exists", file=str(file))
    try:
        part.unlink(missing_ok=True)
        os.close(os.open(part, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
    except OSError as error:
        raise OperationRefused("backup-unwritable", file=str(file), why=error.strerror or "?") from None


def _copy(source: Path, part: Path, *, as_is: bool) -> int:
    address = f"file:{quote(str(source.absolute()))}?mode=ro"
    with closing(sqlite3.connect(part)) as copy:
        try:
            with closing(sqlite3.connect(address, uri=True, timeout=PATIENCE_SECONDS)) as original:
                original.backup(copy)
            copy.execute("PRAGMA journal_mode=DELETE")  # one file, without a log beside it
            held = 0 if as_is else _hold(copy)
            _check(copy, source)
        except sqlite3.Error as error:
            raise OperationRefused("backup-damaged", file=str(source), why=str(error)) from None
    with part.open("rb") as written:
        os.fsync(written.fileno())
    return held


def _hold(copy: sqlite3.Connection) -> int:
    unsent = "update outbox set state = 'unknown', error = ?, lease_until = null where state in ('pending', 'sending')"
    with copy:
        return copy.execute(unsent, (HELD,)).rowcount


def _check(copy: sqlite3.Connection, source: Path) -> None:
    found = copy.execute("PRAGMA integrity_check").fetchone()[0]
    loose = copy.execute("PRAGMA foreign_key_check").fetchone()
    if found != "ok" or loose is not None:
        raise OperationRefused("backup-damaged", file=str(source), why=found if found != "ok" else "foreign keys")


def _flush_folder(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _pg_dump(url: str, file: Path) -> str:
    """Give the command that does it on PostgreSQL; the password stays out, `PGPASSWORD` or `~/.pgpass` has it."""
    plain = make_url(url)._replace(drivername="postgresql", password=None)  # `set` keeps what it is given None for
    return shlex.join(["pg_dump", "--format=custom", f"--file={file}", plain.render_as_string()])
