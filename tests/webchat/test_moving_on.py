"""Moving on: a page that is being read while its colleague opens something else shows what was opened at the next look."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from bot.console import looking
from bot.console.looking import Look, Seen, see
from bot.console.rooms import Room, rooms_of
from bot.console.staff_sessions import Seat
from handlers.cards import Card
from handlers.ticket_cards import slot_of
from prompts.phrases import phrases
from tests.world import World, all_words


def test_a_thread_that_is_opened_while_its_room_is_read_stands_at_the_next_look(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    li = world.colleague("Li Na", "service")
    world.customer("Acme Ltd", contact="Chen Wei").writes("My order arrived damaged, I want to complain!")
    look, thread = Look(Room("team", "#service", "#service")), slot_of(world.ticket.number)

    def looks() -> Seen | None:
        return world.bot.read(lambda store: see(world.bot, store, Seat(li.person), look, phrases("en")))

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


@pytest.mark.parametrize(("asked", "heard"), [(False, [False]), (True, [True, False])])
def test_what_only_changes_along_with_a_press_is_no_answer_to_it(
    world: World, *, asked: bool, heard: list[bool]
) -> None:
    li = world.colleague("Li Na")
    world.customer("Acme Ltd", contact="Chen Wei", owner=li).writes("My order arrived damaged, I want to complain!")
    world.clock.moment += timedelta(minutes=5)
    look = Look(Room("team", "#service", "#service"), whisper_since=world.now, asked=asked)
    li.presses("Take it", place="#service")
    seen = world.bot.read(lambda store: see(world.bot, store, Seat(li.person), look, phrases("en")))
    assert seen is not None
    said = [all_words(Card.model_validate(post.card)) for post in seen.whispers]
    assert ["A customer of yours" in one for one in said] == heard
    assert "is yours" in said[-1]
