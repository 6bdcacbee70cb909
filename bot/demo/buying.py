"""Buying: the order histories from which the sample customers' tiers follow."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from decimal import Decimal
from random import Random
from typing import TYPE_CHECKING, Final
from zoneinfo import ZoneInfo

from bot.demo.chance import new_id
from scheduler.policy.calendars import moment
from storage.orders import Order

if TYPE_CHECKING:
    from bot.demo.clients import Client

CURRENCY: Final = "CNY"
Range = tuple[int, int]


@dataclass(frozen=True)
class Buyer:
    """How somebody buys: days since the last order, days between two, money of one, and for how many days by now."""

    count: int
    last: Range
    gap: Range
    amount: Range
    history: Range


BUYERS: Final = {
    "key_account": Buyer(17, last=(3, 28), gap=(28, 48), amount=(1700, 6800), history=(540, 730)),
    "steady": Buyer(132, last=(4, 130), gap=(50, 105), amount=(560, 1390), history=(400, 730)),
    "fresh": Buyer(7, last=(4, 20), gap=(18, 28), amount=(700, 1900), history=(25, 55)),
    "lost_key_account": Buyer(6, last=(190, 235), gap=(24, 40), amount=(2300, 5600), history=(560, 730)),
    "small": Buyer(58, last=(8, 150), gap=(120, 240), amount=(60, 290), history=(300, 730)),
    "lapsed": Buyer(70, last=(195, 420), gap=(60, 120), amount=(280, 1500), history=(500, 730)),
}
"""A realistic company: few buy much, half buy steadily, many have fallen asleep (the spread of a value band scheme)."""


def deck(chance: Random) -> list[str]:
    """Give out the kinds of buying, in random order."""
    kinds = [name for name, buyer in BUYERS.items() for _ in range(buyer.count)]
    chance.shuffle(kinds)
    return kinds


def orders_of(clients: Iterable[Client], now: datetime, chance: Random) -> list[Order]:
    """Make everybody's orders, numbered in the order in which they came."""
    bought = [(at, client) for client in clients for at in _dates(client, now, chance)]
    bought.sort(key=lambda one: one[0])
    return [_order(at, client, f"SO-{at:%y}-{n:04}", chance) for n, (at, client) in enumerate(bought, 1001)]


def _dates(client: Client, now: datetime, chance: Random) -> Iterable[datetime]:
    """Go back from the last order, purchase by purchase."""
    buyer = BUYERS[client.buys]
    zone = ZoneInfo(client.customer.zone or "UTC")
    ago, history = chance.randint(*buyer.last), chance.randint(*buyer.history)
    while ago <= history:
        day = (now - timedelta(days=ago)).astimezone(zone).date()
        yield moment(zone, day, time(chance.randint(9, 17), chance.randint(0, 59)))
        ago += chance.randint(*buyer.gap)


def _order(at: datetime, client: Client, number: str, chance: Random) -> Order:
    low, high = BUYERS[client.buys].amount
    return Order(
        id=new_id(chance),
        customer_id=client.customer.id,
        number=number,
        ordered_at=at,
        amount=Decimal(chance.randrange(low, high, 10)),
        currency=CURRENCY,
        lines=chance.randint(1, 6),
    )
