from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

import pytest
from sqlalchemy import func, select

from storage.columns import new_id
from storage.importing.orders import read_orders
from storage.importing.problems import UnreadableFile
from storage.importing.taking import CHUNK, Taken
from storage.orders import orders
from storage.staff import Person
from tests.importing.desk import RETAIL, Desk, PowerCut, days_ago, rows
from tests.policy.samples import SHANGHAI


def test_orders_and_customers_come_in_with_the_figures_of_their_file(desk: Desk) -> None:
    report = desk.takes(RETAIL, currency="GBP")
    assert report.taken == Taken(new=76, customers=42)
    assert sum(report.tiers.values()) == 42
    file = read_orders(RETAIL, zone=SHANGHAI, currency="GBP", now=desk.now)
    assert desk.amounts() == {key: order.amount for key, order in file.orders.items()}
    customer = desk.customer("12346")
    assert (customer.name, customer.region, customer.currency, customer.language) == (
        "12346",
        "United Kingdom",
        "GBP",
        "en",
    )
    assert (customer.spent, customer.orders) == (Decimal(), 1)


def test_the_same_file_again_changes_nothing_even_days_later(desk: Desk) -> None:
    desk.takes(RETAIL, currency="GBP")
    before = desk.everything()
    desk.now += timedelta(days=3)
    report = desk.takes(RETAIL, currency="GBP")
    assert report.taken == Taken(same=76)
    assert desk.everything() == before


@pytest.mark.parametrize("writes", range(1, 6))
def test_an_interrupted_import_is_finished_by_running_it_again(desk: Desk, writes: int) -> None:
    lines = [f"N{n},{days_ago(n % 300)},1,{n},K{n % 250},Ltd {n % 250}," for n in range(1, 260)]
    path = desk.file(rows(*lines))
    desk.lives_for = writes
    with pytest.raises(PowerCut):
        desk.takes(path)
    assert len(desk.amounts()) < 260 or any(desk.customer(f"K{n}").tier is None for n in range(250))
    desk.lives_for = None
    report = desk.takes(path)
    assert report.taken.new + report.taken.same == 259
    assert len(desk.amounts()) == 259
    assert all(desk.customer(f"K{n}").tier for n in range(250))
    before = desk.everything()
    desk.takes(path)
    assert desk.everything() == before


def test_no_write_carries_more_than_a_chunk(desk: Desk) -> None:
    seen, most, write = 0, 0, desk.write

    def counted(work: object) -> object:
        nonlocal seen, most
        result = write(work)
        with desk.database.reading() as connection:
            now_there: int = connection.execute(select(func.count()).select_from(orders)).scalar_one()
        seen, most = now_there, max(most, now_there - seen)
        return result

    desk.write = counted  # type: ignore[method-assign]
    desk.takes(rows(*(f"N{n},{days_ago(1)},1,5,K{n % 7},," for n in range(3 * CHUNK + 1))))
    assert (seen, most) == (3 * CHUNK + 1, CHUNK)


def test_a_corrected_file_changes_the_orders_that_it_corrects(desk: Desk) -> None:
    desk.takes(rows(f"1,{days_ago(9)},1,500,K,Ltd,UK", f"2,{days_ago(8)},1,600,K,Ltd,UK"))
    report = desk.takes(rows(f"1,{days_ago(9)},1,50,K,Ltd,UK", f"2,{days_ago(8)},1,600,K,Ltd,UK"))
    assert report.taken == Taken(changed=1, same=1)
    assert report.moved == {("growth", "dormant"): 1}
    assert desk.customer("K").spent == 650


def test_a_forgotten_currency_is_mended_by_importing_again(desk: Desk) -> None:
    content = rows(f"1,{days_ago(9)},1,500,K,Ltd,UK")
    desk.takes(content)
    assert desk.customer("K").currency == "CNY"
    assert desk.takes(content, currency="GBP").taken == Taken(changed=1)
    assert desk.customer("K").currency == "GBP"
    assert desk.customer("K").tier_why[0][1]["currency"] == "GBP"


def test_money_finer_than_is_kept_is_the_same_the_next_time(desk: Desk) -> None:
    content = rows(f"1,{days_ago(9)},1,0.123456,K,Ltd,UK")
    desk.takes(content)
    assert desk.takes(content).taken == Taken(same=1)
    assert desk.amounts() == {("K", "1"): Decimal("0.1235")}


def test_a_customer_that_is_known_keeps_name_and_owner(desk: Desk) -> None:
    owner = Person(id=new_id(), name="Li Na", role="rep", zone="Asia/Shanghai")
    desk.write(lambda store: store.staff.add(owner, {}))
    desk.takes(rows(f"1,{days_ago(9)},1,500,K,Ltd,UK"), owner_id=owner.id)
    desk.takes(rows(f"2,{days_ago(8)},1,500,K,Another Ltd,FR", f"3,{days_ago(8)},1,5,上海K2,上海某某,"))
    known, new = desk.customer("K"), desk.customer("上海K2")
    assert (known.name, known.region, known.owner_id) == ("Ltd", "UK", owner.id)
    assert (new.name, new.owner_id, new.language) == ("上海某某", None, "zh-CN")


def test_a_dry_run_tells_the_same_and_writes_nothing(desk: Desk) -> None:
    before = desk.everything()
    dry = desk.takes(RETAIL, currency="GBP", dry=True)
    assert (desk.writes, desk.everything()) == (0, before)
    wet = desk.takes(RETAIL, currency="GBP")
    assert (dry.taken, dry.reasons, dry.refused) == (wet.taken, wet.reasons, wet.refused)


def test_a_file_that_breaks_off_in_the_middle_leaves_nothing_behind(desk: Desk) -> None:
    before = desk.everything()
    with pytest.raises(UnreadableFile):
        desk.takes(rows(*(f"{n},{days_ago(1)},1,5,K{n},," for n in range(500))) + '500,"open')
    assert (desk.writes, desk.everything()) == (0, before)


def test_a_file_without_a_single_good_row_is_reported_and_changes_no_customer(desk: Desk) -> None:
    report = desk.takes(rows(f"1,{days_ago(1)},1,5,,,", "2,soon,1,5,K,,"))
    assert report.reasons == {"import-refused-no-customer": 1, "import-refused-date": 1}
    assert (report.as_of, report.orders, desk.everything()[0]) == (None, 0, [])
