"""What a digest says of a made-up past, line by line, against a recount of the raw rows."""

from __future__ import annotations

import os
import random
import re
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from storage.staff import Person
from tests.digest.past import Past
from tests.digest.recount import Recount, Row, raw_rows
from tests.world import Colleague, World, all_words

HOME = "Asia/Shanghai"
NAMES = {
    "first_response": "First answers in time",
    "under_way": "Service under way in time",
    "resolution": "Solved in time",
    "csat": "Satisfied customers",
}


@dataclass
class Needs:
    """What wants a decision, counted by hand: two weeks back for feelings, five working days for contacts."""

    now: datetime
    recount: Recount

    def count(self) -> int:
        lists = (self.broken(self.now), self.unhappy(), self.complaints(), self.overdue(), self.stale())
        return sum(len(found) for found in lists)

    def broken(self, before: datetime) -> list[Row]:
        """Tickets whose promise ends before a moment."""
        found = []
        for ticket in self.recount.tickets.values():
            first = ticket["first_response_at"] is None
            states = ("new", "taken", "waiting") if first else ("new", "taken")
            under_way = not first and ticket["goal"] == "under_way" and ticket["status"] != "new"
            due = ticket["first_response_due"] if first else ticket["resolution_due"]
            if ticket["status"] in states and not under_way and due < before and self.recount.sees_ticket(ticket):
                found.append(ticket)
        return found

    def unhappy(self) -> list[Row]:
        return [event for event, ticket in self.recount._events("rated") if event["detail"]["score"] <= 2]

    def complaints(self) -> list[Row]:
        seen = [row for row in self.recount.rows("feedback") if row["kind"] == "complaint" and row["ticket"] is None]
        return [
            row
            for row in seen
            if self.recount.within(row["at"])
            and (row["customer_id"] is None or self.recount.sees_customer(row["customer_id"]))
        ]

    def overdue(self) -> list[Row]:
        return [row for row in self.recount.customers.values() if self._is_overdue(row)]

    def _is_overdue(self, row: Row) -> bool:
        due, owner = row["touch_due_at"], row["owner_id"]
        if due is None or due > self.now or not self.recount.is_mine(owner):
            return False
        zone = ZoneInfo(self.recount.staff[owner]["zone"] if owner else HOME)
        first, last = due.astimezone(zone).date(), self.now.astimezone(zone).date()
        days = [date.fromordinal(n) for n in range(first.toordinal() + 1, last.toordinal() + 1)]
        worked = sum(day.weekday() < 5 and not _is_free(day) for day in days) + sum(_is_made_up(day) for day in days)
        return worked >= 5 or owner is None

    def waiting(self) -> list[Row]:
        drafts = self.recount.rows("drafts")
        mine = [row for row in drafts if row["state"] == "open" and self.recount.is_mine(row["staff_id"])]
        return [row for row in mine if row["expires_at"] > self.now]

    def stale(self) -> set[str]:
        day = timedelta(days=1)
        waiting = [row for row in self.waiting() if row["staff_id"] != self.recount.person]
        return {row["staff_id"] for row in waiting if self.now - row["made_at"] >= day}


def _is_free(day: date) -> bool:
    """Tell whether a weekday of autumn 2026 was free in China: National Day week."""
    return date(2026, 10, 1) <= day <= date(2026, 10, 7) or day == date(2026, 9, 25)


def _is_made_up(day: date) -> bool:
    return day in (date(2026, 9, 20), date(2026, 10, 10))


def test_every_number_on_a_digest_equals_a_recount(world: World) -> None:
    seed = int(os.environ.get("SEED", "0")) or random.SystemRandom().randrange(1, 10**6)
    print(f"SEED={seed}")
    pasts = []

    def write(store: object) -> None:
        past = Past(store, random.Random(seed), world.now)  # type: ignore[arg-type]
        past.write(60)
        pasts.append(past)

    world.change(write)
    raw = world.ask(lambda store: raw_rows(store.connection))
    for person in pasts[-1].people[:4]:
        _compare(world, person, raw)


def _compare(world: World, person: Person, raw: dict[str, list[Row]]) -> None:
    boss = Colleague(world, f"staff:{person.id}", person)
    boss.types("/crm digest")
    card = next(card for card in reversed(boss.cards()) if card.title.startswith("Your team on"))
    said, zone = all_words(card), ZoneInfo(person.zone)
    midnight = datetime.combine(world.now.astimezone(zone).date(), time(), zone)
    since = midnight - timedelta(days=1)
    back = Recount(raw, person.id, world.now - timedelta(days=14), world.now, world.now, HOME)
    needs = Needs(world.now, back)
    _says(said, "Needs you: ", needs.count())
    tonight = needs.broken(midnight + timedelta(days=1))
    _says(said, "Breaks today unless somebody acts: ", len(tonight) - len(needs.broken(world.now)))
    _says(said, "Drafts that wait for a yes: ", len(needs.waiting()))
    period = Recount(raw, person.id, since, world.now, world.now, HOME)
    before = Recount(raw, person.id, since - timedelta(days=7), world.now - timedelta(days=7), world.now, HOME)
    for name, label in NAMES.items():
        now, then = _number(period, name), _number(before, name)
        if now != "no data" or then != "no data":
            assert f"{label}: {now}" in said, f"{label}: {now} is missing in\n{said}"
            assert f"a week before: {then}" in said.partition(f"{label}: ")[2].partition("\n")[0]
    _says(said, "Complaints: ", period.number("complaints")[1])
    week = Recount(raw, person.id, world.now - timedelta(days=7), world.now, world.now, HOME)
    if week.number("cadence")[1]:
        assert f"Everybody: {_number(week, 'cadence')}" in said


def _number(recount: Recount, name: str) -> str:
    score, count = recount.number(name)
    return f"{100 * score // count}% ({score} of {count})" if count else "no data"


def _says(said: str, stem: str, count: int) -> None:
    found = re.search(rf"{stem}(\d+)", said)
    assert (int(found[1]) if found else 0) == count, f"{stem}{count} is not what is said in\n{said}"
