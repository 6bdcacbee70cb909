"""A customer's page talks to us over HTTP: scenes."""

from __future__ import annotations

from typing import Any

import pytest

from bot.channels.webchat import guests
from tests.webchat.conftest import House, signed_in


def _address(browser: Any) -> str:
    session = guests.guest_of(dict(browser.cookies))
    assert session is not None
    return session.address


def test_words_are_taken_shown_and_answered(house: House) -> None:
    ada = house.browser().comes_in()
    assert ada.says("Where is my order?").status_code == 202
    posts = ada.get("/webchat/posts").json()["posts"]
    assert [(post["mine"], post["card"]["text"]) for post in posts] == [
        (True, "Where is my order?"),
        (False, "en: Where is my order?"),
    ]


def test_the_language_of_the_browser_goes_along(house: House) -> None:
    li = house.browser("zh-Hans-CN,en;q=0.3").comes_in()
    li.says("你好")
    assert li.get("/webchat/posts").json()["posts"][-1]["card"]["text"] == "zh-CN: 你好"


def test_the_same_words_under_the_same_id_are_said_once(house: House) -> None:
    ada = house.browser().comes_in()
    assert ada.says("Hello", "x1").json() == {"new": True}
    before = house.stored()
    again = ada.says("Hello", "x1")
    assert (again.status_code, again.json()) == (200, {"new": False})
    assert house.stored() == before


def test_other_words_under_a_used_id_leave_no_trace(house: House) -> None:
    ada = house.browser().comes_in()
    ada.says("first", "x1")
    ada.says("second", "x1")
    assert [post.card["text"] for post in house.chat(_address(ada)) if post.flow == "in"] == ["first"]


def test_only_what_changed_is_given_after_an_answer(house: House) -> None:
    ada = house.browser().comes_in()
    ada.says("one", "a")
    first = ada.get("/webchat/posts").json()
    assert ada.get("/webchat/posts", params={"after": first["after"]}).json()["posts"] == []
    ada.says("two", "b")
    news = ada.get("/webchat/posts", params={"after": first["after"]}).json()["posts"]
    assert "two" in [post["card"]["text"] for post in news]
    assert "one" not in [post["card"]["text"] for post in news]


def test_nobody_reads_or_writes_another_guests_chat(house: House) -> None:
    ada, eve = house.browser().comes_in(), house.browser().comes_in()
    ada.says("my secret")
    assert eve.get("/webchat/posts").json()["posts"] == []
    assert _address(ada) != _address(eve)


def test_a_press_works_in_ones_own_chat_only_and_says_nothing_of_what_it_runs(house: House) -> None:
    ada = house.browser().comes_in()
    ada.says("Hello")
    slot = house.chat("#service")[0].slot
    answer = ada.post("/webchat/presses", {"id": "p1", "slot": slot, "button": "0" * 16})
    house.settle()
    assert answer.status_code == 202
    assert "moved on" in ada.get("/webchat/posts").json()["posts"][-1]["card"]["text"]
    assert "command" not in str([post["card"]["buttons"] for post in ada.get("/webchat/posts").json()["posts"]])


def test_a_customers_form_runs_only_what_customers_may(house: House) -> None:
    ada = house.browser().comes_in()
    ada.post("/webchat/forms", {"id": "f1", "command": "help", "args": {}})
    house.settle()
    ada.post("/webchat/forms", {"id": "f2", "command": "log", "args": {"customer": "x", "words": "y"}})
    house.settle()
    posts = ada.get("/webchat/posts").json()["posts"]
    assert posts[0]["card"]["title"] == "What you can do"
    assert "is for our team" in posts[1]["card"]["text"]


def test_coming_back_keeps_the_guest(house: House) -> None:
    ada = house.browser().comes_in()
    before = _address(ada)
    assert ada.post("/webchat/session").status_code == 200
    assert _address(ada) == before


@pytest.mark.parametrize("cookie", ["", "x", "e30.e30", "staff:lina", '"'])
def test_a_cookie_we_did_not_sign_is_nobody(house: House, cookie: str) -> None:
    answer = house.browser(cookie=f"rapport_guest={cookie}").post("/webchat/messages", {"id": "a", "text": "b"})
    assert answer.status_code == 401


def test_a_colleagues_cookie_is_not_a_guests(house: House) -> None:
    forged = signed_in("lina").partition("=")[2]
    answer = house.browser(cookie=f"rapport_guest={forged}").get("/webchat/posts")
    assert answer.status_code == 401


def test_a_dead_database_is_said_and_nothing_is_taken(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    ada = house.browser("zh-CN").comes_in()

    def broken(*_: object) -> None:
        raise OSError("disk")

    before = house.stored()
    with monkeypatch.context() as patch:
        patch.setattr("storage.inbox.Inbox.add", broken)
        answer = ada.post("/webchat/messages", {"id": "a", "text": "b"})
    assert answer.status_code == 503
    assert "稍后" in answer.json()["error"]
    assert house.stored() == before
    assert ada.says("b", "a").status_code == 202


def test_health_and_readiness(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    browser = house.browser()
    assert (browser.get("/healthz").status_code, browser.get("/readyz").status_code) == (200, 200)
    monkeypatch.setattr("storage.schema.newest", lambda: "another")
    assert (browser.get("/healthz").status_code, browser.get("/readyz").status_code) == (200, 503)


def test_words_of_twenty_thousand_characters_are_complete_and_one_more_is_refused(house: House) -> None:
    ada = house.browser().comes_in()
    assert ada.says("汉" * 20_000, "a").status_code == 202
    refused = ada.says("汉" * 20_001, "b")
    assert (refused.status_code, "20,000" in refused.json()["error"]) == (422, True)
    assert ada.get("/webchat/posts").json()["posts"][0]["card"]["text"] == "汉" * 20_000
