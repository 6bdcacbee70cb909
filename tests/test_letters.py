"""Dead letters: each failure is said, also the second one of the same letter."""

from __future__ import annotations

from bot.channels.port import Outgoing, Receipt, WontWork
from bot.channels.webchat import WebChat
from bot.operations import Hands, list_dead_letters, replay
from tests.world import World


class Closed(WebChat):
    """A web chat in which one address takes nothing."""

    closed = ""

    async def send(self, outgoing: Outgoing) -> Receipt:
        if outgoing.message.address == self.closed:
            raise WontWork("nobody there", "gone")
        return await super().send(outgoing)


def test_a_letter_that_fails_again_after_a_replay_is_said_again(world: World) -> None:
    wang = world.colleague("Wang Qiang", "manager")
    channel = Closed()
    channel.closed = wang.address
    world.bot.pump._channels["web"] = channel
    wang.runs("help")
    hands = Hands(world.change, world.ask, lambda: world.now, world.bot.policies.current)
    for times in (1, 2, 3):
        assert len(world.posts("#rapport")) == times
        (letter,) = list_dead_letters(hands)
        replay(hands, id=letter["id"])
        world.wait(minutes=1)
