from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from storage.importing.orders import OrderFile, read_orders
from storage.importing.problems import Refusal
from tests.importing.desk import NOW, RETAIL
from tests.policy.samples import SHANGHAI

HEAD = "InvoiceNo,StockCode,Description,Quantity,InvoiceDate,UnitPrice,CustomerID,Currency\n"


def read(folder: Path, *lines: str) -> OrderFile:
    path = folder / "orders.csv"
    path.write_text(HEAD + "\n".join(lines) + "\n", encoding="utf-8")
    return read_orders(path, zone=SHANGHAI, currency="GBP", now=NOW)


@pytest.mark.parametrize(
    ("line", "column", "reason", "value"),
    [
        ("1,A1,x,2,2025-03-01,5,,", "CustomerID", "import-refused-no-customer", ""),
        ("1,A1,x,2,2025-03-01,5,nan,", "CustomerID", "import-refused-no-customer", "nan"),
        (",A1,x,2,2025-03-01,5,K,", "InvoiceNo", "import-refused-no-order", ""),
        ("1E+15,A1,x,2,2025-03-01,5,K,", "InvoiceNo", "import-refused-damaged-id", "1E+15"),
        ("1,POST,x,2,2025-03-01,5,K,", "StockCode", "import-refused-not-goods", "POST"),
        ("1,Bank Charges,x,2,2025-03-01,5,K,", "StockCode", "import-refused-not-goods", "Bank Charges"),
        ("1,CRUK,x,-1,2025-03-01,5,K,", "StockCode", "import-refused-not-goods", "CRUK"),
        ("1,9,运费,2,2025-03-01,5,K,", "Description", "import-refused-not-goods", "运费"),
        ("1,A1,x,2,2025-03-01,0,K,", "UnitPrice", "import-refused-free", "0"),
        ("1,A1,x,0,2025-03-01,5,K,", "UnitPrice", "import-refused-free", "5"),
        ("1,A1,x,two,2025-03-01,5,K,", "Quantity", "import-refused-number", "two"),
        ("1,A1,x,2,2025-03-01,,K,", "UnitPrice", "import-refused-no-number", ""),
        ("1,A1,x,1e10,2025-03-01,1e10,K,", "UnitPrice", "import-refused-too-large", "1e10"),
        ("1,A1,x,2,,5,K,", "InvoiceDate", "import-refused-no-date", ""),
        ("1,A1,x,2,1/2/2025,5,K,", "InvoiceDate", "import-refused-ambiguous-date", "1/2/2025"),
        ("1,A1,x,2,2205-03-01,5,K,", "InvoiceDate", "import-refused-future", "2205-03-01"),
        ("1,A1,x,2,2025-03-01,5,K,shells", "Currency", "import-refused-currency", "shells"),
        ("1,A1,x,2," + "9" * 60 + ",5,K,", "InvoiceDate", "import-refused-date", "9" * 39 + "…"),
        ("1", "CustomerID", "import-refused-no-customer", ""),
    ],
)
def test_a_row_that_cannot_count_is_refused_with_row_column_reason_and_value(
    tmp_path: Path, line: str, column: str, reason: str, value: str
) -> None:
    file = read(tmp_path, "0,A1,x,1,2025-03-01,1,K,", line)
    refused = [Refusal(3, column, reason, value)]
    assert (file.refused, file.reasons, len(file.orders)) == (refused, {reason: 1}, 1)


def test_lines_add_up_to_orders_of_a_customer(tmp_path: Path) -> None:
    file = read(
        tmp_path,
        "1,A1,x,2,2025-03-01 10:00,5,K,",
        "1,A2,y,1,2025-03-01 09:00,2.5,K,",
        "1,A1,x,1,2025-03-01 10:00,5,L,",
        "1,A1,returned,-1,2025-03-01 10:00,5,K,",
    )
    amounts = {key: (order.amount, order.lines) for key, order in file.orders.items()}
    assert amounts == {("K", "1"): (Decimal("7.5"), 3), ("L", "1"): (Decimal(5), 1)}
    assert file.orders["K", "1"].ordered_at.isoformat() == "2025-03-01T01:00:00+00:00"


def test_a_cancelled_invoice_is_an_order_with_a_negative_amount(tmp_path: Path) -> None:
    file = read(tmp_path, "C1,A1,x,-2,2025-03-01,5,K,")
    assert file.orders["K", "C1"].amount == -10
    assert file.cancellations == 1


def test_discounts_and_manual_lines_count_and_carriage_does_not(tmp_path: Path) -> None:
    file = read(
        tmp_path,
        "1,A1,x,10,2025-03-01,5,K,",
        "1,D,Discount,-1,2025-03-01,4,K,",
        "1,M,Manual,1,2025-03-01,3,K,",
        "1,POST,POSTAGE,1,2025-03-01,18,K,",
    )
    assert file.orders["K", "1"].amount == 49
    assert file.reasons == {"import-refused-not-goods": 1}


def test_amounts_of_two_currencies_do_not_add_up(tmp_path: Path) -> None:
    file = read(tmp_path, "1,A1,x,1,2025-03-01,5,K,EUR", "1,A2,x,1,2025-03-01,5,K,", "2,A1,x,1,2025-03-01,5,K,")
    assert {key: order.currency for key, order in file.orders.items()} == {("K", "1"): "EUR", ("K", "2"): "GBP"}
    assert file.reasons == {"import-refused-other-currency": 1}


def test_real_order_lines_are_read_to_the_last_penny() -> None:
    file = read_orders(RETAIL, zone=SHANGHAI, currency="GBP", now=NOW)
    assert (file.rows, len(file.orders), file.cancellations, len(file.customers)) == (300, 76, 21, 42)
    assert file.reasons == {"import-refused-not-goods": 21, "import-refused-no-customer": 19, "import-refused-free": 2}
    bought = {key: order.amount for key, order in file.orders.items() if key[0] == "12346"}
    assert bought == {("12346", "541431"): Decimal("77183.60"), ("12346", "C541433"): Decimal("-77183.60")}
    assert sum(order.lines for order in file.orders.values()) == 300 - 42
