"""Slack over HTTP: what is not signed, or too old, is refused unread; the rest is stored before it is answered."""

from __future__ import annotations

import io
import json
import time
from collections.abc import Iterator
from typing import Any

import pytest
from aiohttp import ClientSession

from bot.channels.slack.door import FRESH, LARGEST
from bot.turns import store_arrival
from storage.database import Database
from tests.emulators.slack_http import FORM, JSON, signed, written
from tests.emulators.slack_rules import Piece
from tests.slack.office import Office, words
from tests.slack.test_scenes import a_complaint, internal


@pytest.fixture
def office(database: Database) -> Iterator[Office]:
    office = Office(database, over_http=True)
    yield office
    office.end()


def called(office: Office, body: bytes, headers: dict[str, str], kind: str = JSON) -> tuple[int, bytes]:
    async def ask() -> tuple[int, bytes]:
        async with (
            ClientSession() as line,
            line.post(office.slack.door, data=io.BytesIO(body), headers={"Content-Type": kind, **headers}) as answer,
        ):
            return answer.status, await answer.read()

    found = office.run(ask())
    office.settle()
    return found


def arrivals(office: Office) -> int:
    newest = office.ask(lambda store: store.inbox.newest())
    return newest.id if newest else 0


def a_note(office: Office, text: str = "remember this") -> tuple[Piece, bytes]:
    li, _chen, card = a_complaint(office)
    payload = {"type": "event_callback", "team_id": "T0HOME", "event_id": "Ev1", "event": li.reply(card, text)}
    return card, written("events_api", payload)[0]


def test_a_complaint_is_taken_answered_in_a_form_and_delivered(office: Office) -> None:
    li, chen, card = a_complaint(office)
    li.presses("Take it", card)
    assert "Li Na" in words(card)
    li.presses("Reply to customer", card)
    assert li.submits(words=" ").answer["errors"].keys() == {"words"}
    assert li.submits(words="A new one leaves today.").answer == {}
    office.pause(seconds=11)
    chen.hears("A new one leaves today.")
    li.types("help")
    li.hears("What you can do here")
    li.opens_home()
    assert "As of" in words(li.home)
    li.replies(card, "known for damage")
    assert [entry.words for entry in internal(office)] == ["known for damage"]
    assert office.slack.connected == 0, "nothing connects out"


def test_the_address_is_proven_to_slack(office: Office) -> None:
    body = json.dumps({"type": "url_verification", "token": "x", "challenge": "3eZbrw1aB"}).encode()
    status, said = called(office, body, signed(office.slack.secret, body))
    assert (status, json.loads(said)) == (200, {"challenge": "3eZbrw1aB"})
    assert called(office, body, signed("another", body))[0] == 401


def test_what_is_forged_or_stale_is_refused_unread_and_nothing_is_stored(office: Office) -> None:
    _card, body = a_note(office)
    secret, now, before = office.slack.secret, time.time(), arrivals(office)
    good = signed(secret, body)
    forged: list[tuple[bytes, dict[str, str]]] = [
        (body, {}),
        (body, signed("another", body)),
        (body + b" ", good),
        (body, good | {"X-Slack-Signature": good["X-Slack-Signature"].upper()}),
        (body, good | {"X-Slack-Signature": good["X-Slack-Signature"][:-1]}),
        (body, good | {"X-Slack-Signature": ""}),
        (body, {name: value for name, value in good.items() if "Time" not in name}),
        (body, good | {"X-Slack-Request-Timestamp": "soon"}),
        (body, good | {"X-Slack-Request-Timestamp": "9" * 400}),
        (body, good | {"X-Slack-Request-Timestamp": str(int(now) + 1)}),
        (body, signed(secret, body, now - FRESH - 10)),
        (body, signed(secret, body, now + FRESH + 60)),
        (b"{no json", signed("another", b"{no json")),
    ]
    for spoiled, headers in forged:
        assert called(office, spoiled, headers)[0] == 401, headers
    assert (arrivals(office), internal(office)) == (before, [])
    assert called(office, body, signed(secret, body, now - FRESH + 60))[0] == 200
    assert len(internal(office)) == 1


def test_a_request_that_comes_again_is_kept_once_and_a_first_one_is_kept_whatever_its_headers_say(
    office: Office,
) -> None:
    _card, body = a_note(office)
    headers = signed(office.slack.secret, body)
    assert called(office, body, headers | {"X-Slack-Retry-Num": "2", "X-Slack-Retry-Reason": "http_timeout"})[0] == 200
    assert len(internal(office)) == 1, "an event that we never had comes as a repetition"
    for _ in range(3):
        assert called(office, body, headers)[0] == 200
    assert len(internal(office)) == 1


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
    sending = office.happens(li.reply(card, "remember this"))
    assert (sending.attempts, sending.acked) == (2, True)
    assert [entry.words for entry in internal(office)] == ["remember this"]


def test_a_body_that_is_no_payload_is_refused_for_good_and_one_too_large_is_not_read(office: Office) -> None:
    for body, kind in (
        (b"", JSON), (b"\xff\xfe", FORM), (b"[1]", JSON), (b"payload=%7B", FORM), (b"[" * 100_000, JSON),
    ):  # fmt: skip
        assert called(office, body, signed(office.slack.secret, body), kind)[0] == 400
    large = b"x" * (LARGEST + 1)
    assert called(office, large, signed(office.slack.secret, large))[0] == 413
    assert called(office, b"ssl_check=1&token=x", signed(office.slack.secret, b"ssl_check=1&token=x"), FORM)[0] == 200


def test_with_a_line_of_our_own_there_is_no_door(database: Database) -> None:
    office = Office(database)
    office.run(office._open_door())
    assert called(office, b"{}", signed(office.slack.secret, b"{}"))[0] == 404
    office.run(office._shut_door())
    office.end()
