"""Outages: a platform that answers nobody loses no message, mixes no order and is left in peace; one bad message is not one."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

import pytest

from storage.database import Database
from storage.messages import Kind
from tests.spine.platform import Fault
from tests.spine.stage import Stage

AWAY = timedelta(minutes=30)


@pytest.fixture
def stage(database: Database) -> Iterator[Stage]:
    stage = Stage(database)
    yield stage
    stage.end()


def away_until_told(fault: Fault, *, only: str = "") -> Callable[[dict[str, Any]], Fault]:
    return lambda body: fault if only in ("", body["key"]) else "ok"


def passes(stage: Stage, span: timedelta, *, step: int = 30) -> None:
    end = stage.now + span
    while stage.now < end:
        stage.pause(seconds=step)


@pytest.mark.parametrize("fault", ["error", "reset"])
@pytest.mark.parametrize("count", [1, 6])
def test_half_an_hour_without_an_answer_loses_nothing_and_keeps_the_order(
    stage: Stage, fault: Fault, count: int
) -> None:
    stage.platform.fault = away_until_told(fault)
    for n in range(count):
        stage.say(f"m{n}")
    passes(stage, AWAY)
    assert stage.heard() == []
    stage.say("said meanwhile", "somebody else")
    stage.platform.fault = lambda _: "ok"
    passes(stage, timedelta(minutes=6))
    assert stage.heard("chen") == [f"m{n}" for n in range(count)]
    assert stage.heard("somebody else") == ["said meanwhile"]


def test_a_platform_that_is_away_is_asked_ever_more_rarely(stage: Stage) -> None:
    stage.platform.fault = away_until_told("error")
    for n in range(100):
        stage.say(f"m{n:02}", f"chat-{n}")
    passes(stage, AWAY)
    assert len(stage.platform.calls) < 120, "a hundred messages at once, each over and over"


def test_one_message_that_breaks_its_platform_ends_alone_and_holds_up_nobody(stage: Stage) -> None:
    stage.platform.fault = away_until_told("error", only="poison")
    stage.say("poison", "the other chat")
    for n in range(12):
        stage.say(f"m{n}")
        stage.pause(seconds=30)
    assert len(stage.heard("chen")) == 12
    assert stage.message("poison").state == "dead"
    stage.hears_alarm("poison")


def test_what_may_have_arrived_is_not_said_over_and_over_for_a_day(stage: Stage) -> None:
    stage.platform.fault = away_until_told("error")
    stage.say("m0")
    passes(stage, timedelta(hours=2), step=60)
    assert stage.message("m0").state == "dead"
    assert len(stage.platform.calls) < 30


def test_bulk_that_may_have_arrived_is_never_said_again_by_itself(stage: Stage) -> None:
    stage.platform.fault = away_until_told("error")
    stage.say("news", kind=Kind.BULK)
    passes(stage, timedelta(minutes=2))
    assert stage.message("news").state == "unknown"
    assert len(stage.platform.calls) == 1


def test_the_admins_are_told_of_a_platform_that_is_away(stage: Stage) -> None:
    stage.platform.fault = away_until_told("error")
    for n in range(3):
        stage.say(f"m{n}", f"chat-{n}")
    passes(stage, timedelta(minutes=1))
    assert stage.bot.health.channels["loop"] == "down: away"
    stage.platform.fault = lambda _: "ok"
    passes(stage, timedelta(minutes=6))
    assert stage.bot.health.channels["loop"] == "up"


def test_bulk_that_nobody_answers_does_not_hide_that_a_platform_is_away(stage: Stage) -> None:
    stage.platform.fault = away_until_told("error")
    for n in range(2):
        stage.say(f"m{n}", f"chat-{n}")
        stage.say(f"news{n}", f"reader-{n}", Kind.BULK)
    stage.settle()
    stage.pause(seconds=3)
    assert stage.bot.health.channels["loop"] == "down: away"
