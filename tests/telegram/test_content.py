"""What people send that is no plain text: named so that a person looks, and what nobody said is not heard."""

from __future__ import annotations

from typing import Any

import pytest

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
    "a sticker without a sign": (
        {"sticker": FILE | {"type": "regular", "width": 1, "height": 1, "is_animated": False, "is_video": False}},
        "[sticker]",
        "[贴纸]",
    ),
    "a poll of a form that is newer than we are": ({"poll": {"id": "1", "question": "?"}}, "[attachment]", "[附件]"),
    "something that nobody knows yet": ({"hologram": {"id": "1"}}, "[attachment]", "[附件]"),
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
        {"pinned_message": {"message_id": 1, "date": 1_800_000_000, "chat": {"id": 1, "type": "private"}}},
        {"message_auto_delete_timer_changed": {"message_auto_delete_time": 86_400}},
        {"write_access_allowed": {"from_request": True}},
    ],
)
def test_what_the_app_says_by_itself_is_not_heard(stage: Stage, content: dict[str, Any]) -> None:
    someone = stage.someone()
    someone.writes(**content)
    assert (stage.tickets(), someone.bubbles) == ([], [])


def test_a_correction_is_added_and_a_place_that_moves_is_not(stage: Stage) -> None:
    someone = stage.someone()
    someone.writes("The pump in hall 3 is broken!")
    someone.edits("The pump in hall 4 is broken!")
    someone._reports("edited_message", someone._message(location=PLACE, edit_date=1_800_000_002))
    said = stage.ask(lambda store: [entry.words for entry in store.entries.of_ticket(stage.ticket.number)])
    assert said == ["The pump in hall 3 is broken!", "Corrected: The pump in hall 4 is broken!"]


def test_words_beside_something_unreadable_are_kept_and_never_a_command(stage: Stage) -> None:
    someone = stage.someone()
    someone.writes("/stop", poll={"id": "1"})
    assert stage.ticket.words == "[attachment] /stop"
    contact = stage.ask(lambda store: store.contacts.at("telegram", str(someone.id)))
    assert contact is not None
    assert contact.opted_out_at is None
