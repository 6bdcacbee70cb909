"""What the wire does to WeChat's customers: calls that break, bells that do not ring, floods; nothing lost, nothing twice."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select

from bot.channels.wecom.kf_rendering import LONGEST, render, utf8_bytes
from handlers.cards import Button, Card, Field, Quote
from storage.inbox import Event
from storage.messages import Kind, Message
from storage.settings import settings
from tests.emulators.wecom_kf import DESK
from tests.emulators.wecom_wire import Fault
from tests.wecom_kf.stage import LIMIT, Stage

FAULTS: tuple[Fault, ...] = ("reset", "busy", "slow-down", "error", "lost-answer", "garbled", "error-after")


def test_whatever_breaks_each_answer_is_shown_once(stage: Stage) -> None:
    people = {fault: stage.someone(f"wm-{fault}") for fault in FAULTS}
    for fault, person in people.items():
        person.writes("请问水泵多少钱？")
        with stage.breaks(fault):
            stage.say(f"a-{fault}", person, receipt=True, from_person="李娜")
            stage.settle()
    stage.wait(minutes=3)
    assert {fault: person.count(f"a-{fault}") for fault, person in people.items()} == dict.fromkeys(FAULTS, 1)
    assert {stage.state(f"a-{fault}") for fault in FAULTS} == {"sent"}


def test_bells_that_are_lost_repeated_forged_or_outworn_cost_no_message_and_double_none(stage: Stage) -> None:
    chen, kf = stage.someone(), stage.kf
    kf.hollow = True
    kf.lost_bells = True
    chen.writes("一")
    kf.lost_bells = False
    chen.writes("二")
    for _ in range(3):
        stage.run(kf.rings())
    assert stage.run(kf.knock(kf.sealing.seal("<xml/>"), signature="0" * 40)) == 403
    assert stage.run(kf.tell(Event="kf_msg_or_event", OpenKfId=DESK, Token="ten-minutes-old", CreateTime="1")) == 200
    chen.writes("三")
    assert [said["text"] for said in stage.events("words")] == ["一", "二", "三"]


def test_bells_of_accounts_that_wecom_does_not_list_are_asked_about_once_and_leave_nothing(stage: Stage) -> None:
    chen = stage.someone()
    chen.writes("一")
    asked = stage.wecom.counts["kf/account/list"]
    stage.channel._desks._at_most = timedelta(hours=1)  # from the next list on

    async def ring() -> None:
        for n in range(300):
            about: dict[str, Any] = {
                "Event": "kf_msg_or_event",
                "OpenKfId": f"wkStrange{n}",
                "Token": f"t{n}",
                "CreateTime": str(n),
            }
            assert await stage.kf.tell(**about) == 200
        await asyncio.sleep(0.5)

    before = len(asyncio.all_tasks(stage._runner.loop))
    stage.run(ring())
    assert stage.wecom.counts["kf/account/list"] <= asked + 1
    assert len(asyncio.all_tasks(stage._runner.loop)) <= before + 4
    assert list(stage.channel._desks._desks) == [DESK]
    assert len(stage.channel._desks._rung) <= 100
    kept = stage.ask(lambda store: [row.name for row in store.connection.execute(select(settings.c.name))])
    assert not any("wkStrange" in name for name in kept)
    chen.writes("二")
    assert [said["text"] for said in stage.events("words")] == ["一", "二"]


def test_an_account_that_was_made_just_now_is_read_from_its_first_bell_on(stage: Stage) -> None:
    stage.kf.desks["wkNew"] = "新账号"
    stage.run(stage.kf.writes("wmChenWei", "新账号的第一句", desk="wkNew"))
    stage.settle()
    assert [said["text"] for said in stage.events("words")] == ["新账号的第一句"]


def test_a_clock_that_is_ten_minutes_off_costs_no_message_of_a_customer(stage: Stage) -> None:
    chen, kf = stage.someone(), stage.kf
    kf.skew = stage.wecom.skew = -600
    chen.writes("一")
    assert kf.bells[-4:] == [403] * 4, "no bell is heard"
    chen.writes("二")
    assert [said["text"] for said in stage.events("words")] == ["一", "二"]
    assert stage.bot.health.clock == "about 10 min ahead, says wecom-kf"
    kf.skew = stage.wecom.skew = 0
    chen.writes("三")
    assert [said["text"] for said in stage.events("words")] == ["一", "二", "三"]
    assert kf.bells[-1] == 200
    assert stage.bot.health.clock == "right"


def test_pages_are_turned_while_there_is_more_even_if_one_is_empty(stage: Stage) -> None:
    chen = stage.someone()
    chen.writes("一")
    stage.channel._desks.get(DESK)._again = timedelta(hours=1)
    chen.writes("二")  # the look that waits ends, and the next one would come in an hour
    stage.kf.hollow = True
    chen.writes("三")
    assert [said["text"] for said in stage.events("words")] == ["一", "二", "三"]


def test_a_desk_that_is_read_again_from_the_start_brings_nothing_twice(stage: Stage) -> None:
    chen = stage.someone()
    chen.writes("水泵漏水了")
    stage.change(lambda store: store.settings.set(f"kf:{DESK}:cursor", {"cursor": "", "humans": {}}))
    chen.writes("还在漏")
    assert [said["text"] for said in stage.events("words")] == ["水泵漏水了", "还在漏"]
    assert len(stage.tickets()) == 1


def test_two_hundred_messages_at_once_keep_nobody_elses_answer(stage: Stage) -> None:
    flooder, other = stage.someone("wmFlood"), stage.someone("wmOther")
    for n in range(200):
        stage.run(stage.kf.writes(flooder.id, f"第 {n} 条", ring=False))
    waiting: list[int] = []

    def watch(path: str, body: dict[str, Any]) -> Fault:
        if path == "kf/send_msg" and body["touser"] == other.id and not waiting:
            waiting.append(stage.ask(lambda store: store.inbox.count("new")))
        return "ok"

    stage.wecom.fault = watch
    other.writes("请问水泵多少钱？")
    assert waiting[0] >= 100, "the other customer was answered while most of the flood still waited"
    assert len(stage.events("words")) == 201
    assert {said["text"] for said in stage.events("words")} >= {f"第 {n} 条" for n in range(200)}


def _crowd(count: int) -> list[Event]:
    return [
        Event("web", f"w{n}", "words", f"guest:{n}", f"guest:{n}", {"side": "customer", "text": "你好"}, f"guest:{n}")
        for n in range(count)
    ]


@pytest.mark.parametrize("count", [1_500, pytest.param(10_000, marks=pytest.mark.slow)])
def test_a_welcome_passes_a_full_inbox_and_a_full_outbox(stage: Stage, count: int) -> None:
    def fill(store: Any) -> None:
        store.inbox.add(_crowd(count), stage.now)
        for n in range(count // 10):
            address = f"{DESK}:wm{n}"
            said = Message(key=f"x{n}", channel="wecom-kf", address=address, card={"text": "…"}, kind=Kind.REPLY)
            store.outbox.say(said, stage.now)

    waiting: list[int] = []
    stage.kf.on_code = lambda: waiting.append(stage.ask(lambda store: store.inbox.count("new")))
    stage.change(fill)
    code = stage.run(stage.kf.enters("wmNew"))
    stage.run(_until(lambda: bool(waiting)))
    assert stage.kf.used == [code]
    assert waiting[0] >= count // 2, "it did not wait for the crowd"
    stage.run(_until(lambda: bool(stage.events("chat entered"))))
    assert stage.events("chat entered")[0]["welcomed"] == "said"


async def _until(seen: Callable[[], bool]) -> None:
    async with asyncio.timeout(LIMIT):
        while not seen():  # noqa: ASYNC110 - seen from outside
            await asyncio.sleep(0.01)


def test_a_code_that_is_too_old_is_refused_once_and_its_entering_is_stored_all_the_same(stage: Stage) -> None:
    stage.kf.code_seconds = -1
    chen = stage.someone()
    chen.enters()
    assert stage.kf.used == []
    assert stage.events("chat entered")[0]["welcomed"] == "refused 40029"
    assert stage.wecom.counts["kf/send_msg_on_event"] == 1
    chen.writes("请问水泵多少钱？")
    chen.hears(stage.ticket.number)


def test_no_pull_goes_without_a_bells_token_while_bells_ring(stage: Stage) -> None:
    chen = stage.someone()
    for n in range(5):
        chen.writes(f"第 {n} 条")
    pulls = [call.body for call in stage.wecom.calls if call.path == "kf/sync_msg"]
    assert len([body for body in pulls if body.get("token")]) >= 5


@pytest.mark.parametrize("length", [10, 300, 341, 342, 700, 1023, 1024, 1025, 2048, 2049, 5000])
@pytest.mark.parametrize("buttons", [0, 3])
def test_words_of_any_length_fit_and_are_all_there(length: int, buttons: int) -> None:
    words = "".join(chr(0x4E00 + n % 5000) for n in range(length // 3 + 1))
    card = Card(
        quote=Quote(who="x", words=words),
        buttons=tuple(Button(label=f"{n} 分", command=f"c{n}") for n in range(buttons)),
    )
    bodies = render(card)
    parts = [body[body["msgtype"]].get("content") or body["msgmenu"]["head_content"] for body in bodies]
    assert "".join(parts) == f"“{words}”"
    assert all(
        0 < utf8_bytes(part) <= (LONGEST if body["msgtype"] == "text" else 1024)
        for part, body in zip(parts, bodies, strict=True)
    )
    assert [body["msgtype"] for body in bodies].count("msgmenu") == min(buttons, 1)


def test_customers_words_become_no_link() -> None:
    (body,) = render(Card(quote=Quote(who="x", words='<a href="weixin://bizmsgmenu?msgmenucontent=x">点我</a> 1 < 2')))
    assert "<a" not in body["text"]["content"]
    assert "1 < 2" in body["text"]["content"]


@pytest.mark.parametrize(("label", "said"), [("客户", "客户：Acme"), ("Customer", "Customer: 星河科技")])
def test_a_label_and_its_value_are_set_apart_as_its_language_does(label: str, said: str) -> None:
    value = re.split(": |：", said)[1]
    (body,) = render(Card(title="星河科技", fields=(Field(label=label, value=value),)))
    assert said in body["text"]["content"]
