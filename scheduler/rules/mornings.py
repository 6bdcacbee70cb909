"""When somebody's day begins, when more came up for them after it was said, and what who left did not hear."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime

from scheduler.cadence import Diary, is_at_work
from scheduler.policy.document import Policy
from scheduler.rules.due import AT_ONCE, due
from storage.inbox import Event
from storage.staff import Person
from storage.store import Store


def mornings(store: Store, now: datetime, policy: Policy) -> Iterable[Event]:
    """Find whose morning has come, and who was called after theirs; each hears it once, whatever beats and replicas."""
    yield from (_begins(policy, person, now) for person in store.staff.mornings_due(now, AT_ONCE))
    yield from _called_later(store, now, policy)


def _begins(policy: Policy, person: Person, now: datetime) -> Event:
    """Name a morning by person, day and hour: who moves to another zone may have two, and only one is said."""
    day = now.astimezone(Diary.of(policy, person).zone).date()
    clock = f"{person.morning_at:%d%H%M}" if person.morning_at else "first"
    return _morning(person, f"{day}:{clock}")


def _called_later(store: Store, now: datetime, policy: Policy) -> Iterator[Event]:
    """Find who was called after their morning and is at work; who is not hears it on their next one, who left never."""
    for hearer_id, newest in store.reminders.unheard().items():
        person = store.staff.get(hearer_id)
        if person is not None and not person.active:
            yield due("calls left behind", f"{hearer_id}:{newest}", person=hearer_id)
            continue
        if person is None or person.morning_at is None or person.morning_at <= now:
            continue
        if is_at_work(policy, person, now):
            yield _morning(person, f"call {newest}")


def _morning(person: Person, which: str) -> Event:
    return due("morning", f"{person.id}:{which}", one_after_another=f"morning:{person.id}", person=person.id)
