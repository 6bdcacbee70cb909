"""A database from before closed chats were kept apart: who had closed theirs to us still has, and can open it again."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from alembic import command

from storage import schema
from storage.contacts import Contact
from storage.database import Database
from storage.paces import chat_scope, closed_scope
from storage.store import Store


def test_a_chat_that_was_closed_stays_so_after_the_upgrade_and_one_that_waits_for_a_quota_waits(
    database: Database,
) -> None:
    later = datetime.now(UTC) + timedelta(days=5)
    chen, wu = chat_scope("telegram", "1"), chat_scope("telegram", "2")
    with database.writing() as connection:
        store = Store(connection)
        for id_, address in (("chen", "1"), ("wu", "2")):
            store.contacts.add(Contact(id=id_, name=id_), datetime.now(UTC))
            store.contacts.bind(id_, "telegram", address)
        store.contacts.set_reachable("telegram", "1", reachable=False)
        store.paces.set({chen: later, wu: later})
        store.flush()
        command.downgrade(schema._config(connection), "0013")
    schema.migrate(database)
    with database.reading() as connection:
        paces = Store(connection).paces
        assert (paces.free_at(closed_scope("telegram", "1")), paces.free_at(chen)) == (later, None)
        assert (paces.free_at(closed_scope("telegram", "2")), paces.free_at(wu)) == (None, later)
