"""Who has the chat: a colleague in person, the queue, the bot; what each means for words of ours, and how it is told."""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from handlers.ticket_cards import slot_of
from tests.wecom_kf.stage import Stage, WeChatter
from tests.world import Colleague


@dataclass
class Company:
    """Li Na looks after Chen Wei, who wrote; Wang Fang serves customers in WeChat."""

    stage: Stage
    li: Colleague
    chen: WeChatter

    @property
    def number(self) -> str:
        return self.stage.ticket.number

    def replies(self, words: str) -> str:
        """Let Li Na reply by the ticket; give the key of what she said."""
        self.li.types(f"ticket reply {self.number} {words}")
        self.stage.wait(seconds=11)
        entries = self.stage.ask(lambda store: store.entries.of_ticket(self.number))
        return next(entry.key for entry in reversed(entries) if entry.words == words)


@pytest.fixture
def company(stage: Stage) -> Company:
    li = stage.colleague("李娜", language="zh-CN")
    chen = stage.known("星河科技", "陈伟", "wmChenWei", owner=li.person)
    stage.servicer("王芳", "wangfang")
    chen.writes("水泵漏水了，麻烦尽快处理")
    return Company(stage, li, chen)


def test_words_wait_while_a_colleague_has_the_chat_and_their_author_hears_who_that_is(company: Company) -> None:
    stage, li, chen = company.stage, company.li, company.chen
    stage.run(stage.kf.serves(chen.id, "wangfang"))
    key = company.replies("马上安排。")
    assert stage.state(key) == "pending"
    assert li.count("王芳", "亲自接待") == 1
    li.hears_nothing("48 小时")
    chen.writes("好的，那我等您")
    assert stage.state(key) == "pending", "what the customer tells her opens nothing for us"
    company.replies("师傅已经出发。")
    assert li.count("王芳", "亲自接待") == 1, "the same is told once"
    chen.does(stage.kf.ends(chen.id))
    assert li.hears("会话已经结束")
    assert chen.count("马上安排") == 0
    chen.writes("谢谢")
    assert [shown.text for shown in chen.shown if "【李娜】" in shown.text] == [
        "【李娜】\n马上安排。",
        "【李娜】\n师傅已经出发。",
    ]


def test_an_end_that_nobody_told_us_of_is_found_by_asking(company: Company) -> None:
    stage, chen = company.stage, company.chen
    stage.kf.session(chen.id).state, stage.kf.session(chen.id).servicer = 3, "wangfang"
    key = company.replies("马上安排。")
    assert company.li.hears("王芳", "亲自接待")
    stage.kf.session(chen.id).state = 1
    stage.wait(minutes=16)
    assert stage.state(key) == "sent"


def test_in_the_queue_and_after_the_end_it_is_told_as_that(company: Company) -> None:
    stage, li, chen = company.stage, company.li, company.chen
    stage.kf.session(chen.id).state = 2
    company.replies("马上安排。")
    assert li.hears("排队", "微信接待")
    stage.kf.session(chen.id).state = 4
    stage.wait(minutes=16)
    assert li.hears("会话已经结束")


def test_a_session_is_taken_and_given_back_by_buttons_and_the_customer_hears_both(company: Company) -> None:
    stage, li, chen = company.stage, company.li, company.chen
    stage.change(lambda store: store.staff.bind(li.person.id, "wecom", "lina"))
    stage.kf.servicers.add("lina")
    li.types(f"ticket take {company.number}")
    place = next(place for place in ("#service", "#after-sales") if li.count(company.number, place=place))
    li.presses("Serve in WeChat", place=place)
    stage.settle()
    session = stage.kf.session(chen.id)
    assert (session.state, session.servicer) == (3, "lina")
    assert chen.shown[-1].text == "接下来由李娜在这里直接为您服务。"
    li.hears_nothing("did not let us", place=place)
    key = company.replies("我先在这边发张图。")
    li.presses("Back to the bot", place=place)
    stage.settle()
    assert (session.state, chen.shown[-1].text) == (4, "本次人工接待已结束。还有需要的话，请直接在这里留言。")
    assert li.hears("李娜", "has ended", place=place, thread=slot_of(company.number))
    chen.writes("好的")
    assert stage.state(key) == "sent"
    assert stage.events("words")[-1]["text"] == "好的"


def test_that_a_colleague_takes_over_is_said_though_all_five_answers_are_used_up_and_never_later(
    company: Company,
) -> None:
    stage, li, chen = company.stage, company.li, company.chen
    stage.change(lambda store: store.staff.bind(li.person.id, "wecom", "wangfang"))
    for n in range(4):
        stage.say(f"m{n}", chen, receipt=True, from_person="李娜")
        stage.settle()
    assert stage.kf.session(chen.id).left == 0
    li.types(f"ticket wechat {company.number}")
    stage.settle()
    assert chen.count("接下来由李娜") == 1
    chen.does(stage.kf.ends(chen.id))
    chen.writes("谢谢")
    li.types(f"ticket wechat {company.number}")  # WeCom gives a code with the first change alone
    stage.settle()
    chen.does(stage.kf.ends(chen.id))
    chen.writes("还有一件事")
    stage.wait(minutes=20)
    assert chen.count("接下来由李娜") == 1, "what could not be said then is not said now, when it is false"


def test_who_gives_back_what_nobody_has_hears_so(company: Company) -> None:
    company.li.types(f"ticket wechat back {company.number}")
    assert company.li.hears("没有同事在微信里接待")
