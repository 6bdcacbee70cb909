"""A database from before tiers were reviewed: its customers are, as soon as the bot runs again."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from alembic import command
from sqlalchemy import text

from storage import schema
from storage.database import Database

FIELDS = "id, name, folded, language, tier, tier_why, orders, touch_rung, version, last_order_at"


@pytest.mark.parametrize(("newest", "reviewed"), [(20, ["a", "b"]), (200, [])])
def test_customers_placed_by_orders_are_reviewed_after_the_upgrade_unless_the_books_ended(
    database: Database, newest: int, reviewed: list[str]
) -> None:
    now = datetime.now(UTC)
    with database.writing() as connection:
        command.downgrade(schema._config(connection), "0007")
        values = "(:id, :id, :id, 'en', 'growth', '[]', 1, 0, 1, :at)"
        for id_, ago in (("a", newest), ("b", 300), ("c", None)):
            at = ago and now.replace(tzinfo=None) - timedelta(days=ago)
            connection.execute(text(f"insert into customers ({FIELDS}) values {values}"), {"id": id_, "at": at})  # noqa: S608
    schema.migrate(database)
    with database.reading() as connection:
        found = connection.execute(text("select id from customers where tier_review_at is not null order by id"))
        assert [row.id for row in found] == reviewed
