"""Tickets, from a customer's words to the rating."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from handlers.ticket_cards import slot_of
from scheduler.policy.document import default_text
from tests.company import SERVICE, Company
from tests.world import World, all_words


@pytest.fixture
def company(world: World) -> Company:
    return Company.found(world)


def test_a_complaint_in_chinese_becomes_a_ticket_and_ends_with_a_rating(world: World) -> None:
    wang = world.colleague("王强", "manager", language="zh-CN")
    li = world.colleague("李娜", language="zh-CN", manager_id=wang.person.id)
    chen = world.customer("星河科技", contact="陈伟", owner=li, language="zh-CN", tier="strategic")

    chen.writes("送货又晚了三天，客服还爱理不理，太让人失望了，我要投诉！")
    ticket = world.ticket
    chen.hears(ticket.number, "李娜", "抱歉")
    card = li.hears(ticket.number, "星河科技", "陈伟", place=SERVICE)
    assert card.quote is not None
    assert "爱理不理" in card.quote.words

    li.presses("我来处理")
    chen.hears("李娜", ticket.number)
    li.types(f"/crm ticket reply {ticket.number} 陈总您好，今天下午给您送到。")
    world.wait(seconds=11)
    assert chen.hears("今天下午给您送到").from_person == "李娜"
    li.hears("Delivered", place=SERVICE, thread=slot_of(ticket.number))

    li.runs("ticket resolve", number=ticket.number, words="已经送到并道歉")
    chen.hears("已经解决", "已经送到并道歉")
    chen.presses("5 分")
    assert world.ticket.status == "closed"
    assert world.ticket.rating == 5
    assert not chen.hears("谢谢您的评价").buttons
    (piece,) = world.ask(lambda s: s.feedback.listed(s.staff.scope(wang.person)))
    assert (piece.kind, piece.ticket, piece.customer_id) == (
        "complaint",
        ticket.number,
        chen.customer and chen.customer.id,
    )


@pytest.mark.parametrize("words", ["ok thanks", "好的，谢谢", "👍"])
def test_thanks_open_nothing_and_are_no_feedback(world: World, words: str) -> None:
    boss = world.colleague("Boss", "admin")
    world.stranger().writes(words)
    assert world.tickets() == []
    assert world.ask(lambda s: s.feedback.listed(s.staff.scope(boss.person))) == []


def test_praise_is_kept_as_feedback_and_thanked_for_without_a_ticket(company: Company) -> None:
    company.chen.writes("Your engineer was great, very professional and friendly!")
    assert company.world.tickets() == []
    company.chen.hears("makes our day")
    company.li.types("/crm feedback list praise")
    company.li.hears("praise", "Galaxy Ltd", "very professional")


def test_an_unclear_message_opens_a_ticket_and_one_press_says_what_it_is(company: Company) -> None:
    company.chen.writes("hmm the thing with the blue one again, you know, like last spring")
    assert company.world.ticket.type == "other"
    company.chen.presses("Something went wrong")
    assert company.world.ticket.type == "complaint"
    company.chen.hears("get back to you about", company.world.ticket.number)
    company.li.hears("complaint", company.world.ticket.number, place=SERVICE)


def test_two_people_take_at_once_and_the_second_is_told(company: Company) -> None:
    company.chen.writes("I want to complain, my order arrived damaged!")
    company.li.runs("ticket take", number=company.world.ticket.number)
    company.wang.runs("ticket take", number=company.world.ticket.number)
    company.wang.hears("is already with Li Na")
    assert company.world.ticket.owner_id == company.li.person.id


def test_talk_in_the_thread_stays_inside_unless_it_is_sent(company: Company) -> None:
    company.chen.writes("I want to complain, my order arrived damaged!")
    before = len(company.chen.cards())
    company.li.types("never tell them it fell off the truck", place=SERVICE, thread=company.thread)
    company.world.wait(minutes=1)
    assert len(company.chen.cards()) == before
    company.chen.hears_nothing("truck")


def test_a_reply_can_be_taken_back_for_ten_seconds(company: Company) -> None:
    company.chen.writes("I want to complain, my order arrived damaged!")
    number = company.world.ticket.number
    company.li.runs("ticket reply", number=number, words="You idiots")
    company.world.wait(seconds=9)
    company.li.presses("Undo", place=SERVICE, thread=company.thread)
    company.world.wait(minutes=1)
    company.chen.hears_nothing("idiots")
    company.li.hears("never saw it", place=SERVICE, thread=company.thread)

    company.li.runs("ticket reply", number=number, words="We are sorry")
    post, undo = company.li._find("Undo", SERVICE, company.thread)
    company.world.wait(seconds=11)
    company.chen.hears("We are sorry")
    company.li.presses_old(post, undo)
    company.li.hears("moved on")


def test_waiting_for_the_customer_stops_the_clock_and_their_answer_starts_it(company: Company) -> None:
    company.chen.writes("I want to complain, my order arrived damaged!")
    number, due = company.world.ticket.number, company.world.ticket.resolution_due
    company.li.runs("ticket wait", number=number, words="Could you send us the order number?")
    company.world.wait(seconds=11)
    assert company.world.ticket.watch_at is None
    company.world.wait(hours=2)
    company.chen.writes("It is 4711, as on the label")
    ticket = company.world.ticket
    assert ticket.status == "taken"
    assert ticket.resolution_due > due
    assert ticket.watch_at is not None
    company.li.hears("4711", place=SERVICE, thread=company.thread)


def test_a_broken_promise_climbs_one_message_a_rung_on_one_card(company: Company) -> None:
    company.chen.writes("I want to complain, my order arrived damaged!")
    company.world.wait(minutes=59)
    assert company.li.count("of the time") == 2  # 50 % and 80 %
    assert company.wang.count("overdue") + company.wang.count("should have heard") == 0
    company.world.wait(minutes=2)
    company.wang.hears("should have heard from us")
    company.world.wait(minutes=30)
    assert company.wang.count("should have heard") == 1
    company.world.wait(hours=30, step=timedelta(minutes=30))
    company.li.hears("50% of the time promised to Galaxy Ltd is gone. Due 10:00 on Thu 26 Nov")
    team = [card for card in company.li.cards(SERVICE) if company.world.ticket.number in card.title]
    assert len(team) == 1
    assert team[0].tone == "alarm"
    assert any("Wang Qiang" in line for line in team[0].lines)


def test_rungs_missed_while_the_process_was_down_are_said_once_as_the_highest(company: Company) -> None:
    company.chen.writes("I want to complain, my order arrived damaged!")
    company.world.sleeps(hours=1, minutes=5)
    company.world.beat()
    assert company.wang.count("should have heard") == 1
    assert company.li.count("of the time") == 0


def test_thanks_after_solving_do_not_reopen_but_a_new_grievance_does(company: Company) -> None:
    company.chen.writes("I want to complain, my order arrived damaged!")
    number = company.world.ticket.number
    company.li.runs("ticket resolve", number=number, words="Replaced.")
    company.chen.writes("thank you")
    assert company.world.ticket.status == "resolved"
    company.chen.writes("No! It is broken again, this is a disgrace, I want my money back")
    assert (company.world.ticket.status, company.world.ticket.reopened) == ("taken", 1)
    company.chen.hears("open again", number)


def test_a_solved_ticket_closes_by_itself_when_nobody_answers(company: Company) -> None:
    company.chen.writes("I want to complain, my order arrived damaged!")
    company.li.runs("ticket resolve", number=company.world.ticket.number)
    company.world.wait(hours=47, step=timedelta(hours=1))
    assert company.world.ticket.status == "resolved"
    company.world.wait(hours=2, step=timedelta(hours=1))
    assert company.world.ticket.status == "closed"


def test_a_low_rating_asks_the_manager_for_a_call(company: Company) -> None:
    company.chen.writes("I want to complain, my order arrived damaged!")
    company.li.runs("ticket resolve", number=company.world.ticket.number)
    company.chen.presses("1")
    company.wang.hears("1 out of 5", "call them")
    company.chen.runs("rate", number=company.world.ticket.number, score="5")
    company.chen.hears("rated", "already")
    assert company.world.ticket.rating == 1


def test_a_foreign_ticket_is_as_missing_as_one_that_never_was(company: Company) -> None:
    company.chen.writes("I want to complain, my order arrived damaged!")
    number = company.world.ticket.number
    company.sun.runs("ticket show", number=number)
    foreign = company.sun.cards()[-1].text.replace(number, "?")
    company.sun.runs("ticket show", number="T-22222")
    assert company.sun.cards()[-1].text.replace("T-22222", "?") == foreign
    stranger = company.world.stranger()
    stranger.runs("rate", number=number, score="1")
    stranger.runs("ticket show", number=number)
    assert company.world.ticket.rating is None


def test_a_colleague_opens_a_ticket_from_a_form_and_hands_it_over(company: Company) -> None:
    company.li.types("/crm ticket new")
    form = company.li.hears("is missing").form
    assert form is not None
    assert [ask.name for ask in form.asks] == ["customer", "type", "words", "priority"]
    company.li.runs("ticket new", customer="galaxy", type="fault", words="pump shows E42")
    ticket = company.world.ticket
    assert (ticket.type, ticket.team) == ("fault", "engineers")
    company.li.runs("ticket assign", number=ticket.number, colleague="Sun Bo")
    company.sun.hears("waiting for a first reply")
    company.sun.presses("Take it")
    assert company.world.ticket.owner_id == company.sun.person.id


def test_a_typing_mistake_gets_the_nearest_command(company: Company) -> None:
    company.li.types("/crm tiket lst")
    company.li.hears("ticket list")
    company.li.types("/crm 工单 列表")
    company.li.hears("Nothing here")


def test_what_is_refused_changes_nothing(company: Company) -> None:
    company.chen.writes("I want to complain, my order arrived damaged!")
    number = company.world.ticket.number
    for line in (
        f"ticket close {number}",
        f"ticket reopen {number}",
        "ticket take T-99999",
        f"ticket assign {number} Nobody",
    ):
        company.li.types(f"/crm {line}")
    assert company.world.ticket.version == 1


def test_service_takes_a_request_of_anybodys_customer(company: Company) -> None:
    sue = company.world.colleague("Sue", "service")
    company.chen.writes("I want to complain, my order arrived damaged!")
    sue.presses("Take it", place=SERVICE)
    assert company.world.ticket.owner_id == sue.person.id
    sue.types("/crm who Galaxy")
    sue.hears("Galaxy")
    assert "Owner" not in sue.cards()[-1].model_dump_json()


def test_a_fault_is_under_way_once_somebody_has_taken_it(company: Company) -> None:
    company.chen.writes("The pump is broken, it shows error E42 and stopped working")
    ticket = company.world.ticket
    assert (ticket.type, ticket.goal) == ("fault", "under_way")
    assert ticket.watch_at is not None
    company.li.presses("Take it")
    assert company.world.ticket.watch_at is None
    company.world.wait(hours=6)
    assert company.world.ticket.told == []


def test_a_promise_is_counted_where_the_customers_own_person_works(world: World) -> None:
    policy = default_text().replace(
        "\ncalendars:\n",
        '\ncalendars:\n  berlin:\n    zone: Europe/Berlin\n    country: DE\n    week: {mon-fri: ["09:00-17:00"]}\n',
    )
    world.adopt(policy)
    ada = world.colleague("Ada", zone="Europe/Berlin")
    guest = world.customer("Beta", owner=ada)
    world.until(datetime(2026, 11, 23, 9, 0, tzinfo=UTC))
    guest.writes("I want to complain, my order arrived damaged!")
    assert world.ticket.calendar == "berlin"
    assert world.ticket.first_response_due == datetime(2026, 11, 23, 10, 0, tzinfo=UTC)
    assert "Europe/Berlin" not in all_words(ada.hears("18:00", place="#service"))
    world.until(datetime(2026, 11, 24, 7, 0, tzinfo=UTC))
    world.customer("Gamma", owner=ada).writes("I want to complain, my order arrived damaged!")
    ada.hears("Gamma", "17:00", "9:00", "其中时刻为 Europe/Berlin 当地时间", place="#service")


def test_a_team_reads_its_cards_in_its_own_language(company: Company) -> None:
    line = '{name: service, address: "web:#service"'
    company.world.adopt(
        default_text().replace("language: zh-CN", "language: en").replace(line, f"{line}, language: zh-CN")
    )
    company.chen.writes("I want to complain, my order arrived damaged!")
    company.li.presses("我来处理", place=SERVICE)
    company.li.runs("ticket reply", number=company.world.ticket.number, words="We are sorry")
    company.li.hears("几秒后发出", place=SERVICE, thread=company.thread)
    company.world.wait(days=4, step=timedelta(hours=1))
    company.li.hears("已超出承诺时限，请Li Na", place=SERVICE, thread=company.thread)
    company.li.hears("Our promise to Galaxy Ltd is broken")
    company.chen.writes("The pump is broken, it shows error E42 and stopped working, and I need an engineer")
    company.li.runs("ticket new", customer="galaxy", type="fault", words="pump shows E42")
    company.li.hears("device fault", "[Take it]", place="#after-sales")


def test_a_list_of_tickets_shows_each_with_one_press(company: Company) -> None:
    for words in ("pump shows E42", "valve leaks"):
        company.li.runs("ticket new", customer="galaxy", type="fault", words=words)
    company.li.types("/crm ticket list")
    listed = company.li.hears("2 tickets")
    number = next(ticket.number for ticket in company.world.tickets() if ticket.words == "valve leaks")
    assert all([button.label for button in row.buttons] == ["Show"] for row in listed.rows)
    company.li.presses("Show", row=number)
    assert company.li.hears("valve leaks", "[Reply to customer]").quote is not None


def test_the_status_names_the_answer_until_there_was_one_then_the_solution(company: Company) -> None:
    company.chen.writes("I want to complain, my order arrived damaged!")
    company.chen.runs("status")
    company.chen.hears(f"{company.world.ticket.number} · received · answer by 11:00 today")
    company.li.runs("ticket reply", number=company.world.ticket.number, words="We are sorry")
    company.world.wait(seconds=11)
    company.chen.runs("status")
    company.chen.hears("somebody is working on it · planned by 10:00 on Thu 26 Nov")


def test_a_customer_can_say_in_the_status_that_it_is_not_solved(company: Company) -> None:
    company.chen.writes("I want to complain, my order arrived damaged!")
    company.li.runs("ticket resolve", number=company.world.ticket.number)
    company.chen.runs("status")
    company.chen.hears("solved, waiting for your word")
    company.chen.presses("Not solved yet", row=company.world.ticket.number)
    assert company.world.ticket.status == "taken"


def test_who_writes_faster_than_anybody_reads_fills_one_card_and_loses_no_word(company: Company) -> None:
    company.chen.writes("I want to complain, my order arrived damaged!")
    company.world.hands_in(*(company.chen.said(f"answer me {n}!") for n in range(100)))
    said = [all_words(card) for card in company.li.cards(SERVICE, company.thread)]
    assert len(said) <= 31
    for n in range(100):
        assert sum(f"answer me {n}!" in words for words in said) == 1, n
    assert company.chen.count("I've added this") <= 1
