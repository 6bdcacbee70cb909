"""What can go wrong on the way to a platform, in every channel: nothing is lost, and what may stand twice is said."""

from __future__ import annotations

import asyncio

import pytest

from tests.contract.scene import Guest, Hand, Scene
from tests.contract.venue import Fault
from tests.house.cast import Lines


@pytest.mark.parametrize("fault", ["reset", "slow-down", "error", "lost-answer"])
def test_a_fault_on_the_way_loses_nothing(scene: Scene, lines: Lines, li: Hand, chen: Guest, fault: Fault) -> None:
    for venue in scene.venues:
        venue.breaks(fault)
    chen.seat.writes(lines.complaint)
    for _ in range(10):
        scene.pause(seconds=30)
    number = scene.ticket.number
    assert 1 <= chen.seat.count(number, lines.rep) <= (2 if fault == "lost-answer" else 1)
    assert li.seat.count(number, lines.complaint)
    assert li.seat.count(number, lines.complaint, scene.t("ticket-status-new")) <= (2 if fault == "lost-answer" else 1)


def test_half_an_hour_of_errors_loses_nothing_and_says_all_of_it_once_and_in_order(
    scene: Scene, lines: Lines, li: Hand, chen: Guest
) -> None:
    for venue in scene.venues:
        venue.breaks("away")
    chen.seat.writes(lines.complaint)
    for minute in range(30):
        scene.pause(minutes=1)
        if minute == 10:
            chen.seat.writes(f"{lines.complaint} !!")
    for venue in scene.venues:
        venue.mends()
    for _ in range(6):
        scene.pause(minutes=1)
    number = scene.ticket.number
    assert chen.seat.count(number, lines.rep) == 1
    assert li.seat.count(number, lines.complaint)
    assert li.seat.count(number, lines.complaint, scene.t("ticket-status-new")) <= 1
    first, second = (position(li, words) for words in (lines.complaint, f"{lines.complaint} !!"))
    assert first <= second, "what was said later stands above"
    assert scene.ask(lambda store: store.outbox.in_state("dead", "failed", "unknown", "pending")) == []


def position(reader: Hand, words: str) -> int:
    """Tell where words were first read."""
    return next(place for place, shown in enumerate(reader.seat.reads()) if words in shown.words)


def test_a_refused_token_holds_everything_back_and_loses_nothing(
    scene: Scene, lines: Lines, li: Hand, chen: Guest
) -> None:
    broken = scene.guests
    if broken.channel == "web":
        pytest.skip("our own pages need no token")
    before = len(chen.seat.reads())
    broken.breaks("refused")
    chen.seat.writes(lines.complaint)
    assert len(chen.seat.reads()) == before
    scene.run(is_down(scene, broken.channel))
    broken.mends()
    for _ in range(3):
        scene.pause(minutes=3)
    number = scene.ticket.number
    assert chen.seat.count(number, lines.rep) == 1
    assert li.seat.count(number, lines.complaint)
    assert scene.bot.health.channels[broken.channel] == "up"


async def is_down(scene: Scene, channel: str) -> None:
    """Wait until the bot knows that its token is refused."""
    async with asyncio.timeout(60):
        while scene.bot.health.channels[channel] != "down: auth":  # noqa: ASYNC110 - seen from outside
            await asyncio.sleep(0.05)
