"""Somebody closes one of their chats: answers go on in another, what nobody asked for does not, and the owner hears."""

from __future__ import annotations

from bot.channels.port import Outgoing, Receipt, WontWork
from bot.channels.webchat.channel import WebChat
from storage.inbox import Event
from storage.store import Store
from tests.test_chats import COMPLAINT, code_from, time_to_think
from tests.test_strangers import company
from tests.threads.scene import says, takes_back
from tests.world import Colleague, Guest, World


class Closed(WebChat):
    """A web chat in which one address takes nothing more."""

    def __init__(self, address: str) -> None:
        self.address = address

    async def send(self, outgoing: Outgoing) -> Receipt:
        if outgoing.message.address == self.address:
            raise WontWork("blocked", "gone")
        return await super().send(outgoing)


def two_chats(world: World) -> tuple[Colleague, Guest, Guest]:
    """Give Li Na, and the phone and the laptop of Chen Wei, who is on the laptop now."""
    _, li, phone = company(world)
    laptop = world.stranger()
    laptop.writes(f"/start {code_from(li)}")
    laptop.writes(COMPLAINT)
    return li, phone, laptop


def closes(world: World, guest: Guest) -> None:
    body = {"side": "customer"}
    world.hands_in(Event("web", world.next_id(), "chat closed", guest.address, guest.address, body))


def states(world: World, prefix: str) -> list[str]:
    def read(store: Store) -> list[str]:
        every = store.outbox.in_state("pending", "sent", "failed", "suppressed", limit=1000)
        return [message.state for message in every if message.key.startswith(prefix)]

    return world.ask(read)


def test_an_answer_that_waits_for_a_closed_chat_goes_to_the_next_and_arrives_once(world: World) -> None:
    li, phone, laptop = two_chats(world)
    number = world.ticket.number
    li.runs("ticket reply", number=number, words="A new one leaves today")
    closes(world, laptop)
    li.hears("has blocked us", "Answers that waited for them go to web chat now")
    time_to_think(world)
    assert phone.count("A new one leaves today") == 1
    assert laptop.count("A new one leaves today") == 0
    li.hears("A new one leaves today", place="#service", thread=f"ticket:{number}")


def test_what_nobody_asked_for_follows_nobody_from_a_chat_they_closed(world: World) -> None:
    li, phone, laptop = two_chats(world)
    world.wait(hours=1)
    li.runs("ticket resolve", number=world.ticket.number, words="done")
    world.wait(hours=80)
    li.types("/crm log Galaxy called, wants a quote")
    li.types("/crm draft Galaxy follow_up")
    before = phone.count("Li Na")
    li.presses("Send")
    closes(world, laptop)
    time_to_think(world)
    assert phone.count("Li Na") == before
    assert states(world, "draft:") == ["pending"]


def test_without_another_chat_an_answer_waits_and_its_author_is_not_told_that_it_arrived(world: World) -> None:
    _, li, chen = company(world)
    chen.writes(COMPLAINT)
    li.runs("ticket reply", number=world.ticket.number, words="A new one leaves today")
    closes(world, chen)
    time_to_think(world)
    assert states(world, "reply:") == ["pending"]


def replied(world: World, li: Colleague, laptop: Guest) -> dict[str, str]:
    """Let a reply reach the laptop from its ticket's thread; give where that is."""
    here = {"place": "#service", "thread": f"ticket:{world.ticket.number}"}
    li.runs("ticket mode", number=world.ticket.number, mode="reply")
    says(li, "You get it for free", message="r1", **here)
    time_to_think(world)
    laptop.hears("for free")
    return here


def test_what_stands_in_a_chat_that_is_known_to_be_closed_is_not_waited_for_to_vanish(world: World) -> None:
    li, _, laptop = two_chats(world)
    here = replied(world, li, laptop)
    closes(world, laptop)
    takes_back(li, "r1", **here)
    li.hears("deleting it here doesn't take it back")
    time_to_think(world)
    laptop.hears("for free")


def test_what_cannot_be_taken_back_from_a_closed_chat_is_said_to_stand_and_nothing_is_said_in_the_next(
    world: World,
) -> None:
    li, phone, laptop = two_chats(world)
    number, here = world.ticket.number, replied(world, li, laptop)
    world.bot.pump._channels["web"] = Closed(laptop.address)
    takes_back(li, "r1", **here)
    time_to_think(world)
    assert phone.count("taken back") == 0
    li.hears("the customer still sees this message", **here)
    (reply,) = [said for said in world.ask(lambda s: s.entries.of_ticket(number)) if said.key.startswith("reply:")]
    assert (reply.words, reply.state) == ("You get it for free", "delivered")
