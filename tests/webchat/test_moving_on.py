"""Moving on: a page that is being read while its colleague opens something else shows what was opened at the next look."""

from __future__ import annotations

from typing import Any

import pytest

from bot.console import looking
from bot.console.looking import Look, Seen, see
from bot.console.rooms import Room, rooms_of
from handlers.ticket_cards import slot_of
from prompts.phrases import phrases
from tests.world import World


def test_a_thread_that_is_opened_while_its_room_is_read_stands_at_the_next_look(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    li = world.colleague("Li Na", "service")
    world.customer("Acme Ltd", contact="Chen Wei").writes("My order arrived damaged, I want to complain!")
    look, thread = Look(Room("team", "#service", "#service")), slot_of(world.ticket.number)

    def looks() -> Seen | None:
        return world.bot.read(lambda store: see(world.bot, store, li.person, look, phrases("en")))

    def meanwhile(*asked: Any) -> Any:
        look.open(thread)
        return rooms_of(*asked)

    with monkeypatch.context() as slow:
        slow.setattr(looking, "rooms_of", meanwhile)
        assert looks() is None, "half of the room, half of the thread"
    seen = looks()
    assert seen is not None
    assert [post.slot for post in seen.thread] == [thread]
    assert looks() is None, "nothing changed since"
