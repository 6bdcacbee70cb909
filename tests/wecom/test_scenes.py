"""What a company lives through that has WeCom alone: complaint to rating, reminder's rungs, a draft, a digest."""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from tests.house.cast import LINES, Lines
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
    office.change(lambda store: store.customers.change(record, owner_id=li.person.id))
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


def office_has(guest: Guest, label: str) -> bool:
    return any(button.label == label for card in guest.cards() for button in card.every_button)


def all_of(stage: Stage, place: str) -> str:
    return "\n".join(bubble.text for bubble in stage.stands(place))
