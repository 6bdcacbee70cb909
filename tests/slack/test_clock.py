"""A clock that is ten minutes off: what is refused for it comes again, admins hear of it elsewhere, and no line minds."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Iterator
from datetime import timedelta

import pytest
from aiohttp import ClientSession
from starlette.testclient import TestClient

from bot.channels.skew import Skew
from bot.channels.slack.channel import SlackChannel
from bot.web import make_app
from storage.database import Database
from storage.inbox import Event
from storage.staff import Person
from tests.emulators.slack_http import JSON, signed, written
from tests.emulators.slack_rules import Piece
from tests.slack.office import Mate, Office
from tests.slack.test_scenes import a_complaint, internal

TEN_MINUTES = 600.0


@pytest.fixture
def hooked(database: Database) -> Iterator[Office]:
    office = Office(database, over_http=True)
    yield office
    office.end()


def an_admin(office: Office, language: str = "en") -> str:
    ada = Person("ada", "Ada", "admin", language, "UTC")
    office.change(lambda store: store.staff.add(ada, {"slack": "U0ADA", "web": "staff:ada"}))
    return "staff:ada"


def keep_house(office: Office) -> None:
    if news := office.bot.health.news():
        office.hands_in(*news)


def heard(office: Office, address: str) -> list[str]:
    return [str(post.card.get("text")) for post in office.posts(address)]


def test_what_is_refused_for_a_wrong_clock_comes_again_and_a_clock_mended_in_time_loses_nothing(hooked: Office) -> None:
    li, _chen, card = a_complaint(hooked)
    hooked.slack.clock_ahead = -TEN_MINUTES
    hooked.slack.retries = (0.0, 0.05, 0.4)

    async def told() -> tuple[bool, bool]:
        telling = asyncio.create_task(hooked.slack.event(li.reply(card, "known for damage")))
        async with hooked.slack.refused:
            await hooked.slack.refused.wait()
        hooked.slack.clock_ahead = 0.0
        sending = await telling
        return sending.attempts > 1, sending.acked

    assert hooked.run(told()) == (True, True)
    hooked.settle()
    assert [entry.words for entry in internal(hooked)] == ["known for damage"]


@pytest.mark.parametrize("ahead", [-TEN_MINUTES, TEN_MINUTES])
def test_an_admin_hears_of_a_wrong_clock_on_another_channel_and_of_its_end(hooked: Office, ahead: float) -> None:
    li, _chen, card = a_complaint(hooked)
    ada = an_admin(hooked)
    hooked.slack.clock_ahead = ahead
    stored = hooked.ask(lambda store: store.inbox.newest())
    hooked.slack.retries = (0.0,)
    for n in range(3):
        sending = hooked.happens(li.reply(card, f"never heard {n}"))
        assert (sending.attempts, sending.status) == (2, 401)
    assert internal(hooked) == []
    assert hooked.ask(lambda store: store.inbox.newest()) == stored
    for _ in range(3):
        keep_house(hooked)
    (said,) = heard(hooked, ada)
    assert "about 10 minutes older" in said if ahead < 0 else "about 10 minutes younger" in said
    with TestClient(make_app(hooked.bot, console=False)) as browser:
        side = "ahead" if ahead < 0 else "behind"
        assert browser.get("/readyz").json()["clock"] == f"about 10 min {side}, says slack"
    hooked.slack.clock_ahead = 0.0
    assert hooked.happens(li.reply(card, "heard")).acked
    keep_house(hooked)
    assert "agree again" in heard(hooked, ada)[-1]
    assert hooked.bot.health.clock == "right"


def posted(office: Office, bodies: list[tuple[bytes, dict[str, str]]]) -> list[int]:
    async def ask() -> list[int]:
        found = []
        async with ClientSession() as line:
            for body, headers in bodies:
                async with line.post(office.slack.door, data=body, headers={"Content-Type": JSON, **headers}) as answer:
                    found.append(answer.status)
        return found

    return office.run(ask())


def test_old_requests_that_somebody_repeats_between_fresh_ones_are_told_apart_from_a_wrong_clock(
    hooked: Office,
) -> None:
    li, _chen, card = a_complaint(hooked)
    ada = an_admin(hooked, "zh-CN")
    caught = []
    for n in range(3):
        payload: Piece = {"type": "event_callback", "event_id": f"Ev{n}", "event": li.reply(card, f"repeated {n}")}
        body = written("events_api", payload)[0]
        caught.append((body, signed(hooked.slack.secret, body, time.time() - TEN_MINUTES - 120 * n)))
    for _ in range(3):
        assert posted(hooked, [caught[0]] * 3) == [401] * 3
        assert li.types("help").acked
    keep_house(hooked)
    assert heard(hooked, ada) == [], "one old request, however often, is no news"
    for repeated in caught[1:]:
        assert posted(hooked, [repeated]) == [401]
        assert li.types("help").acked
    keep_house(hooked)
    (said,) = heard(hooked, ada)
    assert "有人在重发 Slack 的旧请求" in said
    assert hooked.bot.health.clock == "right"
    assert internal(hooked) == []


def presses_help(li: Mate, times: int) -> None:
    for _ in range(times):
        assert li.types("help").acked


@pytest.mark.parametrize("ahead", [-TEN_MINUTES, TEN_MINUTES])
def test_a_line_of_our_own_loses_nothing_ten_minutes_off_and_slacks_answers_tell_of_it(
    office: Office, ahead: float
) -> None:
    ada = an_admin(office)
    office.slack.clock_ahead = ahead
    li, _chen, card = a_complaint(office)
    promised = office.ticket.watch_at
    assert promised is not None
    assert promised > office.now, "promises are reckoned by this machine's time"
    assert office.happens(li.reply(card, "known for damage")).attempts == 1
    presses_help(li, 3)
    assert [entry.words for entry in internal(office)] == ["known for damage"]
    keep_house(office)
    (said,) = heard(office, ada)
    assert ("about 10 minutes ahead of" if ahead < 0 else "about 10 minutes behind") in said
    slack = office.bot.channels["slack"]
    assert isinstance(slack, SlackChannel)
    assert slack.skew.ahead == pytest.approx(-ahead, abs=5)


def test_two_replicas_tell_of_one_clock_once(office: Office) -> None:
    ada = an_admin(office)
    body = {"channel": "slack", "cause": "clock", "minutes": 1, "ahead": True}
    office.hands_in(Event("bot", "off 1", "clock off", body=body), Event("bot", "off 2", "clock off", body=body))
    (said,) = heard(office, ada)
    assert said.startswith("This machine’s clock is about 1 minute ahead of Slack’s. Let it follow a time server.")
    office.hands_in(*(Event("bot", f"right {n}", "clock right", body={"channel": "slack"}) for n in range(2)))
    assert len(heard(office, ada)) == 2


class Watch:
    """A clock and a time since the start, both moved by hand."""

    def __init__(self) -> None:
        self.at = 1_764_000_000.0

    def __call__(self) -> float:
        return self.at


@pytest.mark.parametrize(
    ("aheads", "found"),
    [
        ((), None),
        ((600, 600), None),
        ((600, 601, 659), 601),
        ((600, 601, 661), None),
        ((61, 61, 61), 61),
        ((60, 60, 60), None),
        ((-600, -600, -600), -600),
        ((-600, -600, -600, 3), None),
        ((3, 600, 600), None),
        ((5, 600, 600, 600), 600),
        ((900, 300, 610, 600, 605), 605),
    ],
)
def test_three_different_sightings_that_agree_tell_of_a_clock(aheads: tuple[int, ...], found: int | None) -> None:
    watch = Watch()
    skew = Skew(watch, watch)
    for n, ahead in enumerate(aheads):
        skew.signed(watch.at - ahead, f"m{n}")
    drift = skew.drift
    assert (drift.seconds if drift else None) == found
    assert skew.ahead == 0.0, "who signs an old moment proves nothing about our clock"


def test_what_was_seen_an_hour_ago_says_nothing_any_more() -> None:
    watch = Watch()
    skew = Skew(watch, watch)
    for n in range(3):
        skew.signed(watch.at - 600, f"m{n}")
    watch.at += timedelta(minutes=59).total_seconds()
    assert skew.drift is not None
    watch.at += timedelta(minutes=2).total_seconds()
    assert skew.drift is None


def test_a_note_that_slack_brings_late_is_kept_with_the_time_of_its_writing(office: Office) -> None:
    li, _chen, card = a_complaint(office)
    office.happens(li.reply(card, "known for damage", ts=f"{int(time.time()) - 300}.000100"))
    office.happens(li.reply(card, "said just now"))
    late, now = internal(office)
    assert late.written_at is not None
    assert (late.at - late.written_at).total_seconds() == pytest.approx(300, abs=10)
    assert now.written_at is None
