"""A Chinese company's day in Telegram: a complaint to its rating, a stranger who is bound, somebody who opts out."""

from __future__ import annotations

import pytest

from storage.tickets import Ticket
from tests.telegram.stage import Client, Stage


@pytest.fixture
def li(stage: Stage) -> Client:
    return stage.worker("李娜", language="zh-CN")


@pytest.fixture
def chen(stage: Stage, li: Client) -> Client:
    return stage.known("星河科技", "陈伟", owner=li.person, language="zh-CN")


def latin(words: str) -> set[str]:
    """Find English words: a Chinese customer reads none but names and numbers."""
    bare = "".join(char if char.isascii() and char.isalpha() else " " for char in words)
    return {word for word in bare.split() if len(word) > 2} - {"Example", "Ltd", "Telegram"}


def test_a_complaint_is_numbered_owned_promised_answered_and_rated(stage: Stage, li: Client, chen: Client) -> None:
    chen.writes("你们发来的水泵是坏的，客服电话一直没人接，我要投诉！")
    ticket: Ticket = stage.ticket
    promised = chen.hears(ticket.number)
    assert "李娜" in promised.text
    assert "抱歉" in promised.text
    assert "11:00" in promised.text, "by when: growth customers are answered within the hour"
    told = li.hears(ticket.number, "陈伟", "坏的")
    assert ("blockquote", "你们发来的水泵是坏的，客服电话一直没人接，我要投诉！") in told.parts

    li.writes(f"/ticket take {ticket.number}")
    chen.hears("李娜", ticket.number)
    li.writes(f"/ticket reply {ticket.number} 陈总，新泵今天发出，明天上午到。")
    assert chen.count("新泵今天发出") == 0, "ten seconds to think again"
    stage.wait(seconds=11)
    chen.hears("李娜", "新泵今天发出")

    li.writes(f"/ticket resolve {ticket.number} 已换新泵")
    asked = chen.hears("已换新泵")
    assert asked.buttons == ["1 分", "2 分", "3 分", "4 分", "5 分", "还没解决"]
    chen.presses("4 分")
    assert asked.buttons == []
    assert (stage.ticket.rating, stage.ticket.status) == (4, "closed")
    assert not set().union(*(latin(bubble.text.replace(ticket.number, "")) for bubble in chen.bubbles))


def test_a_stranger_is_greeted_heard_and_bound_by_a_code(stage: Stage, li: Client, chen: Client) -> None:
    stranger = stage.someone("陈伟", "zh-hans")
    stranger.starts()
    greeting = stranger.hears("您好")
    assert greeting.buttons == ["转人工", "我的工单"]
    stranger.writes("我是星河科技的陈伟，电话 138 0000 0000，帮我查一下订单")
    assert stage.ticket.customer_id is None, "nothing that anybody claims binds"
    assert chen.bubbles == []

    li.writes("/customer invite 星河科技")
    code = li.hears("?start=").text.partition("?start=")[2].split()[0]
    stranger.starts(code)
    stranger.hears("陈伟，欢迎您")
    li.hears("陈伟", "可以通过", "Telegram")
    assert stage.tickets()[0].customer_id, "what they asked as a stranger is theirs"
    assert not set().union(*(latin(bubble.text.replace(stage.ticket.number, "")) for bubble in stranger.bubbles))


@pytest.mark.parametrize("words", ["退订", "/stop", "/退订", "别再给我发广告了", "请不要再发营销消息"])
def test_who_opts_out_hears_nothing_unasked_and_every_answer(
    stage: Stage, li: Client, chen: Client, words: str
) -> None:
    _approves_a_greeting(stage, li, chen)
    chen.writes(words)
    chen.hears("不会再主动打扰您")
    stage.wait(hours=30)
    assert _from_li(chen) == [], "the approved greeting had not left yet, and never does"
    li.writes("/draft 星河科技 问候")
    li.hears("陈伟", "已退订")

    chen.writes("我要投诉，水泵又坏了！")
    chen.hears(stage.ticket.number)
    li.writes(f"/ticket reply {stage.ticket.number} 师傅下午到。")
    stage.wait(seconds=11)
    chen.hears("李娜", "师傅下午到")
    li.writes(f"/ticket resolve {stage.ticket.number} 已修好")
    assert len(chen.hears("已修好").buttons) == 6, "to ask whether it is solved is part of the answer"


def test_who_does_not_opt_out_hears_the_approved_greeting(stage: Stage, li: Client, chen: Client) -> None:
    _approves_a_greeting(stage, li, chen)
    stage.wait(seconds=11)
    assert len(_from_li(chen)) == 1


def _approves_a_greeting(stage: Stage, li: Client, chen: Client) -> None:
    """Let the rep send a draft to a customer who agreed to such; it leaves after the time to think again."""
    contact = stage.ask(lambda store: store.contacts.at("telegram", str(chen.id)))
    assert contact is not None
    stage.change(lambda store: store.contacts.consent(contact.id, "marketing", "words", stage.now, given=True))
    li.writes("/draft 星河科技 问候")
    card = next(bubble for bubble in reversed(li.bubbles) if "发送" in " ".join(bubble.buttons))
    li.presses(next(label for label in card.buttons if "发送" in label))
    assert _from_li(chen) == []


def _from_li(chen: Client) -> list[str]:
    return [bubble.text for bubble in chen.bubbles if bubble.text.startswith("李娜\n")]
