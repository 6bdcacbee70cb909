"""The offline form: while nobody works a stranger may say how they are reached; colleagues read it, and it proves nothing."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import select

from storage.contacts import consents, contacts
from storage.customers import Customer
from storage.posts import posts
from storage.store import Store
from tests.webchat.page import Page
from tests.webchat.test_embedding import signed
from tests.world import MONDAY, World

NIGHT = MONDAY + timedelta(hours=13)
"""Monday 23:00 in Shanghai."""


@pytest.fixture
def night(world: World) -> World:
    world.clock.moment = NIGHT
    return world


def card_of(world: World) -> str:
    """Give what the team reads on the newest ticket's card."""
    slot = f"ticket:{world.ticket.number}"
    stood = next(post for post in world.ask(every_post) if post.slot == slot)
    return " ".join(f"{field['label']}: {field['value']}" for field in stood.card["fields"])


def every_post(store: Store) -> list[Any]:
    return list(store.connection.execute(select(posts)))


def rows(world: World, table: Any) -> list[Any]:
    return world.ask(lambda store: list(store.connection.execute(select(table))))


def test_a_stranger_leaves_a_phone_at_night_and_the_team_reads_it_as_a_claim(night: World) -> None:
    page = Page(night)
    assert page.told["asks"]
    page.says("My order arrived damaged, I want to complain!")
    assert "As the visitor says" not in card_of(night)
    assert page.leaves("+86 138-0013-8000", "Wu  <b>Lei</b>").status_code == 202
    assert "As the visitor says: Wu <b>Lei</b> · +86 138-0013-8000" in card_of(night)
    (known,) = rows(night, contacts)
    assert (known.name, known.phone, known.email, known.agreed_at) == (None, None, None, None)
    (agreed,) = rows(night, consents)
    assert (agreed.purpose, agreed.method, agreed.given, agreed.at) == ("answer", "web form", True, NIGHT)
    assert not page.is_asked()


def test_it_is_left_once_and_by_who_wrote(night: World) -> None:
    page = Page(night)
    assert page.leaves("silent@visitor.example").status_code == 202
    assert rows(night, consents) == []
    page.says("My order arrived damaged, I want to complain!")
    page.leaves("first@visitor.example")
    page.leaves("second@visitor.example")
    assert "first@visitor.example" in card_of(night)
    assert "second@" not in card_of(night)
    assert len(rows(night, consents)) == 1


def test_who_skips_it_leaves_nothing(night: World) -> None:
    page = Page(night)
    page.says("My order arrived damaged, I want to complain!")
    assert night.ticket.number
    assert "As the visitor says" not in card_of(night)
    assert rows(night, consents) == []


def test_nothing_is_asked_at_work(world: World) -> None:
    page = Page(world)
    assert (page.told["asks"], page.told["away"], page.told["opens"]) == (False, "", "")


def test_a_page_that_stays_open_from_office_hours_over_the_night_hears_both(world: World) -> None:
    page = Page(world)
    assert page.asks("posts")["opens"] == ""
    world.clock.moment = NIGHT
    opens = page.asks("posts")["opens"]
    told = page.asks("hours", zone="Europe/Berlin")
    assert told == {"opens": opens, "away": told["away"], "asks": True}
    assert told["away"].startswith("Nobody is here right now. We are back at 02:00 tomorrow")
    world.clock.moment = datetime.fromisoformat(opens)
    assert page.asks("posts")["opens"] == ""
    assert page.asks("hours") == {"opens": "", "away": "", "asks": False}


def test_who_left_details_or_is_signed_in_is_not_asked_in_the_evening_either(night: World) -> None:
    page = Page(night)
    page.says("My order arrived damaged, I want to complain!")
    page.leaves("+86 138-0013-8000")
    assert not page.asks("hours")["asks"]
    assert not Page(night, identity=signed()).asks("hours")["asks"]


def test_who_is_signed_in_or_known_is_not_asked_and_leaves_nothing(night: World) -> None:
    signed_in = Page(night, identity=signed())
    assert not signed_in.told["asks"]
    signed_in.says("My order arrived damaged, I want to complain!")
    known = Page(night)
    known.says("Where is my order?")

    def becomes_a_customer(store: Store) -> None:
        store.customers.add(Customer(id="acme", name="Acme Ltd"))
        for contact in store.connection.execute(select(contacts)):
            store.contacts.change(contact.id, customer_id="acme")

    signed_in.leaves("13800138000")
    assert rows(night, consents) == []
    night.change(becomes_a_customer)
    assert not known.is_asked()
    known.leaves("13800138000")
    assert rows(night, consents) == []


@pytest.mark.parametrize(
    ("spoiled", "field"),
    [
        ({"reach": ""}, "reach"),
        ({"reach": "call me"}, "reach"),
        ({"reach": "1234"}, "reach"),
        ({"reach": "me@here"}, "reach"),
        ({"reach": "a@b.example c@d.example"}, "reach"),
        ({"reach": "1" * 16}, "reach"),
        ({"reach": f"{'a' * 250}@b.example"}, "reach"),
        ({"reach": "me@visitor.example", "name": "a" * 101}, "name"),
        ({"reach": "me@visitor.example", "agreed": False}, "agreed"),
        ({"reach": 13800138000}, "reach"),
    ],
)
def test_what_is_spoiled_is_said_beside_its_field_and_nothing_is_kept(
    night: World, spoiled: dict[str, Any], field: str
) -> None:
    page = Page(night)
    page.says("Where is my order?")
    answer = page.leaves(**spoiled)
    assert (answer.status_code, answer.json()["field"]) == (422, field)
    assert answer.json()["error"]
    assert rows(night, consents) == []


@pytest.mark.parametrize(
    "reach",
    [
        "+49 (0)30 901820-0",
        "１３８００１３８０００",
        "手机：138 0013 8000",
        "010-62345678 转 801",
        "ein+zwei@büro.example",
        " a@b.cn ",
    ],
)
def test_people_write_numbers_and_addresses_in_many_ways(night: World, reach: str) -> None:
    page = Page(night)
    page.says("Where is my order?")
    assert page.leaves(reach).status_code == 202
    assert len(rows(night, consents)) == 1


def test_the_contact_shows_it_once_a_colleague_says_who_that_is_and_the_record_stays_as_it_was(night: World) -> None:
    li = night.colleague("Li Na")
    night.customer("Galaxy Ltd", contact="Chen Wei", owner=li)
    page = Page(night)
    page.says("My order arrived damaged, I want to complain!")
    page.leaves("13800138000", "Wei")

    def are_one(store: Store) -> None:
        found = {one.name: store.contacts.as_known(one.id) for one in store.connection.execute(select(contacts))}
        side, known = found[None], found["Chen Wei"]
        assert side is not None
        assert known is not None
        store.joins.join(side, known, None, None, how="person", by=li.person.id, now=night.now)

    night.change(are_one)
    li.types("/crm who Galaxy Ltd")
    li.hears("Chen Wei", "As the visitor says, not verified: Wei · 13800138000")
    assert {one.phone for one in rows(night, contacts)} == {None}
