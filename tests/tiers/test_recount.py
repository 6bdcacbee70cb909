"""Figures and tiers against an independent recount: random orders, late, corrected and cancelled, while days go by."""

from __future__ import annotations

import calendar
import itertools
import random
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from decimal import Decimal

import pytest

from scheduler.order_import import Wanted, import_orders
from storage.customers import Customer
from tests.tiers.shop import HEADINGS, SHANGHAI, Shop

NAMES = [f"K{n}" for n in range(12)]
STEPS = 16


@dataclass(frozen=True)
class Line:
    day: date
    amount: Decimal
    currency: str


def months_before(day: date, months: int) -> date:
    """The same day so many months earlier, or the last of a shorter month: worked out without the product's help."""
    year, month = divmod(day.year * 12 + day.month - 1 - months, 12)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def months_after(day: date, months: int) -> date:
    return months_before(day, -months)


@dataclass
class Ledger:
    """Every order as it stands by now, counted in plain Python."""

    lines: dict[tuple[str, str], Line] = field(default_factory=dict)

    def expected(self, name: str, today: date) -> tuple[object, ...]:
        """Give tier, mark, money, orders, last purchase and currency of a customer as of a day."""
        mine = [line for (of, _), line in self.lines.items() if of == name]
        newest = {line.currency: date.min for line in mine}
        for line in mine:
            if line.amount > 0:
                newest[line.currency] = max(newest[line.currency], line.day)
        currency = max(newest, key=lambda code: (newest[code], code))
        counted = [line for line in mine if line.currency == currency]
        year = [line for line in counted if line.day > months_before(today, 12)]
        spent = sum((line.amount for line in year), Decimal())
        last = newest[currency] if newest[currency] > date.min else None
        band = "strategic" if spent > 10000 else "growth" if spent >= 1000 else "dormant"
        is_silent = last is not None and today >= months_after(last, 6)
        mark = "was-strategic" if is_silent and band == "strategic" else None
        orders = sum(line.amount > 0 for line in year)
        return ("dormant" if is_silent else band), mark, spent, orders, last, currency


def found(customer: Customer) -> tuple[object, ...]:
    last = customer.last_order_at and customer.last_order_at.astimezone(SHANGHAI).date()
    return customer.tier, customer.tier_mark, customer.spent, customer.orders, last, customer.currency


def brings(shop: Shop, ledger: Ledger, chance: random.Random) -> None:
    """Bring a file of new, corrected and cancelled orders, some of long ago."""
    currency = "USD" if chance.random() < 0.15 else "CNY"
    lines, seen = [HEADINGS], set()
    for _ in range(chance.randrange(1, 12)):
        name, number = chance.choice(NAMES), f"N{chance.randrange(40)}"
        if (name, number) in seen:
            continue
        seen.add((name, number))
        ago = chance.choice((0, 1, chance.randrange(30), chance.randrange(200), chance.randrange(420)))
        amount = Decimal(chance.choice((-1, 1, 1, 1, 1))) * chance.choice((50, 400, 990, 1000, 3000, 9000, 10000))
        line = Line(shop.today - timedelta(days=ago), amount, currency)
        ledger.lines[name, number] = line
        lines.append(f"{number},{line.day},{1 if amount > 0 else -1},{abs(amount)},{name},{name},CN")
    path = shop.folder / "random.csv"
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    world = shop.world
    policy = world.bot.policies.current
    import_orders(world.change, world.ask, path, Wanted(currency=currency), policy=policy, now=world.now)


@pytest.mark.parametrize("run", [0, *(pytest.param(more, marks=pytest.mark.slow) for more in (1, 2))])
def test_figures_and_tiers_are_what_a_recount_of_all_orders_says_on_every_day(shop: Shop, run: int) -> None:
    chance, ledger = random.Random(shop.world.seed + run), Ledger()
    last: dict[str, str | None] = {}
    ledger.lines["K0", "first"] = Line(shop.today, Decimal(5), "CNY")
    shop.brings(f"first,{shop.today},1,5,K0,K0,CN")
    for _ in range(STEPS):
        for _ in range(chance.randrange(3)):
            brings(shop, ledger, chance)
        shop.works_off(3)
        for name in sorted({name for name, _ in ledger.lines}):
            assert found(shop.known(name)) == ledger.expected(name, shop.today), (name, shop.today)
            path = shop.path(name)
            assert all(before[1] == after[0] for before, after in itertools.pairwise(path))
            assert not path or path[-1][1] == shop.known(name).tier
            last[name] = shop.known(name).tier
        shop.goes_to(next_midnight(shop, chance.choice((1, 1, 2, 9, 31, 60))))
    assert len({tier for tier in last.values() if tier}) > 1, "a run in which everybody is the same proves nothing"


def next_midnight(shop: Shop, days: int) -> datetime:
    return shop.at(shop.today + timedelta(days=days))
