"""Contracts, products and contacts come in from files as companies have them, and the same file again changes nothing."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from sqlalchemy import select

from handlers.import_report import render_problem, render_records
from prompts.phrases import phrases
from scheduler.record_import import import_records
from storage.agreements import contracts, installations
from storage.columns import new_id
from storage.contacts import contacts
from storage.contacts import marks as contact_marks
from storage.customers import Customer
from storage.importing.dates import birthday
from storage.importing.problems import BadCell, UnreadableFile
from storage.importing.records import CHUNK, Counted, RecordReport
from storage.orders import imports
from storage.staff import Person, Scope
from tests.importing.desk import Desk, PowerCut

EVERYTHING = Scope(Person("admin", "admin", "admin"), frozenset(), frozenset(), everything=True)
TODAY = date(2025, 6, 30)


@pytest.fixture
def shelf(desk: Desk) -> Desk:
    """A desk whose customers are known already."""
    known = [
        ("C-1", "Galaxy Ltd", "en"),
        ("C-2", "星河科技", "zh-CN"),
        ("C-3", "Twin Ltd", "en"),
        ("C-4", "Twin Ltd", "en"),
    ]
    new = [Customer(new_id(), name, reference, language=language) for reference, name, language in known]
    desk.write(lambda store: store.customers.add(*new))
    return desk


def takes(desk: Desk, what: str, content: str | bytes, **options: Any) -> RecordReport:
    path = desk.file(content, f"{what}.csv")
    return import_records(desk.write, desk.read, path, what, policy=desk.policy, now=desk.now, **options)


def everything(desk: Desk) -> list[list[tuple[Any, ...]]]:
    with desk.database.reading() as connection:
        tables = (contracts, installations, contacts, imports)
        rows = [[tuple(row) for row in connection.execute(select(table).order_by(table.c.id))] for table in tables]
        return [*rows, [tuple(row) for row in connection.execute(select(contact_marks).order_by(*contact_marks.c))]]


def the_contract(desk: Desk, reference: str = "C-1") -> Any:
    customer = desk.customer(reference)
    (found,) = desk.read(lambda store: store.agreements.contracts_of([customer.id]))
    return found


CONTRACTS = "Contract No,Customer ID,Customer,End date,Start date,Subject,Amount,Currency\n"
DIRTY_CONTRACTS = (
    "合同号,客户名称,到期日期,合同内容,合同金额\n"
    "ＨＴ－１,星河科技,2025年12月31日,过滤器保养,1.2万\n"
    "HT-2,星河科技 ,２０２６／１／３１,,\n"
    ",星河科技,2025-12-31,,\n"
    "HT-4,无名公司,2025-12-31,,\n"
    "HT-5,Twin Ltd,2025-12-31,,\n"
    "HT-6,星河科技,不清楚,,\n"
    "HT-2,星河科技,2027-01-31,,\n"
    "HT-8,,2027-01-31,,\n"
    "HT-9,C-1,2026-01-31,,一千\n"
    "\n"
)


@pytest.mark.parametrize("encoding", ["utf-8-sig", "gb18030", "utf-16"])
def test_dirty_contracts_come_in_and_every_refused_row_is_named(shelf: Desk, encoding: str) -> None:
    report = takes(shelf, "contracts", DIRTY_CONTRACTS.encode(encoding))
    assert report.taken == Counted(new=2)
    customer = shelf.customer("C-2")
    first, second = shelf.read(lambda store: store.agreements.contracts_of([customer.id]))
    assert (first.number, first.ends_on, first.amount, first.currency) == (
        "HT-1",
        date(2025, 12, 31),
        Decimal(12000),
        "CNY",
    )
    assert (second.number, second.ends_on, second.subject) == ("HT-2", date(2026, 1, 31), None)
    assert [(one.row, one.column, one.reason) for one in report.refused] == [
        (4, "合同号", "import-refused-no-contract"),
        (5, "客户名称", "import-refused-unknown-customer"),
        (6, "客户名称", "import-refused-several-customers"),
        (7, "到期日期", "import-refused-date"),
        (8, "客户名称", "import-refused-twice"),
        (9, "客户名称", "import-refused-no-customer"),
        (10, "合同金额", "import-refused-number"),
    ]
    for language in ("en", "zh-CN"):
        said = render_records(report, phrases(language))
        assert "import-" not in said
        assert "HT-4" not in said, "a report repeats the offending value, not the row"
        assert "无名公司" in said


def test_a_contract_is_looked_at_again_only_where_its_end_has_moved(shelf: Desk) -> None:
    takes(shelf, "contracts", CONTRACTS + "HT-1,C-1,,2025-12-31,,filters,1200,EUR\n")
    before = the_contract(shelf)
    assert before.next_on == date(2025, 10, 2), "90 days ahead"
    same = takes(shelf, "contracts", CONTRACTS + "HT-1,C-1,,2025-12-31,,,,\n")
    assert same.taken == Counted(same=1), "what a row leaves open says nothing"
    moved = takes(shelf, "contracts", CONTRACTS + "HT-1,C-1,,2026-12-31,,,,\n")
    assert moved.taken == Counted(changed=1)
    after = the_contract(shelf)
    assert (after.id, after.ends_on, after.next_on, after.subject, after.amount, after.currency) == (
        before.id,
        date(2026, 12, 31),
        date(2026, 10, 2),
        "filters",
        Decimal(1200),
        "EUR",
    )


PRODUCTS = "Product,Serial No,Customer,Next maintenance,Cycle\n"
PEOPLE = "客户,联系人,手机,邮箱,生日,语言\n"
FILES = {
    "contracts": CONTRACTS + "HT-1,C-1,,2025-12-31,2024-01-01,filters,1200,EUR\nHT-2,,galaxy ltd,2026-01-31,,,,\n",
    "products": PRODUCTS + "Pump P3,SN-1,Galaxy Ltd,2025-08-01,6\nFilter,SN-2,C-2,,一年\nFilter,SN-3,C-2,,1年\n",
    "contacts": PEOPLE + "星河科技,陈伟,13800001234,chen@example.com,1986年5月24日,中文\nC-1,Ann Lee,,,24 May,\n",
}


@pytest.mark.parametrize("what", FILES)
def test_the_same_file_again_changes_nothing(shelf: Desk, what: str) -> None:
    first = takes(shelf, what, FILES[what])
    assert first.taken == Counted(new=2)
    before = everything(shelf)
    again = takes(shelf, what, FILES[what])
    assert again.taken == Counted(same=2)
    assert everything(shelf) == before
    assert phrases("en")("import-nothing-new") in render_records(again, phrases("en"))


@pytest.mark.parametrize("what", FILES)
def test_a_dry_run_tells_the_same_and_writes_nothing(shelf: Desk, what: str) -> None:
    writes, before = shelf.writes, everything(shelf)
    dry = takes(shelf, what, FILES[what], dry=True)
    assert (shelf.writes, everything(shelf)) == (writes, before)
    wet = takes(shelf, what, FILES[what])
    assert (dry.taken, dry.reasons, dry.refused) == (wet.taken, wet.reasons, wet.refused)


def test_an_interrupted_import_is_finished_by_running_it_again(shelf: Desk) -> None:
    content = CONTRACTS + "".join(f"HT-{n},C-1,,2025-12-31,,,,\n" for n in range(2 * CHUNK + 5))
    shelf.lives_for = shelf.writes + 2
    with pytest.raises(PowerCut):
        takes(shelf, "contracts", content)
    shelf.lives_for = None
    report = takes(shelf, "contracts", content)
    assert report.taken == Counted(new=CHUNK + 5, same=CHUNK)
    assert takes(shelf, "contracts", content).taken == Counted(same=2 * CHUNK + 5)


def test_products_say_when_they_are_maintained_and_how_often(shelf: Desk) -> None:
    report = takes(
        shelf,
        "products",
        PRODUCTS
        + "Pump P3,SN-1,Galaxy Ltd,2025-08-01,6个月\nPump,,Galaxy Ltd,,\n,SN-9,Galaxy Ltd,,\nPump,SN-4,C-1,,500\n",
    )
    assert report.reasons == {
        "import-refused-no-serial": 1,
        "import-refused-no-product": 1,
        "import-refused-months": 1,
    }
    customer = shelf.customer("C-1")
    (pump,) = shelf.read(lambda store: store.agreements.installations_of([customer.id]))
    assert (pump.maintenance_on, pump.every_months, pump.next_on) == (date(2025, 8, 1), 6, date(2025, 7, 2))


def test_people_are_found_by_what_the_file_told_and_their_birthday_lies_sealed(shelf: Desk) -> None:
    takes(shelf, "contacts", FILES["contacts"])
    (chen,) = shelf.read(lambda store: store.contacts.find(EVERYTHING, "1234"))
    assert (chen.name, chen.birthday, chen.language) == ("陈伟", "1986-05-24", "zh-CN")
    takes(shelf, "contacts", PEOPLE + "星河科技,陈伟,13800009999,,5月24日,\n")
    (chen,) = shelf.read(lambda store: store.contacts.find(EVERYTHING, "9999"))
    assert chen.birthday == "1986-05-24", "a day without its year is no news"
    with shelf.database.reading() as connection:
        raw = connection.exec_driver_sql("select birthday, birthday_mark from contacts").all()
    assert all(b"-24" not in bytes(row[0]) and row[1][-2:] != "24" for row in raw)
    assert len({row[1] for row in raw}) == 1, "two who share a day share its mark"


BAD_PEOPLE = [
    ("C-1,,,,,", "import-refused-no-name", "联系人"),
    ("C-1,Bo,12,,,", "import-refused-phone", "手机"),
    ("C-1,Bo,1.38E+10,,,", "import-refused-damaged-id", "手机"),
    ("C-1,Bo,,bo.example.com,,", "import-refused-email", "邮箱"),
    ("C-1,Bo,,,2030-01-01,", "import-refused-birthday", "生日"),
    ("C-1,Bo,,,2月30日,", "import-refused-date", "生日"),
    ("C-1,Bo,,,3/4/1990,", "import-refused-ambiguous-date", "生日"),
    ("C-1,Bo,,,,Klingon", "import-refused-language", "语言"),
    ("Nobody,Bo,,,,", "import-refused-unknown-customer", "客户"),
]


@pytest.mark.parametrize(("row", "reason", "column"), BAD_PEOPLE)
def test_a_bad_row_is_refused_with_its_column_and_reason(shelf: Desk, row: str, reason: str, column: str) -> None:
    report = takes(shelf, "contacts", PEOPLE + row + "\n")
    assert [(one.row, one.column, one.reason) for one in report.refused] == [(2, column, reason)]
    assert report.taken == Counted()
    for language in ("en", "zh-CN"):
        assert phrases(language)(reason)


def test_new_people_are_looked_at_for_birthdays_that_come_now(shelf: Desk) -> None:
    takes(shelf, "contacts", PEOPLE + "C-1,Bo,,,7月2日,\n")
    newest = shelf.read(lambda store: store.inbox.newest())
    assert newest.kind == "birthdays looked for"
    assert "2025-07-02" in newest.body["days"]


def test_a_file_of_another_sort_is_refused_in_the_words_of_the_reader(shelf: Desk) -> None:
    with pytest.raises(UnreadableFile) as told:
        takes(shelf, "contracts", "客户名称,备注\n星河科技,x\n")
    assert render_problem(told.value, phrases("en")).startswith("No column for: contract number, last day.")
    assert render_problem(told.value, phrases("zh-CN")).startswith("缺少以下列：")


BIRTHDAYS = [
    ("1986-05-24", "1986-05-24"),
    ("24 May 1986", "1986-05-24"),
    ("24 May", "05-24"),
    ("May 24th", "05-24"),
    ("5月24日", "05-24"),
    ("５月２４日", "05-24"),
    ("05-24", "05-24"),
    ("--05-24", "05-24"),
    ("2月29日", "02-29"),
    ("2024-02-29", "2024-02-29"),
    ("2025-06-30", "2025-06-30"),
    ("1905-06-30", "1905-06-30"),
]


@pytest.mark.parametrize(("cell", "read"), BIRTHDAYS)
def test_birthdays_are_read_as_people_write_them(cell: str, read: str) -> None:
    assert birthday(cell, TODAY, day_first=None) == read


@pytest.mark.parametrize("cell", ["2023-02-29", "2025-07-01", "1904-12-31", "3/4/1990", "32 May", "5月", "", None, 3.5])
def test_what_is_no_birthday_is_refused(cell: Any) -> None:
    with pytest.raises(BadCell):
        birthday(cell, TODAY, day_first=None)


def test_no_write_carries_more_than_a_chunk(shelf: Desk) -> None:
    sizes: list[int] = []
    write: Callable[[Any], Any] = shelf.write

    def counted(work: Any) -> Any:
        before = len(everything(shelf)[0])
        result = write(work)
        sizes.append(len(everything(shelf)[0]) - before)
        return result

    shelf.write = counted  # type: ignore[method-assign]
    takes(shelf, "contracts", CONTRACTS + "".join(f"HT-{n},C-1,,2025-12-31,,,,\n" for n in range(CHUNK + 7)))
    assert sizes == [0, CHUNK, 7]
