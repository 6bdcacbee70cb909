"""Scenes in Telegram, from the wire to the wire: only the platform is faked."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pytest

from tests.telegram.stage import Client, Stage


@dataclass
class Company:
    """A rep in Telegram and a customer of hers."""

    stage: Stage
    li: Client
    chen: Client


@pytest.fixture
def company(stage: Stage) -> Company:
    li = stage.worker("李娜", language="zh-CN")
    return Company(stage, li, stage.known("星河科技", "陈伟", owner=li.person, language="zh-CN"))


def _contact(store: Any, company: Company) -> str:
    contact = store.contacts.at("telegram", str(company.chen.id))
    return str(contact.id)


def test_a_stranger_is_heard_in_the_language_of_their_app(stage: Stage) -> None:
    stranger = stage.someone("林先生", "zh-hans")
    stranger.starts()
    stranger.hears("您好")
    stranger.writes("我想了解一下你们的水泵怎么卖？")
    ticket = stage.ticket
    stranger.hears(ticket.number)
    assert ticket.channel == "telegram"
    assert ticket.customer_id is None


def test_a_complaint_in_chinese_is_answered_and_ends_with_a_rating(company: Company) -> None:
    stage, li, chen = company.stage, company.li, company.chen
    chen.writes("送货又晚了三天，客服还爱理不理，太让人失望了，我要投诉！")
    number = stage.ticket.number
    chen.hears(number, "李娜", "抱歉")
    told = li.hears(number, "陈伟")
    assert ("blockquote", "送货又晚了三天，客服还爱理不理，太让人失望了，我要投诉！") in told.parts

    li.presses("我来处理")
    chen.hears("李娜", number)
    li.writes(f"/ticket reply {number} 陈总您好，今天下午给您送到。")
    stage.wait(seconds=11)
    assert ("b", "李娜") in chen.hears("今天下午给您送到").parts

    li.writes(f"/ticket resolve {number} 已经送到并道歉")
    asked = chen.hears("已经解决", "已经送到并道歉")
    assert asked.buttons[:5] == [f"{score} 分" for score in range(1, 6)]
    chen.presses("5 分")
    thanks = chen.hears("谢谢您的评价")
    assert (thanks.id, thanks.buttons, thanks.edits) == (asked.id, [], 1)
    assert (stage.ticket.status, stage.ticket.rating) == ("closed", 5)
    assert set(chen.seen) | set(li.seen) <= set(stage.telegram.answered)


def test_a_button_works_once_and_is_gone_after_its_use(stage: Stage) -> None:
    stranger = stage.someone()
    stranger.starts()
    greeting = stranger.bubbles[0]
    old = greeting.data(greeting.buttons[0])
    stranger.presses(greeting.buttons[0])
    assert greeting.buttons == []
    assert len(stage.tickets()) == 1
    stranger.presses_data(old, greeting.id)
    assert len(stage.tickets()) == 1


def test_a_deep_link_binds_the_chat_once(company: Company) -> None:
    stage, li, chen = company.stage, company.li, company.chen
    li.writes("/customer invite 星河科技")
    card = li.hears("https://t.me/rapport_test_bot?start=")
    code = card.text.partition("?start=")[2].split()[0]
    phone = stage.someone("陈伟")
    phone.starts(code)
    phone.hears("陈伟")
    li.hears("Telegram", "陈伟")
    thief = stage.someone("Thief")
    thief.starts(code)
    thief.hears("invalid")
    known = stage.ask(lambda store: [store.contacts.at("telegram", str(c.id)) for c in (phone, thief)])
    assert known[0] is not None
    assert known[0].customer_id
    assert known[1] is None or known[1].customer_id is None
    chen.hears("另一个聊天")
    li.hears("陈伟", "又被人")
    phone.starts(code)
    phone.hears("已经与您的账户关联，不用")


@pytest.mark.parametrize("payload", ["x" * 65, "../etc/passwd", "1' OR '1'='1", "a b", "码"])
def test_a_payload_that_is_no_code_only_greets(stage: Stage, payload: str) -> None:
    stranger = stage.someone()
    stranger.starts(payload)
    stranger.hears("Hello")
    assert stranger.count("invalid") == 0


def test_a_forwarded_or_corrected_code_binds_nobody(company: Company) -> None:
    li, chen = company.li, company.chen
    li.writes("/customer invite 星河科技")
    code = li.hears("?start=").text.partition("?start=")[2].split()[0]
    thief = company.stage.someone("Thief")
    thief.forwards(f"/start {code}", chen)
    thief.edits(f"/start {code}")
    contact = company.stage.ask(lambda store: store.contacts.at("telegram", str(thief.id)))
    assert contact is not None
    assert contact.customer_id is None


def test_whoever_opts_out_hears_no_more_unasked(company: Company) -> None:
    company.chen.writes("/stop")
    contact = company.stage.ask(lambda store: store.contacts.at("telegram", str(company.chen.id)))
    assert contact is not None
    assert contact.opted_out_at is not None
    company.chen.hears("不会再主动打扰您")


def test_who_blocks_us_is_told_to_their_own_person_and_who_comes_back_too(company: Company) -> None:
    stage, li, chen = company.stage, company.li, company.chen
    chen.blocks()
    li.hears("陈伟", "屏蔽")
    assert stage.ask(lambda store: store.contacts.channels(_contact(store, company))) == []
    chen.unblocks()
    li.hears("陈伟", "又可以")
    assert stage.ask(lambda store: store.contacts.channels(_contact(store, company))) == ["telegram"]


def test_a_message_to_who_blocked_us_fails_and_their_address_rests(company: Company) -> None:
    stage, chen = company.stage, company.chen
    stage.telegram.blocked.add(chen.id)
    stage.say("hello", chen)
    stage.settle()
    assert stage.state("hello") == "failed"
    assert stage.ask(lambda store: store.contacts.channels(_contact(store, company))) == []


def test_a_group_is_refused_once(stage: Stage) -> None:
    someone = stage.someone()
    group = {"id": -100_200, "type": "supergroup", "title": "Everybody"}
    stage.telegram.chats[-100_200] = []
    for text in ("/status", "hello"):
        someone.writes(text, chat=group)
    assert [bubble.text for bubble in stage.telegram.chats[-100_200]] == [
        "I only talk in private chats. Please write to me directly."
    ]
    assert stage.tickets() == []


def test_pictures_stickers_and_contact_cards_are_words_for_a_person(stage: Stage) -> None:
    someone = stage.someone("Someone")
    photo = {"file_id": "f", "file_unique_id": "u", "width": 1, "height": 1}
    someone.writes(photo=[photo], caption="the pump stopped working, error E42")
    assert stage.ticket.words == "the pump stopped working, error E42"
    someone.writes(contact={"phone_number": "+86 138", "first_name": "Li Wei", "user_id": someone.id + 1})
    admin = stage.ask(lambda store: store.contacts.at("telegram", str(someone.id)))
    assert admin is not None
    assert (admin.customer_id, admin.phone) == (None, None)


def test_a_colleague_types_commands_and_reads_help_that_fits(stage: Stage) -> None:
    li = stage.worker("Li Na", "admin")
    li.starts()
    li.hears("Li Na", "/help")
    li.writes("/help")
    li.writes("/ticket_list@rapport_test_bot")
    li.writes("/tcket lst")
    li.hears("/crm")
    assert all(len(bubble.text) <= 4096 for bubble in li.bubbles)
    assert stage.tickets() == []


def test_a_deed_that_asks_for_words_says_how_they_are_typed(company: Company) -> None:
    company.chen.writes("我要投诉，货坏了！")
    number = company.stage.ticket.number
    company.li.writes(f"/ticket show {number}")
    company.li.presses("回复客户")
    company.li.hears(f"/ticket reply {number} <")


def test_the_menu_stands_in_both_languages(stage: Stage) -> None:
    stage.someone().starts()
    menus = stage.telegram.menus
    assert set(menus) == {"", "zh"}
    assert {"help", "status", "stop", "human"} <= {command["command"] for command in menus["zh"]}
    assert "start" not in {command["command"] for command in menus[""]}


@pytest.mark.parametrize(
    "words",
    [
        "</blockquote><b>bold</b>&lt;",
        '<a href="tg://user?id=1">x</a> I want to complain!',
        "complaint \u202egnp.exe \u0000\u0007",
        "T̷̡" + "̸" * 500,
        "👩‍👩‍👧‍👦" * 400,
    ],
)
def test_hostile_words_are_shown_as_words(company: Company, words: str) -> None:
    company.chen.writes(words)
    company.chen.writes("/human")
    li = company.li.bubbles
    assert li
    assert all(tag in ("b", "i", "blockquote") for bubble in li for tag, _ in bubble.parts)
    assert not any("\u202e" in bubble.text for bubble in li)
    assert all(call.fault == "ok" for call in company.stage.telegram.calls)
    assert company.stage.ask(lambda store: store.outbox.in_state("dead", "failed")) == []


def test_a_press_with_made_up_data_does_nothing(company: Company) -> None:
    chen = company.chen
    chen.writes("我要投诉，货坏了！")
    for data in ("rate:5", "0" * 16, "x" * 64, "ticket close"):
        chen.presses_data(data, chen.bubbles[0].id)
    assert company.stage.ticket.status == "new"
    assert chen.count("这次操作没有生效") == 4


def test_a_neighbours_button_is_not_pressed_by_its_data(company: Company) -> None:
    stage, li, chen = company.stage, company.li, company.chen
    chen.writes("我要投诉，货坏了！")
    li.writes(f"/ticket resolve {stage.ticket.number} 换货")
    asked = chen.hears("换货")
    stranger = stage.someone()
    stranger.starts()
    stranger.presses_data(asked.data("1 分"), asked.id)
    assert stage.ticket.rating is None
