"""A colleague confirms that two contacts are one person, or splits them again; nothing is joined by what was claimed."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from storage.contacts import Contact
from storage.settings import audit
from storage.store import Store
from tests.test_chats import COMPLAINT, code_from, time_to_think
from tests.test_strangers import colleague_of, company
from tests.world import MONDAY, Guest, World, all_words


def sign(world: World, guest: Guest) -> Contact:
    found = world.ask(lambda s: s.contacts.at("web", guest.address))
    assert found is not None
    return found


def said_by(world: World, guest: Guest) -> list[str]:
    contact = sign(world, guest)
    return [entry.words for entry in world.ask(lambda s: s.entries.heard(contact.id, MONDAY))]


def test_a_card_shows_both_and_a_yes_makes_one_conversation_of_them(world: World) -> None:
    _, li, chen = company(world)
    laptop = world.stranger()
    laptop.writes(COMPLAINT)
    number = world.ticket.number
    li.types(f"/crm contact join Chen Wei {number}")
    li.hears("One person?", "Galaxy Ltd", "not known yet", number, "Nothing on record says")
    li.presses("Yes, the same person")
    li.hears("Chen Wei is one contact now")
    assert sign(world, laptop) == sign(world, chen)
    chen.writes("/status")
    chen.hears(number)
    done = world.ask(lambda s: [row.did for row in s.connection.execute(select(audit.c.did))])
    assert "joined by person" in done


def test_split_again_each_has_what_was_theirs_and_what_they_wrote_since(world: World) -> None:
    _, li, chen = company(world)
    laptop = world.stranger()
    laptop.writes(COMPLAINT)
    first = world.ticket.number
    before = sign(world, laptop)
    li.types(f'/crm contact join "Chen Wei" {first}')
    li.presses("Yes, the same person")
    world.wait(hours=1)
    laptop.writes("And what does the big filter cost?")
    chen.writes("where is my order 4711?")
    li.types("/crm contact split Galaxy Chen Wei")
    li.presses("Split off", row="confirmed by Li Na")
    li.hears("are two contacts again")
    assert sign(world, laptop).id == before.id
    assert sign(world, laptop).customer_id is None
    assert said_by(world, laptop) == [COMPLAINT, "And what does the big filter cost?"]
    assert said_by(world, chen) == ["where is my order 4711?"]
    (ticket,) = [one for one in world.tickets() if one.number == first]
    assert (ticket.contact_id, ticket.customer_id) == (before.id, None)
    li.types("/crm contact split Galaxy Chen Wei")
    li.hears("Nothing was joined to Chen Wei")


def test_what_a_press_split_before_is_not_split_twice(world: World) -> None:
    _, li, _ = company(world)
    laptop = world.stranger()
    laptop.writes(COMPLAINT)
    li.types(f"/crm contact join Chen {world.ticket.number}")
    li.presses("Yes, the same person")
    li.types("/crm contact split Chen")
    li.presses("Split off")
    li.presses("Split off")
    li.hears("split off from Chen Wei before")


def test_two_people_at_one_customer_stay_two_and_are_asked_about_once(world: World) -> None:
    _, li, chen = company(world)
    twin = colleague_of(world, chen, "Chen Wei")
    li.types("/crm who Galaxy")
    li.presses("Same person?")
    li.hears("They have the same name at the same customer")
    li.presses("No, two people")
    li.hears("Chen Wei are two people")
    assert sign(world, twin).id != sign(world, chen).id
    li.types("/crm who Galaxy")
    assert "Same person?" not in all_words(li.cards()[-1])


def test_people_of_two_customers_are_never_joined(world: World) -> None:
    _, li, _ = company(world)
    world.customer("Beta", contact="Bob", owner=li)
    li.types("/crm contact join Bob Chen")
    li.hears("belong to different customers")


@pytest.mark.parametrize("line", ["join Chen Bob", "split Chen", "prefer Chen 9-12"])
def test_who_is_not_theirs_to_see_is_as_missing_as_nobody(world: World, line: str) -> None:
    company(world)
    sun = world.colleague("Sun Bo")
    world.customer("Beta", contact="Bob", owner=sun)
    sun.types(f"/crm contact {line}")
    foreign = all_words(sun.cards()[-1]).replace("Chen", "?")
    sun.types(f"/crm contact {line.replace('Chen', 'Zhao')}")
    assert all_words(sun.cards()[-1]).replace("Zhao", "?") == foreign
    assert "can't find a contact" in foreign


def test_of_two_known_contacts_the_earlier_met_stays_and_knows_what_the_other_did(world: World) -> None:
    _, li, chen = company(world)
    world.wait(hours=1)
    other = colleague_of(world, chen, "Wei Chen")
    world.change(lambda s: s.contacts.change(other.contact_id, birthday="05-24"))
    li.types("/crm contact join Wei Chen = Chen Wei")
    li.presses("Yes, the same person")
    whole = sign(world, other)
    assert (whole.id, whole.birthday) == (chen.contact_id, "05-24")
    assert chen.customer is not None
    people = world.ask(lambda s: s.contacts.of(chen.customer.id))  # type: ignore[union-attr]
    assert [one.name for one in people] == ["Chen Wei"]
    li.types("/crm contact split Wei Chen")
    li.presses("Split off")
    assert sign(world, chen).birthday is None
    assert sign(world, other).birthday == "05-24"


def test_an_opt_out_of_either_counts_while_joined_and_for_both_after(world: World) -> None:
    _, li, chen = company(world)
    laptop = world.stranger()
    laptop.writes(COMPLAINT)
    li.types(f"/crm contact join Chen {world.ticket.number}")
    li.presses("Yes, the same person")
    laptop.writes("/stop")
    li.types("/crm contact split Chen")
    li.presses("Split off")
    assert sign(world, laptop).id != sign(world, chen).id
    assert all(sign(world, who).opted_out_at is not None for who in (laptop, chen))


def test_a_number_that_the_app_vouches_for_is_proposed_to_the_owner_and_binds_nothing(world: World) -> None:
    _, li, chen = company(world)
    world.change(lambda s: s.contacts.change(chen.contact_id, phone="+86 138 0013 8000"))
    contact = sign(world, chen)
    world.change(lambda s: s.contacts.add_marks(contact))
    phone = world.stranger()
    phone.shares("8613800138000")
    li.hears("One person?", "shared their own phone number", "not known yet")
    assert sign(world, phone).customer_id is None
    li.presses("Yes, the same person")
    assert sign(world, phone).id == chen.contact_id


def test_a_code_read_in_one_chat_connects_another(world: World) -> None:
    _, li, chen = company(world)
    chen.writes("/connect")
    code = chen.cards()[-1].fields[0].value
    laptop = world.stranger()
    laptop.writes(f" {code.lower()} ")
    laptop.hears("Welcome, Chen Wei")
    chen.hears("Your code was used")
    li.hears("Chen Wei of Galaxy Ltd can now be reached")
    assert sign(world, laptop).id == chen.contact_id
    thief = world.stranger()
    thief.writes(f"/start {code}")
    thief.hears("invalid or has expired")


def test_a_strangers_code_is_no_trick_on_somebody_we_know(world: World) -> None:
    _, _, chen = company(world)
    thief = world.stranger()
    thief.writes("/connect")
    code = thief.cards()[-1].fields[0].value
    chen.writes(f"/start {code}")
    chen.hears("Only do so if it was you")
    assert sign(world, thief).customer_id is None
    chen.presses("It was me, connect it")
    assert sign(world, thief).id == chen.contact_id
    thief.hears("Welcome, Chen Wei")


def test_a_code_is_good_for_a_quarter_of_an_hour_and_only_the_newest(world: World) -> None:
    _, _, chen = company(world)
    codes = []
    for _ in range(2):
        chen.writes("/connect")
        codes.append(chen.cards()[-1].fields[0].value)
    laptop = world.stranger()
    laptop.writes(f"/start {codes[0]}")
    laptop.hears("invalid or has expired")
    world.wait(minutes=16)
    laptop.writes(f"/start {codes[1]}")
    assert laptop.count("invalid or has expired") == 2


def test_who_goes_on_elsewhere_is_not_asked_twice_and_hears_in_one_place(world: World) -> None:
    _, li, chen = company(world)
    chen.writes(COMPLAINT)
    number = world.ticket.number
    laptop = world.stranger()
    laptop.writes(f"/start {code_from(li)}")
    world.wait(minutes=20)
    laptop.writes("The box is wet, too")
    laptop.hears("added this to", number)
    assert world.ticket.number == number
    li.runs("ticket reply", number=number, words="A new one leaves today")
    time_to_think(world)
    laptop.hears("A new one leaves today")
    chen.hears_nothing("A new one leaves today")


def test_two_people_of_one_customer_have_each_their_own_requests(world: World) -> None:
    _, _, chen = company(world)
    bob = colleague_of(world, chen, "Bob")
    chen.writes(COMPLAINT)
    bob.writes("The box is wet, too, I want to complain!")
    assert len({ticket.contact_id for ticket in world.tickets()}) == 2


@pytest.mark.parametrize("line", ["join Chen Wei = Galaxy pumps", "join Galaxy pumps = Chen Wei", "split Galaxy pumps"])
def test_a_group_is_nobody_who_could_be_joined(world: World, line: str) -> None:
    _, li, chen = company(world)
    assert chen.customer is not None
    group = colleague_of(world, chen, "Galaxy pumps")

    def link(store: Store) -> None:
        code = store.groups.offer(chen.customer.id, None, li.person.id, world.now)  # type: ignore[union-attr]
        store.flush()
        offered = store.groups.offered(code, world.now)
        assert offered is not None
        store.groups.link(offered.id, "web", group.address, group.contact_id, li.person.id, world.now)

    world.change(link)
    li.types(f"/crm contact {line}")
    li.hears("“Galaxy pumps” is a group, not a person")
    li.runs("contact join yes", contact=chen.contact_id, other=group.contact_id)
    assert li.count("“Galaxy pumps” is a group, not a person") == 2
    assert sign(world, group).id == group.contact_id
