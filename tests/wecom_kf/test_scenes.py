"""Scenes in WeChat, from the wire to the wire: only WeCom is faked."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

import pytest

from handlers.ticket_cards import slot_of
from prompts.phrases import phrases
from storage.database import Database
from storage.identities import identity_of
from storage.messages import Message
from storage.store import Store
from tests.wecom_kf.stage import Stage, WeChatter
from tests.world import Colleague

ROOMS = ("#sales", "#service", "#after-sales", "#rapport")


@dataclass
class Company:
    """A rep in the console and a customer of hers in WeChat."""

    stage: Stage
    li: Colleague
    chen: WeChatter


@pytest.fixture
def company(stage: Stage) -> Company:
    li = stage.colleague("李娜", language="zh-CN")
    return Company(stage, li, stage.known("星河科技", "陈伟", "wmChenWei", owner=li.person))


def test_a_complaint_in_wechat_goes_from_words_to_a_rating_in_four_answers(company: Company) -> None:
    stage, li, chen = company.stage, company.li, company.chen
    chen.writes("送货又晚了三天，客服还爱理不理，太让人失望了，我要投诉！")
    number = stage.ticket.number
    chen.hears(number, "抱歉")
    assert (stage.ticket.channel, stage.ticket.type) == ("wecom-kf", "complaint")

    li.types(f"ticket reply {number} 陈总您好，今天下午给您送到。")
    stage.wait(seconds=11)
    assert chen.hears("今天下午给您送到").text.startswith("【李娜】")

    li.types(f"ticket resolve {number} 已经送到并道歉")
    asked = chen.hears("已经解决", "已经送到并道歉")
    assert list(asked.items)[:5] == [f"{score} 分" for score in range(1, 6)]
    said = len(chen.shown)
    chen.taps("5 分")
    assert (stage.ticket.status, stage.ticket.rating) == ("closed", 5)
    assert chen.hears("谢谢您的评价：5 分").items == {}
    assert len(chen.shown) == said + 1, "of a card that changed only what is new is said"
    print("\n---\n".join(shown.text + str(list(shown.items)) for shown in chen.shown))


def test_a_stranger_is_welcomed_once_and_the_menu_works(database: Database) -> None:
    stage = Stage(database, language="zh-CN")
    stranger = stage.someone()
    code = stranger.enters()
    assert stage.kf.used == [code]
    welcome = stranger.hears("您好，这里是星河科技客服")
    assert list(welcome.items) == ["转人工", "我的工单"]
    assert stage.events("chat entered")[0]["welcomed"] == "said"
    stranger.enters()
    assert stranger.count("您好") == 1
    stranger.taps("转人工")
    assert stranger.hears(stage.ticket.number)
    assert stranger.count("您好") == 1
    stage.end()


def test_a_picture_reaches_the_timeline_and_its_bytes_can_be_fetched(company: Company) -> None:
    stage, chen = company.stage, company.chen
    chen.hands_in("image", "damage.png", b"\x89PNG\r\n\x1a\n damaged")
    (heard,) = stage.events("words")
    (file,) = heard["files"]
    assert (file["kind"], file["origin"], heard["unread"]) == ("photo", "wecom-kf", True)
    assert stage.run(stage.channel.fetch(file["ref"], 1000)) == b"\x89PNG\r\n\x1a\n damaged"
    chen.hears(stage.ticket.number)


def test_what_is_no_text_is_said_in_words(stage: Stage) -> None:
    chen = stage.someone()
    chen.sends(msgtype="location", location={"name": "广州塔", "latitude": 23.1, "longitude": 113.3})
    chen.sends(msgtype="link", link={"title": "故障截图", "url": "https://example.com/x"})
    chen.sends(msgtype="business_card", business_card={"userid": "zhangsan"})
    chen.sends(msgtype="miniprogram", miniprogram={"title": "订单 88"})
    assert [said["text"] for said in stage.events("words")] == [
        "[位置] 广州塔 23.1 113.3",
        "[链接] 故障截图 https://example.com/x",
        "[名片] zhangsan",
        "[小程序] 订单 88",
    ]


def test_while_a_colleague_has_the_session_the_bot_listens_and_keeps_quiet(company: Company) -> None:
    stage, chen = company.stage, company.chen
    stage.servicer("王芳", "wangfang")
    chen.writes("水泵漏水了，麻烦尽快处理")
    said, number = len(chen.shown), stage.ticket.number
    stage.wait(minutes=15)  # who wrote just now would hear nothing anyway
    chen.does(stage.kf.serves(chen.id, "wangfang"))
    chen.writes("你好，还在吗？我另外想投诉你们的送货")
    chen.does(stage.kf.says_as_servicer(chen.id, "陈总您好，我是王芳，马上安排人过去"))
    assert len(chen.shown) == said
    assert len(stage.tickets()) == 1
    words = [entry.words for entry in stage.ask(lambda store: store.entries.of_ticket(number))]
    assert words[-2:] == ["你好，还在吗？我另外想投诉你们的送货", "陈总您好，我是王芳，马上安排人过去"]
    chen.does(stage.kf.ends(chen.id))
    chen.writes("/status")
    assert chen.hears(number)
    assert len(chen.shown) == said + 1


def test_what_wechat_could_not_deliver_after_all_is_told_to_its_author(company: Company) -> None:
    stage, li, chen = company.stage, company.li, company.chen
    chen.writes("水泵漏水了，麻烦尽快处理")
    number = stage.ticket.number
    li.types(f"ticket reply {number} 马上安排。")
    stage.wait(seconds=11)
    bounced = chen.hears("马上安排")
    chen.does(stage.kf.bounces(chen.id, bounced.id, 10))
    assert [e.state for e in stage.ask(lambda store: store.entries.of_ticket(number)) if e.flow == "out"] == ["failed"]
    assert li.hears("陈伟", "屏蔽")


def test_the_sixth_answer_waits_until_the_customer_writes_again(company: Company) -> None:
    stage, chen = company.stage, company.chen
    chen.writes("水泵漏水了，麻烦尽快处理")
    left = stage.kf.session(chen.id).left
    for n in range(left + 2):
        stage.say(f"m{n}", chen, receipt=True, from_person="李娜")
        stage.settle()
    assert stage.kf.session(chen.id).left == 0
    assert [stage.state(f"m{n}") for n in range(left, left + 2)] == ["pending"] * 2
    chen.writes("谢谢")
    assert [stage.state(f"m{n}") for n in range(left + 2)] == ["sent"] * (left + 2)


def test_the_last_answer_waits_for_what_a_colleague_writes_not_for_the_question_whether_it_is_solved(
    company: Company,
) -> None:
    stage, li, chen = company.stage, company.li, company.chen
    number = one_answer_left(company)
    li.types(f"ticket resolve {number}")
    stage.settle()
    assert (chen.count("已经解决"), stage.kf.session(chen.id).left) == (0, 1)
    li.types(f"ticket reply {number} 师傅换了新泵，请试一下。")
    stage.wait(seconds=11)
    assert chen.hears("师傅换了新泵")
    assert (chen.count("已经解决"), stage.kf.session(chen.id).left) == (0, 0)


def test_the_last_answer_takes_what_a_colleague_writes_about_how_it_was_solved(company: Company) -> None:
    stage, li, chen = company.stage, company.li, company.chen
    number = one_answer_left(company)
    li.types(f"ticket resolve {number} 师傅换了新泵")
    stage.settle()
    assert chen.hears("已经解决", "师傅换了新泵")
    assert stage.kf.session(chen.id).left == 0


def one_answer_left(company: Company) -> str:
    """Let Chen write, and hear all but one of the answers; give the number of the ticket."""
    stage, chen = company.stage, company.chen
    chen.writes("水泵漏水了，麻烦尽快处理")
    while stage.kf.session(chen.id).left > 1:
        stage.say(f"m{stage.kf.session(chen.id).left}", chen, from_person="李娜")
        stage.settle()
    return stage.ticket.number


def test_automatic_words_that_are_said_together_leave_out_what_is_for_somebody_else_by_now(stage: Stage) -> None:
    chen, wu = stage.known("星河科技", "陈伟", "wmChen"), stage.known("远山贸易", "吴敏", "wmWu")
    chen.writes("/status")
    at, other = chen.address, stage.ask(lambda store: store.contacts.at("wecom-kf", wu.address))
    assert other is not None

    def say(store: Store) -> None:
        for key, whose in (("收到。", ""), ("她很快联系您。", ""), ("吴总的事已处理。", other.id)):
            guards = (f"theirs:{whose}:{identity_of('wecom-kf', at)}",) if whose else ()
            store.outbox.say(Message(key, "wecom-kf", at, {"text": key}, guards=guards), stage.now)

    stage.change(say)
    stage.settle()
    assert chen.shown[-1].text == "收到。\n\n她很快联系您。"
    assert chen.count("吴总") == 0
    assert stage.state("吴总的事已处理。") == "suppressed"


def test_a_colleague_takes_the_session_and_the_bot_keeps_quiet_until_it_ends(company: Company) -> None:
    stage, li, chen = company.stage, company.li, company.chen
    chen.writes("水泵漏水了，麻烦尽快处理")
    number = stage.ticket.number
    li.types(f"ticket wechat {number}")
    assert li.hears("企业微信账号")
    stage.change(lambda store: store.staff.bind(li.person.id, "wecom", "wangfang"))
    li.types(f"ticket wechat {number}")
    stage.settle()
    session = stage.kf.session(chen.id)
    assert (session.state, session.servicer) == (3, "wangfang")
    assert chen.shown[-1].text == "接下来由李娜在这里直接为您服务。"
    assert stage.kf.session(chen.id).left == 4, "that said so costs none of the five answers"
    (place,) = {place for place in ROOMS if any(number in card.title for card in li.cards(place))}
    assert li.hears("李娜", "keeps quiet", place=place, thread=slot_of(number))
    said = len(chen.shown)
    stage.wait(minutes=15)
    chen.writes("好的，那我等您")
    assert [words["text"] for words in stage.events("words overheard")] == ["好的，那我等您"]
    chen.does(stage.kf.ends(chen.id))
    chen.writes("/status")
    assert len(chen.shown) == said + 1


def test_who_may_not_serve_hears_that_the_session_is_not_theirs(company: Company) -> None:
    stage, li, chen = company.stage, company.li, company.chen
    stage.change(lambda store: store.staff.bind(li.person.id, "wecom", "off-duty"))
    chen.writes("水泵漏水了，麻烦尽快处理")
    li.types(f"ticket wechat {stage.ticket.number}")
    stage.settle()
    assert li.hears(stage.ticket.number, "没能转给你")
    assert stage.kf.session(chen.id).state == 1


def test_how_long_answers_are_taken_is_said_by_the_clock_of_who_reads_it(stage: Stage) -> None:
    paul = stage.colleague("Paul", zone="Europe/Berlin")
    chen = stage.known("星河科技", "陈伟", "wmChenWei", owner=paul.person)
    chen.writes("水泵漏水了，麻烦尽快处理")
    paul.types(f"ticket show {stage.ticket.number}")
    until = stage.now + timedelta(hours=48)
    assert phrases("en").exact(until, "Europe/Berlin") != phrases("en").exact(until, "Asia/Shanghai")
    paul.hears("more messages until", phrases("en").exact(until, "Europe/Berlin"), "Europe/Berlin")
    li = stage.colleague("李娜", "admin", language="zh-CN")
    li.types(f"ticket show {stage.ticket.number}")
    li.hears(f"在 {phrases('zh-CN').exact(until, 'Asia/Shanghai')} 之前还可以发")
