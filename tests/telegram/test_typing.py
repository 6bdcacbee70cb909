"""The typing sign: seen by who waits longer than a moment for an answer that is coming, and by nobody else."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from typing import Any

from bot.channels.telegram.typing_sign import TypingSign
from storage.paces import ban_scope
from tests.telegram.breaking import breaks
from tests.telegram.stage import Stage


def quick(stage: Stage, milliseconds: int = 1) -> TypingSign:
    sign = stage.channel._ears.typing
    vars(sign)["_after"] = timedelta(milliseconds=milliseconds)
    return sign


async def signs(stage: Stage) -> None:
    async with asyncio.timeout(30):
        while not stage.telegram.said("sendChatAction"):  # noqa: ASYNC110 - seen from outside
            await asyncio.sleep(0.01)


async def rests(sign: TypingSign) -> None:
    """Wait until no chat is watched any more."""
    async with asyncio.timeout(30):
        while sign._watching:
            await asyncio.gather(*sign._watching.values(), return_exceptions=True)
            await asyncio.sleep(0)


async def heard(sign: TypingSign, accept: Any, event: Any) -> None:
    sign.heard(accept, [event])


def test_who_waits_for_an_answer_that_waits_itself_sees_that_we_are_at_it(stage: Stage) -> None:
    someone = stage.someone()
    quick(stage)
    stage.say("waits", someone)
    stage.change(lambda store: store.paces.set({ban_scope("telegram"): stage.now + timedelta(minutes=1)}))
    someone.writes("The pump is broken!", settle=False)
    stage.run(signs(stage))
    assert stage.telegram.doing == [(someone.id, "typing")]


def test_nothing_is_shown_where_no_answer_is_coming_or_it_came_at_once(stage: Stage) -> None:
    someone = stage.someone()
    sign = quick(stage, 60_000)
    someone.writes("The pump is broken!")
    assert len(someone.bubbles) == 1
    stage.run(rests(sign))
    quick(stage)
    someone.writes("and it leaks")  # a polite silence: the customer was answered just now
    stage.run(rests(sign))
    assert stage.telegram.doing == []


def test_a_sign_that_goes_wrong_delays_and_breaks_nothing(stage: Stage) -> None:
    someone = stage.someone()
    sign = quick(stage)

    async def fails(*_: Any, **__: Any) -> Any:
        raise RuntimeError("the database does not answer")

    with breaks(stage, "error", method="sendChatAction", times=100):
        someone.writes("The pump is broken!")
    stage.run(rests(sign))
    stage.run(heard(sign, fails, stage.ask(lambda store: store.inbox.newest())))
    stage.run(rests(sign))
    assert len(stage.tickets()) == 1
    assert len(someone.bubbles) == 1
