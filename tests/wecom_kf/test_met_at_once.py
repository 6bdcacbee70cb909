"""Two processes that meet one person in the same moment, one at a desk and one among a colleague's contacts."""

from __future__ import annotations

import time
from concurrent.futures import Future, ThreadPoolExecutor

import pytest
from sqlalchemy import text

from storage.database import Database
from storage.followings import CHANNEL
from storage.inbox import Event
from storage.store import Store
from tests.world import World

LIMIT = 20
WAITING = text(
    "select count(*) from pg_locks where locktype = 'advisory' and not granted"
    " and database = (select oid from pg_database where datname = current_database())"
)
ADDED = {"side": "customer", "colleague": "lina", "name": "Chen Wei", "company": "Galaxy"}
WRITTEN = {"side": "customer", "text": "The pump leaks", "also": [CHANNEL, "wm1"]}
EVENTS = {
    "contact added": Event(CHANNEL, "1", "contact added", "wm1", "wm1", ADDED, id=1),
    "words": Event("wecom-kf", "2", "words", "wkDesk:wm1", "wkDesk:wm1", WRITTEN, id=2),
}


@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
@pytest.mark.parametrize("first", sorted(EVENTS))
def test_whoever_is_met_in_two_places_in_one_moment_is_asked_about(
    world: World, database: Database, first: str
) -> None:
    li = world.colleague("Li Na")
    world.change(lambda store: store.staff.bind(li.person.id, "wecom", "lina"))
    (second,) = EVENTS.keys() - {first}
    with ThreadPoolExecutor(1) as pool:
        with database.writing() as connection:
            handle(world, Store(connection), EVENTS[first])
            late = pool.submit(handles, world, database, EVENTS[second])
            until_it_waits_or_is_done(database, late)
        late.result(LIMIT)
    world.settle()
    assert li.count("One person?", "the same WeChat user") == 1


def handles(world: World, database: Database, event: Event) -> None:
    with database.writing() as connection:
        handle(world, Store(connection), event)


def handle(world: World, store: Store, event: Event) -> None:
    world.bot.pump.dispatch.handle(store, event, world.now)
    store.flush()


def until_it_waits_or_is_done(database: Database, late: Future[None]) -> None:
    limit = time.monotonic() + LIMIT
    while time.monotonic() < limit and not late.done():
        with database.reading() as connection:
            if connection.execute(WAITING).scalar():
                return
        time.sleep(0.01)
    assert late.done()
