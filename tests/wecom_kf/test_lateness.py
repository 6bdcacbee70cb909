"""Words that 微信客服 or WeCom's app bring late say how late they are."""

from __future__ import annotations

import time

import pytest

from bot.channels.lateness import LONGEST, SHORTEST, with_lateness
from bot.channels.skew import Skew
from bot.channels.wecom.channel import _wrote
from bot.channels.wecom.kf_messages import CUSTOMER, events_of
from storage.inbox import Event


@pytest.mark.parametrize(("ago", "late"), [(0, None), (SHORTEST - 5, None), (3600, 3600), (LONGEST + 60, None)])
def test_words_of_a_service_desk_say_how_late_they_come(ago: int, late: int | None) -> None:
    said = {
        "msgid": "m1", "external_userid": "wm1", "origin": CUSTOMER, "msgtype": "text", "text": {"content": "hello"},
        "send_time": int(time.time()) - ago,
    }  # fmt: skip
    (event,) = events_of(said, "wk1", {})
    assert event.body.get("late") == (None if late is None else pytest.approx(late, abs=5))


@pytest.mark.parametrize("said", ["", "soon", "9" * 40, "-5", "１２"])
def test_a_time_that_is_none_makes_no_word_late(said: str) -> None:
    assert _wrote({"CreateTime": said}) is None
    assert _wrote({"CreateTime": "1795000000"}) == 1_795_000_000


@pytest.mark.parametrize("wrote", [None, float("inf"), float("-inf"), float("nan"), 10**400, -(10**400)])
def test_a_time_beyond_all_reckoning_makes_no_word_late(wrote: float | None) -> None:
    words = Event("slack", "1", "words")
    assert with_lateness(words, wrote, Skew()) is words


def test_only_words_are_late() -> None:
    press = Event("wecom", "1", "press")
    assert with_lateness(press, time.time() - 3600, Skew()) is press
