"""Whom a colleague has in WeCom and who writes to a desk: the same WeChat is a sign, and a colleague says what it means."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pytest
from sqlalchemy import select

from storage.contacts import Contact
from storage.database import Database
from storage.followings import CHANNEL
from storage.outbox_rows import outbox
from storage.store import Store
from tests.emulators.wecom_kf import DESK
from tests.wecom_kf.stage import Stage
from tests.wecom_kf.test_contact_lists import Office
from tests.world import Colleague, all_words

SIGN = "企业微信显示两边是同一个微信用户"
TITLE = "是同一个人吗"
LEAK = "水泵漏水了，麻烦尽快处理"
SALES = "wkEmulatedDesk00002"


class Desks(Office):
    """The office, and its customers at two desks."""

    def writes(self, words: str, who: str = "wm1", desk: str = DESK) -> None:
        self.stage.kf.desks.setdefault(desk, "另一个账号")
        self.stage.run(self.stage.kf.writes(who, words, desk=desk))
        self.stage.settle()

    def at_desk(self, who: str = "wm1", desk: str = DESK) -> Contact:
        return self._at("wecom-kf", f"{desk}:{who}")

    def added(self, who: str = "wm1") -> Contact:
        return self._at(CHANNEL, who)

    def _at(self, channel: str, address: str) -> Contact:
        found = self.stage.ask(lambda store: store.contacts.at(channel, address))
        assert isinstance(found, Contact)
        return found

    def adds(self, user: str = "lina", who: str = "wm1", name: str = "陈伟", company: str = "星河科技") -> None:
        self.tells(self.external.adds(user, who, name, company))

    def asked(self, colleague: Colleague) -> int:
        """Count how often somebody was asked, be it on a card that stood there already."""
        asked = select(outbox.c.address).where(outbox.c.slot.startswith("same:"))
        said = self.stage.ask(lambda store: [row.address for row in store.connection.execute(asked)])
        return said.count(colleague.address)


@pytest.fixture
def desks(database: Database) -> Iterator[Desks]:
    stage = Stage(database, language="zh-CN")
    yield Desks(stage)
    stage.end()


def test_who_is_in_wecom_already_and_writes_to_the_desk_is_asked_about_once_and_joined_by_a_yes(desks: Desks) -> None:
    desks.adds()
    desks.writes(LEAK)
    number = desks.stage.ticket.number
    card = all_words(desks.li.hears(TITLE, SIGN, "星河科技", "陈伟", "尚未认识", number))
    print(card)
    assert desks.at_desk().customer_id is None, "it is a sign, and joins nobody by itself"
    desks.writes("还在漏")
    assert (desks.asked(desks.li), desks.asked(desks.fang)) == (1, 0)
    desks.li.presses("是同一个人")
    assert desks.at_desk() == desks.added()
    assert (desks.stage.ticket.customer_id, desks.stage.ticket.owner_id) == (
        desks.customer("星河科技").id,
        desks.li.person.id,
    )


def test_who_wrote_to_the_desk_and_is_added_later_is_asked_about_once(desks: Desks) -> None:
    desks.writes(LEAK)
    assert desks.asked(desks.li) == 0
    desks.adds()
    assert desks.li.hears(TITLE, SIGN, "星河科技", "陈伟", desks.stage.ticket.number)
    desks.adds("wangfang")
    desks.writes("还在漏")
    assert (desks.asked(desks.li), desks.asked(desks.fang)) == (1, 0)
    desks.li.presses("是同一个人")
    assert desks.at_desk() == desks.added()
    assert desks.stage.ticket.customer_id == desks.customer("星河科技").id


def test_a_reading_of_everybodys_contacts_finds_who_wrote_before(desks: Desks) -> None:
    desks.writes(LEAK)
    desks.external.has("lina", "wm1", "陈伟", "星河科技")
    for _ in range(2):
        desks.reads()
    assert desks.asked(desks.li) == 1


def test_who_is_on_record_since_before_ids_were_compared_is_asked_about_when_they_write_again(desks: Desks) -> None:
    def wrote_long_ago(store: Store) -> None:
        store.contacts.add(Contact(id="stranger"), desks.stage.now)
        store.contacts.bind("stranger", "wecom-kf", f"{DESK}:wm1")

    desks.stage.change(wrote_long_ago)
    desks.adds()
    assert desks.asked(desks.li) == 0
    desks.writes(LEAK)
    assert desks.li.hears(TITLE, SIGN, "星河科技", desks.stage.ticket.number)


def test_whoever_said_no_is_never_asked_again(desks: Desks) -> None:
    desks.adds()
    desks.writes(LEAK)
    desks.li.presses("不是，是两个人")
    assert desks.li.hears("是两个人，以后不再询问")
    desks.stage.wait(hours=50)
    desks.writes("还在漏")
    desks.tells(desks.external.leaves("lina", "wm1"))
    desks.adds()
    desks.reads()
    assert desks.asked(desks.li) == 1
    assert desks.at_desk().id != desks.added().id
    assert desks.at_desk().customer_id is None


def test_whom_somebody_said_to_be_two_they_stay_once_it_is_known_whose_customer_one_is(desks: Desks) -> None:
    desks.stage.customer("星河科技", contact="陈伟", owner=desks.li)
    desks.adds(name="小陈")
    desks.writes(LEAK)
    desks.li.runs("contact join no", contact=desks.at_desk().id, other=desks.added().id)
    desks.li.presses("是这家")
    assert desks.li.hears("已归入客户")
    assert desks.asked(desks.li) == 0


def test_split_again_each_has_what_was_theirs_and_nobody_is_asked_anew(desks: Desks) -> None:
    desks.adds()
    desks.writes(LEAK)
    before, number = desks.at_desk(), desks.stage.ticket.number
    desks.li.presses("是同一个人")
    desks.writes("还在漏")
    desks.li.presses("拆分")
    desks.writes("谁来修？")
    stranger = desks.at_desk()
    assert (stranger.id, stranger.customer_id) == (before.id, None)
    heard = desks.stage.ask(lambda store: store.entries.of_ticket(number))
    assert [entry.words for entry in heard if entry.flow == "in"] == [LEAK, "还在漏", "谁来修？"]
    assert {entry.contact_id for entry in heard if entry.flow == "in"} == {before.id}
    assert desks.stage.ticket.contact_id == before.id
    assert desks.added().customer_id == desks.customer("星河科技").id
    assert desks.asked(desks.li) == 1


def test_at_a_second_desk_a_stranger_is_proposed_to_be_the_contact_of_the_first(desks: Desks) -> None:
    chen = desks.stage.known("星河科技", "陈伟", "wm1", owner=desks.li.person)
    chen.writes("你好")
    desks.writes("大号滤芯多少钱？", desk=SALES)
    assert desks.li.hears(TITLE, SIGN, "星河科技", "陈伟")
    desks.li.presses("是同一个人")
    assert desks.at_desk(desk=SALES) == desks.at_desk()


def test_a_stranger_at_two_desks_is_asked_about_where_the_team_reads(desks: Desks) -> None:
    desks.writes(LEAK)
    desks.writes("大号滤芯多少钱？", desk=SALES)
    place = "#rapport"
    assert desks.li.hears(TITLE, SIGN, place=place)
    desks.li.presses("是同一个人", place=place)
    assert desks.at_desk(desk=SALES) == desks.at_desk()


def test_who_may_not_see_the_customer_never_reads_their_name(desks: Desks) -> None:
    desks.adds("wangfang")
    desks.boss.types("reassign 星河科技 李娜")
    heard = len(desks.fang.cards())
    desks.writes(LEAK)
    assert desks.li.hears(TITLE, SIGN, "星河科技", "陈伟")
    later = "\n".join(all_words(card) for card in desks.fang.cards()[heard:])
    assert "星河" not in later
    assert "陈伟" not in later
    both = {"contact": desks.at_desk().id, "other": desks.added().id}
    desks.fang.runs("contact join yes", **both)
    assert desks.fang.hears("找不到联系人")
    assert desks.at_desk().customer_id is None


def test_whoever_added_them_is_asked_rather_than_the_owner_if_the_customer_is_theirs_to_see(desks: Desks) -> None:
    desks.stage.change(lambda store: store.staff.bind(desks.boss.person.id, "wecom", "laowang"))
    desks.adds("laowang")
    desks.boss.types("reassign 星河科技 李娜")
    desks.writes(LEAK)
    assert desks.boss.hears(TITLE, SIGN, "星河科技", "陈伟")
    assert (desks.asked(desks.boss), desks.asked(desks.li)) == (1, 0)


def test_who_stands_in_for_whoever_added_them_is_asked_meanwhile(desks: Desks) -> None:
    desks.adds("wangfang")
    away = {"away_until": desks.stage.now + timedelta(days=3), "deputy_id": desks.boss.person.id}
    desks.stage.change(lambda store: store.staff.change(desks.fang.person.id, **away))
    desks.writes(LEAK)
    assert desks.boss.hears(TITLE, SIGN, "星河科技", "陈伟")
    assert (desks.asked(desks.boss), desks.asked(desks.fang)) == (1, 0)


def test_who_is_known_at_the_desk_and_added_by_a_colleague_is_first_asked_about_whose_customer_they_are(
    desks: Desks,
) -> None:
    desks.stage.known("星河科技", "陈伟", "wm1", owner=desks.li.person).writes("你好")
    desks.adds("wangfang", name="小陈", company="")
    assert desks.added().customer_id is None
    assert desks.fang.count("星河科技") == 0
    assert desks.asked(desks.li) == 0
    desks.li.presses("是这家")
    assert desks.li.hears(TITLE, SIGN, "小陈", "陈伟")
    desks.li.presses("是同一个人")
    assert desks.at_desk() == desks.added()


def test_people_of_two_customers_are_not_taken_for_one_whatever_wecom_says(desks: Desks) -> None:
    desks.stage.known("星河科技", "陈伟", "wm1", owner=desks.li.person).writes("你好")
    desks.adds("wangfang", name="小陈", company="")
    desks.li.presses("不是，另建客户")
    assert desks.added().customer_id == desks.customer("小陈").id
    assert (desks.asked(desks.li), desks.asked(desks.fang)) == (0, 0)


def test_while_it_is_asked_whose_customer_somebody_is_nobody_is_asked_who_they_are_at_the_desk(desks: Desks) -> None:
    desks.stage.customer("星河科技", contact="陈伟", owner=desks.li)
    desks.adds("lina", name="小陈")
    desks.writes(LEAK)
    assert desks.asked(desks.li) == 0
    desks.li.presses("是这家")
    assert desks.li.hears(TITLE, SIGN, "小陈")
    assert desks.asked(desks.li) == 1


def test_a_colleague_who_asks_of_their_own_accord_reads_the_sign_too(desks: Desks) -> None:
    desks.adds()
    desks.writes(LEAK)
    desks.li.types(f"合并联系人 陈伟 {desks.stage.ticket.number}")
    assert desks.li.count(TITLE, SIGN) == 2
