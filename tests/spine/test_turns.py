"""Turns: whoever breaks a silence hears at once that it is stored, and everything else comes right after."""

from __future__ import annotations

import asyncio

from bot.turns import Turn
from tests.spine.stage import Stage, probe_event


def test_whoever_breaks_a_silence_is_acknowledged_before_a_handler_runs(stage: Stage) -> None:
    pump, turns = stage.bot.pump, list[Turn]()
    turn = pump.turn

    async def noted(*, quick: bool = False) -> Turn:
        turns.append(await turn(quick=quick))
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
    assert [(len(turn.arrivals), turn.handled) for turn in turns[:2]] == [(1, 0), (0, 1)]
    assert turns[0].quick
    assert stage.heard()


def test_a_quick_turn_stores_what_came_and_leaves_the_rest_to_the_next(stage: Stage) -> None:
    pump = stage.bot.pump

    async def story() -> list[int]:
        handled = []
        for n in range(2):
            accepting = asyncio.ensure_future(pump.accept([probe_event(f"e{n}", "answer", f"chat {n}")]))
            await asyncio.sleep(0)
            handled.append((await pump.turn(quick=n == 1)).handled)
            await accepting
        handled.append((await pump.turn(quick=True)).handled)  # nothing came: there is nothing to be quick about
        return handled

    assert stage._runner.run(story()) == [0, 0, 2]
    stage.settle()
    assert stage.done() == ["e0", "e1"]
