"""What WeCom tells of colleagues, made into events: who acts is whom the callback names, each thing that happens is one."""

from __future__ import annotations

import os
import random

import pytest

from bot.channels.wecom.callbacks import Heard
from bot.channels.wecom.events import event_of, task_of
from storage.inbox import inbox
from storage.wecom_cards import Standing
from tests.wecom.stage import Stage

WHO = {"ToUserName": "corp", "FromUserName": "LiNa", "CreateTime": "1795000000", "AgentID": "1000002"}
TASK = "t" + "0" * 31
STANDING = Standing("party:3", "ticket:T-7K4M2")


def words(**more: str) -> Heard:
    return {**WHO, "MsgId": "7", **more}


def happens(event: str, **more: str) -> Heard:
    return {**WHO, "MsgType": "event", "Event": event, **more}


@pytest.mark.usefixtures("database")
@pytest.mark.parametrize(
    ("heard", "kind", "body"),
    [
        (words(MsgType="text", Content="待办\x00"), "words", {"text": "待办", "message": "7", "place": "LiNa"}),
        (
            words(MsgType="image", MediaId="m", PicUrl="https://evil.example"),
            "words",
            {"files": [{"kind": "photo", "origin": "wecom", "ref": "m", "label": "photo"}]},
        ),
        (words(MsgType="voice", MediaId="m", Format="amr"), "words", {"text": ""}),
        (
            words(MsgType="location", Location_X="31.2", Location_Y="121.4", Label="上海"),
            "words",
            {"text": "[位置] 上海（31.2, 121.4）"},
        ),
        (words(MsgType="link", Title="Offer", Url="https://x.example"), "words", {"text": "Offer\nhttps://x.example"}),
        (words(MsgType="hologram"), "unknown kind", {"what": "hologram"}),
        (happens("click", EventKey="我的一天"), "words", {"text": "我的一天"}),
        (happens("subscribe"), "chat started", {}),
        (happens("unsubscribe"), "chat closed", {}),
        (
            happens("template_card_event", EventKey="0123456789abcdef", TaskId=TASK),
            "press",
            {"place": "party:3", "slot": "ticket:T-7K4M2", "button": "0123456789abcdef"},
        ),
        (happens("template_card_event", EventKey="rm -rf", TaskId=TASK), "press", {"button": ""}),
    ],
)
def test_each_kind_is_the_event_that_it_tells_of(heard: Heard, kind: str, body: dict[str, object]) -> None:
    event = event_of(heard, STANDING if task_of(heard) else None, "zh-CN")
    assert event is not None
    assert (event.kind, event.sender, event.address, event.body["side"]) == (kind, "LiNa", "LiNa", "staff")
    assert {name: event.body[name] for name in body} == body
    assert "LiNa" not in event.external_id


@pytest.mark.parametrize("event", ["enter_agent", "LOCATION", "view", "change_contact", "sys_approval_change", ""])
def test_what_concerns_nobody_is_nothing(event: str) -> None:
    assert event_of(happens(event), None, "en") is None


def test_two_presses_in_one_second_are_two_and_one_told_twice_is_one(database: object) -> None:
    assert database
    first, second = (happens("template_card_event", EventKey=key * 16, TaskId=TASK) for key in "ab")
    other = first | {"FromUserName": "sunbo"}
    ids = [event.external_id for heard in (first, second, other, first) if (event := event_of(heard, STANDING, "en"))]
    assert len(set(ids)) == 3
    assert ids[0] == ids[3]


def test_whatever_a_callback_holds_is_stored_once_and_ends_as_no_dead_letter(stage: Stage) -> None:
    seed = int(os.environ.get("SEED", "0")) or random.SystemRandom().randrange(1, 10**6)
    print(f"SEED={seed}")
    luck = random.Random(seed)
    stage.hires("lina", "Li Na")
    odd = ("", "x" * 5000, "长" * 3000, "\u202e", "-1", "/", "a|b", "t" * 200, "party:3", "0123456789abcdef", TASK)
    kinds = ("text", "image", "event", "location", "link", "voice", "")
    events = ("template_card_event", "click", "enter_agent", "subscribe", "unsubscribe", "x")
    names = ("Content", "MediaId", "EventKey", "TaskId", "ResponseCode", "MsgId", "CreateTime", "Title", "Label")

    async def storm() -> None:
        for number in range(120):
            heard = {"FromUserName": luck.choice(("lina", "stranger", *odd)), "MsgType": luck.choice(kinds)}
            heard |= {"Event": luck.choice(events), "MsgId": str(number)}
            heard |= {name: luck.choice(odd) for name in luck.sample(names, luck.randrange(len(names)))}
            await stage.channel._hear(heard, stage.bot.pump.accept)

    stage.run(storm())
    stage.settle()
    states = stage.ask(lambda store: {row.state for row in store.connection.execute(inbox.select())})
    assert states == {"done"}
