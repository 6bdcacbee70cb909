"""A ticket that was thought solved, and one that turns out to be something else: counted anew, and heard by people."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.company import DAMAGED, SERVICE, Company
from tests.world import World

ENGINEERS = "#after-sales"
UNCLEAR = "hmm the thing with the blue one again, you know, like last spring"


@pytest.fixture
def company(world: World) -> Company:
    return Company.found(world)


def test_who_answers_for_a_ticket_hears_that_it_is_not_solved(company: Company) -> None:
    company.chen.writes(DAMAGED)
    company.li.runs("ticket resolve", number=company.number, words="Replaced.")
    company.world.wait(hours=1)
    before = len(company.li.cards())
    company.chen.presses("Not solved yet")
    assert "Chen Wei says it isn't solved. It is yours again" in company.since(company.li, before)


def test_the_words_that_open_a_ticket_again_reach_its_owner_once(company: Company) -> None:
    company.chen.writes(DAMAGED)
    company.li.runs("ticket resolve", number=company.number, words="Replaced.")
    before = len(company.li.cards())
    company.chen.writes("No! It is broken again, this is a disgrace, I want my money back")
    assert company.since(company.li, before).count("money back") == 1


def test_a_colleague_who_opens_it_again_lets_the_owner_know(company: Company) -> None:
    company.chen.writes(DAMAGED)
    company.li.runs("ticket resolve", number=company.number, words="Replaced.")
    company.wang.runs("ticket reopen", number=company.number)
    company.li.hears("Wang Qiang opened this again")


def test_a_promise_broken_before_is_counted_anew_and_climbs_again(company: Company) -> None:
    company.chen.writes(DAMAGED)
    company.world.wait(days=9, step=timedelta(hours=3))
    company.li.runs("ticket resolve", number=company.number, words="Replaced.")
    company.chen.presses("Not solved yet")
    ticket = company.world.ticket
    assert ticket.resolution_due > company.world.now
    assert ticket.watch_at is not None
    company.li.hears("before it was opened again", place=SERVICE)
    before = len(company.wang.cards())
    company.world.wait(days=9, step=timedelta(hours=3))
    assert company.since(company.wang, before).count("Our promise to Galaxy Ltd is broken") == 1


def test_a_fault_that_is_not_gone_has_to_be_taken_again(company: Company) -> None:
    company.chen.writes("The pump is broken, it shows error E42 and stopped working")
    company.li.presses("Take it")
    company.li.runs("ticket resolve", number=company.number, words="Restarted it.")
    company.world.wait(hours=3)
    company.chen.presses("Not solved yet")
    assert company.world.ticket.status == "new"
    assert company.world.ticket.watch_at is not None
    company.li.presses("Take it")
    assert company.world.ticket.watch_at is None


@pytest.mark.parametrize(
    ("deed", "words", "said"),
    [
        ("ticket reply", "We look into it", "The customer has had a reply"),
        ("ticket wait", "Which colour?", "waits for the customer's answer"),
        ("ticket resolve", "Replaced.", "waits for the customer's word"),
    ],
)
def test_who_is_handed_a_ticket_reads_how_it_stands(company: Company, deed: str, words: str, said: str) -> None:
    company.chen.writes(DAMAGED)
    company.li.runs(deed, number=company.number, words=words)
    company.world.wait(seconds=11, step=timedelta(seconds=11))
    company.li.runs("ticket assign", number=company.number, colleague="Sun Bo")
    company.sun.hears(said)
    company.sun.hears_nothing("first reply")


def test_nobody_is_promised_a_time_that_is_over(company: Company) -> None:
    company.chen.writes(UNCLEAR)
    company.world.wait(days=5, step=timedelta(hours=12))
    company.li.runs("ticket take", number=company.number)
    company.chen.presses("Something is broken")
    ticket = company.world.ticket
    assert min(ticket.first_response_due, ticket.resolution_due) > company.world.now
    company.chen.hears("get back to you about", company.number, "today")


def test_the_stricter_promise_holds_from_the_opening_on_while_that_is_ahead(company: Company) -> None:
    company.chen.writes(UNCLEAR)
    opened, before = company.world.now, company.world.ticket
    company.world.wait(minutes=5)
    company.chen.presses("Something is broken")
    assert company.world.ticket.first_response_due <= before.first_response_due
    assert company.world.ticket.first_response_due - opened <= timedelta(hours=1)


def test_a_request_that_turns_out_to_be_a_fault_goes_to_the_engineers(company: Company) -> None:
    company.chen.writes(UNCLEAR)
    company.chen.presses("Something is broken")
    company.li.hears("device fault", company.number, "[Take it]", place=ENGINEERS)
    left = company.li.hears("Now with the team for: device fault", place=SERVICE)
    assert not left.buttons
    company.li.runs("ticket reply", number=company.number, words="An engineer is on the way")
    company.li.hears("An engineer is on the way", place=ENGINEERS, thread=company.thread)
