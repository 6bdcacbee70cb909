"""A sales team for scenes: a manager, two reps, a service colleague, and customers with their last contact."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import select

from handlers.cards import Card
from scheduler.cadence import Diary, plan
from storage.customers import Customer
from storage.reminders import reminders
from storage.store import Store
from tests.world import Colleague, Guest, World

SHANGHAI = ZoneInfo("Asia/Shanghai")
FALLBACK = "#rapport"


def shanghai(text: str) -> datetime:
    return datetime.fromisoformat(f"2026-{text}").replace(tzinfo=SHANGHAI).astimezone(UTC)


@dataclass
class Team:
    """A manager, two reps, a service colleague, and a strategic customer last called on Friday 13 November."""

    world: World
    wang: Colleague
    li: Colleague
    sun: Colleague
    acme: Guest

    def add(self, name: str, last_touch: datetime, *, owner: Colleague | None = None, **more: Any) -> Guest:
        guest = self.world.customer(name, owner=owner, tier=more.pop("tier", "strategic"), **more)
        last_contact(self.world, guest, last_touch)
        return guest

    def heard(self, who: Colleague) -> list[tuple[str, str]]:
        """Everything said to a colleague, as (local day, title)."""
        posts = self.world.posts(who.address)
        return [(wall(post.at), Card.model_validate(post.card).title) for post in posts]

    def calls(self, who: Colleague) -> list[tuple[str, int, str]]:
        """Every rung that called a colleague, as (called, rung, heard)."""

        def question(store: Store) -> list[tuple[str, int, str]]:
            rows = store.connection.execute(select(reminders).where(reminders.c.hearer_id == who.person.id))
            return [(wall(row.called_at), row.rung, wall(row.said_at)) for row in rows.all()]

        return self.world.ask(question)


def wall(at: datetime | None) -> str:
    return f"{at.astimezone(SHANGHAI):%m-%d %H:%M}" if at else ""


def last_contact(world: World, guest: Guest, at: datetime) -> None:
    """Put it on record that an old customer was last contacted then."""

    def write(store: Store) -> None:
        known = record(store, guest)
        since = at - timedelta(days=900)
        diary = Diary.of(world.bot.policies.current, store.staff.get(known.owner_id))
        values = plan(diary, replace(known, since=since), at, at)
        store.customers.change(known, since=since, **values)

    world.change(write)


def record(store: Store, guest: Guest) -> Customer:
    known = store.customers.get(guest.customer.id if guest.customer else None)
    assert known is not None
    return known


def due_day(world: World, guest: Guest) -> str:
    due = world.ask(lambda store: record(store, guest)).touch_due_at
    assert due is not None
    return wall(due)


def make_team(world: World) -> Team:
    wang = world.colleague("Wang Qiang", "manager")
    li = world.colleague("Li Na", manager_id=wang.person.id)
    sun = world.colleague("Sun Bo", "service")
    group = world.change(lambda store: store.staff.add_group("Acme circle", [sun.person.id]))
    acme = world.customer("Acme Ltd", contact="Chen Wei", owner=li, tier="strategic", group_id=group)
    last_contact(world, acme, shanghai("11-13 15:00"))
    return Team(world, wang, li, sun, acme)
