"""A stranger proves who they are: what they said, asked for and refused goes along, and nobody becomes somebody else."""

from __future__ import annotations

import pytest

from storage.columns import new_id
from storage.contacts import Contact
from tests.test_chats import COMPLAINT, code_from
from tests.world import Colleague, Guest, World, all_words


def company(world: World) -> tuple[Colleague, Colleague, Guest]:
    wang = world.colleague("Wang Qiang", "manager")
    li = world.colleague("Li Na", manager_id=wang.person.id)
    return wang, li, world.customer("Galaxy Ltd", contact="Chen Wei", owner=li, tier="growth")


def contact_at(world: World, guest: Guest) -> Contact:
    found = world.ask(lambda s: s.contacts.at("web", guest.address))
    assert found is not None
    return found


def colleague_of(world: World, chen: Guest, name: str) -> Guest:
    """Put another contact of the same customer on record, in a chat of their own."""
    assert chen.customer is not None
    known = Contact(id=new_id(), customer_id=chen.customer.id, name=name, met_at=world.now)
    address = f"guest:{known.id}"
    world.change(lambda s: (s.contacts.add(known, world.now), s.contacts.bind(known.id, "web", address)))  # type: ignore[func-returns-value]
    return Guest(world, address, known.id, chen.customer)


@pytest.mark.parametrize("words", ["/stop", "stop messaging me, unsubscribe"])
def test_an_opt_out_survives_the_proof(world: World, words: str) -> None:
    _, li, _ = company(world)
    stranger = world.stranger()
    stranger.writes("hello")
    stranger.writes(words)
    stranger.writes(f"/start {code_from(li)}")
    assert contact_at(world, stranger).name == "Chen Wei"
    assert contact_at(world, stranger).opted_out_at is not None


def test_of_what_was_said_in_two_chats_the_stricter_counts_until_they_agree_again(world: World) -> None:
    _, li, chen = company(world)
    stranger = world.stranger()
    stranger.writes("stop messaging me, unsubscribe")
    world.wait(hours=1)

    def agree() -> None:
        world.change(lambda s: s.contacts.consent(chen.contact_id, "proactive", "phone", world.now, given=True))

    agree()
    stranger.writes(f"/start {code_from(li)}")
    assert contact_at(world, stranger).opted_out_at is not None
    agree()
    assert contact_at(world, stranger).opted_out_at is None


@pytest.mark.parametrize("whose", ["same customer", "another customer"])
def test_a_link_that_was_passed_on_turns_nobody_into_somebody_else(world: World, whose: str) -> None:
    _, li, chen = company(world)
    bob = colleague_of(world, chen, "Bob") if whose == "same customer" else world.customer("Beta", contact="Bob")
    code = code_from(li)
    bob.writes(f"/start {code}")
    assert "invalid or has expired" in all_words(bob.cards()[-1])
    assert "Chen" not in all_words(bob.cards()[-1])
    assert contact_at(world, bob).name == "Bob"
    li.hears("Chen Wei", "another contact")
    laptop = world.stranger()
    laptop.writes(f"/start {code}")
    assert contact_at(world, laptop).name == "Chen Wei"


def test_a_strangers_ticket_becomes_the_owners_and_its_card_says_so(world: World) -> None:
    _, li, _ = company(world)
    stranger = world.stranger()
    stranger.writes(COMPLAINT)
    number = world.ticket.number
    stranger.writes(f"/start {code_from(li)}")
    assert world.ticket.owner_id == li.person.id
    li.hears(number, "damaged")
    li.hears("Galaxy Ltd", "Li Na", place="#service")


def test_a_strangers_ticket_that_somebody_took_stays_theirs(world: World) -> None:
    _, li, _ = company(world)
    sun = world.colleague("Sun Bo", "service")
    stranger = world.stranger()
    stranger.writes(COMPLAINT)
    sun.runs("ticket take", number=world.ticket.number)
    stranger.writes(f"/start {code_from(li)}")
    assert world.ticket.owner_id == sun.person.id


def test_the_manager_of_whose_customer_it_is_hears_of_a_bound_strangers_ticket(world: World) -> None:
    aaron = world.colleague("Aaron", "manager")
    wang, li, _ = company(world)
    stranger = world.stranger()
    stranger.writes(COMPLAINT)
    stranger.writes(f"/start {code_from(li)}")
    world.wait(minutes=70)
    wang.hears("Galaxy Ltd", "the first reply was due")
    aaron.hears_nothing("Galaxy")
    aaron.hears_nothing(world.ticket.number)


def test_a_strangers_feedback_becomes_the_customers_and_is_no_longer_everybodys(world: World) -> None:
    _, li, _ = company(world)
    sun = world.colleague("Sun Bo")
    stranger = world.stranger()
    stranger.writes(COMPLAINT)
    sun.types("/crm feedback list")
    sun.hears("damaged")
    stranger.writes(f"/start {code_from(li)}")
    li.types("/crm feedback list customer:Galaxy")
    assert "damaged" in all_words(li.cards()[-1])
    sun.types("/crm feedback list")
    assert "damaged" not in all_words(sun.cards()[-1])
