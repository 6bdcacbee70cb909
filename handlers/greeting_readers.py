"""Greeting readers: who decides about an owner's greetings, and when they may be shown a list."""

from __future__ import annotations

from datetime import datetime

from handlers.context import Surroundings
from scheduler.cadence import Diary, is_away
from scheduler.policy.document import Policy
from storage.staff import Person
from storage.store import Store


def when_read(store: Store, about: str, around: Surroundings, now: datetime) -> datetime | str | None:
    """Ask again in the moment of leaving whether its reader decides, and works now: a night may lie in between."""
    reader_id, _, owner_id = about.partition(":")
    person = store.staff.get(reader_id)
    if person is None or not person.active:
        return "its reader has left"
    decides = approver(store, store.staff.get(owner_id), now)
    if decides is not None and decides.id != person.id:
        return "somebody else decides"
    speaks = speaks_at(around.policy, person, now)
    return speaks if speaks > now else None


def speaks_at(policy: Policy, person: Person, now: datetime) -> datetime:
    return Diary.of(policy, person).speaks_at(max(now, person.away_until or now))


def approver(store: Store, owner: Person | None, now: datetime) -> Person | None:
    """Find who decides: the owner or who stands in; while they are away without anybody, their manager."""
    person = store.staff.stand_in(owner, now)
    if person is None or not is_away(person, now):
        return person
    manager = store.staff.stand_in(store.staff.get(person.manager_id), now)
    return manager if manager and not is_away(manager, now) else person
