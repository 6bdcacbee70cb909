"""A card is found by the platform's id through an index, on both databases, however many stand in its channel."""

from __future__ import annotations

from sqlalchemy import inspect, text

from storage.database import Database
from storage.posts import posts


def test_the_index_of_the_declaration_is_there_after_the_migrations(database: Database) -> None:
    with database.reading() as connection:
        made = {index["name"]: index["column_names"] for index in inspect(connection).get_indexes("posts")}
    declared = {str(index.name): [column.name for column in index.columns] for index in posts.indexes}
    assert {name: made.get(name) for name in declared} == declared


def test_a_look_up_by_the_platforms_id_reads_no_other_posts(database: Database) -> None:
    if not database.is_sqlite:
        return  # a planner with statistics decides by the size of the table; SQLite's plan is certain
    question = "explain query plan select id from posts where chat = 'c' and provider_id = 'p'"
    with database.reading() as connection:
        plan = " ".join(str(row) for row in connection.execute(text(question)))
    assert "ix_posts_provider" in plan
