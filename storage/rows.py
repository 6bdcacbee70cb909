"""Rows of one table inside one transaction: buffered inserts, and reads that see them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from functools import cache, lru_cache
from itertools import groupby
from typing import Any, TypeVar

from sqlalchemy import (
    Column,
    ColumnElement,
    Connection,
    CursorResult,
    Executable,
    Row,
    Select,
    Table,
    func,
    insert,
    select,
)
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.sql import visitors
from sqlalchemy.sql.dml import UpdateBase

T = TypeVar("T")
Query = Select[*tuple[Any, ...]]
Found = Row[*tuple[Any, ...]]


class Conflict(Exception):
    """Two people changed the same thing at once; the later one tries again."""


class Buffer:
    """Collects rows to insert, so that a batch of events costs one statement a table."""

    def __init__(self, connection: Connection) -> None:
        self.connection = connection
        self.changes = 0
        """How many changes were asked for so far: tells whether a handler has done anything yet."""
        self.known: dict[Table, dict[Hashable, Any]] = defaultdict(dict)
        """What was read in this transaction and has not changed since."""
        self._waiting: dict[Table, list[Mapping[str, Any]]] = defaultdict(list)

    def add(self, table: Table, row: Mapping[str, Any]) -> None:
        self.changes += 1
        self.known.pop(table, None)
        self._waiting[table].append(row)

    def flush(self, *tables: Table) -> None:
        """Insert what waits for these tables, or everything, in the order in which it was said."""
        if not self._waiting:
            return
        wanted = _with_parents(frozenset(tables)) if tables else set(self._waiting)
        for table in sorted(wanted & self._waiting.keys(), key=_depth):
            # one statement writes the columns of its first row, whatever the others bring
            for _, rows in groupby(self._waiting.pop(table), key=lambda row: row.keys()):
                self.connection.execute(insert(table), list(rows))

    def flush_for(self, statement: Query, *tables: Table) -> None:
        """Insert what a statement may read; whatever else waits goes on gathering."""
        if self._waiting and (read := tables or _tables_of(statement)):
            self.flush(*read)


@lru_cache(maxsize=256)
def _tables_of(statement: Query) -> frozenset[Table]:
    """Find every table that a statement reads, in its subqueries too."""
    return frozenset(part for part in visitors.iterate(statement) if isinstance(part, Table))


@cache
def _with_parents(tables: frozenset[Table]) -> frozenset[Table]:
    """A row can only be written after those it refers to."""
    parents = {key.column.table for table in tables for key in table.foreign_keys}
    return tables if parents <= tables else _with_parents(tables | parents)


@cache
def _depth(table: Table) -> int:
    parents = {key.column.table for key in table.foreign_keys} - {table}
    return 1 + max(map(_depth, parents), default=0)


class Rows:
    """What one subject of the store is made of; every subject's questions and changes live in its own subclass."""

    def __init__(self, buffer: Buffer) -> None:
        self._buffer = buffer

    @property
    def _connection(self) -> Connection:
        """The bare connection: whoever takes it may change anything, so nothing counts as known any more."""
        self._buffer.known.clear()
        return self._buffer.connection

    def _add(self, table: Table, **row: Any) -> None:
        self._buffer.add(table, row)

    def _select(self, statement: Query, *tables: Table, **values: Any) -> Sequence[Found]:
        """Read, after writing what is buffered for these tables, or for all that the statement reads.

        What is asked for every event is a constant of its module and takes `values`: making a statement costs more
        than running it.
        """
        self._buffer.flush_for(statement, *tables)
        return self._buffer.connection.execute(statement, values).all()

    def _once(self, table: Table, key: Hashable, read: Callable[[], T]) -> T:
        """Read something of one table at most once in this transaction, as long as the table does not change."""
        known = self._buffer.known[table]
        if key not in known:
            known[key] = read()
        found: T = known[key]
        return found

    def _first(self, kind: Callable[..., T], statement: Query, *tables: Table, **values: Any) -> T | None:
        for row in self._select(statement, *tables, **values):
            return kind(*row)
        return None

    def _all(self, kind: Callable[..., T], statement: Query, *tables: Table, **values: Any) -> list[T]:
        return [kind(*row) for row in self._select(statement, *tables, **values)]

    def _execute(self, statement: Executable, *tables: Table) -> CursorResult[Any]:
        self._buffer.changes += 1
        self._buffer.flush(*tables)
        if isinstance(statement, UpdateBase) and isinstance(statement.table, Table):
            self._buffer.known.pop(statement.table, None)
        else:
            self._buffer.known.clear()
        result = self._buffer.connection.execute(statement)
        assert isinstance(result, CursorResult)  # noqa: S101 - narrows the type: these are data changes
        return result

    def _run(self, statement: UpdateBase, *tables: Table, **values: Any) -> int:
        """Run a change that is a constant of its module, after writing what is buffered for these tables; count rows."""
        self._buffer.changes += 1
        self._buffer.flush(*tables)
        assert isinstance(statement.table, Table)  # noqa: S101 - narrows the type
        self._buffer.known.pop(statement.table, None)
        return self._buffer.connection.execute(statement, values).rowcount

    def _change(self, statement: Executable, *tables: Table) -> None:
        """Run an update that names the version it saw.

        Raises:
            Conflict: nobody's row has that version any more.
        """
        if self._execute(statement, *tables).rowcount != 1:
            raise Conflict

    def _insert(self, table: Table) -> sqlite.Insert | postgresql.Insert:
        """Start an insert that can say what happens on a conflict, in the dialect of this database."""
        return sqlite.insert(table) if self._buffer.connection.dialect.name == "sqlite" else postgresql.insert(table)

    def _stretch(self, column: Column[str], start: str, most: int, *where: ColumnElement[bool]) -> list[str]:
        """Give some keys in their order, from a mark on and round past the end: whoever looks from any sees all in turn."""
        keys = select(column).where(*where).order_by(column)
        found = [row[0] for row in self._select(keys.where(column >= start).limit(most))]
        room = most - len(found)
        return found + [row[0] for row in self._select(keys.where(column < start).limit(room))] if room else found

    def _one_at_a_time(self, lock: int) -> None:
        """Let transactions that take this lock follow each other; on SQLite they do anyway."""
        if self._buffer.connection.dialect.name == "postgresql":
            self._buffer.connection.execute(select(func.pg_advisory_xact_lock(lock)))

    def _locking(self, statement: Query, table: Table) -> Query:
        """Claim rows that nobody else works on; on SQLite the one writer is lock enough."""
        return statement.with_for_update(skip_locked=True, of=table)


def in_chunks(rows: Iterable[T], size: int) -> Iterable[list[T]]:
    """Cut a stream into lists of at most `size`."""
    chunk: list[T] = []
    for row in rows:
        chunk.append(row)
        if len(chunk) == size:
            yield chunk
            chunk = []
    if chunk:
        yield chunk
