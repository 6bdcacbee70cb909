"""Nobody floods the chat: a guest has a ration, and so has whoever opens one chat after the other."""

from __future__ import annotations

import pytest
from limits import RateLimitItemPerMinute

from bot.channels.webchat import rations as webchat_rations
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
