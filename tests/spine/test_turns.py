"""Turns: whoever speaks hears at once that it is stored, and nobody waits for somebody who says a lot."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import replace

import pytest

from bot.precedence import ABOUT, AT_ONCE, COURTESY, EACH, Precedence
from bot.pump import FEW
from bot.turns import Turn
from storage.inbox import Event
from tests.spine.stage import Stage, probe_event


def test_whoever_breaks_a_silence_is_acknowledged_before_a_handler_runs(stage: Stage) -> None:
    pump, turns = stage.bot.pump, list[Turn]()
    turn = pump.turn

    async def noted(*, quick: bool = False, patient: bool = False) -> Turn:
        turns.append(await turn(quick=quick, patient=patient))
        return turns[-1]

    async def story() -> None:
        vars(pump)["turn"] = noted
        running = asyncio.create_task(pump.run())
        await pump.settled()
        turns.clear()
        await pump.accept([probe_event("e1", "answer", "chen")])
        await pump.settled()
        await pump.stop()
        await running

    stage._runner.run(story())
    assert [(len(turn.arrivals), len(turn.handled)) for turn in turns[:2]] == [(1, 0), (0, 1)]
    assert turns[0].quick
    assert stage.heard()


@pytest.mark.parametrize("crowd", [FEW, FEW + 1])
def test_while_little_goes_on_what_arrives_is_stored_by_itself(stage: Stage, crowd: int) -> None:
    pump, turns = stage.bot.pump, list[Turn]()
    turn = pump.turn
    speaking: asyncio.Future[list[Event]] | None = None

    async def noted(*, quick: bool = False, patient: bool = False) -> Turn:
        nonlocal speaking
        turns.append(await turn(quick=quick, patient=patient))
        if turns[-1].handled and speaking is None:  # somebody speaks while others are being answered
            speaking = asyncio.ensure_future(pump.accept([probe_event("late", "answer", "late")]))
            await asyncio.sleep(0)
        return turns[-1]

    async def story() -> None:
        vars(pump)["turn"] = noted
        running = asyncio.create_task(pump.run())
        await pump.accept([probe_event(f"e{n}", "answer", f"chat {n}") for n in range(crowd)])
        await pump.settled()
        await pump.stop()
        await running

    stage._runner.run(story())
    (stored,) = (turn for turn in turns if any(a.events[0].external_id == "late" for a in turn.arrivals))
    assert stored.quick is (crowd <= FEW)
    assert stage.done()[-1] == "late"


def test_a_quick_turn_stores_what_came_and_leaves_the_rest_to_the_next(stage: Stage) -> None:
    pump = stage.bot.pump

    async def story() -> list[int]:
        handled = []
        for n in range(2):
            accepting = asyncio.ensure_future(pump.accept([probe_event(f"e{n}", "answer", f"chat {n}")]))
            await asyncio.sleep(0)
            handled.append(len((await pump.turn(quick=n == 1)).handled))
            await accepting
        handled.append(len((await pump.turn(quick=True)).handled))  # nothing came: there is nothing to be quick about
        return handled

    assert stage._runner.run(story()) == [0, 0, 2]
    stage.settle()
    assert stage.done() == ["e0", "e1"]


def test_who_says_a_lot_lets_those_go_first_who_were_not_heard_a_moment_ago(stage: Stage) -> None:
    stage.bot.pump._precedence = Precedence(lambda: 0.0)  # however long a turn takes here
    _hears(stage, *(probe_event(f"flood {n}", "answer", "flooder") for n in range(3)))
    assert _turns(stage) == ["flood 0"]
    _hears(stage, probe_event("chen", "answer", "chen"), probe_event("wu", "answer", "wu"))
    assert _turns(stage, 3) == ["flood 0", "chen", "wu", "flood 1", "flood 2"]


def test_however_many_others_speak_who_says_a_lot_is_heard_on() -> None:
    """Others speak all the time, and three of their turns take less than the courtesy."""
    looks = iter(range(100))
    precedence = Precedence(lambda: next(looks) * COURTESY / 6)  # a turn looks twice
    heard = list[str]()
    for n in range(8):
        taken = precedence.choose([_says("flood", "flooder"), _says("other", f"other {n}")]).events
        precedence.note(taken)
        heard.append(" and ".join(event.external_id for event in taken))
    assert heard == ["flood and other", "other", "other", "other"] * 2


def test_while_others_are_about_who_says_a_lot_rests_a_moment() -> None:
    """Nobody waits: but another customer was heard a moment ago, and would wait for the rest of what is in hand."""
    now = 0.0
    precedence = Precedence(lambda: now)
    precedence.note([_says("hello", "chen")])
    heard = 0
    while now < ABOUT - EACH / 2:
        chosen = precedence.choose([_says(f"flood {heard}", "flooder")], patient=True)
        precedence.note(chosen.events)
        heard += len(chosen.events)
        now += chosen.rest
    assert heard == AT_ONCE + round((ABOUT - EACH) / EACH)  # and not one more
    now = ABOUT + EACH  # the other one is about no more
    crowd = [precedence.choose([_says(f"late {n}", "flooder")], patient=True) for n in range(50)]
    assert all(chosen.events for chosen in crowd)


def test_nobody_rests_who_speaks_alone_or_is_no_person_or_where_no_time_is_to_pass() -> None:
    precedence = Precedence(lambda: 0.0)
    flood = [_says(f"flood {n}", "flooder") for n in range(30)]
    for one in flood:
        assert precedence.choose([one], patient=True).events, "nobody else is about"
        precedence.note([one])
    precedence.note([_says("hello", "chen")])
    assert not precedence.choose(flood[:1], patient=True).events
    assert precedence.choose(flood[:1]).events, "a scene on a stopped clock ends"
    for tick in [replace(_says(f"tick {n}", "clock"), sender="") for n in range(30)]:
        precedence.note([tick])
        assert precedence.choose([tick], patient=True).events


def test_where_nobody_else_waits_nobody_is_let_go_first() -> None:
    crowd, precedence = [_says(f"e{n}", f"chat {n}") for n in range(3)], Precedence()
    precedence.note(crowd)
    assert precedence.choose(crowd).events == crowd


def test_a_flood_is_handled_to_its_end_while_others_are_about(stage: Stage) -> None:
    pump, flood = stage.bot.pump, [_says(f"flood {n}", "flooder") for n in range(AT_ONCE + 3)]

    async def story() -> None:
        running = asyncio.create_task(pump.run())
        await pump.accept([_says("hello", "chen"), *flood])
        await pump.settled()
        await pump.stop()
        await running

    stage._runner.run(story())
    assert stage.done() == ["hello", *(event.external_id for event in flood)]


def _says(name: str, conversation: str) -> Event:
    return replace(probe_event(name, "answer", conversation), sender=conversation)


def _hears(stage: Stage, *events: Event) -> None:
    """Store what came, and handle nothing."""

    async def story() -> None:
        pump = stage.bot.pump
        accepting = asyncio.ensure_future(pump.accept(events))
        await asyncio.sleep(0)
        await pump.turn(quick=True)
        await accepting

    stage._runner.run(story())


def _turns(stage: Stage, times: int = 1) -> Sequence[str]:
    """Let the pump turn, and tell what was done so far."""

    async def story() -> None:
        for _ in range(times):
            await stage.bot.pump.turn()

    stage._runner.run(story())
    return stage.done()
