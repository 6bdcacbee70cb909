from __future__ import annotations

import gzip
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from storage.importing.headings import missing, propose
from storage.importing.orders import OrderFile, read_orders
from storage.importing.problems import UnreadableFile
from storage.importing.tables import open_table
from tests.importing.desk import NOW, SAMPLES
from tests.policy.samples import SHANGHAI

CHINESE = (
    "订单号,客户编号,客户名称,下单时间,数量,单价(元),地区\nD1,K1,上海某某贸易有限公司,2025年3月1日,３,1.2万,上海\n"
)
TRADITIONAL = "訂單編號,客戶編號,客戶名稱,訂單日期,金額\nD1,K1,臺灣某某貿易股份有限公司歡迎光臨,2025/3/1,100\n"
FRENCH = "InvoiceNo,CustomerID,CustomerName,Date,Amount\n1,2,Café Müller à Orléans,2025-03-01,5\n"


def read(path: Path, **options: Any) -> OrderFile:
    return read_orders(path, zone=SHANGHAI, currency="CNY", now=NOW, **options)


def written(folder: Path, content: bytes) -> Path:
    path = folder / "orders.csv"
    path.write_bytes(content)
    return path


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gbk", "gb18030", "utf-16", "utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("rows", [1, 5000])
def test_a_chinese_file_is_read_in_whatever_encoding_it_was_saved(tmp_path: Path, encoding: str, rows: int) -> None:
    head, line = CHINESE.splitlines(keepends=True)
    content = head + "".join(line.replace("D1", f"D{n}") for n in range(rows))
    file = read(written(tmp_path, content.encode(encoding)))
    assert len(file.orders) == rows
    assert file.customers["K1"].name == "上海某某贸易有限公司"
    assert file.orders["K1", "D0"].amount == Decimal(36000)


def test_western_and_traditional_files_keep_their_letters(tmp_path: Path) -> None:
    assert read(written(tmp_path, FRENCH.encode("cp1252"))).customers["2"].name == "Café Müller à Orléans"
    assert read(written(tmp_path, TRADITIONAL.encode("big5"))).customers["K1"].name.startswith("臺灣某某貿易")


def test_a_letter_of_chinese_far_below_plain_rows_still_decides(tmp_path: Path) -> None:
    plain = "".join(f"{n},K1,Ltd,2025-03-01,1\n" for n in range(9000))
    content = "InvoiceNo,CustomerID,CustomerName,Date,Amount\n" + plain + "9999,K2,北京某某科技有限公司,2025-03-01,1\n"
    assert read(written(tmp_path, content.encode("gbk"))).customers["K2"].name == "北京某某科技有限公司"


def test_one_broken_sign_does_not_turn_the_others_into_garbage(tmp_path: Path) -> None:
    content = CHINESE.encode() + "D2,K2,北京".encode() + b"\xe5\xe5" + ",2025-03-01,1,1,北京\n".encode()
    content += "".join(f"D{n},K3,广州某某,2025-03-01,1,1,广州\n" for n in range(3, 30)).encode()
    file = read(written(tmp_path, content))
    assert file.customers["K1"].name == "上海某某贸易有限公司"
    assert file.customers["K2"].name.startswith("北京\ufffd")


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_any_usual_delimiter_is_found_by_its_headings(tmp_path: Path, delimiter: str) -> None:
    head, line = '"a title; with, every|sign"', '"订单号","客户编号","下单时间","金额"'
    content = "\n".join(
        [head, line.replace(",", delimiter), '"D1","K1","2025-03-01","1,200"'.replace('","', f'"{delimiter}"')]
    )
    assert read(written(tmp_path, content.encode())).orders["K1", "D1"].amount == 1200


def test_a_packed_file_is_read_and_the_rows_below_count_as_a_spreadsheet_counts(tmp_path: Path) -> None:
    content = "\n\nsome title,,\n" + CHINESE + "\n,,,,,,\nD2,,,2025-03-01,1,1,\n \n"
    path = tmp_path / "orders.csv.gz"
    path.write_bytes(gzip.compress(content.encode("gbk")))
    file = read(path)
    assert (file.rows, len(file.orders)) == (2, 1)
    assert [refusal.row for refusal in file.refused] == [8]


def test_a_workbook_is_read_with_merged_cells_dates_and_ids_as_people_see_them() -> None:
    file = read(SAMPLES / "merged.xlsx")
    found = {key: (order.amount, order.lines, order.ordered_at.isoformat()) for key, order in file.orders.items()}
    assert found == {
        ("上海(集团)贸易", "D1001"): (Decimal("237.5"), 2, "2025-03-01T01:30:00+00:00"),
        ("17850", "D1002"): (Decimal("-12.5"), 1, "2025-03-01T16:00:00+00:00"),
        ("杭州某某", "20250303"): (Decimal(12000), 1, "2025-03-03T04:00:00+00:00"),
    }
    assert file.customers["上海(集团)贸易"].name == "上海（集团）贸易"
    assert not file.reasons


@pytest.mark.parametrize(
    ("content", "key"),
    [
        (b"", "import-unreadable-empty"),
        (b" \n\n", "import-unreadable-empty"),
        (b"\xef\xbb\xbf", "import-unreadable-empty"),
        (b"InvoiceNo,CustomerID,Date,Amount\n", "import-unreadable-no-rows"),
        (b"InvoiceNo,CustomerID,Date,Amount\n,,,\n", "import-unreadable-no-rows"),
        (b"InvoiceNo,CustomerID,Amount\n1,2,3\n", "import-unreadable-columns"),
        (b"just some words\nand more of them\n", "import-unreadable-columns"),
        (b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x01\x00\x02\x03\x04\x05\x06" * 9, "import-unreadable-no-table"),
        (b"PK\x03\x04 but no workbook", "import-unreadable-damaged"),
        (
            gzip.compress(b"InvoiceNo,CustomerID,Date,Amount\n1,2,2025-03-01,4\n" * 999)[:-20],
            "import-unreadable-damaged",
        ),
        (
            b'InvoiceNo,CustomerID,Date,Amount\n1,2,2025-03-01,4\n5,"6,2025-03-01,7\n8,9,2025-03-01,1\n',
            "import-unreadable-row",
        ),
        (b"InvoiceNo,CustomerID,Date,Amount\n" + b"x" * (1 << 21), "import-unreadable-row"),
    ],
)
def test_a_file_that_is_no_table_of_orders_says_why(tmp_path: Path, content: bytes, key: str) -> None:
    with pytest.raises(UnreadableFile) as told:
        read(written(tmp_path, content))
    assert told.value.key == key


def test_what_is_not_there_or_locked_or_a_folder_says_so(tmp_path: Path) -> None:
    for path, key in [
        (tmp_path / "nothing.csv", "import-unreadable-missing"),
        (tmp_path, "import-unreadable-closed"),
        (SAMPLES / "locked.xlsx", "import-unreadable-locked"),
    ]:
        with pytest.raises(UnreadableFile) as told:
            open_table(path)
        assert told.value.key == key


def test_an_open_quotation_mark_names_its_row_and_missing_columns_are_named(tmp_path: Path) -> None:
    head = "InvoiceNo,CustomerID,Date,Amount\n"
    with pytest.raises(UnreadableFile) as told:
        read(written(tmp_path, (head + "1,2,2025-03-01,4\n" * 40 + '5,"6,2025-03-01,7\n8,9,2025-03-01,1\n').encode()))
    assert told.value.values["row"] == 42
    with pytest.raises(UnreadableFile) as told:
        read(written(tmp_path, b"InvoiceNo,Country,Quantity\n1,2,3\n"))
    assert told.value.values == {
        "missing": ("ordered_at", "customer", "price"),
        "found": "InvoiceNo, Country, Quantity",
    }


@pytest.mark.parametrize(
    ("headings", "places"),
    [
        (
            ["InvoiceNo", "StockCode", "Description", "Quantity", "InvoiceDate", "UnitPrice", "CustomerID", "Country"],
            {
                "number": 0,
                "product": 1,
                "title": 2,
                "quantity": 3,
                "ordered_at": 4,
                "price": 5,
                "customer": 6,
                "region": 7,
            },
        ),
        (
            ["订单编号", "客户名称", "下单时间", "实付金额（元）", "币种"],
            {"number": 0, "name": 1, "ordered_at": 2, "amount": 3, "currency": 4},
        ),
        (["Order ID", "order_date", "Unit Price", "QTY"], {"number": 0, "ordered_at": 1, "price": 2, "quantity": 3}),
        (["日期", "下单时间", "订单号"], {"ordered_at": 1, "number": 2}),
        (["客户", "客户编号", "订单号"], {"name": 0, "customer": 1, "number": 2}),
        ([None, "", "某列", 5], {}),
    ],
)
def test_columns_are_proposed_from_their_headings(headings: list[Any], places: dict[str, int]) -> None:
    assert propose(headings) == places


def test_a_person_may_say_which_column_is_which(tmp_path: Path) -> None:
    path = written(tmp_path, b"Beleg,Datum,Kunde,Summe,Amount\n1,2025-03-01,7,50,99\n")
    wanted = {"number": "Beleg", "ordered_at": "datum", "customer": "Kunde", "amount": "Summe"}
    assert read(path, columns=wanted).orders["7", "1"].amount == 50
    with pytest.raises(UnreadableFile):
        read(path, columns=wanted | {"number": "Nummer"})


def test_an_order_file_needs_number_date_somebody_and_money() -> None:
    assert missing({"number": 0, "ordered_at": 1, "name": 2, "amount": 3}) == ()
    assert missing({}) == ("number", "ordered_at", "customer", "quantity", "price")
