"""What handlers do wrong: it spoils their own event, for a while their own conversation, and nothing else."""

from __future__ import annotations

import asyncio
import multiprocessing
import os
import signal
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from bot.app import Bot
from bot.channels.webchat.channel import WebChat
from bot.opening import open_database
from bot.operations import Hands, list_dead_letters, replay
from storage.database import Database
from storage.inbox import Event
from storage.patience import BLOCKED_AT_MOST, PAUSES
from storage.vault import BadKey, new_key, vault
from tests.conftest import KEY
from tests.spine.stage import Stage, broken, probe_event


def test_one_bad_event_of_a_batch_spoils_only_itself(stage: Stage) -> None:
    broken.add("fail")
    batch = [probe_event(f"e{n}", "fail" if n == 2 else "answer", f"chat {n}") for n in range(5)]
    stage.hands_in(*batch)
    assert stage.done() == ["e0", "e1", "e3", "e4"]
    assert sorted(stage.heard()) == sorted(set(stage.heard()))
    assert len(stage.heard()) == 4


@pytest.mark.parametrize("id_", ["长" * 20_000, "x" * 201, "\ud800" * 300], ids=["enormous", "one too long", "halves"])
def test_an_id_that_no_column_holds_is_still_an_events_own(stage: Stage, id_: str) -> None:
    for id_once in (id_, id_, f"{id_}!", "short"):
        stage.hands_in(replace(probe_event("said", "answer", "chen"), external_id=id_once))
    assert len(stage.done()) == 3


def test_a_failing_handler_is_parked_after_five_growing_pauses_and_the_team_is_told(stage: Stage) -> None:
    broken.add("fail")
    stage.happens("fail", "chen")
    stage.happens("answer", "chen")
    stage.happens("answer", "li")
    assert stage.done() == ["said-3"]  # its own conversation waits, others go on
    for pause in PAUSES:
        assert stage.ask(lambda store: store.inbox.dead()) == []
        stage.pause(seconds=pause.total_seconds() - 1)
        before = stage.ask(lambda store: store.inbox.count("new"))
        stage.pause(seconds=1)
        assert before == 2
    (dead,) = stage.ask(lambda store: store.inbox.dead())
    assert (dead.attempts, dead.error) == (5, "ValueError")
    assert stage.done() == ["said-3", "said-2"]
    stage.hears_alarm("probe", "ValueError")


def test_a_dead_letter_is_handled_when_it_is_replayed(stage: Stage) -> None:
    broken.add("fail")
    stage.happens("fail", "chen")
    for _ in PAUSES:
        stage.pause(minutes=4)
    hands = Hands(stage.change, stage.ask, lambda: stage.now, lambda: stage.bot.policies.current)
    (letter,) = list_dead_letters(hands)
    broken.clear()
    replay(hands, id=letter["id"])
    stage.settle()
    assert stage.done() == ["said-1"]
    assert list_dead_letters(hands) == []


def test_a_letter_that_dies_again_after_its_replay_is_reported_again(stage: Stage) -> None:
    broken.add("fail")
    stage.happens("fail", "chen")
    hands = Hands(stage.change, stage.ask, lambda: stage.now, lambda: stage.bot.policies.current)
    for times in (1, 2):
        for _ in PAUSES:
            stage.pause(minutes=4)
        assert len(stage.posts("#rapport")) == times
        replay(hands, id=list_dead_letters(hands)[0]["id"])
        stage.settle()


def test_a_conversation_goes_on_a_quarter_of_an_hour_after_its_event_first_failed(stage: Stage) -> None:
    broken.add("fail")
    stage.happens("fail", "chen")
    stage.happens("answer", "chen")
    stage.clock.moment += BLOCKED_AT_MOST - timedelta(seconds=1)
    stage.change(lambda store: _postpone(store, stage))
    stage.settle()
    assert stage.done() == []
    stage.pause(seconds=1)
    assert stage.done() == ["said-2"]


def test_what_was_sealed_with_a_lost_key_becomes_a_dead_letter_and_all_else_goes_on(stage: Stage) -> None:
    vault.use(new_key())
    stage.change(lambda store: store.inbox.add([probe_event("lost", "answer", "chen")], stage.now))
    stage.say("sealed", "li")
    vault.use(KEY)
    stage.happens("answer", "wang")
    assert stage.done() == ["said-1"]
    assert stage.message("sealed").state == "dead"
    for pause in PAUSES:
        stage.pause(seconds=pause.total_seconds())
    (dead,) = stage.ask(lambda store: store.inbox.dead())
    assert (dead.external_id, dead.error) == ("lost", "BadKey")
    stage.hears_alarm("probe", "BadKey")
    stage.hears_alarm("sealed")


def test_a_key_that_is_not_the_one_of_the_data_is_refused_before_anybody_is_heard(tmp_path: Path) -> None:
    url, older, newer = f"sqlite:///{tmp_path / 'kept.db'}", new_key(), new_key()
    open_database(url, older).close()
    with pytest.raises(BadKey):
        open_database(url, newer)
    open_database(url, f"{newer},{older}").close()
    vault.use(KEY)


def _postpone(store: object, stage: Stage) -> None:
    """Let the failed event wait longer than its conversation does."""
    from sqlalchemy import update

    from storage.inbox import inbox

    later = stage.now + timedelta(hours=1)
    store.connection.execute(update(inbox).where(inbox.c.external_id == "said-1").values(next_at=later))  # type: ignore[attr-defined]


def test_a_refusal_whose_words_are_missing_fails_like_any_other_handler(stage: Stage) -> None:
    stage.hands_in(probe_event("e0", "refuse", "chen"), probe_event("e1", "answer", "li"))
    assert stage.done() == ["e1"]
    (waiting,) = stage.ask(lambda store: store.inbox.heads(stage.now + timedelta(hours=1), 10))
    assert waiting.attempts == 1


@pytest.mark.parametrize("kills", [4])
def test_an_event_that_takes_its_process_along_is_quarantined_and_its_neighbours_live(
    database: Database, database_url: str, kills: int
) -> None:
    stage = Stage(database)
    names = ["before", "killer", "after"]
    events = [probe_event(name, "kill" if name == "killer" else "answer", name) for name in names]
    stage.change(lambda store: store.inbox.add(events, stage.now))
    exits = [_run_in_child(database_url) for _ in range(kills + 1)]
    assert exits == [-signal.SIGKILL] * (kills - 1) + [0, 0], exits
    (dead,) = stage.ask(lambda store: store.inbox.dead())
    assert dead.external_id == "killer"
    assert stage.ask(lambda store: store.inbox.count("new")) == 0
    assert stage.done() == ["before", "after"]
    stage.hears_alarm("probe")
    stage.end()


def _run_in_child(url: str) -> int:
    """Start a bot, let it do what waits, stop it; give how its process ended."""
    nursery = multiprocessing.get_context("forkserver")
    nursery.set_forkserver_preload([__name__])  # imported once, not once a child
    child = nursery.Process(target=live_once, args=(url, KEY))
    child.start()
    child.join(60)
    assert child.exitcode is not None
    return child.exitcode


def live_once(url: str, key: str) -> None:
    from dataclasses import replace

    from handlers.contents import ROUTERS
    from handlers.routing import Routes
    from tests.spine.stage import probe
    from tests.world import MONDAY, StoppedClock

    async def live() -> None:
        bot = Bot(open_database(url, key, writers=2), [WebChat()], None, StoppedClock(MONDAY + timedelta(minutes=1)))
        around = replace(bot.pump.dispatch.around, routes=Routes([*ROUTERS, probe]))
        bot.pump.dispatch = replace(bot.pump.dispatch, around=around)
        await bot.start()
        await bot.pump.settled()
        await bot.stop()

    os.environ.pop("SEED", None)
    asyncio.run(live())


def test_the_same_event_is_one_event_however_often_it_comes(stage: Stage) -> None:
    again = probe_event("e0", "answer", "chen")
    assert len(stage.hands_in(again)) == 1
    assert stage.hands_in(again, again) == []
    assert stage.done() == ["e0"]


def test_an_event_that_cannot_be_stored_is_not_acknowledged_and_spoils_no_other(stage: Stage) -> None:
    bad = Event("loop", "bad", "probe", body={"do": object()})

    async def both() -> list[object]:
        arriving = [
            asyncio.ensure_future(stage.bot.pump.accept([event]))
            for event in (bad, probe_event("good", "answer", "li"))
        ]
        await asyncio.sleep(0)
        await stage.bot.pump.turn()
        return list(await asyncio.gather(*arriving, return_exceptions=True))

    refused, taken = stage._runner.run(both())
    assert isinstance(refused, Exception)
    assert isinstance(taken, list)
    stage.settle()
    assert stage.done() == ["good"]
