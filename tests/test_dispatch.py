"""One bad message spoils only itself."""

from __future__ import annotations

from storage.outbox import Message
from storage.store import Store
from tests.world import World


def cannot_be_asked(*_: object) -> None:
    raise RuntimeError("cannot be asked")


def test_a_message_that_cannot_be_made_ready_ends_alone_and_operators_hear(world: World) -> None:
    world.bot.routes.guards["broken"] = cannot_be_asked
    one, other = world.stranger(), world.stranger()

    def leave(store: Store) -> None:
        for guest, guards in ((one, ("broken",)), (other, ())):
            card = {"text": "still here"}
            store.outbox.say(Message(f"k{guest.address}", "web", guest.address, card, guards=guards), world.now)

    world.change(leave)
    world.settle()
    assert [message.key for message in world.ask(lambda s: s.outbox.in_state("dead"))] == [f"k{one.address}"]
    other.hears("still here")
    one.hears_nothing("still here")
    assert any("did not get through" in str(post.card) for post in world.posts("#rapport"))
