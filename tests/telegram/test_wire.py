"""The wire to Telegram breaks in every way it knows: nothing is lost, and what is said twice is what may be."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Iterator
from contextlib import contextmanager
from io import StringIO
from typing import Any

import pytest

from bot.app import Bot
from bot.channels.webchat import WebChat
from storage.messages import Kind
from tests.emulators.telegram import TOKEN, Fault, Params
from tests.telegram.stage import Client, Stage

SECRET = TOKEN.partition(":")[2]


@contextmanager
def breaks(
    stage: Stage, fault: Fault, *, method: str = "sendMessage", times: int = 1, to: Client | None = None
) -> Iterator[None]:
    """Let the next calls of a method go wrong."""
    left = times

    def decide(called: str, params: Params) -> Fault:
        nonlocal left
        if called != method or left == 0 or (to and params.get("chat_id") != str(to.id)):
            return "ok"
        left -= 1
        return fault

    stage.telegram.fault = decide
    yield
    stage.telegram.fault = lambda _method, _params: "ok"


def test_an_update_that_comes_twice_is_heard_once(stage: Stage) -> None:
    someone = stage.someone()
    first = someone.writes("I want to complain, my order arrived damaged!")
    before = len(someone.bubbles)
    stage.telegram.repeat(first)
    stage.settle()
    assert len(stage.tickets()) == 1
    assert len(someone.bubbles) == before


@pytest.mark.parametrize("fault", ["reset", "lost-answer", "error", "slow-down"])
def test_a_poll_that_breaks_loses_nothing(stage: Stage, fault: Fault, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tests.emulators.telegram.SECONDS_TO_WAIT", 1)
    someone = stage.someone()
    with breaks(stage, fault, method="getUpdates", times=2):
        for n in range(3):
            someone.writes(f"I want to complain, part {n} of my order arrived damaged!", settle=False)
        stage.settle()
    heard = stage.ask(lambda store: store.inbox.count("done"))
    assert heard >= 3
    assert stage.telegram.updates == []


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
        stage.run(asyncio.wait_for(with_pump(stage, stage.connection().listen(refuse)), 5))
    assert len(stage.telegram.updates) == 1


def test_an_update_that_nobody_can_read_holds_nothing_up(stage: Stage) -> None:
    """It ends as a dead letter that people hear of; those beside it are heard at once."""
    someone = stage.someone()
    stage.telegram.report("message", {"date": "never", "chat": []})
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
    listening = asyncio.create_task(channel.listen(accept))
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
        second = asyncio.create_task(other.listen(stage.bot.pump.accept))
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
    stage.clock.moment += stage.clock.moment.resolution * 31_000_000
    stage.settle()
    assert stage.state("one") == "sent"


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
        ("lost-answer", Kind.REPLY, "sent", 2),
        ("stall", Kind.REPLY, "sent", 2),
        ("stall", Kind.BULK, "unknown", 1),
        ("lost-answer", Kind.BULK, "unknown", 1),
        ("error", Kind.BULK, "unknown", 0),
        ("reset", Kind.REPLY, "sent", 1),
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
        stage.clock.moment += stage.clock.moment.resolution * 3_000_000
        stage.settle()
    assert stage.state("your parcel left") == state
    assert someone.count("your parcel left") == copies


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
