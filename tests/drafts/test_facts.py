"""Facts: what is on record about a customer stands beside the draft, and decides what it may say."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest

from storage.agreements import Contract, Installation
from storage.columns import new_id
from storage.store import Store
from tests.drafts.desk import Desk, buys
from tests.team import record


def agree_on(desk: Desk, *agreements: Contract | Installation) -> None:
    def write(store: Store) -> None:
        for agreement in agreements:
            if isinstance(agreement, Contract):
                store.agreements.add_contract(agreement)
            else:
                store.agreements.add_installation(agreement)

    desk.world.change(write)


def contract(desk: Desk, number: str, ends_on: date) -> Contract:
    assert desk.chen.customer is not None
    return Contract(new_id(), desk.chen.customer.id, number, ends_on, subject="filter service")


def product(desk: Desk, name: str, maintenance_on: date | None) -> Installation:
    assert desk.chen.customer is not None
    return Installation(new_id(), desk.chen.customer.id, name, f"SN-{name}", maintenance_on=maintenance_on)


def test_the_contract_that_ends_next_is_what_a_renewal_speaks_of(desk: Desk) -> None:
    ends = (date(2026, 11, 22), date(2027, 6, 30), date(2027, 1, 31))
    agree_on(desk, *(contract(desk, f"C-{n}", end) for n, end in enumerate(ends)))
    desk.li.types("/crm draft Acme renewal")
    desk.li.hears("• Contract C-2, runs until 31 Jan 2027")
    assert "Your contract C-2 (filter service) runs until 31 Jan 2027." in desk.draft.words


def test_a_contract_ends_at_the_end_of_its_last_day(desk: Desk) -> None:
    agree_on(desk, contract(desk, "C-1", date(2026, 11, 23)))
    desk.li.types("/crm draft Acme renewal")
    assert "Your contract C-1" in desk.draft.words


def test_maintenance_speaks_of_the_product_that_is_due_next_or_not_at_all(desk: Desk) -> None:
    desk.li.types("/crm draft Acme maintenance")
    desk.li.hears("I have nothing on record about Acme Ltd", "“maintenance”")
    agree_on(
        desk,
        product(desk, "Pump", None),
        product(desk, "Press", date(2026, 12, 24)),
        product(desk, "Fan", date(2027, 3, 1)),
    )
    desk.li.types("/crm 拟稿 Acme 保养")
    desk.li.hears("• Press, serial number SN-Press, maintenance due on 24 Dec")
    assert "The next maintenance of your Press (serial number SN-Press) is due on 24 Dec." in desk.draft.words


@pytest.mark.parametrize(
    ("birthday", "said"),
    [("1986-11-24", "24 Nov"), ("11-23", "23 Nov"), ("1990-11-22", "22 Nov 2027"), ("1992-02-29", "28 Feb 2027")],
)
def test_the_next_birthday_is_shown_without_the_year_of_birth(desk: Desk, birthday: str, said: str) -> None:
    desk.world.change(lambda s: s.contacts.change(desk.chen.contact_id, birthday=birthday))
    desk.li.types("/crm draft Acme greeting")
    card = desk.li.hears(f"• Birthday: {said}")
    assert all("198" not in line and "199" not in line for line in card.lines)


@pytest.mark.parametrize(
    ("record_says", "play"),
    [
        ({"tier": "dormant"}, "earlier orders are still here"),
        ({"tier": "dormant", "tier_mark": "strategic"}, "how things run at your place today"),
        ({"tier": "dormant", "spent": Decimal(999)}, "earlier orders are still here"),
        ({"tier": "dormant", "spent": Decimal(1000)}, "how things run at your place today"),
    ],
)
def test_what_was_worth_much_is_woken_by_a_diagnosis_and_nobody_by_a_discount(
    desk: Desk, record_says: dict[str, object], play: str
) -> None:
    desk.agree(given=True)
    desk.world.change(lambda s: s.customers.change(record(s, desk.chen), **record_says))
    desk.li.types("/crm draft Acme wake-up")
    assert play in desk.draft.words


@pytest.mark.parametrize(("days", "play"), [(365, "earlier orders are still here"), (366, "how things run")])
def test_a_long_silence_calls_for_a_diagnosis(desk: Desk, days: int, play: str) -> None:
    desk.agree(given=True)
    last = desk.world.now - timedelta(days=days)
    values = {"tier": "dormant", "last_order_at": last, "last_touch_at": last}
    desk.world.change(lambda s: s.customers.change(record(s, desk.chen), **values))
    desk.li.types("/crm draft Acme wake-up")
    assert play in desk.draft.words


def test_what_was_settled_and_ordered_in_a_year_counts_as_delivered(desk: Desk) -> None:
    buys(desk.world, desk.chen, "PO-119", "06-12 10:00")
    buys(desk.world, desk.chen, "PO-120", "07-12 10:00")
    desk.chen.writes("My pump is broken, please help")
    number = desk.world.ticket.number
    desk.li.types(f"/crm ticket take {number}")
    desk.li.types(f"/crm ticket resolve {number}")
    desk.world.wait(minutes=1)
    desk.li.types("/crm draft Acme renewal")
    desk.li.hears("• Orders in twelve months: 3", "• Requests settled in twelve months: 1")
    assert "you placed 3 orders with us, and we settled one request of yours." in desk.draft.words
