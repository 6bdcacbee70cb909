"""What nobody can read is answered kindly once a day, opens nothing, and is noted where work goes on."""

from __future__ import annotations

from tests.company import DAMAGED, SERVICE, Company


def sends_a_poll(company: Company) -> None:
    company.chen._hand_in("unknown kind", {"what": "poll"})


def test_it_is_answered_once_a_day_and_opens_no_ticket(company: Company) -> None:
    for _ in range(3):
        sends_a_poll(company)
    assert company.chen.count("I can't read that here") == 1
    company.world.wait(days=1)
    sends_a_poll(company)
    assert company.chen.count("I can't read that here") == 2
    assert company.world.tickets() == []


def test_an_open_ticket_takes_note_of_it(company: Company) -> None:
    company.chen.writes(DAMAGED)
    sends_a_poll(company)
    company.chen.hears("I've noted it on", company.number)
    company.li.hears("can't be shown here: poll", place=SERVICE, thread=company.thread)


def test_it_is_answered_to_strangers_and_colleagues_too(company: Company) -> None:
    stranger = company.world.stranger()
    stranger._hand_in("unknown kind", {"what": "poll"})
    stranger.hears("I can't read that here")
    company.li._hand_in("unknown kind", {"what": "sticker"})
    company.li.hears("I can't read that here")
