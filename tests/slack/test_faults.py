"""What breaks between Slack and us: nothing is lost, nothing is done or said twice."""

from __future__ import annotations

import asyncio
import random
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from bot.channels.port import Limit, Pace
from bot.turns import store_arrival
from storage.database import Database
from tests.slack.office import SERVICE, Office, words
from tests.slack.test_scenes import COMPLAINT, a_complaint, internal


def test_an_event_that_could_not_be_stored_is_not_acknowledged_and_comes_again(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    li, _chen, card = a_complaint(office)
    failures = [OSError("disk full")] * 2

    def failing(*arrival: Any) -> Any:
        if failures:
            raise failures.pop()
        return store_arrival(*arrival)

    monkeypatch.setattr("bot.pump.store_arrival", failing)
    sending = office.happens(li.reply(card, "remember this"), wait=0.5)
    assert (sending.attempts, sending.acked) == (2, True)
    assert [entry.words for entry in internal(office)] == ["remember this"]


@pytest.mark.parametrize("fault", ["429", "500", "internal_error", "token_revoked"])
def test_what_slack_will_not_say_about_us_costs_nobody_their_words(office: Office, fault: Any) -> None:
    li, _chen, card = a_complaint(office)
    office.restart()
    office.slack.faults.append(("auth.test", fault))
    assert office.happens(li.reply(card, "remember this")).acked
    assert [entry.words for entry in internal(office)] == ["remember this"]


def test_an_event_of_the_time_when_nobody_listened_is_kept_when_it_comes_again(office: Office) -> None:
    li, _chen, card = a_complaint(office)
    event = li.reply(card, "while you were away")

    async def away() -> Any:
        await office._stop()
        office.slack.retries = (0.05,) * 100
        sending = asyncio.create_task(office.slack.event(event, wait=0.5))
        await office._again()
        return await sending

    assert office.run(away()).attempts > 1
    office.settle()
    assert [entry.words for entry in internal(office)] == ["while you were away"]


def test_events_out_of_order_and_repeated_are_each_kept_once(office: Office) -> None:
    li, _chen, card = a_complaint(office)
    events = [(f"Ev{number}", li.reply(card, f"note {number}")) for number in range(10)] * 3
    random.Random(office.seed).shuffle(events)

    async def tumble() -> None:
        await asyncio.gather(*(office.slack.event(event, id_=id_) for id_, event in events))

    office.run(tumble())
    office.settle()
    assert sorted(entry.words for entry in internal(office)) == sorted(f"note {number}" for number in range(10))


def test_a_restart_knows_the_cards_that_stand(office: Office) -> None:
    li, _chen, card = a_complaint(office)
    office.restart()
    li.presses("Take it", card)
    li.replies(card, "taken after the restart")
    assert "Li Na" in words(card)
    assert len(internal(office)) == 1


def test_slow_down_is_obeyed_without_counting_an_attempt(office: Office) -> None:
    office.slack.faults.append(("chat.postMessage", "429"))
    office.slack.retry_after = 7
    office.customer("Galaxy Ltd").writes(COMPLAINT)
    assert office.cards == []
    office.pause(seconds=6)
    assert office.cards == []
    office.pause(seconds=2)
    assert len(office.cards) == 1


@pytest.mark.parametrize("fault", ["lost", "500", "reset"])
def test_a_message_of_unknown_outcome_is_looked_for_and_stands_once(office: Office, fault: str) -> None:
    office.slack.faults.append(("chat.postMessage", fault))
    office.customer("Galaxy Ltd").writes(COMPLAINT)
    office.pause(seconds=3)
    assert len(office.cards) == 1
    assert len(office.slack.made("chat.postMessage")) == (1 if fault == "lost" else 2)


def test_a_reply_in_a_thread_of_unknown_outcome_stands_once(office: Office) -> None:
    li, _chen, card = a_complaint(office)
    office.slack.faults.append(("chat.postMessage", "lost"))
    li.presses("Reply to customer", card)
    li.submits(words="A new one leaves today.")
    office.pause(seconds=3)
    assert len(office.thread(card)) == 1


def test_a_stalled_platform_is_given_up_and_asked_later(office: Office) -> None:
    office.bot.channels["slack"].patience = timedelta(seconds=0.3)
    office.slack.faults.append(("chat.postMessage", "stall"))
    office.customer("Galaxy Ltd").writes(COMPLAINT)
    office.pause(seconds=3)
    assert len(office.cards) == 1


def test_a_card_that_somebody_deleted_is_said_anew(office: Office) -> None:
    li, _chen, card = a_complaint(office)
    office.slack.talks[SERVICE].messages.clear()
    li.presses("Take it", card)
    (new,) = office.cards
    assert "Li Na" in words(new)
    li.presses("Solved", new)
    li.submits()
    assert len(office.cards) == 1


@pytest.mark.parametrize("code", ["invalid_blocks", "msg_blocks_too_long"])
def test_a_card_that_is_refused_is_said_in_plain_words(office: Office, code: str) -> None:
    office.slack.faults.append(("chat.postMessage", code))
    office.customer("Galaxy Ltd").writes(COMPLAINT)
    (card,) = office.cards
    assert "Galaxy Ltd" in card["text"]
    assert COMPLAINT in card["text"]
    assert "blocks" not in card


def test_a_revoked_token_loses_nothing(office: Office) -> None:
    office.slack.faults.append(("chat.postMessage", "token_revoked"))
    office.customer("Galaxy Ltd").writes(COMPLAINT)
    assert office.cards == []
    office.pause(minutes=6)
    assert len(office.cards) == 1


def test_an_answer_that_cannot_be_whispered_comes_by_direct_message(office: Office) -> None:
    li = office.mate("U0LI", "Li Na")
    office.slack.channel("C0ELSE", "elsewhere", "U0LI", with_bot=False)
    li.types("help", talk="C0ELSE")
    li.hears("What you can do here", at=li.direct())
    assert len(office.slack.made("conversations.open")) == 1


def test_the_socket_is_renewed_when_slack_asks_and_when_the_line_breaks(office: Office) -> None:
    li, _chen, card = a_complaint(office)
    office.run(office.slack.refresh())
    office.run(office.slack.online(2))
    li.replies(card, "after the refresh")

    async def broken() -> None:
        office.slack.drop()
        async with asyncio.timeout(10):
            await office.slack.online(3)

    office.run(broken())
    li.replies(card, "after the break")
    assert [entry.words for entry in internal(office)] == ["after the refresh", "after the break"]


def test_one_channel_gets_one_message_a_second(database: Database) -> None:
    office = Office(database, pace=Pace((Limit(1, timedelta(seconds=1), "chat", "a page"),)))
    for name in ("Galaxy", "Nebula", "Comet"):
        office.customer(name).writes(COMPLAINT)
    stood = [len(office.cards)]
    for _ in range(3):
        office.pause(seconds=1)
        stood.append(len(office.cards))
    office.end()
    assert stood == [1, 2, 3, 3]


def test_a_line_that_does_not_come_back_is_down_without_an_alarm_and_is_opened_afresh(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The library goes on asking at the address that it was given; ours is asked for anew."""
    monkeypatch.setattr("bot.channels.slack.line.LOST", 0.5)
    monkeypatch.setattr("bot.channels.pauses.LONGEST", timedelta(milliseconds=100))
    health = office.bot.health
    office.run(until(lambda: health.channels["slack"] == "up"))
    health.news()

    async def away() -> None:
        office.slack.faults.extend([("apps.connections.open", "500")] * 1000)
        office.slack.drop()
        await until(lambda: health.channels["slack"].startswith("down: "))

    office.run(away())
    assert health.news() == []
    office.slack.faults.clear()
    office.run(until(lambda: health.channels["slack"] == "up"))
    assert health.news() == []
    li, _chen, card = a_complaint(office)
    assert office.happens(li.reply(card, "remember this")).acked


def test_while_all_is_well_slack_is_asked_nothing_about_us(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.channels.slack.line.LOOK", 0.01)
    office.run(until(lambda: office.bot.health.channels["slack"] == "up"))
    office.run(asyncio.sleep(0.5))
    assert [call.method for call in office.slack.calls] == ["auth.test", "apps.connections.open"]


async def until(holds: Callable[[], bool]) -> None:
    async with asyncio.timeout(30):
        while not holds():  # noqa: ASYNC110 - seen from outside
            await asyncio.sleep(0.02)
