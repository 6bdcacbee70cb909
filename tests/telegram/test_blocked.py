"""A chat that somebody closed to us: their own person hears once, nothing is tried there, and what waits leaves later."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from bot.channels.port import Limit
from bot.channels.telegram import TelegramChannel
from bot.channels.telegram.channel import PACE
from handlers.reachability import HELD
from storage.database import Database
from tests.telegram.stage import Client, Stage


def known(stage: Stage, language: str = "en") -> tuple[Client, Client]:
    li = stage.worker("Li Na", language=language)
    return li, stage.known("Acme", "Chen Wei", owner=li.person, language=language)


def tried(stage: Stage, who: Client) -> int:
    return sum(call.params["chat_id"] == str(who.id) for call in stage.telegram.said("sendMessage"))


def test_nothing_is_tried_while_a_chat_is_closed_and_all_of_it_leaves_when_it_is_opened(stage: Stage) -> None:
    li, chen = known(stage)
    chen.blocks()
    for n in range(3):
        stage.say(f"m{n}", chen)
    stage.wait(hours=30)
    assert tried(stage, chen) == 0
    assert [stage.state(f"m{n}") for n in range(3)] == ["pending"] * 3
    assert stage.ask(lambda store: store.outbox.standing(stage.now))["pending"] == (0, None), "nobody is held up"
    chen.unblocks()
    assert [bubble.text for bubble in chen.bubbles] == ["m0", "m1", "m2"]
    assert (li.count("blocked us"), li.count("again")) == (1, 1)


@pytest.mark.parametrize("language", ["en", "zh-CN"])
def test_who_shows_that_a_chat_is_closed(stage: Stage, language: str) -> None:
    li, chen = known(stage, language)
    closed = "Telegram (blocked us)" if language == "en" else "Telegram（已屏蔽我们）"
    li.writes("/who Acme")
    assert li.count(closed) == 0
    chen.blocks()
    li.writes("/who Acme")
    li.hears("Chen Wei", closed)


def test_a_block_that_nobody_reported_is_noticed_once_by_its_first_refusal(stage: Stage) -> None:
    li, chen = known(stage)
    stage.telegram.blocked.add(chen.id)
    for n in range(3):
        stage.say(f"m{n}", chen)
    stage.settle()
    assert (tried(stage, chen), stage.state("m0")) == (1, "failed")
    assert li.count("Chen Wei", "blocked us") == 1
    chen.blocks()
    assert li.count("Chen Wei", "blocked us") == 1


@pytest.mark.parametrize("how", ["hello again?", "/status", "/start"])
def test_whoever_writes_has_opened_the_chat_even_if_nobody_told_us(stage: Stage, how: str) -> None:
    _, chen = known(stage)
    chen.blocks()
    stage.say("waiting", chen)
    stage.telegram.blocked.discard(chen.id)
    chen.writes(how)
    assert stage.state("waiting") == "sent"
    assert len(chen.bubbles) == 2


def test_after_a_week_it_is_tried_once_and_then_told(stage: Stage) -> None:
    """Telegram forgets after a day that it wanted to tell us of an opened chat."""
    _, chen = known(stage)
    chen.blocks()
    stage.say("waiting", chen)
    stage.clock.moment += HELD
    stage.settle()
    assert (tried(stage, chen), stage.state("waiting")) == (1, "failed")


def test_a_rep_who_answers_a_closed_chat_hears_that_at_once(stage: Stage) -> None:
    li, chen = known(stage)
    chen.writes("I want to complain, my order arrived damaged!")
    chen.blocks()
    before = tried(stage, chen)
    li.writes(f"/ticket reply {stage.ticket.number} We are on it.")
    stage.wait(seconds=11)
    assert tried(stage, chen) == before
    li.hears(stage.ticket.number, "reach")


@pytest.mark.parametrize(
    ("code", "description", "more"),
    [
        (403, "Forbidden: bot was blocked by the user", {}),
        (403, "Forbidden: user is deactivated", {}),
        (403, "Forbidden: bot can't initiate conversation with a user", {}),
        (400, "Bad Request: chat not found", {}),
        (400, "Bad Request: PEER_ID_INVALID", {}),
        (400, "Bad Request: group chat was upgraded to a supergroup chat", {"migrate_to_chat_id": -100_5}),
    ],
)
def test_every_way_of_being_gone_closes_the_chat(stage: Stage, code: int, description: str, more: Any) -> None:
    li, chen = known(stage)
    stage.telegram.refusals[chen.id] = (code, description, more)
    stage.say("hello", chen)
    stage.settle()
    assert stage.state("hello") == "failed"
    li.hears("Chen Wei", "blocked us")


class Sparing(Stage):
    """A company whose account may say four messages a month to each chat, half of them at once."""

    def connection(self, **how: Any) -> TelegramChannel:
        limit = Limit(4, timedelta(days=30), "chat", "of this scene")
        return super().connection(pace=replace(PACE, limits=(limit,)), **how)


@pytest.fixture
def sparing(database: Database) -> Iterator[Sparing]:
    stage = Sparing(database)
    yield stage
    stage.end()


def all_used_up(stage: Stage) -> Client:
    """Say more to somebody than their quota of this month allows."""
    chen = stage.known("Acme", "Chen Wei")
    for n in range(3):
        stage.say(f"m{n}", chen)
    stage.settle()
    assert tried(stage, chen) == 2
    return chen


def test_who_blocks_and_unblocks_us_hears_no_sooner_what_a_quota_holds_back(sparing: Sparing) -> None:
    chen = all_used_up(sparing)
    chen.blocks()
    sparing.wait(hours=1)
    chen.unblocks()
    sparing.clock.moment += timedelta(days=14)
    sparing.settle()
    assert tried(sparing, chen) == 2
    sparing.clock.moment += timedelta(days=2)
    sparing.settle()
    assert [bubble.text for bubble in chen.bubbles] == ["m0", "m1", "m2"]


def test_nothing_is_tried_in_a_closed_chat_on_the_day_on_which_its_quota_ends(sparing: Sparing) -> None:
    chen = all_used_up(sparing)
    sparing.clock.moment += timedelta(days=14)
    chen.blocks()
    sparing.clock.moment += timedelta(days=2)
    sparing.settle()
    assert tried(sparing, chen) == 2
    chen.unblocks()
    assert [bubble.text for bubble in chen.bubbles] == ["m0", "m1", "m2"]
