"""What people send that is no plain text: named so that a person looks, and what nobody said is not heard."""

from __future__ import annotations

from typing import Any

import pytest

from tests.emulators.telegram_rules import moment
from tests.telegram.stage import Stage

FILE = {"file_id": "f", "file_unique_id": "u"}
PLACE = {"latitude": 31.2, "longitude": 121.5}
SENT: dict[str, tuple[dict[str, Any], str, str]] = {
    "a place": ({"location": PLACE}, "[location] 31.200000, 121.500000", "[位置] 31.200000, 121.500000"),
    "a venue, which has a place": (
        {"location": PLACE, "venue": {"location": PLACE, "title": "Hall 3", "address": "Gate 2"}},
        "[place] Hall 3 · Gate 2 · 31.200000, 121.500000",
        "[地点] Hall 3 · Gate 2 · 31.200000, 121.500000",
    ),
}


@pytest.mark.parametrize("language", ["en", "zh-hans"])
@pytest.mark.parametrize("what", SENT)
def test_whatever_is_sent_a_person_looks_at_it(stage: Stage, what: str, language: str) -> None:
    content, english, chinese = SENT[what]
    someone = stage.someone("Lin", language)
    someone.writes(**content)
    assert stage.ticket.words.strip() == (english if language == "en" else chinese)
    someone.hears(stage.ticket.number)


@pytest.mark.parametrize(
    "content",
    [
        {"pinned_message": {"message_id": 1, "date": moment(), "chat": {"id": 1, "type": "private"}}},
        {"message_auto_delete_timer_changed": {"message_auto_delete_time": 86_400}},
        {"write_access_allowed": {"from_request": True}},
    ],
)
def test_what_the_app_says_by_itself_is_not_heard(stage: Stage, content: dict[str, Any]) -> None:
    someone = stage.someone()
    someone.writes(**content)
    assert (stage.tickets(), someone.bubbles) == ([], [])


UNKNOWN: dict[str, dict[str, Any]] = {
    "sticker": {
        "sticker": FILE | {"type": "regular", "width": 1, "height": 1, "is_animated": False, "is_video": False}
    },
    "dice": {"dice": {"emoji": "🎲", "value": 3}},
    "poll": {"poll": {"id": "1", "question": "?"}},  # of a form that is newer than we are
    "other": {"hologram": {"id": "1"}},
}


def test_what_has_no_words_is_answered_kindly_once_a_day_and_opens_nothing(stage: Stage) -> None:
    someone = stage.someone()
    for content in [*UNKNOWN.values()] * 2:
        someone.writes(**content)
    assert stage.tickets() == []
    assert len(someone.bubbles) == 1
    assert stage.ask(lambda store: store.inbox.dead()) == []


def test_a_correction_keeps_both_versions_and_a_place_that_moves_is_not_one(stage: Stage) -> None:
    someone = stage.someone()
    someone.writes("The pump in hall 3 is broken!")
    someone.edits("The pump in hall 4 is broken!", of=someone.said)
    someone._reports("edited_message", someone._message(location=PLACE, edit_date=moment()))
    (entry,) = stage.ask(lambda store: store.entries.of_ticket(stage.ticket.number))
    assert entry.words == "The pump in hall 4 is broken!"
    assert [version["words"] for version in entry.corrections or ()] == ["The pump in hall 3 is broken!"]


def test_a_command_that_was_corrected_is_not_run(stage: Stage) -> None:
    li = stage.worker("Li Na")
    stage.known("Acme", "Chen Wei", owner=li.person)
    li.writes("/du")
    before = len(li.bubbles)
    li.edits("/group link Acme", of=li.said)
    someone = stage.someone()
    someone.edits("/stop")
    assert len(li.bubbles) == before
    contact = stage.ask(lambda store: store.contacts.at("telegram", str(someone.id)))
    assert contact is None or contact.opted_out_at is None


def test_words_beside_something_unreadable_are_kept_and_never_a_command(stage: Stage) -> None:
    someone = stage.someone()
    someone.writes("/stop", poll={"id": "1"})
    assert stage.ticket.words == "[attachment] /stop"
    contact = stage.ask(lambda store: store.contacts.at("telegram", str(someone.id)))
    assert contact is not None
    assert contact.opted_out_at is None
