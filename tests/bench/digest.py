"""Measure 8: a manager's digest against its own questions asked alone; ten times the history against once."""

from __future__ import annotations

import random
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, event

from bot.app import Bot
from bot.channels.webchat.channel import WebChat
from bot.opening import open_database
from handlers.context import Context
from handlers.digest_cards import digest_of
from handlers.parts import Span
from storage.columns import new_id
from storage.customers import Customer
from storage.feedback import Feedback
from storage.inbox import Event
from storage.rounds import Round
from storage.staff import Person
from storage.store import Store
from storage.tickets import Ticket
from tests.bench.figures import ROUNDS, Figure, middle, ratio, rounded
from tests.bench.pipeline import KEY

NOW = datetime(2026, 11, 24, 0, 30, tzinfo=UTC)
"""Tuesday 08:30 in Shanghai."""
REPS, CUSTOMERS, DAYS = 50, 5_000, 60
"""A hundred customers a rep."""
A_DAY = {"tickets": 600, "rounds": 300, "feedback": 60}
CHUNK_DAYS = 5
Asked = tuple[str, Any]
Taken = tuple[float, float]


class Stopped:
    """A clock that stands still."""

    def now(self) -> datetime:
        return NOW


class Company:
    """A manager with a team, and so many days of history at the same pace."""

    def __init__(self, folder: Path, days: int) -> None:
        self.chance = random.Random(8)
        self.database = open_database(f"sqlite:///{folder / f'digest-{days}.db'}", KEY)
        with self.database.writing() as connection:
            store = Store(connection)
            self.boss = Person(new_id(), "Boss", "manager", "en", "Asia/Shanghai")
            self.reps = [_rep(n, self.boss) for n in range(REPS)]
            for person in (self.boss, *self.reps):
                store.staff.add(person, {"web": f"staff:{person.id}"})
            self.customers = [self._customer(n) for n in range(CUSTOMERS)]
            store.customers.add(*self.customers)
            store.flush()
        for first in range(0, days, CHUNK_DAYS):
            with self.database.writing() as connection:
                store = Store(connection)
                for day in range(first, min(days, first + CHUNK_DAYS)):
                    self._day(store, day)
                store.flush()
        with self.database.writing() as connection:
            connection.exec_driver_sql("analyze")

    def _customer(self, n: int) -> Customer:
        late = n % 500 == 0
        due = NOW + timedelta(days=-10 if late else 1 + n % 30)
        return Customer(new_id(), f"Customer {n}", owner_id=self.reps[n % REPS].id, tier="growth", touch_due_at=due)

    def _day(self, store: Store, day: int) -> None:
        for n in range(A_DAY["tickets"]):
            self._ticket(store, f"T{day:04}{n:04}", day)
        for _ in range(A_DAY["rounds"]):
            customer, at = self._some(day)
            kept = "kept" if self.chance.random() < 0.9 else "late"
            store.rounds.add(Round(new_id(), customer.id, customer.owner_id, "growth", at, at, at, kept))
        for _ in range(A_DAY["feedback"]):
            customer, at = self._some(day)
            kind = self.chance.choice(("complaint", "praise"))
            piece = Feedback(new_id(), kind, "delivery", "neutral", "normal", "-", "bench", at, customer.id, ticket="T")
            store.feedback.add(piece)

    def _some(self, day: int) -> tuple[Customer, datetime]:
        return self.chance.choice(self.customers), NOW - timedelta(days=day + self.chance.random())

    def _ticket(self, store: Store, number: str, day: int) -> None:
        """Write a ticket down; all but a few of today's are closed, a third of them rated."""
        customer, opened = self._some(day)
        is_open = day == 0 and self.chance.random() < 0.1
        late = self.chance.random() < 0.05
        answered = None if is_open else opened + timedelta(minutes=90 if late else 20)
        store.tickets.add(
            Ticket(
                number, "web", "inquiry", "normal", "-", opened, opened + timedelta(hours=1), opened + timedelta(hours=20),
                status="new" if is_open else "closed", customer_id=customer.id, owner_id=customer.owner_id,
                first_response_at=answered, resolved_at=answered and answered + timedelta(hours=1),
                rating=5 if answered else None,
            )
        )  # fmt: skip
        if answered and self.chance.random() < 0.3:
            store.tickets.note(number, "x", "rated", answered + timedelta(hours=2), score=5 if not late else 3)


def _rep(n: int, boss: Person) -> Person:
    return Person(new_id(), f"Rep {n}", "rep", zone="Asia/Shanghai", manager_id=boss.id)


@dataclass
class Asking:
    """Remembers what is asked of the database, so that the same can be asked alone."""

    asked: list[Asked]

    def note(self, _c: Any, _cursor: Any, statement: str, parameters: Any, _context: Any, _many: bool) -> None:  # noqa: FBT001
        if not statement.startswith("BEGIN"):
            self.asked.append((statement, parameters))


@dataclass
class Morning:
    """A company whose manager's digest is put together again and again."""

    company: Company
    bot: Bot
    connection: Connection

    def digest(self) -> Taken:
        """Put a digest together; give the seconds, and the processor's."""
        start, cpu = time.perf_counter(), time.process_time()
        store, around = Store(self.connection), self.bot.pump.dispatch.around
        context = Context(store, NOW, Event("clock", "x", "digest wanted"), around, staff=self.company.boss)
        made = digest_of(context, Span(NOW - timedelta(days=1)))
        assert len(made.card.rows) > 10, made.card
        return time.perf_counter() - start, time.process_time() - cpu

    def questions(self) -> list[Asked]:
        """Tell what a digest asks of the database, once everything is warm."""
        self.digest()
        asking = Asking([])
        event.listen(self.connection, "before_cursor_execute", asking.note)
        self.digest()
        event.remove(self.connection, "before_cursor_execute", asking.note)
        return asking.asked

    def alone(self, asked: list[Asked]) -> Taken:
        """Ask the same questions and nothing else; give the seconds, and the processor's."""
        start, cpu = time.perf_counter(), time.process_time()
        for statement, parameters in asked:
            self.connection.exec_driver_sql(statement, parameters).fetchall()
        return time.perf_counter() - start, time.process_time() - cpu


@contextmanager
def opened(company: Company) -> Iterator[Morning]:
    bot = Bot(company.database, [WebChat()], None, Stopped())
    with company.database.reading() as connection:
        yield Morning(company, bot, connection)
    bot.writer.stop()
    company.database.close()


def measure() -> Iterator[Figure]:
    """Compare a digest with its questions, and one with ten times the history with one with once, side by side."""
    with tempfile.TemporaryDirectory() as name:
        few, many = Company(Path(name), DAYS), Company(Path(name), 10 * DAYS)
        with opened(few) as short, opened(many) as long:
            asked = short.questions()
            short.alone(asked)
            long.questions()
            taken = [(short.digest(), short.alone(asked), long.digest()) for _ in range(3 * ROUNDS)]
    once, bare, much = ([[one[n][clock] for one in taken] for clock in (0, 1)] for n in range(3))
    said = {"digest ms": _ms(once), "alone ms": _ms(bare), "questions": len(asked), "CPU ratio": _cpu(once, bare)}
    yield Figure("8: a digest of its questions asked alone", ratio(once[0], bare[0]), must=2, aim=1.5, detail=said)
    more = {"digest ms": _ms(much), "tickets": 10 * DAYS * A_DAY["tickets"], "CPU ratio": _cpu(much, once)}
    yield Figure("8: ten times the history against once", ratio(much[0], once[0]), must=1.5, aim=1.1, detail=more)


def _ms(taken: list[list[float]]) -> float:
    return rounded(middle(taken[0]) * 1000)


def _cpu(ours: list[list[float]], yardstick: list[list[float]]) -> float:
    return rounded(ratio(ours[1], yardstick[1]))
