"""What a platform brings in another order than it was written in, in every channel: nothing is lost, nothing is there twice.

| what comes in the wrong order          | what people read                               | where it cannot happen, or nobody can tell |
|----------------------------------------|------------------------------------------------|--------------------------------------------|
| words after later ones, and once more  | all of them once; the team in the order in     | own pages do not say when: as they came    |
|                                        | which they were written                        |                                            |
| an edit before its message, or an      | the newest wording; the others are kept        | WeCom has none; our own pages change what  |
| older one after a newer one            |                                                | stands there, and refuse what does not     |
| what was taken back before it came     | nothing of it, ever                            | Telegram tells no bot of it                |
| a press after a newer one              | the newer one counts, the older one's author   | –                                          |
|                                        | hears that the card has moved on               |                                            |

Which platform says what is in `bot/channels/sequence.py`, which order each can make at the venues' seats.
"""

from __future__ import annotations

import pytest

from storage.entries import TAKEN_BACK, Entry
from tests.contract.scene import Guest, Hand, Scene
from tests.contract.test_faults import heard
from tests.contract.venue import Deed
from tests.house.cast import Lines

CARD = "1618"
"""What nobody may read: it was taken back."""


def test_what_comes_after_later_words_stands_where_it_was_written(
    scene: Scene, lines: Lines, li: Hand, chen: Guest
) -> None:
    said = [f"({n}) {lines.complaint}" for n in range(4)]
    scene.run(chen.seat.out_of_turn([Deed(words) for words in said[:3]], (2, 0, 2, 1, 0)))
    scene.settle()
    number = scene.ticket.number
    scene.pause(minutes=3)
    chen.seat.writes(said[3])
    counted = scene.ask(heard)
    assert [counted[words] for words in said] == [1] * 4
    if chen.seat.tells_order:
        in_order = [said[0]] if scene.guests.comes_in_order else said[:3]
        assert scene.ticket.words.splitlines() == in_order, "the ticket begins with what was written first"
    if scene.team.has_room:
        read = "\n".join(shown.words for shown in li.seat.reads())
        places = [read.find(words) for words in said]
        assert -1 not in places, read
        assert not chen.seat.tells_order or places == sorted(places), read
    assert chen.seat.count(number, lines.rep) == 1
    assert scene.ask(lambda store: store.outbox.in_state("dead", "failed", "unknown")) == []


def test_an_edit_before_its_message_is_heard_and_an_older_one_replaces_no_newer_one(
    scene: Scene, lines: Lines, li: Hand, chen: Guest
) -> None:
    if not chen.seat.can_correct:
        pytest.skip("see the table")
    first, second, third = (f"{lines.complaint} #{n}" for n in ("a", "b", "c"))
    deeds = [Deed(first), Deed(second, of=0), Deed(third, of=0)]
    scene.run(chen.seat.out_of_turn(deeds, (2, 0, 1, 2)))
    scene.settle()
    (entry,) = words_of(scene, chen)
    assert entry.words == third
    assert [version["words"] for version in entry.corrections or []] == [first, second]
    assert scene.ticket.words == third
    assert li.seat.count(third)
    assert li.seat.count(first) == li.seat.count(second) == 0, "\n---\n".join(map(str, li.seat.reads()))
    assert chen.seat.count(scene.ticket.number, lines.rep) == 1


def test_what_was_taken_back_before_it_came_is_read_by_nobody(
    scene: Scene, lines: Lines, li: Hand, chen: Guest
) -> None:
    if not chen.seat.can_take_back:
        pytest.skip("see the table")
    chen.seat.writes(lines.complaint)
    deeds = [Deed(f"{lines.complaint} {CARD}"), Deed(of=0), Deed(lines.again)]
    scene.run(chen.seat.out_of_turn(deeds, (1, 2, 0, 1)))
    scene.settle()
    assert li.seat.count(CARD) == 0
    assert li.seat.count(lines.again) >= 1
    assert [entry.words for entry in words_of(scene, chen)] == [lines.complaint, lines.again]


def test_a_press_that_comes_after_a_newer_one_changes_nothing_any_more(
    scene: Scene, lines: Lines, li: Hand, chen: Guest
) -> None:
    if not scene.team.has_room:
        pytest.skip("the card of whoever answers for a ticket has one deed that changes anything")
    t = scene.t
    chen.seat.writes(lines.complaint)
    deeds = [Deed(press=t("button-take")), Deed(press=t("button-dismiss"))]
    scene.run(li.seat.out_of_turn(deeds, (1, 0)))
    scene.settle()
    assert scene.ticket.status == "dismissed"
    did = scene.ask(lambda store: [event.what for event in store.tickets.history(scene.ticket.number)])
    assert did.count("dismissed") == 1
    assert did.count("taken") <= 1, did


def test_of_two_ratings_that_come_in_the_wrong_order_one_counts_once(
    scene: Scene, lines: Lines, li: Hand, chen: Guest
) -> None:
    chen.seat.writes(lines.complaint)
    number = scene.ticket.number
    li.seat.writes(f"ticket resolve {number} {lines.solution}")
    scene.pause(seconds=2)
    deeds = [Deed(press=scene.t("customer-rate", score=score)) for score in (3, 5)]
    scene.run(chen.seat.out_of_turn(deeds, (1, 0, 1)))
    scene.settle()
    assert scene.ticket.status == "closed"
    assert scene.ticket.rating == (3 if scene.guests.comes_in_order else 5)
    did = scene.ask(lambda store: [event.what for event in store.tickets.history(number)])
    assert did.count("rated") == did.count("closed") == 1, did
    assert len(words_of(scene, chen)) == 1, "a press is no words"


def test_a_colleagues_edit_that_comes_before_its_message_is_what_the_customer_reads(
    scene: Scene, lines: Lines, li: Hand, chen: Guest
) -> None:
    number = in_reply_mode(scene, lines, li, chen)
    first, second, third = (f"{lines.reply} #{n}" for n in ("a", "b", "c"))
    deeds = [Deed(first, number=number), Deed(second, of=0), Deed(third, of=0)]
    scene.run(li.seat.out_of_turn(deeds, (2, 0, 1)))
    scene.settle()
    scene.pause(seconds=12)
    assert chen.seat.count(third) == 1
    assert chen.seat.count(first) == chen.seat.count(second) == 0
    if li.seat.can_take_back:
        gone = [Deed(f"{lines.reply} {CARD}", number=number), Deed(of=0)]
        scene.run(li.seat.out_of_turn(gone, (1, 0)))
        scene.settle()
        scene.pause(seconds=12)
        assert chen.seat.count(CARD) == 0


def in_reply_mode(scene: Scene, lines: Lines, li: Hand, chen: Guest) -> str:
    """Let what colleagues say under a ticket go to its customer."""
    if not li.seat.has_threads:
        pytest.skip("colleagues type commands alone there, or their page changes what stands in it")
    chen.seat.writes(lines.complaint)
    scene.pause(seconds=8)
    number = scene.ticket.number
    li.seat.writes(f"ticket mode {number} reply")
    scene.settle()
    assert scene.ticket.mode == "reply"
    return number


def words_of(scene: Scene, guest: Guest) -> list[Entry]:
    """Give what a customer said and did not take back, as it is kept."""
    known = scene.ask(lambda store: store.entries.heard(guest.contact.id, scene.now.replace(year=2000)))
    return [entry for entry in known if entry.state != TAKEN_BACK]
