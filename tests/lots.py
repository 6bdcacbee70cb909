"""Databases of one PostgreSQL that serve test after test: emptied between two of them, made anew when one went too far.

To copy a template takes the server a hundred times as long as to delete the few rows that a scene leaves, and a
connection that stays knows the tables already.
"""

from __future__ import annotations

import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import psycopg
from psycopg import sql

from tests.postgres import address_of, as_operator

SERVED = 200
"""After so many tests a database is made anew: what was deleted from it still takes room."""
MANY = 2_000
"""Who leaves more rows than that leaves a slow database."""

_shape = """
select sum(oid::bigint), sum(relnatts), (select version_num from alembic_version)
from pg_class where relnamespace = 'public'::regnamespace
"""
_connected = "select count(*) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()"
_restart = """
select setval(format('%I.%I', schemaname, sequencename)::regclass, start_value, false)
from pg_sequences where last_value is not null
"""


@dataclass
class Lot:
    """One database, with a connection of its own that looks after it."""

    name: str
    operator: psycopg.Connection
    shape: tuple[object, ...] | None
    tables: list[str]
    served: int = 0

    def sweep(self, kept: int) -> bool:
        """Take away what a test left; false if it left more than rows, or anybody but the `kept` connections stayed."""
        self.served += 1
        one = self.operator.execute
        if self.served >= SERVED or one(_connected).fetchone() != (kept,) or one(_shape).fetchone() != self.shape:
            return False
        found = sql.SQL(" union all ").join(
            sql.SQL("(select {} from {} limit 1)").format(sql.Literal(name), sql.Identifier(name))
            for name in self.tables
        )
        with self.operator.transaction():
            one("set local session_replication_role = replica")  # all go at once, whoever refers to whom
            left = [
                one(sql.SQL("delete from {}").format(sql.Identifier(name))).rowcount
                for (name,) in one(found).fetchall()
            ]
            one(_restart)
        return sum(left) < MANY


class Lots:
    """All databases of a session, on one server."""

    def __init__(self, server: str, template: str) -> None:
        self._server, self._template = server, template
        self._free: list[Lot] = []

    @contextmanager
    def one(self, kept: Callable[[str], int]) -> Iterator[str]:
        """Give the address of an empty database that nobody else has; `kept` counts who may stay connected to it."""
        lot = self._free.pop() if self._free else self._made()
        address = address_of(self._server, lot.name)
        yield address
        if self._is_clean(lot, kept(address)):
            self._free.append(lot)
        else:
            self._drop(lot)

    def close(self) -> None:
        while self._free:
            self._drop(self._free.pop())

    def _made(self) -> Lot:
        name = f"test_{uuid.uuid4().hex[:12]}"
        as_operator(self._server, f'create database "{name}" template "{self._template}" strategy wal_log')
        operator = psycopg.connect(address_of(self._server, name, driver="postgresql"), autocommit=True)
        operator.execute("set lock_timeout = '1s'")
        found = operator.execute("select tablename from pg_tables where schemaname = 'public'").fetchall()
        tables = sorted({name for (name,) in found} - {"alembic_version"})
        return Lot(name, operator, operator.execute(_shape).fetchone(), tables)

    def _is_clean(self, lot: Lot, kept: int) -> bool:
        try:
            return lot.sweep(kept)
        except psycopg.Error:  # somebody still holds a row, or ended every connection
            return False

    def _drop(self, lot: Lot) -> None:
        lot.operator.close()
        as_operator(self._server, f'drop database "{lot.name}" with (force)')
