"""Only what reached the customer counts: replies that left, were taken back, or never arrived."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from bot.channels.port import Outgoing, Receipt, WontWork
from bot.channels.webchat.channel import WebChat
from tests.company import DAMAGED, SERVICE, Company
from tests.world import World, all_words

UNDO_SPAN = timedelta(seconds=11)


@pytest.fixture
def company(world: World) -> Company:
    return Company.found(world)


class Deaf(WebChat):
    """A web chat that no longer reaches one address."""

    def __init__(self, address: str) -> None:
        self.address = address

    async def send(self, outgoing: Outgoing) -> Receipt:
        if outgoing.message.address == self.address:
            raise WontWork("not today", "other")
        return await super().send(outgoing)


def answered_at(company: Company) -> datetime | None:
    return company.world.ticket.first_response_at


def test_a_reply_counts_once_it_has_left_from_the_moment_it_was_written(company: Company) -> None:
    company.chen.writes(DAMAGED)
    written = company.world.now
    company.li.runs("ticket reply", number=company.number, words="We are sorry")
    assert answered_at(company) is None
    company.world.wait(seconds=11, step=UNDO_SPAN)
    assert answered_at(company) == written
    company.world.wait(hours=2)
    assert company.wang.count("should have heard") == 0


def test_a_reply_taken_back_is_no_answer_and_leaves_the_ticket_as_it_was(company: Company) -> None:
    company.chen.writes(DAMAGED)
    company.li.runs("ticket reply", number=company.number, words="oops")
    assert company.world.ticket.status == "taken"
    company.li.presses("Undo", place=SERVICE, thread=company.thread)
    assert company.world.ticket.status == "new"
    company.world.wait(minutes=61)
    company.chen.hears_nothing("oops")
    assert answered_at(company) is None
    company.wang.hears("should have heard from us")


def test_a_reply_taken_back_beside_another_leaves_the_ticket_with_who_took_it(company: Company) -> None:
    company.chen.writes(DAMAGED)
    company.li.runs("ticket reply", number=company.number, words="oops")
    post, undo = company.li._find("Undo", SERVICE, company.thread)
    company.li.runs("ticket reply", number=company.number, words="We are sorry")
    company.li.presses_old(post, undo)
    company.world.wait(seconds=11, step=UNDO_SPAN)
    company.chen.hears("We are sorry")
    company.chen.hears_nothing("oops")
    assert company.world.ticket.status == "taken"
    assert answered_at(company) is not None


def test_a_question_taken_back_is_not_waited_for(company: Company) -> None:
    company.chen.writes(DAMAGED)
    company.li.runs("ticket wait", number=company.number, words="Which colour?")
    company.li.presses("Undo", place=SERVICE, thread=company.thread)
    ticket = company.world.ticket
    assert (ticket.status, ticket.waiting_since) == ("new", None)
    assert ticket.watch_at is not None


def test_waiting_without_a_word_to_the_customer_is_no_answer(company: Company) -> None:
    company.chen.writes(DAMAGED)
    company.li.runs("ticket wait", number=company.number)
    company.li.hears("They have had no reply from us yet", "11:00 today")
    company.world.wait(minutes=61)
    assert company.world.ticket.status == "waiting"
    assert answered_at(company) is None
    company.wang.hears("should have heard from us")


def test_waiting_after_an_answer_stops_the_clock_without_a_word(company: Company) -> None:
    company.chen.writes(DAMAGED)
    company.li.runs("ticket reply", number=company.number, words="We are sorry")
    company.world.wait(seconds=11, step=UNDO_SPAN)
    company.li.runs("ticket wait", number=company.number)
    assert company.world.ticket.watch_at is None
    company.li.hears("The clock is paused", place=SERVICE)


@pytest.mark.parametrize("deed", ["ticket reply", "ticket wait"])
def test_a_reply_that_does_not_arrive_is_no_answer_and_its_author_is_told(company: Company, deed: str) -> None:
    company.chen.writes(DAMAGED)
    company.world.bot.pump._channels["web"] = Deaf(company.chen.address)
    company.li.runs(deed, number=company.number, words="hello? Which one?")
    company.world.wait(minutes=1, step=UNDO_SPAN)
    company.li.hears("was not delivered", "hello?", company.number)
    company.li.hears("Not delivered", place=SERVICE, thread=company.thread)
    assert company.world.ticket.status == "new"
    company.world.wait(hours=1)
    assert answered_at(company) is None
    company.wang.hears("should have heard from us")


def test_what_was_written_first_is_read_first(company: Company) -> None:
    company.chen.writes(DAMAGED)
    company.li.runs("ticket reply", number=company.number, words="FIRST: a new one is on its way")
    company.world.wait(seconds=4, step=timedelta(seconds=4))
    company.li.runs("ticket resolve", number=company.number, words="SECOND: replaced")
    company.world.wait(seconds=11, step=timedelta(seconds=1))
    said = [all_words(card) for card in company.chen.cards()]
    first, second = (next(i for i, words in enumerate(said) if mark in words) for mark in ("FIRST", "SECOND"))
    assert first < second


def test_a_solution_without_an_earlier_reply_is_said_at_once(company: Company) -> None:
    company.chen.writes(DAMAGED)
    company.li.runs("ticket resolve", number=company.number, words="Replaced.")
    company.chen.hears("We believe", "Replaced.")
