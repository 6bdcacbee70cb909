"""What can go wrong between us and a platform, in every channel: nothing is lost, and what may stand twice is said.

| fault                                | lost | doubled                                    | who cannot make it, and why                      |
|--------------------------------------|------|--------------------------------------------|--------------------------------------------------|
| reset before anything was done       | 0    | 0                                          | own pages: a page asks, nothing is sent to it    |
| asked for patience, once or for long | 0    | 0                                          | own pages                                        |
| an error, once or for half an hour   | 0    | 0                                          | own pages                                        |
| taken, and the answer lost           | 0    | once, where a message can be neither found | own pages                                        |
|                                      |      | nor repeated (Telegram)                    |                                                  |
| a token that no longer holds         | 0    | 0                                          | own pages need none                              |
| deaf: a token, a right, an address   | 0    | 0                                          | own pages; the app hears whatever becomes of its |
| that is refused, somebody else reads |      |                                            | secret, and learns that at a start or by saying  |
| brought again, and old after new     | 0    | 0                                          | Slack never repeats a command: whoever typed it  |
|                                      |      |                                            | is told; events it repeats, see tests/slack      |
| two hundred at once from one person  | 0    | 0                                          | –                                                |
| a clock that is wrong by ten minutes | 0    | 0                                          | Telegram and own pages carry no time; the app's  |
|                                      |      |                                            | callbacks and Slack's requests, see their houses |

A new channel joins by being listed. What lasts is lived through in two pairs each time, in all of them in `make test-long`.
"""

from __future__ import annotations

import asyncio
from collections import Counter
from datetime import timedelta

import pytest
from sqlalchemy import select

from bot.channels.telegram import TelegramChannel
from storage.entries import entries
from storage.store import Store
from tests.contract.scene import Guest, Hand, Scene
from tests.contract.venue import Fault, Venue
from tests.contract.wecom import AtTheDesk
from tests.house.cast import Lines

TEN_MINUTES = 600.0
NEVER_LEFT = ("dead", "failed", "unknown", "pending")


@pytest.mark.parametrize("fault", ["reset", "slow-down", "error", "lost-answer"])
def test_a_fault_on_the_way_loses_nothing(scene: Scene, lines: Lines, li: Hand, chen: Guest, fault: Fault) -> None:
    for venue in scene.venues:
        venue.breaks(fault)
    chen.seat.writes(lines.complaint)
    for _ in range(10):
        scene.pause(seconds=30)
    number = scene.ticket.number
    assert 1 <= chen.seat.count(number, lines.rep) <= 1 + may_double(fault, scene.guests)
    assert li.seat.count(number, lines.complaint)
    copies = 1 + may_double(fault, scene.team)
    assert li.seat.count(number, lines.complaint, scene.t("ticket-status-new")) <= copies


def may_double(fault: Fault, venue: Venue) -> bool:
    """Tell whether a second copy may stand: Telegram lets nobody look for a message, or say it so that it shows once."""
    return fault == "lost-answer" and venue.channel == TelegramChannel.name


@pytest.mark.parametrize("fault", ["away", "busy"])
def test_half_an_hour_of_it_loses_nothing_and_says_and_changes_all_of_it_once_and_in_order(
    scene: Scene, lines: Lines, li: Hand, chen: Guest, fault: Fault
) -> None:
    t = scene.t
    for venue in scene.venues:
        venue.breaks(fault)
    chen.seat.writes(lines.complaint)
    number = scene.ticket.number
    for minute in range(30):
        scene.pause(minutes=1)
        if minute == 5:
            li.seat.writes(f"ticket take {number}")
        if minute == 10:
            chen.seat.writes(f"{lines.complaint} !!")
    for venue in scene.venues:
        venue.mends()
    for _ in range(6):
        scene.pause(minutes=1)
    answers = [shown.words for shown in chen.seat.reads() if number in shown.words and lines.rep in shown.words]
    assert len(answers) in (1, 2), "answered, and greeted by whom it is with; where few answers are taken, in one"
    assert len(set(answers)) == len(answers)
    first, second = (position(li, words) for words in (lines.complaint, f"{lines.complaint} !!"))
    assert first <= second, "what was said later stands above"
    assert li.seat.count(number, lines.complaint, t("ticket-status-new")) == 0, "the card stands as it was"
    if scene.team.has_room:
        assert li.seat.count(number, lines.complaint, t("ticket-status-taken")) == 1
    assert scene.ask(lambda store: store.outbox.in_state(*NEVER_LEFT)) == []


def position(reader: Hand, words: str) -> int:
    """Tell where words were first read."""
    return next(place for place, shown in enumerate(reader.seat.reads()) if words in shown.words)


@pytest.mark.parametrize("side", ["team", "guests"])
def test_a_refused_token_holds_everything_back_loses_nothing_and_admins_hear_elsewhere(
    scene: Scene, lines: Lines, li: Hand, chen: Guest, side: str
) -> None:
    broken: Venue = getattr(scene, side)
    if broken.channel == "web":
        pytest.skip("our own pages need no token")
    boss = scene.hires("Boss", "admin")
    scene.change(lambda store: store.staff.bind(boss.person.id, "web", f"staff:{boss.person.id}"))
    before = len(chen.seat.reads()), len(li.seat.reads())
    broken.breaks("refused")
    chen.seat.writes(lines.complaint)
    assert len((chen.seat if side == "guests" else li.seat).reads()) == before[side == "team"]
    scene.run(becomes(scene, broken.channel, "down: auth"))
    scene.run(scene.bot._keep_house())
    scene.settle()
    console = scene.ask(lambda store: store.posts.of("web", f"staff:{boss.person.id}"))
    heard_there = [*(str(post.card) for post in console), *map(str, boss.seat.reads() if side == "guests" else ())]
    assert any("rapport doctor" in said for said in heard_there), "an admin hears it where it can be heard"
    broken.mends()
    for _ in range(3):
        scene.pause(minutes=3)
    number = scene.ticket.number
    assert chen.seat.count(number, lines.rep) == 1
    assert li.seat.count(number, lines.complaint)
    scene.run(becomes(scene, broken.channel, "up"))
    assert len(chen.seat.reads()) > before[0]
    assert len(li.seat.reads()) > before[1]


@pytest.mark.parametrize("side", ["team", "guests"])
def test_a_channel_that_cannot_hear_is_down_alone_and_an_admin_hears_it_once_and_when_it_works_again(
    scene: Scene, side: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    deaf: Venue = getattr(scene, side)
    if side == "guests" and deaf is scene.team:
        pytest.skip("the same channel")
    if not deaf.deafnesses:
        pytest.skip("our own pages hear without any")
    for longest in ("LONGEST", "LONGEST_UNTIL_MENDED"):
        monkeypatch.setattr(f"bot.channels.pauses.{longest}", timedelta(milliseconds=50))
    boss = scene.hires("Boss", "admin")
    scene.change(lambda store: store.staff.bind(boss.person.id, "web", f"staff:{boss.person.id}"))
    scene.run(until(scene, deaf.channel, "up"))
    keep_house(scene)
    for how in deaf.deafnesses:
        before = told(scene, boss)
        scene.run(deaf.deafens(how))
        if how.shows == "at a start":
            scene.run(scene.listens_anew(deaf.channel))
        scene.run(until(scene, deaf.channel, how.state))
        others = {name: state for name, state in scene.bot.health.channels.items() if name != deaf.channel}
        assert set(others.values()) == {"up"}, (how, others)
        for _ in range(3):
            keep_house(scene)
        assert told(scene, boss) == (before[0] + 1, before[1]), how
        deaf.mends()
        scene.run(until(scene, deaf.channel, "up"))
        for _ in range(3):
            keep_house(scene)
        assert told(scene, boss) == (before[0] + 1, before[1] + 1), how


def keep_house(scene: Scene) -> None:
    """Let the bot tell what there is to tell of its channels."""
    scene.hands_in(*scene.bot.health.news())


def told(scene: Scene, boss: Hand) -> tuple[int, int]:
    """Count the alarms that an admin heard, and the ends of them, wherever they are reached."""
    console = scene.ask(lambda store: store.posts.of("web", f"staff:{boss.person.id}"))
    heard = [*(str(post.card) for post in console), *map(str, boss.seat.reads())]
    again = {"en": "works again", "zh-CN": "恢复正常"}[scene.language]
    return sum("rapport doctor" in said for said in heard), sum(again in said for said in heard)


async def until(scene: Scene, channel: str, state: str) -> None:
    """Wait until the bot says this of a channel."""
    async with asyncio.timeout(30):
        while scene.bot.health.channels[channel] != state:  # noqa: ASYNC110 - seen from outside
            await asyncio.sleep(0.02)


async def becomes(scene: Scene, channel: str, state: str) -> None:
    """Wait until the bot knows how a channel stands; it learns that from the platform, whose time is no stopped clock's."""
    async with asyncio.timeout(60):
        while not scene.bot.health.channels[channel].startswith(state):  # noqa: ASYNC110 - seen from outside
            await asyncio.sleep(0.05)


def test_what_is_brought_again_and_what_comes_late_counts_once(
    scene: Scene, lines: Lines, li: Hand, chen: Guest
) -> None:
    chen.seat.writes(lines.complaint)
    number, answers = scene.ticket.number, len(chen.seat.reads())
    scene.run(chen.seat.told_again())
    scene.settle()
    assert scene.ticket.number == number
    assert len(chen.seat.reads()) == answers
    li.seat.writes(f"ticket reply {number} {lines.reply}")
    again = True
    try:
        scene.run(li.seat.told_again())
    except NotImplementedError:
        again = False
    scene.pause(seconds=30)
    assert chen.seat.count(lines.reply) == 1
    chen.seat.writes(lines.question)
    scene.run(chen.seat.told_again())
    scene.settle()
    said = scene.ask(heard)
    assert [said[words] for words in (lines.complaint, lines.question)] == [1, 1]
    assert again or scene.team.channel == "slack"


def heard(store: Store) -> Counter[str]:
    """Count what customers said, by its words."""
    return Counter(row.words for row in store.connection.execute(select(entries.c.words).where(entries.c.flow == "in")))


def test_two_hundred_at_once_from_one_person_are_all_kept_and_keep_nobody_elses_answer(
    scene: Scene, lines: Lines, li: Hand, chen: Guest
) -> None:
    flooder = scene.serves("Flood Ltd", "Flood", li)

    async def floods() -> None:
        await asyncio.gather(*(flooder.seat.says(f"({n}) {lines.question}") for n in range(200)))

    scene.run(floods())
    chen.seat.writes(lines.complaint)
    assert chen.seat.count(lines.rep), "another customer waited for the flood to end"
    for _ in range(10):
        scene.pause(minutes=1)
    said = scene.ask(heard)
    assert [said[f"({n}) {lines.question}"] for n in range(200)] == [1] * 200
    assert scene.ask(lambda store: store.outbox.in_state("dead", "failed", "unknown")) == []


def test_a_clock_that_is_wrong_by_ten_minutes_loses_nothing_that_is_told_again(
    scene: Scene, lines: Lines, chen: Guest
) -> None:
    desk = scene.guests
    if not isinstance(desk, AtTheDesk):
        pytest.skip("see the table")
    desk.kf.skew = TEN_MINUTES
    scene.run(chen.seat.says(lines.complaint))
    assert scene.tickets() == [], "its bell rings in the past, which nobody may"
    desk.kf.skew = 0
    chen.seat.writes(lines.question)
    said = scene.ask(heard)
    assert [said[words] for words in (lines.complaint, lines.question)] == [1, 1]
    assert chen.seat.count(scene.tickets()[0].number, lines.rep) == 1
