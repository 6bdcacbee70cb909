"""Books that are kept, and books that ended long ago: what day tiers are as of."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest

from scheduler.order_import import import_orders
from tests.policy.samples import changed
from tests.tiers.shop import Shop


def test_old_orders_of_a_company_that_sells_today_are_as_of_today(shop: Shop) -> None:
    shop.sells(("Other", 1, 100))
    shop.sells(("Acme", 230, 12000))
    assert shop.known("Acme").tier == "strategic", "as of the file's own last day"
    shop.works_off(2)
    customer = shop.known("Acme")
    assert (customer.tier, customer.tier_mark) == ("dormant", "was-strategic")


def test_an_older_file_does_not_turn_the_clock_back_behind_the_last_review(shop: Shop) -> None:
    shop.sells(("Acme", 181, 5000), ("Beta", 3, 5000))
    shop.works_off(2)
    shop.goes_to(shop.at(shop.today + timedelta(days=5)))
    assert shop.path("Acme") == [("growth", "dormant")]
    shop.sells(("Acme", 190, 10))
    shop.works_off(2)
    assert shop.path("Acme") == [("growth", "dormant")]


def test_books_that_ended_long_ago_stand_still_until_newer_orders_come(shop: Shop) -> None:
    shop.brings("1,2011-03-01,1,12000,Acme,Acme,UK", "2,2011-03-31,1,600,Beta,Beta,UK")
    shop.works_off(2)
    shop.world.sleeps(days=300)
    shop.works_off(2)
    assert (shop.known("Acme").tier, shop.known("Beta").tier, shop.moves("Acme")) == ("strategic", "dormant", [])
    shop.sells(("Gamma", 2, 50))
    shop.works_off(3)
    assert shop.path("Acme") == [("strategic", "dormant")]


def test_new_thresholds_place_the_customers_of_old_books_as_of_their_end(shop: Shop) -> None:
    shop.brings("1,2011-03-01,1,12000,Acme,Acme,UK", "2,2011-03-31,1,600,Beta,Beta,UK")
    shop.works_off(2)
    shop.world.adopt(changed("over: 10000", "over: 20000"))
    shop.works_off(3)
    assert shop.path("Acme") == [("strategic", "growth")]


class PowerCut(Exception):
    """The process ended."""


@pytest.mark.parametrize("cut", [2, 3, 4])
def test_an_import_that_broke_off_after_its_orders_is_finished_by_a_review(shop: Shop, cut: int) -> None:
    shop.sells(*((f"K{n}", 3, 900) for n in range(150)))
    shop.works_off(3)
    path = shop.folder / "more.csv"
    lines = [f"M{n},{shop.day(1)},1,900,K{n},K{n},CN" for n in range(150)]
    path.write_text("InvoiceNo,InvoiceDate,Quantity,UnitPrice,CustomerID,CustomerName,Country\n" + "\n".join(lines))
    left = cut

    def write(work: object) -> object:
        nonlocal left
        if not left:
            raise PowerCut
        left -= 1
        return shop.world.change(work)  # type: ignore[arg-type]

    with pytest.raises(PowerCut):
        import_orders(write, shop.world.ask, path, policy=shop.world.bot.policies.current, now=shop.world.now)  # type: ignore[arg-type]
    shop.world.sleeps(hours=1)
    shop.works_off(3)
    amounts = shop.world.ask(lambda store: {c.name: c.spent for c in store.customers.page("", 200)})
    arrived = 100 if cut == 2 else 150
    assert [amounts[f"K{n}"] for n in range(arrived)] == [1800] * arrived
    assert shop.known("K0").tier == "growth"


def test_a_day_that_is_over_holds_until_the_next_review(shop: Shop) -> None:
    lines = [f"1,{shop.day(40)},1,900,Acme,Acme,CN", f"2,{shop.day(2)},1,900,Acme,Acme,CN"]
    lines.append(f"3,{shop.day(2)},1,5000,Beta,Beta,CN")
    assert shop.brings(*lines, as_of=shop.today - timedelta(days=10)).tiers == {"dormant": 2}
    assert shop.known("Acme").spent == 900
    shop.works_off(2)
    assert [(shop.known(name).spent, shop.known(name).tier) for name in ("Acme", "Beta")] == [
        (Decimal(1800), "growth"),
        (Decimal(5000), "growth"),
    ]
    assert shop.known("Acme").tier_review_at == shop.at(date(2027, 5, 21))
