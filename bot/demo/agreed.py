"""Agreed: contracts, installed products and birthdays of the sample customers, so that something always comes up soon."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, datetime, timedelta
from decimal import Decimal
from random import Random
from typing import Final

from bot.demo.buying import CURRENCY
from bot.demo.chance import new_id
from bot.demo.clients import Client
from bot.demo.material import sayings
from scheduler.occasion_days import company_day
from scheduler.occasions import maintenance_begins, renewal_begins
from scheduler.policy.document import Policy
from storage.agreements import Contract, Installation
from storage.celebrants import birthday_values
from storage.store import Store

BIRTHDAYS: Final = (1, 1, 9, 2, 3, 5, 16, 23, 40, 75)
"""In how many days the contacts with a face have birthday: two of them tomorrow."""
ENDS: Final = (58, 29, 31, 60, 33, 45, 90, 120, 210, 300)
MAINTAINED: Final = (75, 31, 30, 28, 32, 60, 120, 29, 180, 240)
"""In how many days the contracts of customers with a face end, and their products are maintained."""
SERVED: Final = 0.25
"""Share of the steady customers who have a service contract; every key account has one."""
EQUIPPED: Final = 0.3
YEAR: Final = 365


def keep_agreed(store: Store, policy: Policy, clients: Sequence[Client], now: datetime) -> None:
    """Write down contracts, products and birthdays; the same company has the same ones."""
    chance = Random(clients[0].customer.id)  # of its own, so that nothing else of the company changes with it
    today = company_day(policy, now)
    for client, days in zip(clients, BIRTHDAYS, strict=False):
        born = (today + timedelta(days=days)).replace(year=1900)
        year = chance.randint(1962, 1996)
        values = birthday_values(f"{year}-{born:%m-%d}" if (born.month, born.day) != (2, 29) else "02-29")
        store.contacts.change(client.contacts[0].id, **values)
    for contract in _contracts(policy, clients, today, chance):
        store.agreements.add_contract(contract)
    for product in _products(policy, clients, today, chance):
        store.agreements.add_installation(product)


def _contracts(policy: Policy, clients: Sequence[Client], today: date, chance: Random) -> Iterator[Contract]:
    for n, client in enumerate(clients):
        soon = ENDS[n] if n < len(ENDS) else None
        if soon is None and client.buys != "key_account" and (client.buys != "steady" or chance.random() > SERVED):
            continue
        ends = today + timedelta(days=soon if soon is not None else chance.randint(95, 2 * YEAR))
        yield Contract(
            id=new_id(chance),
            customer_id=client.customer.id,
            number=f"LF-{ends.year - 1}-{n + 101}",
            ends_on=ends,
            next_on=renewal_begins(policy, ends),
            subject="维保服务" if client.customer.language == "zh-CN" else "service and maintenance",
            starts_on=ends - timedelta(days=YEAR - 1),
            amount=Decimal(chance.randrange(1200, 9600, 100)),
            currency=CURRENCY,
        )


def _products(policy: Policy, clients: Sequence[Client], today: date, chance: Random) -> Iterator[Installation]:
    for n, client in enumerate(clients):
        soon = MAINTAINED[n] if n < len(MAINTAINED) else None
        if soon is None and (client.buys not in ("key_account", "steady") or chance.random() > EQUIPPED):
            continue
        months = chance.choice((6, 12))
        day = today + timedelta(days=soon if soon is not None else chance.randint(31, months * 30))
        goods = sayings().goods["zh-CN" if client.customer.language == "zh-CN" else "en"]
        yield Installation(
            id=new_id(chance),
            customer_id=client.customer.id,
            product=chance.choice(goods),
            serial=f"SN-{chance.randrange(10**5, 10**6)}",
            installed_on=day - timedelta(days=months * 30 + chance.randint(0, YEAR)),
            maintenance_on=day,
            every_months=months,
            next_on=maintenance_begins(policy, day),
        )
