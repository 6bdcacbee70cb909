"""The wire to Telegram breaks in every way it knows: nothing is lost, and what is said twice is what may be."""

from __future__ import annotations

import asyncio
import logging
import random
from io import StringIO
from typing import Any

import pytest
from sqlalchemy import select

from bot.app import Bot
from bot.channels.webchat.channel import WebChat
from storage.entries import entries
from tests.emulators.telegram import TOKEN, Fault
from tests.signs import Unread
from tests.telegram.breaking import breaks
from tests.telegram.stage import Stage

SECRET = TOKEN.partition(":")[2]


def test_an_update_that_comes_twice_is_heard_once(stage: Stage) -> None:
    someone = stage.someone()
    first = someone.writes("I want to complain, my order arrived damaged!")
    before = len(someone.bubbles)
    stage.telegram.repeat(first)
    stage.settle()
    assert len(stage.tickets()) == 1
    assert len(someone.bubbles) == before


@pytest.mark.parametrize(
    "fault", ["reset", "slow-down", "error", "lost-answer", "stall", "half", "garbled", "error-after"]
)
def test_a_poll_that_breaks_loses_nothing(stage: Stage, fault: Fault, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tests.emulators.telegram_wire.SECONDS_TO_WAIT", 1)
    someone = stage.someone()
    with breaks(stage, fault, method="getUpdates", times=2):
        for n in range(3):
            someone.writes(f"I want to complain, part {n} of my order arrived damaged!", settle=False)
        stage.settle()
    assert stage.telegram.updates == []
    assert heard(stage) == [f"I want to complain, part {n} of my order arrived damaged!" for n in range(3)]


def heard(stage: Stage) -> list[str]:
    """Give what customers said, as it is kept, in order."""
    columns = select(entries.c.words).where(entries.c.flow == "in").order_by(entries.c.at, entries.c.id)
    with stage.bot.database.reading() as connection:
        return [row.words for row in connection.execute(columns)]


def test_updates_in_any_order_and_twice_are_heard_in_theirs_and_once(stage: Stage) -> None:
    someone = stage.someone()
    someone.writes("hello")
    stage.run(drop(stage))
    said = [f"The pump is broken again, part {n}" for n in range(12)]
    for words in said:
        someone.writes(words, settle=False)
    stage.telegram.updates += stage.telegram.updates[3:6]
    stage.telegram.shuffle(random.Random(stage.seed))
    stage.run(revive(stage))
    stage.settle()
    assert heard(stage)[1:] == said
    assert stage.telegram.updates == []


def test_an_old_update_that_comes_again_does_not_take_the_place_back(stage: Stage) -> None:
    someone = stage.someone()
    first = someone.writes("hello")
    someone.writes("hello again")
    stage.telegram.repeat(first)
    stage.settle()
    following = stage.ask(lambda store: store.settings.get("telegram:4711:offset"))
    assert following[0] == first + 2


def test_an_update_is_confirmed_only_after_it_is_stored(stage: Stage) -> None:
    """The process ends between the commit and the next poll: the next one hears the update again, and acts once."""
    someone = stage.someone()
    someone.starts()
    stage.run(drop(stage))
    someone.writes("I want to complain, my order arrived damaged!", settle=False)
    stored = stage.run(poll_once(stage))
    assert stored == 1
    assert len(stage.telegram.updates) == 1, "nobody may confirm before the next poll"
    assert stage.tickets() == []
    stage.run(revive(stage))
    stage.settle()
    assert len(stage.tickets()) == 1
    assert someone.count(stage.ticket.number) == 1


def test_an_update_that_could_not_be_stored_is_not_confirmed(stage: Stage) -> None:
    someone = stage.someone()
    someone.starts()
    stage.run(drop(stage))
    someone.writes("hello?", settle=False)

    async def refuse(events: Any, *, along: Any = None) -> Any:
        if events:
            raise OSError("the disk is full")
        return await stage.bot.pump.accept(events, along=along)

    with pytest.raises(OSError, match="full"):
        stage.run(asyncio.wait_for(with_pump(stage, stage.connection().listen(refuse, Unread())), 5))
    assert len(stage.telegram.updates) == 1


def test_an_update_that_nobody_can_read_holds_nothing_up(stage: Stage) -> None:
    """It ends as a dead letter that people hear of; those beside it are heard at once."""
    someone = stage.someone()
    stage.telegram.tell("message", {"date": "never", "chat": []})
    someone.writes("I want to complain, my order arrived damaged!")
    assert len(stage.tickets()) == 1
    for _ in range(5):
        stage.wait(minutes=4)
    assert [event.kind for event in stage.ask(lambda store: store.inbox.dead())] == ["unreadable update"]


async def drop(stage: Stage) -> None:
    """End the bot as a kill would: nothing is confirmed, handled or said any more."""
    for task in stage.running:
        task.cancel()
    await asyncio.gather(*stage.running, return_exceptions=True)


async def with_pump(stage: Stage, work: Any) -> Any:
    pumping = asyncio.create_task(stage.bot.pump.run())
    try:
        return await work
    finally:
        pumping.cancel()
        await asyncio.gather(pumping, return_exceptions=True)


async def poll_once(stage: Stage) -> int:
    """Poll and store, and end right after the commit; the pump turns only as long as it takes to store."""
    stored: list[Any] = []

    async def accept(events: Any, *, along: Any = None) -> Any:
        if stored:
            await asyncio.Event().wait()
        accepted = asyncio.ensure_future(stage.bot.pump.accept(events, along=along))
        await asyncio.sleep(0)
        await stage.bot.pump.turn()
        new = await accepted
        if events:
            stored.extend(new)
            raise asyncio.CancelledError
        return new

    channel = stage.connection()
    listening = asyncio.create_task(channel.listen(accept, Unread()))
    await asyncio.gather(listening, return_exceptions=True)
    return len(stored)


async def revive(stage: Stage) -> None:
    """Start again on the same database."""
    stage.channel = stage.connection()
    stage.bot = Bot(stage.bot.database, [WebChat(), stage.channel], None, stage.clock)
    stage.running = [asyncio.create_task(stage.bot.pump.run()), asyncio.create_task(stage.listen(stage.bot))]


def test_two_bots_on_one_token_take_turns(stage: Stage) -> None:
    """On PostgreSQL the seat is taken; elsewhere Telegram itself sends one away. Either way everything is heard once."""
    other = stage.connection()

    async def both() -> None:
        second = asyncio.create_task(other.listen(stage.bot.pump.accept, Unread()))
        await asyncio.sleep(0.3)
        second.cancel()
        await asyncio.gather(second, return_exceptions=True)

    someone = stage.someone()
    someone.writes("I want to complain, my order arrived damaged!", settle=False)
    stage.run(both())
    stage.settle()
    assert len(stage.tickets()) == 1


def test_a_webhook_that_was_left_behind_is_taken_away(stage: Stage) -> None:
    someone = stage.someone()
    stage.telegram.webhook = "https://elsewhere.example/hook"
    stage.run(drop(stage))
    stage.run(revive(stage))
    someone.writes("hello")
    assert stage.telegram.webhook == ""
    assert all(call.params.get("drop_pending_updates") is not True for call in stage.telegram.said("deleteWebhook"))


def test_the_token_is_in_no_log(stage: Stage, capsys: pytest.CaptureFixture[str]) -> None:
    book = StringIO()
    ear = logging.StreamHandler(book)
    root = logging.getLogger()
    level = root.level
    root.addHandler(ear)
    root.setLevel(logging.DEBUG)
    try:
        logging.getLogger("ear").debug("listening")
        someone = stage.someone()
        someone.writes("hello")
        with breaks(stage, "unauthorized", method="getUpdates", times=1):
            stage.say("one", someone)
            stage.settle()
        with breaks(stage, "unauthorized", times=1):
            stage.say("two", someone)
            stage.settle()
    finally:
        root.removeHandler(ear)
        root.setLevel(level)
    written = book.getvalue() + "".join(capsys.readouterr())
    assert "listening" in written
    assert SECRET not in written
    assert SECRET not in str(stage.ask(lambda store: store.outbox.in_state("pending", "failed", "dead")))
