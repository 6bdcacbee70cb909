"""What becomes of a customer's words: which ticket they join, which they open, and who hears them."""

from __future__ import annotations

from datetime import timedelta

import pytest

from handlers.ticket_cards import slot_of
from prompts.reader.offline import OfflineReader
from prompts.reader.reading import Intent
from storage.drafts import Draft
from tests.company import DAMAGED, SERVICE, Company
from tests.world import World, all_words

ENGINEERS = "#after-sales"
STOPPED = "URGENT: our machine has stopped, production is down, error E42!"


@pytest.fixture
def company(world: World) -> Company:
    return Company.found(world)


def test_a_fault_after_a_question_is_a_ticket_of_its_own_that_engineers_see(company: Company) -> None:
    company.chen.writes("Could you tell me whether you sell spare parts?")
    company.li.runs("ticket reply", number=company.number, words="Yes, we do")
    company.world.wait(hours=2)
    before = len(company.li.cards())
    company.chen.writes(STOPPED)
    assert company.types() == ["inquiry", "fault"]
    company.li.hears("device fault", "error E42", place=ENGINEERS)
    assert "error E42" in company.since(company.li, before)
    company.chen.hears("sorry about this")


def test_a_complaint_while_a_quote_is_open_has_the_promise_of_a_complaint(company: Company) -> None:
    company.chen.writes("Please send me a quote for 500 pieces")
    company.world.wait(minutes=12)
    company.chen.writes(DAMAGED)
    assert company.types() == ["price", "complaint"]


def test_weighty_words_join_the_ticket_that_they_name(company: Company) -> None:
    company.chen.writes("Could you tell me whether you sell spare parts?")
    company.chen.writes(f"{company.number}: our machine has stopped, error E42!")
    assert company.types() == ["fault"]
    company.li.hears("device fault", place=ENGINEERS)


def test_a_fault_in_a_complaint_is_the_same_matter_unless_it_presses(company: Company) -> None:
    company.chen.writes(DAMAGED)
    company.world.wait(minutes=20)
    company.chen.writes("The second box is broken as well")
    assert company.types() == ["complaint"]
    company.chen.writes(STOPPED)
    assert company.types() == ["complaint", "fault"]
    company.chen.writes("The machine is broken still, error E42")
    assert company.types() == ["complaint", "fault"]


def test_the_answer_to_our_question_may_say_that_it_is_a_fault(company: Company) -> None:
    company.chen.writes("Could you tell me whether you sell spare parts?")
    company.li.runs("ticket wait", number=company.number, words="For which machine?")
    company.world.wait(hours=1)
    company.chen.writes("The big one. It has stopped and shows error E42!")
    assert company.types() == ["fault"]
    assert company.world.ticket.status == "taken"


def test_a_fault_joins_the_fault_that_is_open_even_while_a_question_waits(company: Company) -> None:
    company.chen.writes("Our machine has stopped, error E42!")
    fault = company.number
    company.world.wait(hours=1)
    company.li.runs("ticket new", customer="galaxy", type="inquiry", words="asks for spare parts")
    (question,) = (ticket.number for ticket in company.world.tickets() if ticket.number != fault)
    company.li.runs("ticket wait", number=question, words="For which machine?")
    company.world.wait(hours=1)
    company.chen.writes("It has stopped again, the same error E42!")
    assert company.types() == ["fault", "inquiry"]
    company.li.hears("the same error E42", place=ENGINEERS, thread=slot_of(fault))


def test_an_unclear_request_becomes_what_the_next_words_say(company: Company) -> None:
    company.chen.writes("/human")
    company.chen.writes(STOPPED)
    assert company.types() == ["fault"]
    company.li.hears("device fault", place=ENGINEERS)
    company.li.hears("Now with the team for: device fault", place=SERVICE)


def test_words_that_are_more_urgent_reach_a_person_at_once_and_raise_the_ticket(company: Company) -> None:
    company.chen.writes("The pump is broken, it shows error E42")
    priority, before = company.world.ticket.priority, len(company.li.cards())
    company.chen.writes("URGENT!! production stands still, error E42")
    assert (priority, company.world.ticket.priority) == ("high", "urgent")
    assert "production stands still" in company.since(company.li, before)


def test_the_answer_to_our_question_joins_however_late_it_comes(company: Company) -> None:
    company.chen.writes(DAMAGED)
    company.li.runs("ticket reply", number=company.number, words="We look into it")
    company.world.wait(days=4, step=timedelta(hours=6))
    company.li.runs("ticket wait", number=company.number, words="Which colour do you want?")
    company.world.wait(days=5, step=timedelta(hours=6))
    company.chen.writes("The blue one please")
    assert company.world.ticket.status == "taken"
    company.li.hears("The blue one please", place=SERVICE, thread=company.thread)


def test_a_ticket_that_is_spoken_of_every_day_stays_one(company: Company) -> None:
    company.chen.writes(DAMAGED)
    company.li.runs("ticket reply", number=company.number, words="We look into it")
    for _ in range(5):
        company.world.wait(days=1, step=timedelta(hours=6))
        company.chen.writes("Any news about my damaged order?")
    assert company.types() == ["complaint"]
    company.world.wait(hours=73, step=timedelta(hours=6))
    company.chen.writes("Any news?")
    assert len(company.world.tickets()) == 2


@pytest.mark.parametrize("words", ["When will the invoice come?", "hmm, about the blue one", "Where is my order 4711?"])
def test_what_leaves_something_to_do_opens_a_solved_ticket_again(company: Company, words: str) -> None:
    company.chen.writes(DAMAGED)
    company.li.runs("ticket resolve", number=company.number, words="Replaced.")
    company.world.wait(minutes=20)
    company.chen.writes(words)
    assert company.world.ticket.status == "taken"
    company.chen.hears("open again", "get back to you")
    company.world.wait(days=4, step=timedelta(hours=6))
    assert company.world.ticket.status == "taken"


@pytest.mark.parametrize("words", ["thanks!", "Your engineer was great, very professional and friendly!", "👍"])
def test_thanks_and_praise_leave_a_solved_ticket_solved(company: Company, words: str) -> None:
    company.chen.writes(DAMAGED)
    company.li.runs("ticket resolve", number=company.number, words="Replaced.")
    company.chen.writes(words)
    assert company.world.ticket.status == "resolved"


def test_a_wish_to_buy_after_a_solved_complaint_is_a_ticket_of_its_own(company: Company) -> None:
    company.chen.writes(DAMAGED)
    company.li.runs("ticket resolve", number=company.number, words="Replaced.")
    company.world.wait(minutes=20)
    company.chen.writes("Please send me a quote for 500 pieces, what is the price?")
    assert company.types() == ["complaint", "price"]


@pytest.mark.parametrize(
    ("words", "kept"),
    [
        ("/human the press is on fire, call 0171-555", "the press is on fire"),
        ("/log in to your portal fails since this morning, our production stands still!", "your portal fails"),
        ("/due to your late delivery our line stands still", "late delivery"),
        ("/stop the delivery of order 4711, it is the wrong model!", "order 4711"),
        ("/start of the machine fails with error E42", "error E42"),
        ("/status of my order 4711 please", "order 4711"),
    ],
)
def test_words_behind_a_slash_are_heard_as_words(company: Company, words: str, kept: str) -> None:
    company.chen.writes(words)
    assert kept in company.world.ticket.words
    company.li.hears(kept, company.number)
    contact = company.world.ask(lambda s: s.contacts.get(company.chen.contact_id))
    assert contact is not None
    assert contact.opted_out_at is None


def test_a_staff_command_that_stands_alone_is_told_apart(company: Company) -> None:
    company.chen.writes("/due")
    company.chen.hears("is for our team")
    assert company.world.tickets() == []


def test_asking_for_a_person_again_names_the_ticket_that_is_open(company: Company) -> None:
    for _ in range(5):
        company.chen.writes("/human")
    company.chen.hears(company.number, "still open", "Li Na")
    assert company.li.count(company.number) <= 2


def test_asking_for_a_person_ends_a_draft_that_waits(company: Company) -> None:
    world, chen = company.world, company.chen
    assert chen.customer is not None
    draft = Draft(
        id="d1",
        customer_id=chen.customer.id,
        contact_id=chen.contact_id,
        staff_id=company.li.person.id,
        channel="web",
        purpose="follow_up",
        words="Shall we talk?",
        original="Shall we talk?",
        facts={},
        made_at=world.now,
        expires_at=world.now + timedelta(days=1),
    )
    world.change(lambda s: s.drafts.add(draft))
    chen.runs("human")
    found = world.ask(lambda s: s.drafts.get("d1"))
    assert found is not None
    assert found.state == "overtaken"


@pytest.mark.parametrize("words", ["/start", "/Start"])
def test_start_without_a_code_is_a_greeting(world: World, words: str) -> None:
    someone = world.stranger()
    someone.writes(words)
    someone.hears("Just write what you need")
    assert "/crm" not in all_words(someone.cards()[-1])


def test_what_a_customer_adds_reaches_the_person_who_answers_for_them(company: Company) -> None:
    company.chen.writes(DAMAGED)
    company.li.runs("ticket take", number=company.number)
    company.li.runs("ticket reply", number=company.number, words="Which colour?")
    company.world.wait(minutes=20)
    before = len(company.li.cards())
    company.chen.writes("The blue one, and I would like a second manual")
    company.chen.writes("A printed one, if you have it")
    assert company.since(company.li, before).count("has written again") == 1
    assert "The blue one" in company.since(company.li, before)
    assert company.sun.cards() == []


def test_what_a_customer_adds_reaches_the_deputy_of_who_is_away(company: Company) -> None:
    company.chen.writes(DAMAGED)
    until = company.world.now + timedelta(days=5)
    company.world.change(
        lambda s: s.staff.change(company.li.person.id, away_until=until, deputy_id=company.sun.person.id)
    )
    company.world.wait(minutes=20)
    company.chen.writes("The blue one, and I would like a second manual")
    company.sun.hears("has written again", "The blue one")


def test_praise_reaches_the_customers_own_person(company: Company) -> None:
    company.chen.writes("Your engineer was great, very professional and friendly!")
    company.li.hears("Galaxy Ltd", "praised", "very professional")


def test_praise_of_somebody_new_reaches_a_team(company: Company) -> None:
    company.world.stranger().writes("Your engineer was great, very professional and friendly!")
    assert any(company.li.count("praised", "very professional", place=place) for place in (SERVICE, "#rapport"))


def test_times_are_said_in_the_zone_that_is_on_record_for_the_customer(world: World) -> None:
    li = world.colleague("Li Na")
    chen = world.customer("Galaxy Ltd", contact="Chen Wei", owner=li, tier="growth", zone="Europe/Berlin")
    chen.writes(DAMAGED)
    chen.hears("by 04:00 today")  # 11:00 in Shanghai
    chen.runs("status")
    chen.hears("answer by 04:00 today")


LEAVING = (
    *("stop messaging me", "Please stop texting me", "stop sending me messages", "/stop messages", "do not message me"),
    *("别再联系我了", "请不要再联系我们", "不要再联系我", "请勿再跟我联系了"),
)
STAYING = (
    *(
        "please don't stop messaging me",
        "Do not contact my colleague, contact me",
        "Our PLC will not stop sending alarms",
    ),
    *("别再联系我的同事，直接联系我", "你们别再联系王工了，订单问题找我"),
)


@pytest.mark.parametrize("words", LEAVING)
def test_whoever_wants_no_more_messages_is_heard(words: str) -> None:
    assert Intent.OPT_OUT in OfflineReader().read(words).sure


@pytest.mark.parametrize("words", STAYING)
def test_whoever_speaks_of_other_messages_is_not_taken_for_leaving(words: str) -> None:
    assert Intent.OPT_OUT not in OfflineReader().read(words).sure
