"""Whatever was joined and split, in whatever order: everything is with the one who said it, and nothing is lost."""

from __future__ import annotations

import os
import random

import pytest

from storage.columns import metadata
from storage.database import Database
from storage.joins import MOVED
from storage.store import Store
from tests.identities.histories import History

KEPT = {"contact_marks", "contact_joins", "chat_groups"}
"""Names by which a contact is found stay with it, and a joined one is looked up through them; a group is no person."""


def seed() -> int:
    drawn = int(os.environ.get("SEED") or random.SystemRandom().randrange(10**6))
    print(f"SEED={drawn}")
    return drawn


def test_everything_that_belongs_to_a_contact_goes_along() -> None:
    belongs = {
        table.name
        for table in metadata.tables.values()
        if any(key.column.table.name == "contacts" for key in table.foreign_keys)
    }
    assert belongs == {table.name for table in MOVED} | KEPT


def lives(database: Database, drawn: int, deeds: int) -> None:
    with database.writing() as connection:
        history = History(Store(connection), drawn)
        for _ in range(deeds // 10):
            history.goes_on(10)
            assert history.wrong() == []
        while history.joins:
            history.splits()
        assert history.wrong() == []
        assert history.ledger.above == {}


def test_everything_is_with_the_one_who_said_it(database: Database) -> None:
    lives(database, seed(), 60)


@pytest.mark.slow
def test_everything_is_with_the_one_who_said_it_in_long_lives(database: Database) -> None:
    lives(database, seed(), 2000)


def test_joined_and_split_is_as_it_was_before(database: Database) -> None:
    with database.writing() as connection:
        history = History(Store(connection), seed())
        history.goes_on(40, refusing=False)
        for _ in range(3):
            history.splits()
        before, known = history.picture(), set(history.joins)
        for _ in range(5):
            history.joins_somebody()
        new = [join for id_, join in history.joins.items() if id_ not in known]
        assert new
        assert history.picture() != before
        history.random.shuffle(new)
        for join in new:
            history.store.joins.split(join, "li", history.now)
        assert history.picture() == before
