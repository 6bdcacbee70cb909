"""Whom colleagues have in WeCom, both ways: read into ours at the start and each day, written back without a loop."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest

from bot.app import Bot
from storage.customers import Customer
from storage.database import Database
from storage.store import Store
from storage.tier_moves import TierMove
from tests.wecom_kf.stage import Stage
from tests.wecom_kf.test_contacts import Telling
from tests.world import Colleague, all_words


class Office(Telling):
    """An admin and two reps who have customers in WeCom."""

    def __init__(self, stage: Stage) -> None:
        super().__init__(stage)
        self.boss = stage.colleague("老王", "admin", language="zh-CN")
        self.li, self.fang = self._rep("李娜", "lina"), self._rep("王芳", "wangfang")

    def _rep(self, name: str, userid: str) -> Colleague:
        rep = self.stage.colleague(name, language="zh-CN")
        self.stage.change(lambda store: store.staff.bind(rep.person.id, "wecom", userid))
        return rep

    def reads(self) -> str:
        """Let everything be read that there is; give the report."""
        self.boss.types("wecom contacts")
        self.settle()
        return all_words(self.boss.hears("企业微信客户：已读完"))

    def settle(self) -> None:
        """Let happen what happens, and WeCom tell what happened there."""
        self.stage.settle()
        for _ in range(5):
            news, self.external.news = self.external.news, []
            for heard in news:
                self.tells(heard)
            if not news:
                return
        raise AssertionError("it never comes to rest")

    def customer(self, name: str) -> Customer:
        found = self.stage.ask(lambda store: store.customers.by_names([name]))
        (only,) = found[name]
        assert isinstance(only, Customer)
        return only

    def written(self, path: str) -> int:
        return self.stage.wecom.counts[f"externalcontact/{path}"]


@pytest.fixture
def office(database: Database) -> Iterator[Office]:
    stage = Stage(database, language="zh-CN")
    yield Office(stage)
    stage.end()


def test_lists_are_read_page_by_page_into_customers_of_those_who_have_them(office: Office) -> None:
    office.external.page = 2
    for n in range(5):
        office.external.has("lina", f"wm{n}", f"客户{n}", f"公司{n}")
    office.external.has("wangfang", "wm9", "赵一")
    report = office.reads()
    assert "共找到: 6" in report
    assert "新建客户: 6" in report
    assert "已读 2 / 2 位同事" in report
    assert {office.customer(f"公司{n}").owner_id for n in range(5)} == {office.li.person.id}
    assert office.customer("赵一").owner_id == office.fang.person.id
    again = office.reads()
    assert "没有变化: 6" in again
    assert "新建客户: 0" in again
    writes = office.written("remark")
    office.stage.wait(hours=25, step=timedelta(hours=5))
    office.settle()
    assert office.written("remark") == writes, "what stands there is not written again"
    print(report, again, sep="\n---\n")


def test_a_name_that_is_claimed_makes_nobody_a_contact_before_a_person_says_so(office: Office) -> None:
    stage = office.stage
    acme = stage.customer("星河科技", contact="陈伟", owner=office.li)
    office.external.has("wangfang", "wm1", "陈某", "星河科技")
    office.external.has("lina", "wm2", "周经理", remark="星河科技 周经理")
    report = office.reads()
    assert "待确认: 2" in report
    assert len(stage.ask(lambda store: store.customers.by_names(["星河科技"]))["星河科技"]) == 1
    assert office.fang.count("星河科技") == 0, "a customer of somebody else is not shown to her"
    card = office.li.hears("王芳在企业微信里添加了 陈某", "“星河科技”已经在册")
    print(all_words(card))
    office.li.presses("不是，另建客户")
    assert office.customer("陈某").owner_id == office.fang.person.id
    office.li.presses("是这家")
    assert all_words(office.li.hears("周经理", "已归入客户", "李娜 于")).count("[") == 0
    contact = stage.ask(lambda store: store.contacts.at("wecom-contact", "wm2"))
    assert contact is not None
    assert acme.customer is not None
    assert contact.customer_id == acme.customer.id
    assert "待确认: 0" in office.reads()


def test_remarks_say_who_it_is_until_a_colleague_types_one_of_their_own(office: Office) -> None:
    office.external.has("lina", "wm1", "陈伟", "星河科技")
    office.reads()
    follow = office.external.follows["lina", "wm1"]
    assert follow.remark == "星河科技·陈伟"
    assert "负责人：李娜" in follow.description
    office.tells(office.external.edits("lina", "wm1", remark="星河陈总（采购）"))
    office.settle()
    contact = office.stage.ask(lambda store: store.contacts.at("wecom-contact", "wm1"))
    assert contact is not None
    assert contact.name == "星河陈总（采购）"
    office.boss.types("reassign 星河科技 王芳")
    office.settle()
    office.reads()
    assert follow.remark == "星河陈总（采购）", "theirs is never written over"
    assert "负责人：王芳" in follow.description


def test_a_remark_follows_at_once_who_is_joined_with_somebody_on_record_and_split_off_again(office: Office) -> None:
    office.stage.customer("星河科技", contact="陈伟", owner=office.li)
    office.external.has("lina", "wm1", "小陈", "星河科技")
    office.reads()
    office.li.presses("是这家")
    office.settle()
    follow = office.external.follows["lina", "wm1"]
    assert follow.remark == "星河科技·小陈"
    office.li.types("合并联系人 小陈 陈伟")
    office.li.presses("是同一个人")
    office.settle()
    assert follow.remark == "星河科技·陈伟"
    office.li.presses("拆分")
    office.settle()
    assert follow.remark == "星河科技·小陈"


def test_a_tier_that_moves_moves_the_tag_and_nothing_goes_in_circles(office: Office) -> None:
    stage = office.stage
    office.external.has("lina", "wm1", "陈伟", "星河科技")
    office.reads()
    customer = office.customer("星河科技")
    assert office.external.tags_of("lina", "wm1") == set()

    def move(tier: str) -> None:
        known = office.customer("星河科技")
        stage.clock.moment += timedelta(minutes=30)
        entry = TierMove(f"move-{tier}", customer.id, stage.now, known.tier, tier, "value_bands", 1)

        def write(store: Store) -> None:
            store.customers.change(known, tier=tier)
            store.tier_moves.add(entry)

        stage.change(write)
        stage.beat()
        office.settle()

    move("strategic")
    (first,) = office.external.tags_of("lina", "wm1")
    move("growth")
    (second,) = office.external.tags_of("lina", "wm1")
    assert first != second
    assert office.written("mark_tag") == 2
    assert len(office.external.groups) == 1
    office.li.types("who 星河科技")
    said = all_words(office.li.hears("企业微信标签")).splitlines()
    assert not any(second in line for line in said if "企业微信标签" in line), "ours are no colleague's"
    office.reads()
    assert office.written("mark_tag") == 2
    assert office.written("add_corp_tag") == 1


def test_a_tag_that_could_not_be_set_is_set_later(office: Office) -> None:
    office.external.has("lina", "wm1", "陈伟", "星河科技")
    with office.stage.breaks("error", "externalcontact/remark", times=2):
        office.reads()
    office.stage.wait(minutes=3)
    assert office.external.follows["lina", "wm1"].remark == "星河科技·陈伟"


def test_tags_that_colleagues_set_stand_with_the_customer_and_say_whose_they_are(office: Office) -> None:
    office.external.has("lina", "wm1", "陈伟", "星河科技")
    office.reads()
    office.tells(office.external.edits("lina", "wm1", tag="决策人"))
    office.settle()
    office.li.types("who 星河科技")
    assert office.li.hears("企业微信标签：", "决策人 (李娜)", "我的标签 (李娜)")


def test_who_left_is_told_once_and_the_contact_is_no_longer_reached_there(office: Office) -> None:
    office.external.has("lina", "wm1", "陈伟", "星河科技")
    office.external.has("wangfang", "wm1", "陈伟", "星河科技")
    office.reads()
    office.tells(office.external.removes("wangfang", "wm1"))
    assert office.li.count("王芳在企业微信里删除了 星河科技") == 1
    gone = office.external.leaves("lina", "wm1")
    for _ in range(2):
        office.tells(gone)
    assert office.li.count("把你从联系人中删除了") == 1
    assert office.stage.ask(lambda store: store.contacts.is_closed("wecom-contact", "wm1"))
    office.tells(office.external.adds("lina", "wm1", "陈伟", "星河科技"))
    assert not office.stage.ask(lambda store: store.contacts.is_closed("wecom-contact", "wm1"))
    office.tells(office.external.stays("wangfang", "wm1", "customer_refused"))
    assert office.fang.hears("客户拒绝了")


def test_whoever_vanished_without_a_word_is_found_by_the_next_reading(office: Office) -> None:
    for n in range(3):
        office.external.has("lina", f"wm{n}", f"客户{n}")
    office.reads()
    del office.external.follows["lina", "wm1"]
    assert "已不在列表: 1" in office.reads()
    assert office.stage.ask(lambda store: store.contacts.is_closed("wecom-contact", "wm1"))


def test_a_colleague_without_the_right_is_named_and_an_app_without_it_ends_the_reading(office: Office) -> None:
    office.external.has("lina", "wm1", "陈伟", "星河科技")
    office.external.without.add("wangfang")
    assert "没有给出 王芳 的客户列表" in office.reads().replace("王芳的", "王芳 的")
    office.external.not_callable = True
    office.boss.types("wecom contacts")
    office.settle()
    assert office.boss.hears("没有读完（48002）")
    office.external.not_callable = False
    assert "没有变化: 1" in office.reads()


def test_a_reading_goes_on_where_it_was_whatever_breaks(office: Office) -> None:
    office.external.page = 1
    for n in range(4):
        office.external.has("lina", f"wm{n}", f"客户{n}")
    with office.stage.breaks("lost-answer", "externalcontact/batch/get_by_user", times=2):
        office.boss.types("wecom contacts")
        office.stage.settle()
    office.stage.wait(minutes=2)
    office.settle()
    assert "新建客户: 4" in all_words(office.boss.hears("企业微信客户：已读完"))


def test_contacts_that_may_not_be_asked_for_are_down_alone_and_asked_for_no_more_once_they_may(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.channels.pauses.LONGEST_UNTIL_MENDED", timedelta(milliseconds=50))
    bot, asked = office.stage.bot, office.stage.wecom.counts

    async def begins() -> int:
        listening = asyncio.create_task(bot._listen(bot.channels["wecom-contact"]))
        await until(bot, "wecom-contact", "down: forbidden (48002)")
        await until(bot, "wecom-kf", "up")
        office.external.not_callable = False
        await until(bot, "wecom-contact", "up")
        before = asked["externalcontact/get_follow_user_list"]
        await asyncio.sleep(0.3)
        listening.cancel()
        await asyncio.gather(listening, return_exceptions=True)
        return asked["externalcontact/get_follow_user_list"] - before

    office.external.not_callable = True
    assert office.stage.run(begins()) == 0


def test_a_secret_that_two_channels_share_is_told_of_once(office: Office) -> None:
    bot = office.stage.bot

    async def begins() -> list[tuple[str, Any]]:
        await until(bot, "wecom-kf", "up")
        bot.health.news()
        office.stage.wecom.secrets_hold = False
        office.stage.wecom.revoke()
        listening = asyncio.create_task(bot._listen(bot.channels["wecom-contact"]))
        await until(bot, "wecom-contact", "down: account (40001)")
        await until(bot, "wecom-kf", "down: auth (40001)")
        listening.cancel()
        await asyncio.gather(listening, return_exceptions=True)
        return [(event.kind, event.body["channel"]) for event in bot.health.news()]

    assert office.stage.run(begins()) == [("channel down", "wecom-kf")]


async def until(bot: Bot, channel: str, state: str) -> None:
    async with asyncio.timeout(30):
        while bot.health.channels[channel] != state:  # noqa: ASYNC110 - seen from outside
            await asyncio.sleep(0.02)
