"""What waits to be inserted: a read sees it, and only a read of its own table writes it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import event

from storage.contacts import Contact
from storage.customers import Customer
from storage.database import Database
from storage.entries import Entry
from storage.staff import Person, Scope
from storage.store import Store

NOW = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)
ADMIN = Person("boss", "Ada", "admin", "en", "UTC")
EVERYTHING = Scope(ADMIN, frozenset(), frozenset(), everything=True)


@contextmanager
def inserts(database: Database, table: str) -> Iterator[list[int]]:
    """Collect how many rows each insert into a table brings."""
    found: list[int] = []

    def note(_conn: Any, _cursor: Any, statement: str, parameters: Any, _context: Any, many: Any) -> None:
        if statement.startswith(f"INSERT INTO {table} "):
            found.append(len(parameters) if many else 1)

    event.listen(database.writer, "before_cursor_execute", note)
    yield found
    event.remove(database.writer, "before_cursor_execute", note)


def heard(n: int) -> Entry:
    return Entry(key=f"web:{n}", flow="in", author="somebody", channel="web", words="…", at=NOW)


def test_events_that_read_other_tables_write_their_rows_in_one_statement(database: Database) -> None:
    with inserts(database, "entries") as found, database.writing() as connection:
        store = Store(connection)
        for n in range(3):
            assert store.staff.at("web", "staff:nobody") is None
            assert store.contacts.at("web", "guest:nobody") is None
            store.entries.add(heard(n))
        store.flush()
    assert found == [3]


def test_a_read_sees_what_waits_even_in_a_table_that_only_its_subquery_names(database: Database) -> None:
    with database.writing() as connection:
        store = Store(connection)
        store.customers.add(Customer(id="c", name="Galaxy", owner_id=None, since=NOW))
        store.contacts.add(Contact(id="p", customer_id="c", name="Chen Wei"), NOW)
        assert [contact.id for contact in store.contacts.find(EVERYTHING, "Chen")] == ["p"]
        store.entries.add(heard(1))
        assert store.entries.get("web:1") is not None


def test_rows_written_together_keep_what_only_some_of_them_say(database: Database) -> None:
    with database.writing() as connection:
        store = Store(connection)
        store.staff.add(ADMIN, {})
        store.contacts.add(Contact(id="p", name="Chen Wei"), NOW)
        own, given = store.invitations.make_own("p", NOW), store.invitations.make("p", ADMIN.id, NOW)
        assert store.invitations.invited(given, NOW) == ("p", ADMIN.id)
        assert store.invitations.invited(own, NOW) == ("p", None)
