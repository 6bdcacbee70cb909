"""A company big enough to measure: colleagues with a manager, and customers who are in a chat."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime

from storage.columns import new_id
from storage.contacts import Contact
from storage.customers import Customer
from storage.inbox import Event
from storage.staff import Person
from storage.store import Store

FOUNDED = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)
OWNERS = 20
WORDS = (
    "送货又晚了三天，客服还爱理不理，我要投诉！",
    "I want to complain, my order arrived damaged!",
    "机器突然停了，报警灯一直亮，请尽快派人来修",
    "Could you tell me the price of 200 more units, please?",
    "我的订单到哪里了？上周就该到了",
    "The pump you sold us stopped working this morning.",
)
"""What customers write; each opens a ticket."""


@dataclass(frozen=True)
class Guest:
    """A customer's contact and where they write."""

    address: str
    customer_id: str
    contact_id: str


def found(store: Store, customers: int, channel: str = "web") -> list[Guest]:
    """Put a manager, owners and customers on record; each customer has one contact, in the channel."""
    manager = Person(new_id(), "Wang Qiang", "manager", "zh-CN", "Asia/Shanghai")
    store.staff.add(manager, {"web": f"staff:{manager.id}"})
    owners = [_owner(store, n, manager) for n in range(OWNERS)]
    return [_guest(store, n, owners[n % OWNERS], channel) for n in range(customers)]


def _owner(store: Store, n: int, manager: Person) -> Person:
    owner = Person(new_id(), f"Owner {n}", "rep", "zh-CN", "Asia/Shanghai", manager.id)
    store.staff.add(owner, {"web": f"staff:{owner.id}"})
    return owner


def _guest(store: Store, n: int, owner: Person, channel: str) -> Guest:
    customer = Customer(id=new_id(), name=f"Customer {n}", owner_id=owner.id, tier="growth", since=FOUNDED)
    contact = Contact(id=new_id(), customer_id=customer.id, name=f"Contact {n}", language="zh-CN")
    address = f"guest:{contact.id}" if channel == "web" else str(700_001 + n)
    store.customers.add(customer)
    store.contacts.add(contact, FOUNDED)
    store.contacts.bind(contact.id, channel, address)
    return Guest(address, customer.id, contact.id)


def events(guests: Iterable[Guest]) -> list[Event]:
    """Let each guest write once."""
    return [_event(guest, words_of(n)) for n, guest in enumerate(guests)]


def words_of(n: int) -> str:
    return WORDS[n % len(WORDS)]


def _event(guest: Guest, words: str) -> Event:
    body = {"side": "customer", "text": words, "language": "zh-CN"}
    key = f"{guest.address}:1"
    return Event("web", key, "words", guest.address, guest.address, body, f"web:{guest.address}")
