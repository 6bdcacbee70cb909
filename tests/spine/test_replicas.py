"""Several replicas on one PostgreSQL: each thing is said once, nothing is overwritten, a dead one's work moves on."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import select, update

from bot import claiming, delivery
from bot.app import Bot
from bot.channels.webchat.channel import WebChat
from bot.clock import WallClock
from bot.policy_keeper import PolicyKeeper
from storage.database import Database
from storage.inbox import Event, inbox
from storage.messages import Kind
from storage.outbox import outbox
from storage.store import Store
from tests.conftest import KEY
from tests.spine.stage import Stage, settlement

pytestmark = pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)


async def turn_until_quiet(bots: Sequence[Bot]) -> None:
    """Let all pumps turn side by side until none of them moves anything."""
    while True:
        turns = await asyncio.gather(*(bot.pump.turn() for bot in bots))
        sending = [task for bot in bots for task in bot.pump._deliveries]
        if sending:
            await asyncio.wait(sending)
        elif not any(turn.moved for turn in turns) and not any(bot.pump._settlements for bot in bots):
            return


@contextmanager
def replicas(stage: Stage, url: str, count: int) -> Iterator[list[Bot]]:
    """Open more bots, each with connections of its own."""
    databases = [Database(url, KEY, writers=2) for _ in range(count)]
    more = [stage.replica(database) for database in databases]
    yield [stage.bot, *more]
    for bot, database in zip(more, databases, strict=True):
        bot.writer.stop()
        database.close()


def test_two_beats_at_once_say_each_due_moment_once(stage: Stage, database_url: str) -> None:
    wang = stage.colleague("Wang Qiang", "manager")
    li = stage.colleague("Li Na", manager_id=wang.person.id)
    for n in range(6):
        stage.customer(f"Customer {n}", owner=li).writes("I want to complain, my order arrived damaged!")
    with replicas(stage, database_url, 1) as bots:

        async def beat() -> None:
            await asyncio.gather(*(bot.beat() for bot in bots))
            await turn_until_quiet(bots)

        for _ in range(16):
            stage.clock.moment += timedelta(minutes=30)
            stage._runner.run(beat())
    for ticket in stage.tickets():
        told = Counter(entry["name"] for entry in ticket.told)
        assert told
        assert set(told.values()) == {1}
    assert stage.ask(_escalations_said_twice) == []


def _escalations_said_twice(store: Store) -> list[str]:
    """Find warnings that stand in a ticket's thread more often than moments came due for it."""
    due = select(inbox.c.body).where(inbox.c.kind == "promise watched")
    moments = Counter(f"ticket:{row.body['body']['ticket']}" for row in store.connection.execute(due))
    said = select(outbox.c.thread).where(outbox.c.kind == Kind.ESCALATION, outbox.c.thread.is_not(None))
    threads = Counter(row.thread for row in store.connection.execute(said))
    assert threads.total() > 0
    return [thread for thread, count in threads.items() if count > moments[thread]]


@pytest.mark.parametrize("each", [25, pytest.param(200, marks=pytest.mark.slow)])
def test_four_replicas_adding_to_one_ticket_at_once_lose_nothing(stage: Stage, database_url: str, each: int) -> None:
    stage.stranger().writes("I want to complain, my order arrived damaged!")
    number = stage.ticket.number
    with replicas(stage, database_url, 4) as (_, *bots):
        stage._runner.run(_add(stage, bots, number, each))
    assert stage.ticket.paused_seconds == 4 * each
    assert stage.ask(lambda store: store.inbox.dead()) == []


async def _add(stage: Stage, bots: Sequence[Bot], number: str, each: int) -> None:
    for bot in bots:
        bot.clock = bot.pump._clock = WallClock(stage.now - WallClock().now())
        bot.pump.dispatch = replace(bot.pump.dispatch, around=stage.around(bot))
    running = [asyncio.create_task(bot.pump.run()) for bot in bots]
    for n, bot in enumerate(bots):
        await bot.pump.accept([Event("test", f"{n}:{i}", "count", body={"ticket": number}) for i in range(each)])
    async with asyncio.timeout(100):
        while await asyncio.to_thread(stage.ask, lambda store: store.inbox.count("new")):  # noqa: ASYNC110
            await asyncio.sleep(0.05)
    for bot in bots:
        await bot.pump.stop()
    await asyncio.gather(*running)


def test_what_a_dead_replica_was_sending_is_sent_by_another_when_its_lease_ends(
    stage: Stage, database_url: str
) -> None:
    stage.say("m0")
    with replicas(stage, database_url, 1) as (dying, living):
        around = dying.pump.dispatch.around
        channels = {"loop": dying.channels["loop"]}
        held = stage.change(lambda store: claiming.claim(store, channels, {"loop": 1}, around, stage.now)).outgoing
        assert stage._runner.run(living.pump.recover()) == 0  # the lease still runs
        long_ago = stage.change(lambda store: store.machine_now()) - timedelta(seconds=1)
        stage.change(lambda store: store.connection.execute(update(outbox).values(lease_until=long_ago)))
        assert stage._runner.run(living.pump.recover()) == 1
        stage.clock.moment += timedelta(seconds=3)
        stage._runner.run(turn_until_quiet([living]))
        assert stage.heard() == ["m0"]
        stage.change(lambda store: delivery.settle(store, [settlement(held[0].message, "failed")], stage.now))
        assert stage.message("m0").state == "sent"
        stage._runner.run(_hang_up(living))


async def _hang_up(bot: Bot) -> None:
    for channel in bot.channels.values():
        if not isinstance(channel, WebChat):
            await channel.close()  # type: ignore[attr-defined]


def test_replicas_that_start_at_once_agree_on_one_policy(database_url: str) -> None:
    def start(_: int) -> int:
        other = Database(database_url, KEY)
        version = PolicyKeeper(other, None, WallClock()).version
        other.close()
        return version

    with ThreadPoolExecutor(8) as pool:
        assert set(pool.map(start, range(8))) == {1}


def test_turns_side_by_side_never_send_more_at_once_than_the_channel_has_places(
    database: Database,
) -> None:
    stage = Stage(database, slots=2)
    for n in range(12):
        stage.say(f"m{n}", to=f"chat {n}")

    async def rush() -> int:
        most = 0
        while True:
            turns = await asyncio.gather(*(stage.bot.pump.turn() for _ in range(4)))
            most = max(most, len(stage.bot.pump._deliveries))
            if stage.bot.pump._deliveries:
                await asyncio.wait(set(stage.bot.pump._deliveries))
            elif not any(turn.moved for turn in turns):
                return most

    assert stage._runner.run(rush()) == 2
    assert len(stage.heard()) == 12
    stage.end()
