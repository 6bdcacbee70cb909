"""What a letter says is so: of this contact, of every order, and of nothing that nobody said."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

import pytest

from storage.columns import new_id
from storage.contacts import Contact
from storage.feedback import Feedback
from storage.orders import Order
from storage.store import Store
from storage.touches import Touch
from tests.drafts.desk import Desk
from tests.team import record, shanghai
from tests.world import all_words


def test_orders_of_the_last_twelve_months_are_counted_whatever_their_currency_and_when_they_came_in(desk: Desk) -> None:
    def write(store: Store) -> None:
        id_ = record(store, desk.chen).id
        for n, (at, currency) in enumerate([("05-13", "EUR"), ("06-13", "USD"), ("07-13", "CNY")]):
            store.orders.put([Order(new_id(), id_, f"X{n}", shanghai(f"{at} 10:00"), Decimal(10), currency, 1)])

    desk.world.change(write)
    desk.li.types("/crm draft Acme renewal")
    assert "you placed 4 orders with us" in desk.draft.words


def test_what_was_said_to_somebody_else_is_not_said_again_to_this_contact(desk: Desk) -> None:
    def write(store: Store) -> None:
        id_ = record(store, desk.chen).id
        other = new_id()
        now = desk.world.now
        store.contacts.add(Contact(other, id_, "Wu Min", "en"), now)
        store.touches.add(Touch(new_id(), id_, "visit", "secret", now, desk.li.person.id, other))

    desk.world.change(write)
    desk.li.types("/crm draft Acme follow-up")
    assert "came to see you" not in desk.draft.words


def test_after_a_greeting_nothing_was_talked_about(desk: Desk) -> None:
    def write(store: Store) -> None:
        id_ = record(store, desk.chen).id
        now = desk.world.now + timedelta(minutes=1)
        store.touches.add(Touch(new_id(), id_, "greeting", "hi", now, desk.li.person.id, desk.chen.contact_id))

    desk.world.change(write)
    desk.world.wait(minutes=5)
    desk.li.types("/crm draft Acme follow-up")
    assert "talked about" not in desk.draft.words


def test_a_wake_up_does_not_say_that_nobody_was_in_touch(desk: Desk) -> None:
    desk.agree(given=True)
    desk.li.types("/crm draft Acme wake-up")
    assert "quiet since" not in desk.draft.words


def test_what_somebody_may_not_see_any_more_is_on_none_of_their_lists(desk: Desk) -> None:
    sun = desk.world.colleague("Sun Bo", manager_id=desk.wang.person.id)
    desk.li.types("/crm draft Acme renewal")
    desk.wang.types("/crm reassign Acme Sun Bo")
    desk.li.types("/crm drafts")
    assert "Chen Wei" not in all_words(desk.li.cards()[-1])
    desk.li.types("/crm day")
    assert "Chen Wei" not in all_words(desk.li.cards()[-1])
    sun.types("/crm drafts")
    assert "Chen Wei" in all_words(sun.cards()[-1])


@pytest.mark.parametrize("purpose", ["value", "greeting", "apology"])
def test_a_topic_that_has_no_name_is_not_named(desk: Desk, purpose: str) -> None:
    kind = {"value": "suggestion", "greeting": "praise", "apology": "complaint"}[purpose]

    def write(store: Store) -> None:
        id_ = record(store, desk.chen).id
        store.feedback.add(Feedback(new_id(), kind, "other", "neutral", "normal", "x", "x", desk.world.now, id_))

    desk.world.change(write)
    desk.li.types(f"/crm draft Acme {purpose}")
    assert "(other)" not in desk.draft.words
