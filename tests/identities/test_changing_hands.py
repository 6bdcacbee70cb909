"""Chats that change hands while something is on its way: words reach whom they are for, once, or their author hears so."""

from __future__ import annotations

from storage.drafts import drafts
from tests.identities.test_joining import said_by, sign
from tests.test_chats import COMPLAINT, time_to_think
from tests.test_strangers import colleague_of, company
from tests.world import Colleague, Guest, World

PROMISE = "A new one leaves today"


def with_laptop(world: World) -> tuple[Colleague, Guest, Guest]:
    """Give Li Na, Chen Wei, and a laptop that asked for something and is nobody's yet."""
    _, li, chen = company(world)
    laptop = world.stranger()
    laptop.writes(COMPLAINT)
    return li, chen, laptop


def joins(li: Colleague, number: str) -> None:
    li.types(f"/crm contact join Chen Wei {number}")
    li.presses("Yes, the same person")


def splits(li: Colleague) -> None:
    li.types("/crm contact split Galaxy Chen Wei")
    li.presses("Split off")


def draft_for_chen(world: World, li: Colleague) -> str:
    """Let a draft for Chen Wei wait; give words of it."""
    world.wait(hours=1)
    li.runs("ticket resolve", number=world.ticket.number, words="done")
    world.wait(hours=80)
    li.types("/crm log Galaxy called, wants a quote")
    li.types("/crm draft Galaxy follow_up")
    (found,) = world.ask(lambda s: [s.drafts.get(row.id) for row in s.connection.execute(drafts.select())])
    assert found is not None
    return found.words.splitlines()[-1]


def with_a_draft_on_its_way(world: World) -> tuple[Colleague, Guest, Guest, str]:
    """Join the laptop to Chen Wei while a draft for him waits, and send it where he wrote last; give words of it."""
    li, chen, laptop = with_laptop(world)
    number = world.ticket.number
    li.runs("ticket take", number=number)
    words = draft_for_chen(world, li)
    joins(li, number)
    laptop.writes("/status")
    li.presses("Send")
    return li, chen, laptop, words


def with_a_request_from_each(world: World) -> tuple[Colleague, Guest, Guest, str]:
    """Join the laptop to Chen Wei after each asked for something; the laptop wrote last. Give the number of Chen's own."""
    li, chen, laptop = with_laptop(world)
    chen.writes(COMPLAINT)
    theirs, of_chen = sorted(world.tickets(), key=lambda ticket: ticket.contact_id == chen.contact_id)
    joins(li, theirs.number)
    laptop.writes("/status")
    return li, chen, laptop, of_chen.number


def states(world: World) -> list[str]:
    return world.ask(lambda s: [row.state for row in s.connection.execute(drafts.select())])


def test_a_draft_that_waits_goes_to_the_chat_that_joined_meanwhile_once(world: World) -> None:
    _, chen, laptop, words = with_a_draft_on_its_way(world)
    time_to_think(world)
    assert (laptop.count(words), chen.count(words)) == (1, 0)
    assert states(world) == ["sent"]


def test_a_draft_on_its_way_to_a_chat_that_is_split_off_stays_here_and_goes_where_it_belongs(world: World) -> None:
    li, chen, laptop, words = with_a_draft_on_its_way(world)
    splits(li)
    time_to_think(world)
    assert laptop.count(words) == 0, "somebody else read it"
    li.hears("didn't go out", "Chen Wei")
    assert states(world) == ["open"]
    li.presses("Send")
    time_to_think(world)
    assert (laptop.count(words), chen.count(words)) == (0, 1)


def test_an_answer_on_its_way_to_a_chat_that_is_split_off_is_not_read_by_somebody_else(world: World) -> None:
    li, chen, laptop, number = with_a_request_from_each(world)
    li.runs("ticket reply", number=number, words=PROMISE)
    splits(li)
    time_to_think(world)
    assert laptop.count(PROMISE) == 0, "somebody else read it"
    li.hears("was not delivered", PROMISE)
    li.hears(
        PROMISE, "Not delivered", "this chat belongs to somebody else", place="#service", thread=f"ticket:{number}"
    )
    li.runs("ticket reply", number=number, words=PROMISE)
    time_to_think(world)
    assert (laptop.count(PROMISE), chen.count(PROMISE)) == (0, 1)


def test_an_answer_on_its_way_to_a_stranger_arrives_though_they_are_joined_meanwhile(world: World) -> None:
    li, chen, laptop = with_laptop(world)
    number = world.ticket.number
    li.runs("ticket reply", number=number, words=PROMISE)
    joins(li, number)
    time_to_think(world)
    assert (laptop.count(PROMISE), chen.count(PROMISE)) == (1, 0)


def test_an_edit_of_a_delivered_answer_follows_nobody_into_a_chat_that_is_somebody_elses(world: World) -> None:
    li, _, laptop, number = with_a_request_from_each(world)
    li.runs("ticket mode", number=number, mode="reply")
    here = {"place": "#service", "thread": f"ticket:{number}", "message": "r1"}
    li._hand_in("words", {"text": PROMISE, "language": "en", **here})
    time_to_think(world)
    assert laptop.count(PROMISE) == 1
    splits(li)
    li._hand_in("words changed", {"text": f"{PROMISE}, to Chen's home", **here})
    time_to_think(world)
    assert laptop.count("Chen's home") == 0


def test_of_a_chain_that_is_split_in_the_middle_each_end_keeps_what_is_theirs(world: World) -> None:
    li, chen, laptop = with_laptop(world)
    number, phone = world.ticket.number, world.stranger()
    laptop.writes("/connect")
    phone.writes(f"/start {laptop.cards()[-1].fields[0].value}")
    joins(li, number)
    assert sign(world, phone) == sign(world, laptop) == sign(world, chen)
    said = "where is my order 4711?", "The box is wet, too", "I called twice already"
    for guest, words in zip((chen, laptop, phone), said, strict=True):
        world.wait(hours=1)
        guest.writes(words)
    splits(li)
    assert sign(world, chen).id != sign(world, laptop).id == sign(world, phone).id
    assert sign(world, laptop).customer_id is None
    assert said_by(world, chen) == [said[0]]
    assert said_by(world, phone) == [COMPLAINT, *said[1:]]
    li.runs("ticket reply", number=number, words=PROMISE)
    time_to_think(world)
    assert (chen.count(PROMISE), laptop.count(PROMISE) + phone.count(PROMISE)) == (0, 1)


def test_the_end_of_a_chain_splits_off_while_the_others_stay_one(world: World) -> None:
    li, chen, laptop = with_laptop(world)
    number, bob, before = world.ticket.number, colleague_of(world, chen, "Bob"), sign(world, laptop)
    li.types(f"/crm contact join Bob {number}")
    li.presses("Yes, the same person")
    world.wait(hours=1)
    li.types("/crm contact join Bob = Chen Wei")
    li.presses("Yes, the same person")
    assert sign(world, laptop).id == sign(world, bob).id == sign(world, chen).id
    li.types("/crm contact split Galaxy Chen Wei")
    for guest, words in ((laptop, "The box is wet, too"), (bob, "I called twice already")):
        guest.writes(words)
    li.presses("Split off", row="Somebody new")
    assert sign(world, bob).id == sign(world, chen).id == chen.contact_id
    assert (sign(world, laptop).id, sign(world, laptop).customer_id) == (before.id, None)
    assert said_by(world, laptop) == [COMPLAINT, "The box is wet, too"]
    assert said_by(world, chen) == ["I called twice already"]
    li.runs("ticket reply", number=number, words=PROMISE)
    time_to_think(world)
    assert [guest.count(PROMISE) for guest in (chen, bob, laptop)] == [0, 0, 1]
