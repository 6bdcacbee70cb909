from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest

from scheduler.reasons import told
from scheduler.tiering import Tiering, retier
from storage.columns import new_id
from storage.customers import Customer
from storage.orders import Order
from storage.staff import Person
from tests.importing.desk import TODAY, Desk, days_ago, rows, with_policy
from tests.policy.samples import SHANGHAI


def sorted_by(desk: Desk, as_of: date = TODAY, **options: Any) -> Tiering:
    return retier(desk.read, desk.write, policy=desk.policy, as_of=as_of, now=desk.now, **options)


def local(moment: datetime | None) -> str:
    assert moment is not None
    return f"{moment.astimezone(SHANGHAI):%a %Y-%m-%d %H:%M}"


@pytest.mark.parametrize(
    ("lines", "tier", "mark", "spent", "orders"),
    [
        ([("1", "2025-06-30", "10000")], "growth", None, "10000", 1),
        ([("1", "2025-06-30", "10000.01")], "strategic", None, "10000.01", 1),
        ([("1", "2025-06-30", "999.99")], "dormant", None, "999.99", 1),
        ([("1", "2025-06-30", "1000")], "growth", None, "1000", 1),
        ([("1", "2025-06-29", "2000"), ("C1", "2025-06-30", "-1000.01")], "dormant", None, "999.99", 1),
        # Twelve months to the end of 30 June 2025 begin with 1 July 2024.
        ([("1", "2024-07-01", "9000"), ("2", "2025-06-30", "1001")], "strategic", None, "10001", 2),
        ([("1", "2024-06-30", "9000"), ("2", "2025-06-30", "1001")], "growth", None, "1001", 1),
        # Six months of silence after New Year's Eve end with the last day of June.
        ([("1", "2025-01-01", "20000"), ("0", "2024-06-30", "1")], "strategic", None, "20000", 1),
        ([("1", "2024-12-31", "20000")], "dormant", "was-strategic", "20000", 1),
        ([("C1", "2025-06-30", "-5")], "dormant", None, "-5", 0),
    ],
)
def test_money_of_twelve_months_and_the_last_purchase_decide(
    desk: Desk, lines: list[tuple[str, str, str]], tier: str, mark: str | None, spent: str, orders: int
) -> None:
    desk.takes(rows(*(f"{number},{day},1,{amount},K,Ltd,UK" for number, day, amount in lines)), as_of=TODAY)
    customer = desk.customer("K")
    assert (customer.tier, customer.tier_mark, customer.spent, customer.orders) == (tier, mark, Decimal(spent), orders)


def test_every_tier_can_be_explained_from_what_is_kept(desk: Desk) -> None:
    desk.takes(rows("1,2025-06-28,1,1250.5,K,Ltd,UK"), currency="GBP")
    assert told(desk.customer("K").tier_why) == (
        ("policy-why-money", {"money": Decimal("1250.5"), "currency": "GBP", "tier": "growth"}),
        ("policy-why-last-purchase", {"day": date(2025, 6, 28)}),
    )


def test_figures_are_as_of_the_newest_order_unless_a_day_is_given(desk: Desk) -> None:
    content = rows("1,2024-03-01,1,20000,K,Ltd,UK", "2,2024-03-31,1,1,L,Ltd,UK")
    assert desk.takes(content).as_of == date(2024, 3, 31)
    assert desk.customer("K").tier == "strategic"
    assert desk.customer("K").tier_since == datetime(2024, 3, 30, 16, tzinfo=UTC)
    assert desk.takes(content, as_of=TODAY).moved == {("strategic", "dormant"): 1}
    customer = desk.customer("K")
    assert (customer.tier, customer.tier_since) == ("dormant", datetime(2025, 6, 29, 16, tzinfo=UTC))


def test_an_older_file_does_not_turn_the_clock_back(desk: Desk) -> None:
    desk.takes(rows("2,2025-06-01,1,900,K,Ltd,UK"))
    report = desk.takes(rows("1,2025-01-01,1,900,K,Ltd,UK"))
    assert report.as_of == date(2025, 6, 1)
    customer = desk.customer("K")
    assert (customer.tier, customer.spent, customer.since) == (
        "growth",
        Decimal(1800),
        datetime(2024, 12, 31, 16, tzinfo=UTC),
    )


def test_customers_that_are_not_in_the_file_stay_as_they_are(desk: Desk) -> None:
    desk.takes(rows("1,2025-06-01,1,900,K,Ltd,UK"))
    before = desk.customer("K")
    desk.takes(rows("1,2011-03-31,1,900,L,Ltd,UK"))
    assert desk.customer("K") == before


def test_only_orders_in_the_currency_of_the_newest_are_added_up(desk: Desk) -> None:
    head = "订单号,下单时间,金额,客户编号,币种\n"
    desk.takes(head + "1,2025-06-01,5000,K,人民币\n2,2025-06-02,700,K,USD\n3,2025-06-03,800,K,USD\n")
    customer = desk.customer("K")
    assert (customer.spent, customer.currency, customer.orders, customer.tier) == (Decimal(1500), "USD", 2, "growth")


@pytest.mark.parametrize(
    ("bought", "as_of", "due", "first"),
    [
        # Growth, a month after the last order: Monday 28 July; first said two working days ahead, or, where that is
        # over, tomorrow morning.
        (["2025-01-02", "2025-06-28"], TODAY, "Mon 2025-07-28 08:30", "Thu 2025-07-24 08:30"),
        # The same as of the file's own last day, two days ago: that day is laid on today.
        (["2025-01-02", "2025-06-28"], None, "Wed 2025-07-30 08:30", "Mon 2025-07-28 08:30"),
        # A file of 2011: who bought two months before its end is a month late today, not fourteen years;
        # 1 June 2025 is a Sunday, the Monday after it the Dragon Boat Festival.
        (["2010-09-02", "2011-01-30"], date(2011, 3, 31), "Tue 2025-06-03 08:30", "Tue 2025-07-01 08:30"),
        # New customers, weekly.
        (["2025-06-28"], TODAY, "Mon 2025-07-07 08:30", "Thu 2025-07-03 08:30"),
        # New no more: the weekly touches of the first days are not called up afterwards.
        (["2025-04-01"], TODAY, "Tue 2025-05-06 08:30", "Tue 2025-07-01 08:30"),
    ],
)
def test_the_next_touch_is_due_at_the_same_distance_as_of_today(
    desk: Desk, bought: list[str], as_of: date | None, due: str, first: str
) -> None:
    desk.takes(rows(*(f"{n},{day},1,1000,K,Ltd,UK" for n, day in enumerate(bought))), as_of=as_of)
    customer = desk.customer("K")
    assert (customer.tier, customer.touch_rung) == ("growth", 0)
    assert (local(customer.touch_due_at), local(customer.touch_next_at)) == (due, first)


def test_a_touch_is_due_in_the_morning_of_the_owner(desk: Desk) -> None:
    owner = Person(id=new_id(), name="Ada", role="rep", zone="Europe/London")
    desk.write(lambda store: store.staff.add(owner, {}))
    desk.takes(rows("1,2025-06-28,1,1,K,Ltd,UK"), as_of=TODAY, owner_id=owner.id)
    # Midnight in Shanghai is still the 27th in London; a week later is a Friday.
    assert desk.customer("K").touch_due_at == datetime(2025, 7, 4, 7, 30, tzinfo=UTC)


def test_a_logged_touch_counts_more_than_an_order_and_reminders_go_on_where_they_are(desk: Desk) -> None:
    desk.takes(rows(f"1,{days_ago(100)},1,5000,K,Ltd,UK", f"2,{days_ago(20)},1,5000,K,Ltd,UK"))
    touched = desk.now - timedelta(days=5)
    change = {"last_touch_at": touched, "touch_rung": 2}
    desk.write(lambda store: store.customers.change(desk.customer("K"), **change))
    before = desk.customer("K")
    desk.takes(rows(f"3,{days_ago(1)},1,1,L,Ltd,UK", f"4,{days_ago(1)},-1,1,K,Ltd,UK"))
    after = desk.customer("K")
    assert (after.touch_due_at, after.touch_rung) == (before.touch_due_at, 2)
    desk.takes(rows(f"5,{days_ago(0)},1,9000,K,Ltd,UK"))
    assert (desk.customer("K").tier, desk.customer("K").touch_rung) == ("strategic", 2)  # due as before: not said again
    assert local(desk.customer("K").touch_due_at) == "Mon 2025-07-07 08:30"  # twelve days after the touch


def test_everybody_is_sorted_when_nobody_is_named_and_only_changes_are_written(desk: Desk) -> None:
    desk.takes(rows(*(f"{n},{days_ago(n)},1,{n * 10},K{n},Ltd,UK" for n in range(1, 301))), as_of=TODAY)
    again = sorted_by(desk)
    assert (sum(again.tiers.values()), again.written, sum(again.moved.values())) == (300, 0, 0)
    later = sorted_by(desk, TODAY + timedelta(days=5))
    assert later.moved == {("growth", "dormant"): 5}  # bought half a year and up to five days ago
    assert later.written == 5


def test_a_change_that_comes_between_is_not_overwritten(desk: Desk) -> None:
    desk.takes(rows(f"1,{days_ago(9)},1,500,K,Ltd,UK"))
    stale = desk.customer("K")
    desk.write(lambda store: store.customers.change(stale, name="Li Na Ltd"))
    assert desk.write(lambda store: store.customers.place([(stale, {"tier": "strategic"})])) == 0
    fresh = desk.customer("K")
    assert (
        desk.write(lambda store: store.customers.place([(fresh, {"tier": "strategic"}), (stale, {"tier": "x"})])) == 1
    )
    assert (desk.customer("K").name, desk.customer("K").tier) == ("Li Na Ltd", "strategic")


def test_customers_changed_while_they_are_sorted_are_sorted_again(desk: Desk) -> None:
    desk.takes(rows(*(f"{n},{days_ago(170)},1,5000,K{n},Ltd {n},UK" for n in range(3))), as_of=TODAY)
    write, renamed = desk.write, desk.customer("K1")

    def late(work: Any) -> Any:
        if desk.customer("K1").name != "Renamed":
            write(lambda store: store.customers.change(renamed, name="Renamed"))
        return write(work)

    desk.write = late  # type: ignore[method-assign]
    assert sorted_by(desk, TODAY + timedelta(days=60)).written == 3
    after = desk.customer("K1")
    assert (after.name, after.tier, after.version) == ("Renamed", "dormant", renamed.version + 2)


def test_share_bands_rank_everybody_against_each_other(desk: Desk) -> None:
    desk.policy = with_policy("use: value_bands", "use: share_bands")
    desk.takes(rows(*(f"{n},{days_ago(n)},1,{1000 - n},K{n},Ltd,UK" for n in range(1, 11))), as_of=TODAY)
    assert sorted_by(desk).tiers == {"core": 2, "potential": 6, "base": 2}
    report = desk.takes(rows(*(f"{n},{days_ago(0)},1,{9000 + n},L{n},Ltd,UK" for n in range(10))), as_of=TODAY)
    assert report.tiers == {"core": 4, "potential": 12, "base": 4}
    assert desk.customer("K1").tier == "potential"


def test_who_never_bought_is_sorted_too(desk: Desk) -> None:
    desk.write(lambda store: store.customers.add(Customer(id=new_id(), name="Ltd", reference="K")))
    assert sorted_by(desk).tiers == {"dormant": 1}
    customer = desk.customer("K")
    assert (customer.spent, customer.orders, customer.touch_due_at is not None) == (Decimal(), 0, True)


def test_totals_end_with_the_day_that_they_are_as_of(desk: Desk) -> None:
    desk.write(lambda store: store.customers.add(Customer(id="k" * 32, name="Ltd", reference="K")))
    midnight = datetime(2025, 6, 30, 16, tzinfo=UTC)
    new = [
        Order(
            id=new_id(), customer_id="k" * 32, number=f"{n}", ordered_at=at, amount=Decimal(n), currency="CNY", lines=1
        )
        for n, at in [(1, midnight - timedelta(microseconds=1)), (2, midnight)]
    ]
    desk.write(lambda store: store.orders.put(new))
    sorted_by(desk)
    assert (desk.customer("K").spent, desk.customer("K").orders) == (Decimal(1), 1)
