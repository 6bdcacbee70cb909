"""Measure 7: ten thousand customers due at once, against one APScheduler job each; a million waiting against none."""

from __future__ import annotations

import asyncio
import tempfile
import threading
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from apscheduler.jobstores.sqlalchemy import SQLAlchemyJobStore
from apscheduler.schedulers.background import BackgroundScheduler
from sqlalchemy import create_engine, event, update

from bot.app import Bot
from bot.channels.webchat.channel import WebChat
from bot.opening import open_database
from storage.columns import new_id
from storage.customers import Customer, customers
from storage.messages import Kind
from storage.staff import Person
from storage.store import Store
from tests.bench.figures import ROUNDS, Figure, middle, ratio, rounded
from tests.bench.pipeline import KEY

MORNING = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)
"""Monday 10:00 in Shanghai: reminders may be said."""
DUE, OWNERS, WAITING, CHUNK = 10_000, 100, 1_000_000, 20_000
EARLY = timedelta(hours=3)
"""Before that a day has begun, and nobody's morning has."""
JOBS = 1_000
"""Of the yardstick's jobs a tenth is enough: its rate does not depend on their number."""
_ran = threading.Semaphore(0)


class Stopped:
    """A clock that moves when it is told to."""

    def __init__(self) -> None:
        self.moment = MORNING

    def now(self) -> datetime:
        return self.moment


class Company:
    """Owners, each with customers of whom the first ones are due when the test says so."""

    def __init__(self, folder: Path, waiting: int) -> None:
        self.database = open_database(f"sqlite:///{folder / f'due-{waiting}.db'}", KEY)
        self.clock = Stopped()
        self.sent = 0
        with self.database.writing() as connection:
            store = Store(connection)
            self.owners = [_owner(store, n) for n in range(OWNERS)]
            store.flush()
        self._add(DUE, "due")
        self._add(waiting, "later")

    def _add(self, count: int, name: str) -> None:
        later = MORNING + timedelta(days=400)
        for start in range(0, count, CHUNK):
            new = [
                Customer(
                    id=new_id(),
                    name=f"{name} {n}",
                    owner_id=self.owners[n % OWNERS],
                    tier="growth",
                    touch_due_at=later,
                    touch_next_at=later + timedelta(seconds=n % 86_400),
                )
                for n in range(start, min(count, start + CHUNK))
            ]
            with self.database.writing() as connection:
                store = Store(connection)
                store.customers.add(*new)
                store.flush()

    async def round(self) -> tuple[float, float]:
        """Make ten thousand due on another morning, let the heart beat.

        Gives the seconds until everybody's one message of that morning is marked as sent, and the CPU's.
        """
        await self._begin_another_day()
        due = {
            "touch_due_at": self.clock.moment.replace(hour=0, minute=30),
            "touch_next_at": self.clock.moment,
            "touch_rung": 0,
        }
        with self.database.writing() as connection:
            connection.execute(update(customers).where(customers.c.name.like("due %")).values(due))
        bot = Bot(self.database, [WebChat()], None, self.clock)
        pumping = asyncio.create_task(bot.pump.run())
        await bot.pump.settled()
        start, cpu = time.perf_counter(), time.process_time()
        await bot.beat()
        await bot.pump.settled()
        seconds, cpu = time.perf_counter() - start, time.process_time() - cpu
        assert not bot.read(lambda store: store.due.owners_due(self.clock.now(), 1))
        sent = bot.read(lambda store: len(store.outbox.in_state("sent", limit=10 * OWNERS)))
        assert sent - self.sent == OWNERS, "one message a person a morning"
        assert bot.read(lambda store: store.reminders.unheard()) == {}
        self.sent = sent
        await bot.pump.stop()
        await pumping
        bot.writer.stop()
        return seconds, cpu

    async def _begin_another_day(self) -> None:
        """Let a week pass, and what is looked for at a day's start be found, before the morning that is measured."""
        self.clock.moment += timedelta(days=7) - EARLY
        bot = Bot(self.database, [WebChat()], None, self.clock)
        pumping = asyncio.create_task(bot.pump.run())
        await bot.beat()
        await bot.pump.settled()
        await bot.pump.stop()
        await pumping
        bot.writer.stop()
        self.clock.moment += EARLY


def _owner(store: Store, n: int) -> str:
    owner = Person(new_id(), f"Owner {n}", "rep", "zh-CN", "Asia/Shanghai")
    store.staff.add(owner, {"web": f"staff:{owner.id}"})
    return owner.id


def remind() -> None:
    """Do nothing: the yardstick is measured without any reminder being made or sent."""
    _ran.release()


def jobs(folder: Path, *, wal: bool) -> float:
    """Run so many due jobs out of an APScheduler store on SQLite; give jobs a second."""
    engine = create_engine(f"sqlite:///{folder / f'jobs-{time.monotonic_ns()}.db'}")
    if wal:
        event.listen(engine, "connect", _use_wal)
    scheduler = BackgroundScheduler(jobstores={"default": SQLAlchemyJobStore(engine=engine)}, timezone="UTC")
    scheduler.start(paused=True)
    past = datetime.now(UTC) - timedelta(seconds=1)
    for n in range(JOBS):
        scheduler.add_job(remind, "date", run_date=past, id=str(n), misfire_grace_time=None)
    start = time.perf_counter()
    scheduler.resume()
    for _ in range(JOBS):
        _ran.acquire()
    while scheduler.get_jobs():
        time.sleep(0.001)
    seconds = time.perf_counter() - start
    scheduler.shutdown()
    engine.dispose()
    return JOBS / seconds


def _use_wal(connection: Any, _record: Any) -> None:
    connection.execute("pragma journal_mode=wal")


def measure() -> Iterator[Figure]:
    """Compare rates side by side, then a full house with an empty one."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        empty, full = Company(folder, 0), Company(folder, WAITING)
        pairs = [(asyncio.run(empty.round()), asyncio.run(full.round())) for _ in range(ROUNDS)]
        plain = [jobs(folder, wal=False) for _ in range(ROUNDS)]
        wal = [jobs(folder, wal=True) for _ in range(ROUNDS)]
        empty.database.close()
        full.database.close()
    rates = [DUE / none[0] for none, _ in pairs]
    said = {"customers/s": rounded(middle(rates)), "messages": OWNERS, "kind": Kind.REMINDER.value}
    for title, yardstick, must, aim in (("default store", plain, 15, 25), ("WAL", wal, 7, 11)):
        detail = said | {"jobs/s": rounded(middle(yardstick))}
        value = middle(rates) / middle(yardstick)
        yield Figure(f"7: 10,000 due at once, of APScheduler, {title}", value, must, aim, at_least=True, detail=detail)
    waiting, cpu = (ratio([many[n] for _, many in pairs], [none[n] for none, _ in pairs]) for n in (0, 1))
    detail = {"CPU ratio": rounded(cpu)}
    yield Figure("7: 1,000,000 waiting customers against none", waiting, must=1.2, aim=1.05, detail=detail)
