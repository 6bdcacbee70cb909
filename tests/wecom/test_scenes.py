"""What a company lives through that has WeCom alone: complaint to rating, reminder's rungs, a draft, a digest."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime, timedelta

import pytest

from scheduler.cadence import Diary, plan
from storage.database import Database
from storage.store import Store
from tests.house.cast import LINES, Lines
from tests.team import shanghai
from tests.wecom.stage import SERVICE, Mate, Stage
from tests.world import Guest


@dataclass
class Company:
    """A manager, a rep, a colleague, all in WeCom; a customer in the web chat."""

    stage: Stage
    lines: Lines
    wang: Mate
    li: Mate
    sun: Mate
    chen: Guest


@pytest.fixture
def company(office: Stage) -> Company:
    return gathered(office)


@pytest.fixture
def elsewhere(abroad: Stage) -> Company:
    return gathered(abroad)


def gathered(office: Stage) -> Company:
    lines = LINES[office.language]
    wang = office.hires("wangqiang", lines.manager, "manager")
    li = office.hires("lina", lines.rep, manager_id=wang.person.id)
    sun = office.hires("sunbo", lines.colleague)
    group = office.change(lambda store: store.staff.add_group("1+N", [sun.person.id]))
    chen = office.customer(
        lines.company, contact=lines.customer, tier="strategic", language=office.language, group_id=group
    )
    record = chen.customer
    assert record is not None
    since = office.now - timedelta(days=900)
    office.change(lambda store: store.customers.change(record, owner_id=li.person.id, since=since))
    return Company(office, lines, wang, li, sun, chen)


def test_a_complaint_goes_from_web_chat_to_wecom_and_back_to_a_rating(company: Company) -> None:
    stage, lines, li, chen = company.stage, company.lines, company.li, company.chen
    t = stage.t
    chen.writes(lines.complaint)
    number = stage.ticket.number
    (card,) = [b for b in stage.stands(SERVICE) if b.buttons]
    for word in (number, lines.company, lines.customer, lines.complaint, t("ticket-status-new")):
        assert word in card.text
    assert li.hears(number, lines.complaint)

    li.does("button-take", card)
    assert t("ticket-status-taken") in card.text
    assert card.edits == 1
    chen.hears(lines.rep, number)

    li.types(f"/crm ticket reply {number} {lines.reply}")
    assert chen.count(lines.reply) == 0, "it left before anybody could think again"
    sent = li.hears(lines.reply, place=SERVICE)
    assert sent.labels == [t("button-undo")]
    assert number in sent.text, "without threads a message names its ticket"
    stage.wait(seconds=11)
    chen.hears(lines.reply)
    assert t("reply-delivered") in li.hears(lines.reply, place=SERVICE).text

    li.types(f"/ticket resolve {number} {lines.solution}")
    chen.hears(number, lines.solution)
    chen.presses("5" if office_has(chen, "5") else t("customer-rate", score=5))
    card = li.hears(number, t("ticket-status-closed"), place=SERVICE)
    assert t("ticket-stars", score=5) in all_of(stage, SERVICE)
    cards = [b for b in stage.stands(SERVICE) if lines.complaint in b.text]
    assert len(cards) == 1, "one card an object"


def test_a_complaint_goes_the_same_way_in_the_other_language(elsewhere: Company) -> None:
    test_a_complaint_goes_from_web_chat_to_wecom_and_back_to_a_rating(elsewhere)


def office_has(guest: Guest, label: str) -> bool:
    return any(button.label == label for card in guest.cards() for button in card.every_button)


def all_of(stage: Stage, place: str) -> str:
    return "\n".join(bubble.text for bubble in stage.stands(place))


def test_a_ticket_that_nobody_answers_climbs_to_group_and_manager_on_one_card(company: Company) -> None:
    stage, lines, t = company.stage, company.lines, company.stage.t
    company.chen.writes(lines.complaint)
    number = stage.ticket.number
    stage.wait(minutes=66)
    for mate in (company.li, company.sun, company.wang):
        assert mate.hears(number)
    cards = [b for b in stage.stands(SERVICE) if lines.complaint in b.text]
    assert len(cards) == 1, "one card an object, however often it had to be said anew"
    assert "🔴" in cards[0].text
    assert "100%" in all_of(stage, SERVICE)
    company.li.does("button-take", cards[0])
    assert company.li.hears(number, lines.complaint, t("ticket-status-taken"), place=SERVICE)


def test_the_morning_names_who_is_due_and_a_typed_log_moves_the_date(company: Company) -> None:
    stage, lines, li = company.stage, company.lines, company.li
    last_contact(company, shanghai("11-13 15:00"))
    stage.until(shanghai("11-25 08:30"), step=timedelta(hours=6))
    assert li.hears(lines.company, stage.t("touch-due-today"))
    li.types(f"{'跟进' if stage.language == 'zh-CN' else 'log'} {lines.company} {lines.logged}")
    day = stage.t.day(shanghai("12-07 08:30"), "Asia/Shanghai", stage.now)
    assert stage.t("log-due", name=lines.company, how=stage.t("how-call"), day=day) in all_of(stage, li.user)


def test_a_contact_that_nobody_makes_climbs_to_the_group_and_the_manager(company: Company) -> None:
    stage, lines = company.stage, company.lines
    last_contact(company, shanghai("11-13 15:00"))
    stage.until(shanghai("11-27 08:30"), step=timedelta(hours=12))
    assert company.sun.hears(lines.company, stage.t("touch-due-over", days=2))
    stage.until(shanghai("12-02 08:30"), step=timedelta(hours=12))
    assert company.wang.hears(lines.company)


def last_contact(company: Company, at: datetime) -> None:
    """Put it on record that the customer was last contacted then."""

    def write(store: Store) -> None:
        known = store.customers.get(company.chen.customer.id if company.chen.customer else None)
        assert known is not None
        diary = Diary.of(company.stage.bot.policies.current, store.staff.get(known.owner_id))
        store.customers.change(known, **plan(diary, known, at, at))

    company.stage.change(write)


def test_a_draft_is_asked_for_edited_sent_and_heard(company: Company) -> None:
    stage, lines, li, chen = company.stage, company.lines, company.li, company.chen
    li.types(f"draft {lines.company} {lines.purpose}")
    card = next(bubble for bubble in li.chat if stage.t("draft-button-send") in bubble.labels)
    li.does("draft-button-edit", card)
    typed = li.hears("/draft edit")
    number = re.findall(r"/draft edit (\S+)", typed.text)[0]
    li.types(f"/draft edit {number} {lines.edited}")
    card = next(bubble for bubble in reversed(li.chat) if stage.t("draft-button-send") in bubble.labels)
    assert lines.edited in card.text
    assert chen.count(lines.edited) == 0
    li.does("draft-button-send", card)
    stage.wait(seconds=11)
    chen.hears(lines.edited)
    assert "✅" in all_of(stage, li.user)


def test_the_managers_digest_is_read_and_acted_on(company: Company) -> None:
    stage, lines, wang = company.stage, company.lines, company.wang
    company.chen.writes(lines.complaint)
    number = stage.ticket.number
    stage.wait(minutes=5)
    wang.types("日报" if stage.language == "zh-CN" else "digest")
    digest = wang.hears(number, lines.company)
    assert digest.labels
    wang.presses(digest.labels[0], digest)
    assert wang.hears(number, lines.complaint)


def test_all_that_is_typed_in_slack_is_typed_here_in_plain_chinese_words(database: Database) -> None:
    stage = Stage(database, "zh-CN")
    try:
        li = stage.hires("lina", "李娜")
        stage.customer("星河科技", contact="陈伟", language="zh-CN")
        for line, heard in (
            ("待办", "没有到期的客户"),
            ("帮助", "我的一天"),
            ("今天", stage.t("day-title")),
            ("客户 星河科技", "星河科技"),
        ):
            before = len(li.chat)
            li.types(line)
            said = "\n".join(bubble.text for bubble in li.chat[before:])
            assert said, line
            assert heard in said, said
    finally:
        stage.end()
