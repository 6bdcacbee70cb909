"""Spoiled messages: whatever a desk's page or a callback holds, nothing breaks, and what is good beside it is stored."""

from __future__ import annotations

import os
import random
from typing import Any

import pytest

from bot.channels.wecom.kf_messages import events_of, fresh_entries
from tests.wecom_kf.stage import Stage

KINDS = ["text", "image", "voice", "video", "file", "location", "link", "event", "msgmenu", "merged_msg", "", "新类型"]
EVENTS = ["enter_session", "msg_send_fail", "session_status_change", "user_recall_msg", "servicer_status_change", "?"]
ODD: list[Any] = [
    None,
    "",
    0,
    -1,
    True,
    1e300,
    [],
    {},
    "x" * 5000,
    "\x00\u202e\ud800",
    {"media_id": 7},
    [{}],
    "wm1",
    "1",
]


def _spoiled(luck: random.Random) -> Any:
    """Give something like a message of sync_msg, with odd values where good ones belong."""
    kind = luck.choice(KINDS)
    part: dict[str, Any] = {"content": "你好", "media_id": "m", "menu_id": "0" * 16, "event_type": luck.choice(EVENTS)}
    part |= {"external_userid": "wm1", "welcome_code": "c", "change_type": luck.choice([1, 3, "3"]), "fail_msgid": "f"}
    said: dict[str, Any] = {"msgid": "id1", "external_userid": "wm1", "origin": luck.choice([3, 4, 5]), "msgtype": kind}
    said[kind] = part
    for _ in range(luck.randrange(4)):
        holder = luck.choice([said, part])
        holder[luck.choice(list(holder))] = luck.choice(ODD)
    return said


@pytest.mark.parametrize("count", [2_000, pytest.param(100_000, marks=pytest.mark.slow)])
def test_no_message_however_spoiled_breaks_the_reading(stage: Stage, count: int) -> None:
    seed = int(os.environ.get("SEED", "0")) or stage.seed
    luck = random.Random(seed)
    humans: dict[str, str] = {}
    for _ in range(count):
        said = _spoiled(luck)
        assert isinstance(fresh_entries([said]), list)
        for event in events_of(said, "wk1", humans):
            assert event.kind
            assert len(event.external_id) <= 200
            assert "\x00" not in repr(event.body.get("text"))
    assert len(humans) <= len(ODD)


@pytest.mark.parametrize("code", ["\ud800", {"x": 1}, "c" * 9000, ["c"], 7])
def test_a_code_that_is_none_keeps_no_page_from_being_stored(stage: Stage, code: Any) -> None:
    entering = {"event_type": "enter_session", "external_userid": "wmOdd", "welcome_code": code}
    about = {"msgid": "odd1", "origin": 4, "msgtype": "event", "event": entering}
    stage.kf.log["wkEmulatedDesk00001"].append(about)
    stage.someone().writes("水泵漏水了")
    assert stage.events("words")[-1]["text"] == "水泵漏水了"


def test_what_is_good_is_stored_beside_what_is_spoiled(stage: Stage) -> None:
    luck = random.Random(stage.seed)
    log = stage.kf.log["wkEmulatedDesk00001"]
    log += [said for said in (_spoiled(luck) for _ in range(100)) if _is_json(said)]
    stage.someone().writes("水泵漏水了")
    assert stage.events("words")[-1]["text"] == "水泵漏水了"
    assert stage.ask(lambda store: store.inbox.count("dead")) == 0


def _is_json(said: Any) -> bool:
    return "\ud800" not in repr(said).encode("unicode_escape").decode() and "\\ud800" not in repr(said)


def test_kinds_that_we_do_not_know_are_stored_and_answered_kindly_once(stage: Stage) -> None:
    chen = stage.someone()
    for what in ("merged_msg", "note", "新类型"):
        chen.sends(msgtype=what, **{what: {"x": 1}})
    assert [said["what"] for said in stage.events("unknown kind")] == ["merged_msg", "note", "新类型"]
    assert stage.ask(lambda store: store.inbox.count("dead")) == 0
    assert len(chen.shown) == 1
    assert stage.tickets() == []


def test_what_a_customer_takes_back_is_gone_from_the_record(stage: Stage) -> None:
    chen = stage.someone()
    message = chen.writes("我的密码是 hunter2，请帮我登录")
    number = stage.ticket.number
    chen.does(stage.kf.recalls(chen.id, message))
    words = [entry.words for entry in stage.ask(lambda store: store.entries.of_ticket(number))]
    assert not any("hunter2" in said for said in words)
