"""Files in the console: handed out to whoever may see the card, taken from colleagues, kept from everybody else."""

from __future__ import annotations

from typing import Any

import httpx
import pytest

from bot.channels.webchat import guests
from bot.channels.webchat.deeds import Speaker, Words, words_event
from bot.console.file_door import FileDoor
from bot.console.parts import NotTaken
from bot.console.posting import Posting
from handlers.cards import Attachment, Card
from storage.posts import Post
from storage.staff import Person
from tests.webchat.conftest import Browser, House, signed_in

PNG = b"\x89PNG\r\n\x1a\n a picture"
TEAM, LINAS, TOMS = "#service", "staff:lina", "staff:tom"


@pytest.fixture
def lina(house: House) -> Browser:
    house.app.include_router(FileDoor(house.bot, None).router())
    house.runner.run(house.bot.writer.do(lambda store: store.staff.add(Person("tom", "Tom", "rep"), {})))
    return _colleague(house, "lina")


def _colleague(house: House, id_: str) -> Browser:
    return house.browser(cookie=signed_in(id_))


def _hands_over(browser: Browser) -> str:
    answer = browser.post("/console/files", content=PNG, params={"name": "plan.png"})
    assert answer.status_code == 201, answer.text
    return str(answer.json()["id"])


def _stands(house: House, place: str, ref: str) -> None:
    now = house.bot.clock.now()
    file = Attachment(kind="photo", origin="web", ref=ref, label="plan.png")
    post = Post("web", place, "card", Card(title="A card", files=(file,)).kept(), now, now)
    house.runner.run(house.bot.writer.do(lambda store: store.posts.put([post])))


def _asks(browser: Browser, place: str, n: str = "0") -> httpx.Response:
    return browser.get("/console/files", params={"place": place, "slot": "card", "n": n})


def test_a_colleague_gets_what_stands_in_a_teams_room_and_in_their_own(house: House, lina: Browser) -> None:
    ref = _hands_over(lina)
    for place in (TEAM, LINAS):
        _stands(house, place, ref)
        answer = _asks(lina, place)
        assert (answer.status_code, answer.content) == (200, PNG)
        assert answer.headers["content-disposition"].startswith("attachment")


def test_nobody_gets_what_stands_in_anothers_chat_nor_a_stranger_anything(house: House, lina: Browser) -> None:
    ref = _hands_over(lina)
    for place in (TEAM, LINAS, TOMS, "#nowhere", guests.new_guest()):
        _stands(house, place, ref)
        assert _asks(house.browser(), place).status_code == 401
    assert [_asks(lina, place).status_code for place in (TOMS, "#nowhere", guests.new_guest())] == [404] * 3
    house.runner.run(house.bot.writer.do(lambda store: store.staff.change("lina", active=False)))
    assert _asks(lina, TEAM).status_code == 401


@pytest.mark.parametrize("n", ["1", "-1", "", "x", "٣", "9" * 40])
def test_a_file_that_is_not_there_is_nothing(house: House, lina: Browser, n: str) -> None:
    _stands(house, TEAM, _hands_over(lina))
    assert _asks(lina, TEAM, n).status_code == 404


def test_a_file_is_taken_from_our_own_pages_alone(lina: Browser) -> None:
    answer = lina.post("/console/files", content=PNG, headers={"sec-fetch-site": "cross-site"})
    assert answer.status_code == 403


def test_a_colleague_sends_their_own_files_with_words_and_nobody_elses(house: House, lina: Browser) -> None:
    ref = _hands_over(lina)
    words = Words(id="w1", text="The plan", files=[ref])
    house.runner.run(Posting(house.bot, Speaker(LINAS, "en")).say(words, TEAM, "ticket:T-1"))
    thread: list[Any] = house.bot.read(lambda store: store.posts.of("web", TEAM, thread="ticket:T-1"))
    assert thread[0].card["files"][0]["label"] == "plan.png"
    with pytest.raises(NotTaken, match="no longer here"):
        house.runner.run(Posting(house.bot, Speaker(TOMS, "en")).say(words, TEAM, "ticket:T-1"))


def test_words_with_files_alone_are_for_a_person_to_read() -> None:
    file = Attachment(kind="photo", origin="web", ref="r", label="plan.png")
    body = words_event(Speaker(LINAS, "en"), Words(id="w1", text="", files=["0" * 32]), TEAM, files=[file]).body
    assert (body["unread"], body["files"]) == (
        True,
        [{"kind": "photo", "origin": "web", "ref": "r", "label": "plan.png"}],
    )
