"""Sendings that are slowed down or break: nothing is lost, and what is said twice is what may be."""

from __future__ import annotations

from datetime import timedelta

import pytest

from storage.messages import Kind
from tests.emulators.telegram import Fault
from tests.telegram.breaking import breaks
from tests.telegram.stage import Stage


def test_a_chat_that_has_to_wait_delays_nobody_else(stage: Stage) -> None:
    slow, quick = stage.someone("Slow"), stage.someone("Quick")
    slow.opens()
    quick.opens()
    with breaks(stage, "slow-down", to=slow):
        stage.say("one", slow)
        stage.say("two", quick)
        stage.settle()
    assert (stage.state("one"), stage.state("two")) == ("pending", "sent")
    assert slow.bubbles == []
    waiting = stage.ask(lambda store: store.outbox.get("one"))
    assert waiting is not None
    assert waiting.attempts == 0, "being asked for patience is no attempt"
    stage.clock.moment += timedelta(seconds=31)
    stage.settle()
    assert stage.state("one") == "sent"


def test_when_two_chats_have_to_wait_the_whole_account_does(stage: Stage) -> None:
    """Telegram never says whom it means; a second chat within the wait of the first means all of them."""
    people = [stage.someone(str(n)) for n in range(3)]
    for person in people:
        person.opens()
    with breaks(stage, "slow-down", times=2):
        for n, person in enumerate(people[:2]):
            stage.say(f"m{n}", person)
            stage.settle()
    stage.say("m2", people[2])
    stage.settle()
    assert [stage.state(f"m{n}") for n in range(3)] == ["pending"] * 3
    assert len(stage.telegram.said("sendMessage")) == 2
    stage.clock.moment += timedelta(seconds=31)
    stage.settle()
    assert [stage.state(f"m{n}") for n in range(3)] == ["sent"] * 3


def test_a_chat_hears_one_message_a_second(stage: Stage) -> None:
    someone = stage.someone()
    someone.opens()
    start = stage.now
    for n in range(4):
        stage.say(f"m{n}", someone)
    stage.settle()
    assert [bubble.text for bubble in someone.bubbles] == ["m0", "m1", "m2", "m3"]
    assert (stage.now - start).total_seconds() == 3


@pytest.mark.parametrize(
    ("fault", "kind", "state", "copies"),
    [
        ("reset", Kind.REPLY, "sent", 1),
        ("error", Kind.REPLY, "sent", 1),
        ("lost-answer", Kind.REPLY, "sent", 2),
        ("stall", Kind.REPLY, "sent", 2),
        ("half", Kind.REPLY, "sent", 2),
        ("garbled", Kind.REPLY, "sent", 2),
        ("error-after", Kind.REPLY, "sent", 2),
        ("lost-answer", Kind.REMINDER, "sent", 2),
        ("reset", Kind.BULK, "unknown", 0),
        ("error", Kind.BULK, "unknown", 0),
        ("lost-answer", Kind.BULK, "unknown", 1),
        ("stall", Kind.BULK, "unknown", 1),
        ("half", Kind.BULK, "unknown", 1),
        ("garbled", Kind.BULK, "unknown", 1),
        ("error-after", Kind.BULK, "unknown", 1),
        ("slow-down", Kind.REPLY, "sent", 1),
        ("slow-down", Kind.BULK, "sent", 1),
    ],
)
def test_what_becomes_of_a_message_nobody_answered_for(
    stage: Stage, fault: Fault, kind: Kind, state: str, copies: int
) -> None:
    someone = stage.someone()
    someone.opens()
    with breaks(stage, fault):
        stage.say("your parcel left", someone, kind)
        stage.settle()
        stage.clock.moment += timedelta(seconds=31)
        stage.settle()
    assert stage.state("your parcel left") == state
    assert someone.count("your parcel left") == copies
