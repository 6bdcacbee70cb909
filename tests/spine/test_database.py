"""A database that refuses: nothing is acknowledged, and work goes on as soon as it answers again."""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from sqlalchemy import make_url

from storage.inbox import Event
from storage.store import Store
from tests.postgres import as_operator
from tests.spine.stage import Stage, probe_event

SQLITE = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
POSTGRES = pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)


def offer(stage: Stage, *events: Event) -> list[object]:
    """Hand events in one by one, at once, and give what each channel would hear."""

    async def accept() -> list[object]:
        arriving = [asyncio.ensure_future(stage.bot.pump.accept([event])) for event in events]
        await asyncio.sleep(0)
        await stage.bot.pump.turn()
        return list(await asyncio.gather(*arriving, return_exceptions=True))

    return stage._runner.run(accept())


def assert_refused_then_taken(stage: Stage, refused: list[object], event: Event) -> None:
    assert all(isinstance(answer, Exception) for answer in refused)
    (taken,) = offer(stage, event)
    assert isinstance(taken, list)
    assert len(taken) == 1
    stage.settle()
    assert stage.done() == [event.external_id]


def pragma(stage: Stage, setting: str) -> None:
    """Set something on the writer's own connection, outside of any transaction."""
    connection = stage.bot.database.writer.raw_connection()
    connection.cursor().execute(f"pragma {setting}")
    connection.close()


@contextmanager
def locked(url: str) -> Iterator[sqlite3.Connection]:
    """Hold the file's write lock, as a foreign program would."""
    foreign = sqlite3.connect(make_url(url).database or "", isolation_level=None, check_same_thread=False)
    foreign.execute("begin immediate")
    yield foreign
    if foreign.in_transaction:
        foreign.execute("rollback")
    foreign.close()


@SQLITE
def test_a_file_locked_for_two_seconds_delays_the_acknowledgement_and_loses_nothing(
    stage: Stage, database_url: str
) -> None:
    with locked(database_url) as foreign:

        async def accept() -> tuple[bool, list[Event]]:
            arriving = asyncio.ensure_future(stage.bot.pump.accept([probe_event("e0", "answer")]))
            await asyncio.sleep(0)
            turning = asyncio.ensure_future(stage.bot.pump.turn())
            done, _ = await asyncio.wait([arriving], timeout=2)
            foreign.execute("rollback")
            await turning
            return bool(done), await arriving

        early, taken = stage._runner.run(accept())
    assert not early
    assert len(taken) == 1


@SQLITE
def test_a_file_that_stays_locked_acknowledges_nothing_and_recovers(stage: Stage, database_url: str) -> None:
    stage.change(lambda store: store.connection.exec_driver_sql("pragma busy_timeout=50"))
    with locked(database_url):
        refused = offer(stage, *(probe_event(f"e{n}", "answer") for n in range(20)))
    assert_refused_then_taken(stage, refused, probe_event("e0", "answer"))


@SQLITE
@pytest.mark.parametrize(
    ("breaks", "heals"), [("query_only=1", "query_only=0"), ("max_page_count=1", "max_page_count=1000000")]
)
def test_a_full_or_read_only_disk_acknowledges_nothing_and_recovers(stage: Stage, breaks: str, heals: str) -> None:
    pragma(stage, breaks)
    words = {"words": "x" * 50_000}
    refused = offer(stage, *(probe_event(f"e{n}", "answer", **words) for n in range(3)))
    pragma(stage, heals)
    assert_refused_then_taken(stage, refused, probe_event("e0", "answer"))


@SQLITE
def test_what_was_sent_while_the_database_did_not_answer_is_written_down_later(stage: Stage, database_url: str) -> None:
    stage.say("m0")
    stage.change(lambda store: store.connection.exec_driver_sql("pragma busy_timeout=50"))

    async def send() -> None:
        await stage.bot.pump.turn()
        await asyncio.wait(set(stage.bot.pump._deliveries))
        with locked(database_url):
            await stage.bot.pump.turn()

    stage._runner.run(send())
    stage.settle()
    assert stage.heard() == ["m0"]
    assert stage.message("m0").state == "sent"


@POSTGRES
def test_a_server_that_hangs_up_acknowledges_nothing_and_is_found_again(
    stage: Stage, database_url: str, postgres_server: str
) -> None:
    name = make_url(database_url).database
    as_operator(postgres_server, f'alter database "{name}" with allow_connections false')
    as_operator(postgres_server, f"select pg_terminate_backend(pid) from pg_stat_activity where datname = '{name}'")  # noqa: S608
    refused = offer(stage, probe_event("e0", "answer"))
    as_operator(postgres_server, f'alter database "{name}" with allow_connections true')
    assert_refused_then_taken(stage, refused, probe_event("e0", "answer"))


def test_a_rollback_leaves_nothing_of_a_turn(stage: Stage) -> None:
    def half(store: Store) -> None:
        store.inbox.add([probe_event("e0", "answer")], stage.now)
        store.settings.set("half", 1)
        raise RuntimeError

    with pytest.raises(RuntimeError):
        stage.change(half)
    assert stage.ask(lambda store: store.settings.get("half")) is None
    assert stage.ask(lambda store: store.inbox.count("new")) == 0
