"""One bad message spoils only itself."""

from __future__ import annotations

import asyncio

from bot.channels.port import Accept, Signs
from bot.channels.webchat.channel import WebChat
from storage.due import DueAlike
from storage.messages import Message
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


def test_saying_what_is_due_counts_as_a_change_so_that_a_later_refusal_takes_it_back(world: World) -> None:
    def advance(store: Store) -> int:
        before = store.changes
        store.due.advance(DueAlike(None, None, None, 0), world.now, 1, None)
        return store.changes - before

    assert world.change(advance) == 1


class Quitter(WebChat):
    """A channel that stops listening at once, without a word."""

    def __init__(self) -> None:
        self.listened = 0

    async def listen(self, accept: Accept, signs: Signs) -> None:
        self.listened += 1
        if self.listened > 1:
            await asyncio.Event().wait()


def test_a_channel_that_ends_is_not_asked_again_in_the_same_breath(world: World) -> None:
    quitter = Quitter()

    async def watch() -> None:
        listening = asyncio.ensure_future(world.bot._listen(quitter))
        for _ in range(200):
            await asyncio.sleep(0)
        listening.cancel()

    asyncio.run(watch())
    assert quitter.listened == 1
