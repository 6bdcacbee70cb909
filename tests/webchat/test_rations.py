"""Nobody floods the chat: a guest has a ration, and so has whoever opens one chat after the other."""

from __future__ import annotations

import pytest
from limits import RateLimitItemPerMinute
from starlette.requests import Request

from bot.channels.webchat import rations as webchat_rations
from bot.channels.webchat import watch
from bot.channels.webchat.rations import Rations, network_of
from tests.webchat.conftest import House


def test_a_guest_who_sends_too_much_is_told_when_to_go_on_and_others_are_not(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(webchat_rations, "PER_GUEST", RateLimitItemPerMinute(2))
    ada, li = house.browser().comes_in(), house.browser("zh-CN").comes_in()
    assert [ada.says("Hello", f"{n}").status_code for n in range(4)] == [202, 202, 429, 429]
    refused = ada.post("/webchat/presses", {"id": "p", "slot": "s", "button": "0" * 16})
    assert refused.status_code == 429, "presses are of the same ration"
    assert 1 <= int(refused.headers["retry-after"]) <= 60
    assert refused.headers["retry-after"] in refused.json()["error"]
    assert ada.get("/webchat/posts").status_code == 200, "reading goes on"
    assert [li.says("你好", f"{n}").status_code for n in range(3)] == [202, 202, 429]
    assert "秒后" in li.says("你好", "9").json()["error"]


def test_who_opens_one_chat_after_the_other_is_held_up_and_who_has_one_is_not(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(webchat_rations, "NEW_GUESTS", RateLimitItemPerMinute(2))
    ada = house.browser().comes_in()
    house.browser().comes_in()
    refused = house.browser().post("/webchat/session")
    assert refused.status_code == 429
    assert "set-cookie" not in refused.headers or "rapport_guest" not in refused.headers["set-cookie"]
    assert ada.post("/webchat/session").status_code == 200


@pytest.mark.parametrize(("language", "said"), [("en", "goes on by itself in"), ("zh-CN", "会自动继续")])
def test_who_opens_one_page_after_the_other_waits_on_a_page_that_goes_on_by_itself(
    house: House, monkeypatch: pytest.MonkeyPatch, language: str, said: str
) -> None:
    monkeypatch.setattr(webchat_rations, "NEW_GUESTS", RateLimitItemPerMinute(2))
    ada = house.browser()
    assert ada.get("/chat").status_code == 200
    assert house.browser().comes_in(), "it is one ration at every door"
    stranger = house.browser(language)
    waits = stranger.get("/chat")
    assert waits.status_code == 429
    assert said in waits.text
    assert 1 <= int(waits.headers["refresh"]) <= 60
    assert "set-cookie" not in waits.headers
    assert "default-src" in waits.headers["content-security-policy"]
    assert stranger.get("/webchat/posts").status_code == 401, "nobody became a guest"
    refused = stranger.post("/webchat/visit", {})
    assert (refused.status_code, said in refused.json()["error"]) == (429, True)
    assert ada.get("/chat").status_code == 200


def test_who_reads_in_a_loop_is_held_up_alone_and_told_that_it_goes_on(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(webchat_rations, "READS", RateLimitItemPerMinute(2))
    ada, li = house.browser().comes_in(), house.browser().comes_in()
    assert [ada.get("/webchat/posts").status_code for _ in range(3)] == [200, 200, 429]
    refused = ada.get("/webchat/posts")
    assert refused.headers["retry-after"] in refused.json()["error"]
    assert "by itself" in refused.json()["error"]
    assert ada.says("Hello").status_code == 202, "writing goes on"
    assert li.get("/webchat/posts").status_code == 200


def test_who_visits_in_a_loop_is_held_up(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(webchat_rations, "PER_GUEST", RateLimitItemPerMinute(2))
    ada = house.browser().visits()
    assert [ada.post("/webchat/visit", {"token": ada.token}).status_code for _ in range(3)] == [200, 200, 429]


def test_no_number_of_live_pages_of_one_guest_meets_the_ration_of_reads() -> None:
    answers = watch.PER_GUEST * 60 / watch.PAUSE
    assert webchat_rations.READS.amount > answers * 1.2


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("203.0.113.7", "203.0.113.7", True),
        ("203.0.113.7", "203.0.113.8", False),
        ("2001:db8:1:2::1", "2001:db8:1:2:ffff::9", True),
        ("2001:db8:1:2::1", "2001:db8:1:3::1", False),
        ("a socket", "a socket", True),
    ],
)
def test_a_network_of_ipv6_is_one_machine(one: str, other: str, *, same: bool) -> None:
    asked = [Request({"type": "http", "client": (host, 1), "headers": []}) for host in (one, other)]
    assert (network_of(asked[0]) == network_of(asked[1])) is same


def test_nothing_is_remembered_of_whoever_came_long_ago(monkeypatch: pytest.MonkeyPatch) -> None:
    rations, now = Rations(), 1_000_000.0
    monkeypatch.setattr("time.time", lambda: now)
    for n in range(1000):
        assert rations.take(webchat_rations.PER_GUEST, f"guest-{n}") == 0
    now += 61
    rations.take(webchat_rations.PER_GUEST, "another")
    storage = rations._windows.storage
    storage._MemoryStorage__expire_events()  # type: ignore[attr-defined]
    assert len(storage.storage) == 1  # type: ignore[attr-defined]
