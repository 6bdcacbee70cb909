"""Words that Telegram kept while nobody fetched them say when they were written; a clock that is off loses none."""

from __future__ import annotations

import time
from collections.abc import Iterator

import pytest

from storage.database import Database
from tests.telegram.hooked import Hooked
from tests.telegram.stage import Stage
from tests.world import Colleague, all_words

COMPLAINT = "I want to complain, my order arrived damaged!"
SERVICE = "#service"
TEN_MINUTES = 600


def stage_of(kind: type[Stage], database: Database) -> Stage:
    return kind(database)


@pytest.fixture(params=[Stage, Hooked], ids=["polling", "webhook"])
def stage(request: pytest.FixtureRequest, database: Database) -> Iterator[Stage]:
    stage = stage_of(request.param, database)
    yield stage
    stage.end()


def on_the_card(stage: Stage) -> str:
    watcher = Colleague(stage, SERVICE, None)  # type: ignore[arg-type]
    return "\n".join(map(all_words, watcher.cards()))


def test_words_of_an_hour_ago_say_so_on_their_card(stage: Stage) -> None:
    written = int(time.time()) - 3600 + 30  # in the middle of a minute, however long it is on its way here
    stage.known("Acme", "Chen Wei").writes(COMPLAINT, date=written)
    assert "Written 09:00 on Mon 23 Nov, arrived 10:00" in on_the_card(stage)


@pytest.mark.parametrize("off", [-TEN_MINUTES, TEN_MINUTES])
def test_ten_minutes_off_nothing_is_lost_and_no_word_looks_late(stage: Stage, off: int) -> None:
    stage.channel.skew.now = lambda: time.time() + off
    li = stage.worker("Li Na")
    assert li.person is not None
    for n in range(4):
        li.writes(f"/help {n}")
    drift = stage.bot.health.clock
    assert drift == f"about 10 min {'ahead' if off > 0 else 'behind'}, says telegram"
    stage.known("Acme", "Chen Wei", owner=li.person).writes(COMPLAINT)
    promised = stage.ticket.watch_at
    assert promised is not None
    assert promised > stage.now
    assert COMPLAINT in on_the_card(stage)
    assert "Written" not in on_the_card(stage)
