"""Dead letters: each failure is said, also the second one of the same letter."""

from __future__ import annotations

from datetime import timedelta

from bot.channels.port import Outgoing, Receipt, WontWork
from bot.channels.webchat.channel import WebChat
from bot.operations import Hands, list_dead_letters, remove_person, replay
from tests.world import World


class Closed(WebChat):
    """A web chat in which one address takes nothing."""

    closed = ""

    async def send(self, outgoing: Outgoing) -> Receipt:
        if outgoing.message.address == self.closed:
            raise WontWork("nobody there", "gone")
        return await super().send(outgoing)


def closed_for(world: World, address: str) -> None:
    channel = Closed()
    channel.closed = address
    world.bot.pump._channels["web"] = channel


def test_a_letter_that_fails_again_after_a_replay_is_said_again(world: World) -> None:
    wang = world.colleague("Wang Qiang")
    closed_for(world, wang.address)
    wang.runs("help")
    hands = Hands(world.change, world.ask, lambda: world.now, lambda: world.bot.policies.current)
    for times in (1, 2, 3):
        assert len(world.posts("#rapport")) == times
        (letter,) = list_dead_letters(hands)
        replay(hands, id=letter["id"])
        world.wait(minutes=1)


def test_who_left_does_not_hear_that_a_reply_of_theirs_did_not_arrive(world: World) -> None:
    li = world.colleague("Li Na")
    chen = world.customer("Galaxy Ltd", owner=li, tier="growth")
    chen.writes("My order arrived damaged, I want to complain!")
    li.runs("ticket reply", number=world.ticket.number, words="A new one leaves today")
    hands = Hands(world.change, world.ask, lambda: world.now, lambda: world.bot.policies.current)
    remove_person(hands, name="Li Na")
    closed_for(world, chen.address)
    before = len(li.cards())
    world.wait(seconds=11, step=timedelta(seconds=11))
    assert len(li.cards()) == before
    li.hears("was not delivered", place="#service", thread=f"ticket:{world.ticket.number}")
