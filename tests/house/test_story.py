"""What a company lives through: it works in Slack, its customer writes in Telegram, and neither sees the other's app."""

from __future__ import annotations

import re
from datetime import timedelta
from decimal import Decimal

import pytest

from storage.columns import new_id
from storage.customers import Customer
from storage.entries import Entry
from storage.orders import Order
from tests.house.cast import Company, gather
from tests.house.house import House, labels, words
from tests.team import shanghai

HALF_A_DAY = timedelta(hours=12)


@pytest.fixture
def company(house: House) -> Company:
    return gather(house)


def complains(company: Company) -> str:
    """Let the customer complain; give the ticket's number."""
    company.chen.writes(company.lines.complaint)
    return company.house.ticket.number


def entries(company: Company, number: str) -> list[Entry]:
    return company.house.ask(lambda store: store.entries.of_ticket(number))


def test_a_complaint_goes_from_telegram_to_slack_and_back_to_a_rating(company: Company) -> None:
    house, lines, li, chen = company.house, company.lines, company.li, company.chen
    t, number = house.t, complains(company)
    chen.hears(number, lines.rep, "11:00")
    card = house.card
    for word in (number, lines.company, lines.customer, lines.complaint, "Telegram", t("ticket-status-new")):
        assert word in words(card)
    why = next(line for line in words(card).splitlines() if line.startswith(t("ticket-why", steps="").strip()))
    assert t("type-complaint").lower() in why.lower()
    assert li.told(number, lines.complaint)

    li.does("button-take", card)
    assert t("ticket-status-taken") in words(card)
    chen.hears(lines.rep, number)

    company.sun.replies(card, lines.internal)
    li.does("button-reply", card)
    li.submits(words=lines.reply)
    assert chen.count(lines.reply) == 0, "it left before anybody could think again"
    (sent,) = [m for m in house.thread(card) if lines.reply in words(m)]
    assert labels(sent) == [t("button-undo")]
    house.pause(seconds=11)
    assert ("b", lines.rep) in chen.hears(lines.reply).parts
    assert t("reply-delivered") in words(sent)
    assert labels(sent) == []

    li.does("button-resolve", card)
    li.submits(words=lines.solution)
    asked = chen.hears(number, lines.solution)
    chen.presses(t("customer-rate", score=5))
    assert (asked.buttons, asked.edits) == ([], 1)
    assert t("ticket-status-closed") in words(card)
    assert t("ticket-stars", score=5) in words(card)
    assert chen.count(lines.internal) == 0
    assert [e.flow for e in entries(company, number) if e.words == lines.internal] == ["internal"]
    assert len(house.cards) == 1


def test_a_reply_is_taken_back_and_the_customer_never_saw_it(company: Company) -> None:
    house, li = company.house, company.li
    complains(company)
    li.does("button-reply", house.card)
    li.submits(words=company.lines.reply)
    (sent,) = house.thread(house.card)
    house.pause(seconds=9)
    li.does("button-undo", sent)
    house.wait(minutes=5)
    assert company.chen.count(company.lines.reply) == 0
    assert house.t("reply-undone") in words(sent)


def test_a_customer_who_is_not_content_opens_the_ticket_again_on_the_same_card(company: Company) -> None:
    house, lines, li, chen = company.house, company.lines, company.li, company.chen
    t, number = house.t, complains(company)
    card = house.card
    li.does("button-take", card)
    li.does("button-resolve", card)
    li.submits(words=lines.solution)
    chen.presses(t("customer-not-solved"))
    chen.hears(t("customer-reopened", number=number))
    assert t("ticket-status-taken") in words(card)
    (said,) = house.thread(card)
    assert t("ticket-reopened", side="customer", by=lines.customer, owner=lines.rep) in words(said)

    chen.writes(lines.again)
    assert lines.again in words(house.thread(card)[-1])
    li.does("button-resolve", card)
    li.submits(words=lines.solution)
    chen.presses(t("customer-rate", score=4))
    company.sun.does("button-reopen", card)
    assert t("ticket-reopened", side="staff", by=lines.colleague, owner=lines.rep) in words(house.thread(card)[-1])
    assert house.ticket.status == "taken"
    assert len(house.cards) == 1


def test_a_ticket_that_nobody_answers_climbs_to_group_and_manager_on_one_edited_card(company: Company) -> None:
    house, lines, t = company.house, company.lines, company.house.t
    number = complains(company)
    house.wait(minutes=31)
    assert lines.rep in next(line for line in words(house.card).splitlines() if "50%" in line)
    house.wait(minutes=20)
    assert lines.colleague in next(line for line in words(house.card).splitlines() if "80%" in line)
    house.wait(minutes=15)
    assert lines.manager in next(line for line in words(house.card).splitlines() if "100%" in line)
    assert "🔴" in words(house.card)
    for hand in (company.li, company.sun, company.wang):
        assert number in words(hand.told(number))
    assert company.chen.count(number) == 1, "the customer hears nothing of our alarms"
    company.li.does("button-take", house.card)
    assert t("ticket-status-taken") in words(house.card)


def test_the_morning_names_who_is_due_and_a_log_moves_the_date_on_the_same_card(company: Company) -> None:
    house, lines, li = company.house, company.lines, company.li
    house.last_contact(lines.company, shanghai("11-13 15:00"))
    house.until(shanghai("11-25 08:15"), step=HALF_A_DAY)
    before = len(li.direct())
    house.until(shanghai("11-25 08:30"))
    (card,) = li.direct()[before:]
    assert house.t("touch-due-today") in words(card)
    li.does("touch-button-log-short", card, li.talk)
    li.submits(words=lines.logged)
    day = house.t.day(shanghai("12-07 08:30"), "Asia/Shanghai", house.now)
    assert house.t("log-due", name=lines.company, how=house.t("how-call"), day=day) in words(card)
    assert house.t("touch-button-log-short") not in labels(card)
    assert house.record(lines.company).touch_due_at == shanghai("12-07 08:30")
    house.until(shanghai("12-03 08:15"), step=HALF_A_DAY)
    assert company.sun.direct() == []
    assert hearers(company) == [lines.rep] * 2, "neither the group nor the manager was called"


def hearers(company: Company) -> list[str]:
    """Name whom the rungs called about the company's customer, in order."""
    id_ = company.house.record(company.lines.company).id
    calls = company.house.ask(lambda store: [(store.staff.get(c.hearer_id), c.rung) for c in store.reminders.of(id_)])
    return [person.name for person, _ in sorted(calls, key=lambda call: call[1]) if person]


def test_a_contact_that_nobody_makes_climbs_to_the_group_and_the_manager(company: Company) -> None:
    house, lines, t = company.house, company.lines, company.house.t
    house.last_contact(lines.company, shanghai("11-13 15:00"))
    house.until(shanghai("11-27 08:30"), step=HALF_A_DAY)
    (mate,) = company.sun.direct()
    assert t("touch-due-over", days=2) in words(mate)
    assert lines.manager not in hearers(company)
    house.until(shanghai("12-02 08:30"), step=HALF_A_DAY)
    assert hearers(company).count(lines.manager) == hearers(company).count(lines.colleague) == 1
    boss = next(card for card in reversed(company.wang.direct()) if lines.company in words(card))
    assert t("touch-button-reassign-short") in labels(boss)
    company.li.types(f"log {lines.company} {lines.logged}")
    assert lines.rep in words(boss)
    assert t("touch-button-reassign-short") not in labels(boss)
    assert company.chen.bubbles == [], "a customer hears nothing of our reminders"


def draft(company: Company) -> None:
    """Let Li Na ask for a draft about an order of May."""
    house, lines = company.house, company.lines
    order = Order(new_id(), house.record(lines.company).id, "PO-118", shanghai("05-12 10:00"), Decimal(1200), "CNY", 1)
    house.change(lambda store: store.orders.put([order]))
    company.li.types(f"draft {lines.company} {lines.purpose}")


def test_a_draft_from_facts_is_edited_sent_and_heard(company: Company) -> None:
    house, lines, li, chen = company.house, company.lines, company.li, company.chen
    draft(company)
    (card,) = li.direct()
    assert words(card).count("PO-118") == 2, "once in the words, once among the facts"
    assert "Telegram" in words(card)
    li.does("draft-button-edit", card, li.talk)
    assert "PO-118" in li.view["blocks"][0]["element"]["initial_value"]
    li.submits(words=lines.edited)
    assert lines.edited in words(card)
    assert chen.bubbles == []
    li.does("draft-button-send", card, li.talk)
    assert labels(card) == [house.t("button-undo")]
    house.pause(seconds=11)
    (heard,) = chen.bubbles
    assert heard.text == f"{lines.rep}\n{lines.edited}"
    assert labels(card) == []
    assert "✅" in words(card)


def test_a_draft_dies_when_the_customer_writes_first(company: Company) -> None:
    house, lines, li, chen = company.house, company.lines, company.li, company.chen
    draft(company)
    (card,) = li.direct()
    li.does("draft-button-send", card, li.talk)
    house.pause(seconds=5)
    chen.writes(lines.question)
    assert labels(card) == []
    when = house.t.moment(house.now, "Asia/Shanghai", house.now)
    assert house.t("draft-overtaken", name=lines.customer, when=when) in words(card)
    house.wait(minutes=5)
    assert chen.count("PO-118") == 0
    assert chen.count(house.ticket.number) == 1


def test_a_customer_written_down_in_slack_comes_in_through_an_invitation(company: Company) -> None:
    house, lines, li = company.house, company.lines, company.li
    li.types(f'customer new "Nova" "{lines.customer}"')
    assert house.t("customer-added-by-you", name="Nova") in words(li.whispers()[-1])
    assert house.record("Nova").touch_due_at == shanghai("11-30 08:30"), "a new customer is seen every week"
    li.types("customer invite Nova")
    code = re.findall(r"start=(\S+)", words(li.whispers()[-1]))[0]
    phone = house.someone(lines.customer, house.language)
    phone.starts(code)
    phone.hears(lines.customer)
    phone.writes(lines.question)
    assert "Nova" in words(house.card)
    assert lines.question in words(house.card)


def test_an_imported_customer_who_has_nobody_yet_is_invited_by_name(company: Company) -> None:
    house, lines, li = company.house, company.lines, company.li
    imported = Customer(new_id(), "Nova", language=house.language, owner_id=li.person.id)
    house.change(lambda store: store.customers.add(imported))
    li.types("customer invite Nova")
    assert "/crm customer invite Nova" in words(li.whispers()[-1])
    for _ in range(2):  # who is known already is not written down again
        li.types(f"customer invite Nova {lines.customer}")
    code = re.findall(r"start=(\S+)", words(li.whispers()[-1]))[0]
    phone = house.someone(lines.customer, house.language)
    phone.starts(code)
    phone.hears(lines.customer)
    assert len(house.ask(lambda store: store.contacts.of(imported.id))) == 1


def test_words_under_a_card_whose_sending_was_cut_off_are_not_lost(company: Company) -> None:
    house, lines = company.house, company.lines
    house.slack.retries = ()
    house.slack.faults.append(("chat.postMessage", "lost"))  # it stands, and we never heard so
    company.chen.writes(lines.complaint)
    (card,) = house.cards
    said = company.sun.replies(card, lines.internal)
    assert not said.acked, "nobody knows yet whose thread this is"
    house.pause(seconds=3)
    assert company.sun.replies(card, lines.internal).acked
    number = house.ticket.number
    assert [entry.words for entry in entries(company, number) if entry.flow == "internal"] == [lines.internal]
    assert len(house.cards) == 1
