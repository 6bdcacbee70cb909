"""Queues forget what has long ended; what people said stays on the timeline."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import func, select

from storage.inbox import inbox
from storage.outbox import outbox
from storage.store import Store
from tests.world import World


def test_queues_forget_after_a_week_and_the_timeline_does_not(world: World) -> None:
    guest = world.stranger()
    guest.writes("My parcel has not arrived, where is it?")
    number = world.ticket.number
    world.clock.moment += timedelta(days=8)
    world.change(lambda store: store.inbox.forget(world.now) + store.outbox.forget(world.now))
    assert world.ask(lambda store: _count(store, inbox)) == 0
    assert world.ask(lambda store: _count(store, outbox)) == 0
    assert len(world.ask(lambda store: store.entries.of_ticket(number))) == 1


def _count(store: Store, table: object) -> int:
    count: int = store.connection.execute(select(func.count()).select_from(table)).scalar_one()  # type: ignore[arg-type]
    return count
