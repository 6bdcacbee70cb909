"""A thread is internal unless somebody sets it to reply; it says so, and never goes on so silently."""

from __future__ import annotations

import pytest

from tests.company import DAMAGED, SERVICE, Company

EVERYTHING = "everything in this thread goes to Chen Wei"


def set_to_reply(company: Company) -> None:
    company.chen.writes(DAMAGED)
    company.li.presses("Take it", place=SERVICE)
    company.li.presses("Reply from this thread", place=SERVICE)


def talks(company: Company, words: str) -> None:
    company.li.types(words, place=SERVICE, thread=company.thread)


def test_without_a_word_about_it_a_thread_stays_among_us(company: Company) -> None:
    company.chen.writes(DAMAGED)
    talks(company, "They always complain")
    company.world.wait(minutes=1)
    company.chen.hears_nothing("always complain")
    company.li.hears("This thread is internal", place=SERVICE)


def test_in_reply_mode_what_is_written_goes_out_like_a_reply(company: Company) -> None:
    set_to_reply(company)
    company.li.hears(company.number, EVERYTHING, "[Keep it internal]", place=SERVICE)
    company.li.hears("Li Na switched reply mode on", "/crm ticket note", place=SERVICE, thread=company.thread)
    talks(company, "A new one is on its way")
    company.li.hears("A new one", "Leaves in a few seconds", "[Undo]", place=SERVICE, thread=company.thread)
    company.chen.hears_nothing("A new one")
    company.world.wait(seconds=11)
    company.chen.hears("A new one is on its way", "Li Na")
    company.li.hears("A new one", "✓ Delivered", place=SERVICE, thread=company.thread)
    assert company.world.ticket.first_response_at is not None


def test_what_was_written_in_reply_mode_can_be_undone(company: Company) -> None:
    set_to_reply(company)
    talks(company, "oops")
    company.li.presses("Undo", place=SERVICE, thread=company.thread)
    company.world.wait(minutes=1)
    company.chen.hears_nothing("oops")


def test_a_note_stays_internal_in_reply_mode(company: Company) -> None:
    set_to_reply(company)
    company.li.types(f"/crm ticket note {company.number} They pay late", place=SERVICE, thread=company.thread)
    company.world.wait(minutes=1)
    company.li.hears("internal note", "They pay late", place=SERVICE, thread=company.thread)
    company.chen.hears_nothing("pay late")


@pytest.mark.parametrize(
    "deed",
    [
        "ticket resolve {number}",
        "ticket assign {number} Sun",
        "ticket dismiss {number}",
        "ticket mode {number} internal",
    ],
)
def test_reply_mode_ends_with_the_work_and_says_so(company: Company, deed: str) -> None:
    set_to_reply(company)
    company.li.types("/crm " + deed.format(number=company.number))
    company.li.hears(
        "This thread is internal" if "mode" in deed else "this thread is internal again",
        place=SERVICE,
        thread=None if "mode" in deed else company.thread,
    )
    company.li.hears_nothing(EVERYTHING, place=SERVICE)
    talks(company, "between us")
    company.world.wait(minutes=1)
    company.chen.hears_nothing("between us")


def test_a_solved_ticket_and_an_unreachable_customer_bear_no_reply_mode(company: Company) -> None:
    company.chen.writes(DAMAGED)
    company.li.runs("ticket resolve", number=company.number)
    company.li.runs("ticket mode", number=company.number, mode="reply")
    company.li.hears("Open it again to write to the customer")
    assert company.world.ticket.mode is None
