"""The seat at a token's updates: on PostgreSQL one holds it, until they leave or are not heard of for the lease."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from storage.database import Database
from storage.store import Store

NOW = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)
LEASE = timedelta(seconds=30)


def take(database: Database, owner: str, seconds: int, lease: timedelta = LEASE) -> bool:
    now = NOW + timedelta(seconds=seconds)
    with database.writing() as connection:
        store = Store(connection)
        taken = store.settings.lease("telegram:4711", owner, now, now + lease)
        store.flush()
        return taken


def test_a_seat_is_renewed_by_who_has_it_and_free_after_the_lease(database: Database) -> None:
    alone = database.is_sqlite  # its file has one process, whose lock is lease enough
    assert take(database, "one", 0)
    assert take(database, "two", 1) == alone
    if alone:
        return
    assert take(database, "one", 20)
    assert not take(database, "two", 49)
    assert take(database, "two", 51)
    assert not take(database, "one", 52)


def test_who_leaves_makes_room_at_once(database: Database) -> None:
    assert take(database, "one", 0)
    assert take(database, "one", 5, timedelta(0))
    assert take(database, "two", 6)
