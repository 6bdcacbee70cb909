"""Queues forget what has long ended; what people said stays on the timeline."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import func, select

from storage.inbox import inbox
from storage.messages import Message
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


def test_what_came_to_nothing_is_forgotten_and_what_a_person_has_to_look_at_is_kept(world: World) -> None:
    ends = ("sent", "superseded", "cancelled", "expired", "suppressed", "unknown", "failed", "dead")

    def end(store: Store) -> set[str]:
        for state in ends:
            store.outbox.say(Message(key=state, channel="web", address="a", card={}), world.now)
            store.flush()
            message = store.outbox.get(state)
            assert message is not None
            store.outbox.drop([message], state, "why", world.now - timedelta(days=400))
        store.outbox.forget(world.now)
        return {state for state in ends if store.outbox.get(state)}

    assert world.change(end) == {"unknown", "failed", "dead"}


def _count(store: Store, table: object) -> int:
    count: int = store.connection.execute(select(func.count()).select_from(table)).scalar_one()  # type: ignore[arg-type]
    return count
