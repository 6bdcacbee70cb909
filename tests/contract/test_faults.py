"""What can go wrong on the way to a platform, in every channel: nothing is lost, and what may stand twice is said."""

from __future__ import annotations

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
    arrived = (chen.seat.count(number, lines.rep), li.seat.count(number, lines.complaint, scene.t("ticket-status-new")))
    twice = 2 if fault == "lost-answer" else 1
    assert all(1 <= times <= twice for times in arrived), arrived


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
    assert scene.bot.health.channels[broken.channel] == "down: auth"
    broken.mends()
    for _ in range(3):
        scene.pause(minutes=3)
    number = scene.ticket.number
    assert chen.seat.count(number, lines.rep) == 1
    assert li.seat.count(number, lines.complaint)
    assert scene.bot.health.channels[broken.channel] == "up"
