"""Queues forget what has long ended; what people said stays on the timeline."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import func, select

from bot.housekeeping import forget
from storage.contacts import Contact
from storage.inbox import inbox
from storage.invitations import INVITATION_LASTS, OWN_CODE_LASTS, invitations
from storage.messages import Message
from storage.outbox import outbox
from storage.paces import account_scope, ban_scope, chat_scope, paces
from storage.store import Store
from storage.windows import windows
from tests.world import World


def test_queues_forget_after_a_week_and_the_timeline_does_not(world: World) -> None:
    guest = world.stranger()
    guest.writes("My parcel has not arrived, where is it?")
    number = world.ticket.number
    world.clock.moment += timedelta(days=8)
    world.change(lambda store: forget(store, world.now))
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


LOOKS = 12
"""At seven hundred rows and five hundred a look two may do, where the second begins well behind the first."""


def _count(store: Store, table: object) -> int:
    count: int = store.connection.execute(select(func.count()).select_from(table)).scalar_one()  # type: ignore[arg-type]
    return count


def test_chats_that_are_long_free_and_windows_that_are_long_over_are_forgotten_a_part_at_a_time(world: World) -> None:
    week, month = timedelta(days=8), timedelta(days=31)

    def live(store: Store) -> None:
        for n in range(700):
            store.paces.set({chat_scope("slack", f"chat {n}"): world.now})
            store.windows.open("wecom-kf", f"desk:{n}", world.now)
        store.paces.set({account_scope("slack"): world.now, ban_scope("slack"): world.now})
        store.paces.set({chat_scope("slack", "closed"): world.now + week + timedelta(days=1)})

    world.change(live)
    assert world.change(lambda store: forget(store, world.now)) == 0
    world.clock.moment += week
    for n in range(LOOKS):
        assert world.change(lambda store, n=n: forget(store, world.now + timedelta(seconds=n))) <= 500  # type: ignore[misc]
    kept = world.ask(lambda store: {row.scope for row in store.connection.execute(select(paces))})
    assert {account_scope("slack"), ban_scope("slack"), chat_scope("slack", "closed")} <= kept
    assert len(kept) == 3
    assert world.ask(lambda store: _count(store, windows)) == 700
    world.clock.moment += month
    for n in range(LOOKS):
        world.change(lambda store, n=n: forget(store, world.now + timedelta(seconds=n)))  # type: ignore[misc]
    assert world.ask(lambda store: _count(store, windows)) == 0


def test_codes_by_which_chats_are_connected_are_forgotten_once_they_open_nothing(world: World) -> None:
    """However often a stranger asks for one there is one; one that was used is known for a month, so that it can be told."""

    def ask(store: Store, by: str) -> tuple[str, str]:
        store.contacts.add(Contact(id="wu"), world.now)
        store.contacts.add(Contact(id="chen"), world.now)
        for _ in range(20):
            store.invitations.make_own("wu", world.now)
        return store.invitations.make_own("wu", world.now), store.invitations.make("chen", by, world.now)

    mia = world.colleague("Mia Wong", "manager").person.id
    own, given = world.change(lambda store: ask(store, mia))
    assert world.ask(lambda store: _count(store, invitations)) == 2
    assert world.change(lambda store: store.invitations.redeem(given, world.now)) == "chen"
    world.clock.moment += OWN_CODE_LASTS
    world.change(lambda store: forget(store, world.now + timedelta(seconds=1)))
    assert world.ask(lambda store: _count(store, invitations)) == 1
    assert world.ask(lambda store: store.invitations.proved(own)) is None
    world.clock.moment += INVITATION_LASTS
    world.change(lambda store: forget(store, world.now))
    assert world.ask(lambda store: store.invitations.proved(given)) == ("chen", mia)
    world.clock.moment += timedelta(days=30)
    world.change(lambda store: forget(store, world.now))
    assert world.ask(lambda store: _count(store, invitations)) == 0
