"""Signs on a ticket's card do what its buttons do; what never was a request counts for nothing; words are split off."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from handlers.cards import Card
from storage.posts import Post
from storage.store import Store
from tests.company import DAMAGED, SERVICE, Company
from tests.threads.scene import INVOICE, entries, says, signs
from tests.world import World, all_words

LATER = "By the way, what does a second machine cost?"


def card(company: Company) -> Post:
    """Give the ticket's card as a platform knows it."""
    slot = company.thread

    def name(store: Store) -> None:
        post = store.posts.get("web", SERVICE, slot)
        assert post is not None
        store.posts.put([replace(post, provider_id="card-1")])

    company.world.change(name)
    found = company.world.ask(lambda store: store.posts.get("web", SERVICE, slot))
    assert found is not None
    return found


def test_four_signs_take_solve_and_hurry_a_ticket_and_open_it_again(company: Company) -> None:
    company.chen.writes(DAMAGED)
    signs(company.li, card(company), "mine")
    assert (company.world.ticket.status, company.world.ticket.owner_id) == ("taken", company.li.person.id)
    signs(company.li, card(company), "urgent")
    assert company.world.ticket.priority == "urgent"
    signs(company.li, card(company), "done")
    company.chen.hears("We believe", "is solved")
    signs(company.li, card(company), "ticket")
    assert company.world.ticket.status == "taken"
    shown = company.li.hears(company.number, place=SERVICE)
    assert shown.marks == ("ticket", "mine", "urgent")


@pytest.mark.parametrize(("sign", "deed"), [("mine", "taken"), ("done", "resolved"), ("urgent", "urgent")])
def test_a_sign_twice_is_one_deed_and_taking_it_away_undoes_it(company: Company, sign: str, deed: str) -> None:
    company.chen.writes(DAMAGED)
    before = company.world.ticket
    for _ in range(2):
        signs(company.li, card(company), sign)
    assert [e.what for e in company.world.ask(lambda s: s.tickets.history(before.number))] == ["opened", deed]
    for _ in range(2):
        signs(company.li, card(company), sign, added=False)
    after = company.world.ticket
    for name in ("status", "owner_id", "priority", "first_response_at", "resolved_at", "resolution_due", "watch_at"):
        assert getattr(after, name) == getattr(before, name), name
    assert all("moved on" not in all_words(said) for said in company.li.cards())


def test_what_has_moved_on_is_not_undone_by_a_sign(company: Company) -> None:
    company.chen.writes(DAMAGED)
    signs(company.li, card(company), "done")
    company.world.wait(minutes=1)
    company.chen.presses("5")
    signs(company.li, card(company), "done", added=False)
    company.li.hears("has moved on since")
    assert company.world.ticket.status == "closed"


def test_signs_of_others_mean_nothing(company: Company) -> None:
    company.chen.writes(DAMAGED)
    for who in (company.chen, company.sun, company.world.stranger()):
        signs(who, card(company), "mine")
    assert company.world.ticket.status == "new"
    assert company.sun.cards() == []


def test_an_urgent_ticket_reaches_whoever_answers_for_it(company: Company) -> None:
    company.chen.writes("Where is my order 4711?")
    company.wang.presses("Urgent", place=SERVICE)
    company.li.hears("Wang Qiang marked this ticket of yours as urgent")
    assert "[Urgent]" not in all_words(company.li.hears(company.number, place=SERVICE))


def test_what_never_was_a_request_breaks_no_promise(company: Company) -> None:
    company.chen.writes(DAMAGED)
    company.li.presses("Not a request", place=SERVICE)
    before = len(company.chen.cards())
    company.world.wait(hours=30, step=company.world.bot.policies.current.conversation.join)
    assert company.wang.count("should have heard") == 0
    assert len(company.chen.cards()) == before
    company.li.runs("ticket list", which="dismissed")
    company.li.hears(company.number, "not a request")
    company.li.presses("Open again", place=SERVICE)
    assert company.world.ticket.status == "taken"


def first_answers_owed(company: Company) -> int:
    """Count the tickets by which the promise of a first answer is measured."""

    def question(store: Store) -> int:
        scope, now = store.staff.scope(company.wang.person), company.world.now
        window = store.measures.window(scope, now - timedelta(days=7), now, now, "Asia/Shanghai")
        return store.measures.of("first_response", window).count

    return company.world.ask(question)


def test_what_never_was_a_request_is_measured_by_no_promise(company: Company) -> None:
    company.chen.writes(DAMAGED)
    company.world.wait(hours=3)
    assert first_answers_owed(company) == 1
    company.li.runs("ticket reply", number=company.number, words="We are sorry")
    company.world.wait(minutes=1)
    company.li.runs("ticket dismiss", number=company.number)
    assert first_answers_owed(company) == 0


def test_words_are_split_off_into_a_ticket_of_their_own(company: Company) -> None:
    company.chen.writes(DAMAGED)
    first = company.number
    company.world.wait(minutes=20)
    says(company.chen, "It is the blue one")
    company.world.wait(minutes=20)
    says(company.chen, LATER, files=[INVOICE])
    assert company.number == first
    company.li.presses("Split here", place=SERVICE, thread=company.thread)
    new = next(ticket for ticket in company.world.tickets() if ticket.number != first)
    assert [entry.words for entry in entries(company, first) if entry.flow == "in"] == [DAMAGED, "It is the blue one"]
    assert [entry.words for entry in entries(company, new.number)] == [LATER]
    company.chen.hears(new.number, "get back to you")
    assert new.channel == "web"


def test_all_words_from_there_on_go_along(world: World, company: Company) -> None:
    company.chen.writes(DAMAGED)
    for words in ("It is the blue one", "And about the manual", "in German please"):
        world.wait(minutes=20)
        says(company.chen, words)
    post, button = company.li._find("Split here", SERVICE, company.thread)
    middle = next(p for p in world.posts(SERVICE, company.thread) if "manual" in str(p.card))
    old = company.number
    company.li.presses_old(middle, Card.model_validate(middle.card).buttons[0])
    new = next(ticket for ticket in world.tickets() if ticket.number != old)
    assert [entry.words for entry in entries(company, new.number)] == ["And about the manual", "in German please"]
    company.li.hears("in German please", place=SERVICE, thread=f"ticket:{new.number}")
    assert company.li.count(f"This is {new.number} now", place=SERVICE, thread=f"ticket:{old}") == 2
    company.li.presses_old(post, button)
    assert len(world.tickets()) == 2


@pytest.mark.parametrize("way", ["button", "sign"])
def test_praise_that_asks_for_something_becomes_a_ticket(company: Company, way: str) -> None:
    says(company.chen, "Your engineer was great, very professional and friendly!")
    (praise,) = company.world.posts(company.li.address)
    if way == "button":
        company.li.presses("Open a ticket")
    else:
        company.world.change(lambda store: store.posts.put([replace(praise, provider_id="praise-1")]))
        for _ in range(2):
            signs(company.li, replace(praise, provider_id="praise-1"), "ticket")
    company.chen.hears(company.number, "get back to you")
    assert [entry.words for entry in entries(company)] == [company.world.ticket.words]
    company.li.hears_nothing("belong to", "already")


@pytest.mark.parametrize("since", ["a colleague", "the customer"])
def test_a_sign_taken_away_after_others_acted_undoes_nothing(company: Company, since: str) -> None:
    company.chen.writes("Where is my order 4711?")
    signs(company.li, card(company), "mine")
    company.world.wait(minutes=20)
    if since == "a colleague":
        company.wang.presses("Urgent", place=SERVICE)
    else:
        company.chen.writes("I mean the blue one")
    signs(company.li, card(company), "mine", added=False)
    company.li.hears("has moved on since")
    assert company.world.ticket.status == "taken"
