"""Reminders where work ends at midnight: a calendar that closes at 24:00 is still open in its last hours."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from storage.database import Database
from storage.store import Store
from tests.policy.samples import SHANGHAI, changed
from tests.world import Colleague, World

WEEK = 'mon-fri: ["09:00-12:00", "13:00-18:00"]'


def a_day_overdue(world: World, li: Colleague) -> None:
    acme = world.customer("Acme Ltd", owner=li, tier="growth")
    id_ = acme.customer.id if acme.customer else ""

    def write(store: Store) -> None:
        known = store.customers.get(id_)
        assert known is not None
        due = world.now - timedelta(days=1)
        store.customers.change(known, touch_due_at=due, touch_next_at=world.now)

    world.change(write)


@pytest.mark.parametrize("week", ['mon-sun: ["00:00-24:00"]', 'mon-fri: ["14:00-24:00"]'])
def test_a_calendar_that_closes_at_midnight_still_reminds(database: Database, week: str) -> None:
    world = World(database, changed(WEEK, week))
    li = world.colleague("Li Na")
    a_day_overdue(world, li)
    world.wait(days=2, step=timedelta(minutes=30))
    li.hears("Acme Ltd")
    world.end()


def test_in_the_last_hour_before_midnight_it_is_still_today(database: Database) -> None:
    world = World(
        database, changed(WEEK, 'mon-fri: ["14:00-24:00"]'), now=datetime(2026, 11, 23, 23, 30, tzinfo=SHANGHAI)
    )
    li = world.colleague("Li Na")
    a_day_overdue(world, li)
    world.beat()
    li.hears("Acme Ltd")
    world.end()
