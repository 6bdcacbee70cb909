"""Three days across each change of the clocks: everything is said once, at the right time on the wall."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest

from bot.app import Bot
from bot.channels.webchat.channel import WebChat
from scheduler.cadence import Diary, plan
from scheduler.policy.document import default_text
from storage.database import Database
from storage.store import Store
from storage.tickets import Ticket
from tests.world import Colleague, Guest, World

RESTART = timedelta(hours=5)
STEP = timedelta(hours=1)
"""What is awaited happens at moments of its own, and one second before."""
HOUR, SECOND = timedelta(hours=1), timedelta(seconds=1)
CHANGES = [
    ("America/New_York", "2026-10-31"),
    ("America/New_York", "2027-03-13"),
    ("Europe/Berlin", "2026-10-24"),
    ("Europe/Berlin", "2027-03-27"),
    ("Asia/Shanghai", "2026-10-31"),
]
"""The Saturday before each night on which the clocks change; in Shanghai they never do."""


def policy(zone: str) -> str:
    """A company in that city, open on every day of the week."""
    text = default_text().replace("Asia/Shanghai", zone).replace("\n    country: CN\n", "\n")
    return text.replace("language: zh-CN", "language: en").replace("      mon-fri: [", "      mon-sun: [")


@dataclass
class Weekend:
    """A company with one due customer, a question, a fault, and a solved ticket, on the Saturday in question."""

    world: World
    zone: ZoneInfo
    saturday: datetime
    li: Colleague
    asking: Guest
    broken: Guest
    solved: Guest

    def at(self, days: int, clock: str) -> datetime:
        """Name a time on the wall, so many days after Saturday."""
        day = self.saturday.date() + timedelta(days=days)
        return datetime.fromisoformat(f"{day}T{clock}").replace(tzinfo=self.zone).astimezone(UTC)

    def ticket(self, guest: Guest) -> Ticket:
        (only,) = [ticket for ticket in self.world.tickets() if ticket.contact_id == guest.contact_id]
        return only

    def pass_to(self, moment: datetime) -> None:
        """Let time pass to a moment; there the heart beats twice at once."""
        self.world.clock.moment = moment
        self.world._runner.run(self._beat_twice())
        self.world.settle()

    async def _beat_twice(self) -> None:
        await asyncio.gather(self.world.bot.beat(), self.world.bot.beat())

    def restart(self) -> None:
        """End the process as a crash would, and start another on the same database."""
        self.world._runner.run(self._restart())

    async def _restart(self) -> None:
        old = self.world.bot
        old.writer.stop()
        self.world.bot = bot = Bot(old.database, [WebChat()], policy(self.zone.key), self.world.clock)
        await bot.pump.recover(everything=True)
        await bot.pump.retrace()


@pytest.fixture(params=CHANGES, ids=" ".join)
def weekend(request: pytest.FixtureRequest, database: Database) -> Iterator[Weekend]:
    name, day = request.param
    zone = ZoneInfo(name)
    saturday = datetime.fromisoformat(f"{day}T00:00").replace(tzinfo=zone)
    world = World(database, policy(name), saturday.astimezone(UTC))
    li = world.colleague("Li Na", "manager")
    world.change(lambda store: store.staff.change(li.person.id, zone=name))
    guests = [world.customer(f"Customer {n}", owner=li) for n in range(3)]
    yield Weekend(world, zone, saturday, li, *guests)
    world.end()


def due_on_monday(weekend: Weekend, store: Store) -> None:
    """Write down that a customer's next touch falls due on Monday."""
    known = store.customers.get(weekend.asking.customer.id if weekend.asking.customer else None)
    person = store.staff.get(weekend.li.person.id)
    assert known is not None
    diary = Diary.of(weekend.world.bot.policies.current, person)
    due = diary.morning(weekend.at(2, "12:00").date())
    planned = plan(diary, replace(known, touch_due_at=due), None, weekend.world.now - timedelta(days=9))
    store.customers.change(
        known, **planned | {"touch_due_at": due, "touch_rung": 0, "touch_next_at": diary.next_at(due, 0)}
    )


def wall(weekend: Weekend, moment: datetime | str) -> str:
    at = datetime.fromisoformat(moment) if isinstance(moment, str) else moment
    return f"{at.astimezone(weekend.zone):%a %H:%M}"


def test_three_days_across_a_change_of_the_clocks_say_each_thing_once_and_on_time(weekend: Weekend) -> None:
    world = weekend.world
    world.change(lambda store: due_on_monday(weekend, store))
    acts = {
        weekend.at(0, "01:00"): lambda: _solve(weekend),
        weekend.at(0, "17:00"): lambda: weekend.asking.writes("What are your opening hours next week, please?"),
        weekend.at(0, "23:30"): lambda: weekend.broken.writes(
            "The machine is down and shows error E42, production has stopped."
        ),
    }
    awaited = {
        *(weekend.at(day, clock) for day in (0, 2) for clock in ("08:30",)),
        *(weekend.at(1, clock) for clock in ("09:00", "09:36", "10:00")),
        *(weekend.at(0, "23:30") + HOUR * n for n in (0.25, 0.4, 0.5, 2, 3.2, 4)),
        weekend.at(0, "01:00") + HOUR * 48,
    }
    grid = {weekend.at(0, "00:00") + STEP * n for n in range(int(timedelta(hours=72) / STEP) + 1)}
    restarted = min(grid)
    for moment in sorted(grid | awaited | {m - SECOND for m in awaited} | set(acts)):
        if moment - restarted >= RESTART:
            weekend.restart()
            restarted = moment
        weekend.pass_to(moment)
        if moment in acts:
            acts[moment]()

    assert _reminders(weekend) == ["Sat 08:30", "Mon 08:30"]
    assert _told(weekend, weekend.asking)[:3] == [
        ("first_response:50", wall(weekend, weekend.at(0, "18:00"))),
        ("first_response:80", "Sun 09:36"),
        ("first_response:100", "Sun 10:00"),
    ]
    opened = weekend.at(0, "23:30")
    assert _told(weekend, weekend.broken) == [
        (f"{figure}:{percent}", wall(weekend, opened + HOUR * hours * percent / 100))
        for figure, hours in (("first_response", 0.5), ("under_way", 4))
        for percent in (50, 80, 100)
    ]
    closed = weekend.ticket(weekend.solved)
    assert closed.status == "closed"
    assert closed.resolved_at is not None
    assert closed.closed_at == closed.resolved_at + HOUR * 48


def _solve(weekend: Weekend) -> None:
    weekend.solved.writes("I want to complain, my order arrived damaged!")
    number = weekend.ticket(weekend.solved).number
    weekend.li.runs("ticket take", number=number)
    weekend.li.runs("ticket resolve", number=number, words="A new one was sent.")


def _told(weekend: Weekend, guest: Guest) -> list[tuple[str, str]]:
    """Give every warning of a guest's ticket with the time on the wall at which it was said; each was said once."""
    ticket = weekend.ticket(guest)
    told = [(entry["name"], wall(weekend, entry["at"])) for entry in ticket.told]
    assert len({name for name, _ in told}) == len(told)
    moments = [entry["at"] for entry in ticket.told]
    assert all(before <= after for before, after in pairwise(moments))
    said = weekend.world.posts("#service", f"ticket:{ticket.number}")
    said += weekend.world.posts("#after-sales", f"ticket:{ticket.number}")
    assert len(said) == len(set(moments))
    return told


def _reminders(weekend: Weekend) -> list[str]:
    """Give when each rung that called about the due customer was heard."""
    id_ = weekend.asking.customer.id if weekend.asking.customer else ""
    return [wall(weekend, call.said_at) for call in weekend.world.ask(lambda s: s.reminders.of(id_)) if call.said_at]
