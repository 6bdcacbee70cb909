"""Whoever the company's site signs in is one contact: on every device, with what they said before, and nobody else's."""

from __future__ import annotations

import pytest

from bot.channels.webchat.deeds import Speaker, Words, words_event
from bot.channels.webchat.guests import Session, new_guest, proven, proven_guest
from bot.channels.webchat.origins import SignedIn
from bot.channels.webchat.visits import proven_event
from storage.contacts import Contact
from storage.customers import Customer
from storage.store import Store
from tests.threads.scene import says, takes_back
from tests.webchat.page import Page
from tests.webchat.test_embedding import signed
from tests.world import Colleague, World


def _proves(world: World, id_: str, before: str | None = None, name: str = "Chen Wei") -> str:
    address = proven_guest(id_)
    world.hands_in(proven_event(address, SignedIn(id_, name), Session(before) if before else None, "en"))
    world.settle()
    return address


def _says(world: World, address: str, text: str, zone: str = "") -> None:
    world.hands_in(words_event(Speaker(address, "en"), Words(id=world.next_id(), text=text, zone=zone)))
    world.settle()


def _at(world: World, address: str) -> Contact | None:
    return world.ask(lambda store: store.contacts.at("web", address))


def test_who_signs_in_is_one_contact_with_their_name(world: World) -> None:
    address = _proves(world, "u-1")
    _proves(world, "u-1")
    known = _at(world, address)
    assert known is not None
    assert known.name == "Chen Wei"
    assert world.ask(lambda store: store.contacts.at("web-user", "u-1")) == known
    other = _at(world, _proves(world, "u-2"))
    assert other is not None
    assert other.id != known.id


def test_what_somebody_wrote_before_they_signed_in_comes_along(world: World) -> None:
    before = new_guest()
    _says(world, before, "My order arrived damaged, I want to complain!")
    ticket = world.ticket
    address = _proves(world, "u-1", before)
    known = _at(world, address)
    assert known is not None
    moved = world.ask(lambda store: store.tickets.get(ticket.number))
    assert moved is not None
    assert moved.contact_id == known.id
    said = world.ask(lambda store: [post.card.get("text", "") for post in store.posts.of("web", address)])
    assert any(ticket.number in text for text in said)
    assert world.ask(lambda store: store.posts.of("web", before)) == []


def _replied(world: World, *, arrived: bool) -> tuple[str, str, dict[str, str]]:
    """Let a guest be answered from a thread, and sign in once that has arrived, or before; give where they read it now."""
    li = world.colleague("Li Na", "manager")
    before = new_guest()
    _says(world, before, "My order arrived damaged, I want to complain!")
    here = {"place": "#service", "thread": f"ticket:{world.ticket.number}"}
    li.runs("ticket take", number=world.ticket.number)
    li.runs("ticket mode", number=world.ticket.number, mode="reply")
    says(li, "You get it for free", message="r1", **here)
    world.wait(minutes=1 if arrived else 0)
    return before, _proves(world, "u-1", before), here


def _reads(world: World, address: str) -> str:
    return str(world.ask(lambda store: [post.card for post in store.posts.of("web", address)]))


@pytest.mark.parametrize("arrived", [True, False])
def test_an_answer_to_who_signed_in_since_stands_where_they_read_and_vanishes_there(
    world: World, *, arrived: bool
) -> None:
    _, address, here = _replied(world, arrived=arrived)
    world.wait(minutes=1)
    assert "for free" in _reads(world, address)
    (li,) = [one for one in world.ask(lambda store: store.staff.everyone()) if one.name == "Li Na"]
    takes_back(Colleague(world, f"staff:{li.id}", li), "r1", **here)
    assert "for free" not in _reads(world, address)
    assert "This message was taken back" in _reads(world, address)


def test_an_answer_on_its_way_to_who_signed_in_is_read_by_nobody_else_once_they_are_split(world: World) -> None:
    _, address, _ = _replied(world, arrived=False)
    known = _at(world, address)
    assert known is not None
    (join,) = world.ask(lambda store: store.joins.of(known.id))
    world.change(lambda store: store.joins.split(join, "mia", world.now))
    world.wait(minutes=1)
    assert "for free" not in _reads(world, address)


def test_what_a_sign_in_joined_can_be_split_after_any_number_of_sign_ins(world: World) -> None:
    before = new_guest()
    _says(world, before, "My order arrived damaged, I want to complain!")
    stranger = _at(world, before)
    assert stranger is not None
    address = _proves(world, "u-1", before)
    _proves(world, "u-1", before)
    _proves(world, "u-1")
    known = _at(world, address)
    assert known is not None
    (join,) = world.ask(lambda store: store.joins.of(known.id))
    assert (join.how, join.from_id) == ("identity", stranger.id)
    world.change(lambda store: store.joins.split(join, "mia", world.now))
    there, here = _at(world, before), _at(world, address)
    assert there is not None
    assert here is not None
    assert (there.id, here.id) == (stranger.id, known.id)


def test_who_was_joined_by_a_colleague_can_be_split_after_a_sign_in(world: World) -> None:
    address = _proves(world, "u-1")
    side = _at(world, address)
    assert side is not None

    def join(store: Store) -> None:
        store.customers.add(Customer(id="acme", name="Acme Ltd"))
        into = Contact(id="ada", name="Ada", customer_id="acme")
        store.contacts.add(into, world.now)
        store.joins.join(side, into, None, None, how="person", by="mia", now=world.now)

    world.change(join)
    _proves(world, "u-1")
    (made,) = world.ask(lambda store: store.joins.of("ada"))
    world.change(lambda store: store.joins.split(made, "mia", world.now))
    here = _at(world, address)
    assert here is not None
    assert here.id == side.id


def test_two_whom_a_colleague_keeps_apart_are_not_joined_by_a_sign_in(world: World) -> None:
    address, before = _proves(world, "u-1"), new_guest()
    known = _at(world, address)
    _says(world, before, "My order arrived damaged, I want to complain!")
    stranger = _at(world, before)
    assert known is not None
    assert stranger is not None
    world.change(lambda store: store.joins.keep_apart(known.id, stranger.id, "mia", world.now))
    _proves(world, "u-1", before)
    assert _at(world, before) == stranger
    assert world.ask(lambda store: store.posts.of("web", before)) != []


def test_a_known_customer_on_the_same_screen_stays_who_they_are(world: World) -> None:
    before = new_guest()

    def known_here(store: Store) -> None:
        store.customers.add(Customer(id="acme", name="Acme Ltd"))
        store.contacts.add(Contact(id="ada", name="Ada", customer_id="acme"), world.now)
        store.contacts.bind("ada", "web", before)

    world.change(known_here)
    address = _proves(world, "u-1", before)
    there, here = _at(world, address), _at(world, before)
    assert there is not None
    assert here is not None
    assert (here.id, there.id != "ada") == ("ada", True)


def test_two_who_sign_in_one_after_the_other_on_one_page_stay_two(world: World) -> None:
    alice = Page(world, identity=signed(id="u-A", name="Alice"))
    alice.says("My order arrived damaged, I want to complain!")
    bob = Page(world, token=alice.told["token"], identity=signed(id="u-B", name="Bob"))
    bob.says("Where is my order?")
    known, other = _at(world, proven_guest("u-A")), _at(world, proven_guest("u-B"))
    assert known is not None
    assert other is not None
    assert (known.name, other.name) == ("Alice", "Bob")
    assert "complain" not in str(bob.asks("posts")["posts"])
    assert "complain" in str(alice.asks("posts")["posts"])


def test_a_page_that_was_signed_in_is_no_unnamed_guests_page() -> None:
    guest, alice = Session(new_guest()), proven(proven_guest("u-A"))
    bob = SignedIn("u-B", "Bob")
    assert proven_event(proven_guest("u-B"), bob, guest, "en").body["before"] == guest.address
    assert proven_event(proven_guest("u-B"), bob, alice, "en").body["before"] is None


def test_a_guests_page_that_was_somebodys_already_joins_nobody_else_to_them(world: World) -> None:
    before = new_guest()
    _says(world, before, "My order arrived damaged, I want to complain!")
    _proves(world, "u-A", before, "Alice")
    _proves(world, "u-B", before, "Bob")
    known, other = _at(world, proven_guest("u-A")), _at(world, proven_guest("u-B"))
    assert known is not None
    assert other is not None
    assert (known.name, other.name, _at(world, before)) == ("Alice", "Bob", known)


def test_a_strangers_clock_is_learned_from_their_page_and_a_made_up_one_is_not(world: World) -> None:
    berlin, nowhere = new_guest(), new_guest()
    _says(world, berlin, "Where is my order?", zone="Europe/Berlin")
    _says(world, nowhere, "Where is my order?", zone="Nowhere/Land")
    known, other = _at(world, berlin), _at(world, nowhere)
    assert known is not None
    assert other is not None
    assert (known.zone, other.zone) == ("Europe/Berlin", None)
