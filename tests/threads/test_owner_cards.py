"""The card by which a ticket was handed to somebody says how the ticket stands, and offers no deed that is over."""

from __future__ import annotations

from handlers.cards import Card
from tests.company import DAMAGED, Company
from tests.world import Colleague, all_words


def card_of(company: Company, person: Colleague) -> str:
    """Read the one card by which somebody has the ticket."""
    (post,) = [post for post in company.world.posts(person.address) if post.slot == f"owner:{company.number}"]
    return all_words(Card.model_validate(post.card))


def test_it_follows_the_ticket_from_hand_to_hand_to_its_end(company: Company) -> None:
    company.chen.writes(DAMAGED)
    assert "waiting for a first reply" in card_of(company, company.li)
    assert "[Take it]" in card_of(company, company.li)
    company.li.runs("ticket take", number=company.number)
    assert "[Take it]" not in card_of(company, company.li)
    company.li.runs("ticket reply", number=company.number, words="We are sorry")
    company.world.wait(seconds=11)
    assert "The customer has had a reply" in card_of(company, company.li)
    company.li.runs("ticket assign", number=company.number, colleague="Sun")
    assert "Sun Bo has this ticket now" in card_of(company, company.li)
    assert "[Take it]" in card_of(company, company.sun)
    company.sun.runs("ticket resolve", number=company.number)
    assert "marked as solved" in card_of(company, company.sun)
    company.sun.runs("ticket close", number=company.number)
    assert "This ticket is closed." in card_of(company, company.sun)
    for person in (company.li, company.sun):
        assert "[Take it]" not in card_of(company, person)
        assert "[Show ticket]" in card_of(company, person)


def test_who_gets_a_ticket_back_reads_it_at_the_bottom(company: Company) -> None:
    company.chen.writes(DAMAGED)
    company.li.runs("ticket assign", number=company.number, colleague="Sun")
    company.sun.runs("ticket assign", number=company.number, colleague="Li")
    assert "waiting for a first reply" in all_words(company.li.cards()[-1])
    assert "Li Na has this ticket now" in card_of(company, company.sun)


def test_what_was_put_aside_is_offered_to_nobody(company: Company) -> None:
    company.chen.writes(DAMAGED)
    company.sun.runs("ticket dismiss", number=company.number)
    company.wang.runs("ticket dismiss", number=company.number)
    assert "put aside: it was not a request" in card_of(company, company.li)
    assert "[Take it]" not in card_of(company, company.li)
