from __future__ import annotations

import contextlib
from datetime import date, datetime
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from storage.importing import cells
from storage.importing.problems import BadCell

ANY_CELL = st.one_of(
    st.text(),
    st.text(alphabet="0123456789０１２３.,，-−+eE()¥￥元万千亿 \u00a0'"),
    st.text(alphabet=st.characters(categories=["Cs", "Cc", "Cf", "Nd", "No"])),
    st.integers(),
    st.floats(),
    st.booleans(),
    st.none(),
    st.datetimes(),
    st.dates(),
    st.times(),
    st.timedeltas(),
)


@pytest.mark.parametrize(
    ("cell", "meant"),
    [
        ("3", "3"),
        ("-3", "-3"),
        ("−3", "-3"),
        ("3-", "-3"),
        ("(3.5)", "-3.5"),
        ("３．５", "3.5"),
        (" 1,234.50 ", "1234.50"),
        ("1，234", "1234"),
        ("12,3456", "123456"),
        ("1.234,5", "1234.5"),
        ("1.234.567", "1234567"),
        ("1 234", "1234"),
        ("1\u00a0234", "1234"),
        ("1.2万", "12000"),
        ("1.2万元", "12000"),
        ("3千", "3000"),
        ("0.5亿", "50000000"),
        ("¥99", "99"),
        ("￥99.00元", "99"),
        ("-£4.25", "-4.25"),
        ("人民币100元整", "100"),
        ("RMB 100", "100"),
        ("USD1,000", "1000"),
        ("1.5E+3", "1500"),
        ("'12", "12"),
        ("1\x002", "12"),
        (".5", "0.5"),
        ("5.", "5"),
        (7, "7"),
        (2.55, "2.55"),
        (1e16 / 1e6, "10000000000"),
    ],
)
def test_a_number_is_read_as_it_was_meant(cell: Any, meant: str) -> None:
    assert cells.number(cell) == Decimal(meant)


@pytest.mark.parametrize(
    ("cell", "reason"),
    [
        ("", "import-refused-no-number"),
        (None, "import-refused-no-number"),
        ("nan", "import-refused-no-number"),
        (float("nan"), "import-refused-no-number"),
        ("-", "import-refused-no-number"),
        ("无", "import-refused-no-number"),
        ("1,50", "import-refused-number"),
        ("1,2345,67", "import-refused-number"),
        ("three", "import-refused-number"),
        ("3 pcs", "import-refused-number"),
        ("1.2.3", "import-refused-number"),
        ("--3", "import-refused-number"),
        (".", "import-refused-number"),
        (float("inf"), "import-refused-number"),
        (True, "import-refused-number"),
        (date(2025, 3, 1), "import-refused-number"),
        ("\ud8003", "import-refused-number"),
        ("100000000000", None),
        ("100000000001", "import-refused-too-large"),
        ("9e99", "import-refused-too-large"),
        ("9999亿", "import-refused-too-large"),
    ],
)
def test_a_number_that_could_be_misread_is_refused(cell: Any, reason: str | None) -> None:
    with pytest.raises(BadCell) if reason else contextlib.nullcontext() as bad:
        cells.number(cell)
    assert reason is None or (bad is not None and bad.value.reason == reason)


@pytest.mark.parametrize(
    ("cell", "meant"),
    [
        ("17850", "17850"),
        ("17850.0", "17850"),
        (17850.0, "17850"),
        (17850, "17850"),
        ("１７８５０", "17850"),
        (" 17850\t", "17850"),
        ("'0017", "0017"),
        ("C536379", "C536379"),
        ("A-1.0", "A-1.0"),
        ("2025.10", "2025.10"),
        ("KH\u200b007", "KH 007"),
        ("nan", ""),
        (float("nan"), ""),
        ("NULL", ""),
        ("", ""),
        (None, ""),
        (1.5, "1.5"),
        (float(2**53), str(2**53)),
        ("x" * 100, "x" * 100),
    ],
)
def test_an_identifier_is_the_same_whatever_a_spreadsheet_made_of_it(cell: Any, meant: str) -> None:
    assert cells.identifier(cell) == meant


@pytest.mark.parametrize(
    ("cell", "reason"),
    [
        ("2.02503E+15", "import-refused-damaged-id"),
        (float(2**53 + 2), "import-refused-damaged-id"),
        (float("inf"), "import-refused-damaged-id"),
        (datetime(2025, 3, 1), "import-refused-damaged-id"),  # noqa: DTZ001 - as spreadsheets have them
        ("x" * 101, "import-refused-too-long"),
    ],
)
def test_an_identifier_that_has_lost_digits_is_refused(cell: Any, reason: str) -> None:
    with pytest.raises(BadCell) as bad:
        cells.identifier(cell)
    assert bad.value.reason == reason


@pytest.mark.parametrize(
    ("cell", "meant"),
    [
        ("上海（集团）贸易", "上海（集团）贸易"),
        ("  Li\u3000 Na \r\n Ltd ", "Li Na Ltd"),
        ("a\x00b\x07c", "abc"),
        ("a\ud800b", "a\ufffdb"),
        ("zero\u200dwidth", "zerowidth"),
        ("n/a", ""),
        ("名" * 300, "名" * 200),
    ],
)
def test_a_name_keeps_its_signs_and_loses_only_dirt(cell: str, meant: str) -> None:
    assert cells.words(cell) == meant


@pytest.mark.parametrize(
    ("cell", "meant"),
    [("GBP", "GBP"), ("gbp", "GBP"), ("人民币", "CNY"), ("￥", "CNY"), ("US$", "USD"), ("CHF", "CHF"), ("", None)],
)
def test_a_currency_is_three_letters_whatever_people_call_it(cell: str, meant: str | None) -> None:
    assert cells.currency(cell) == meant


def test_what_is_no_currency_is_refused() -> None:
    with pytest.raises(BadCell, match="currency"):
        cells.currency("pounds")


@given(ANY_CELL)
def test_a_number_from_any_cell_is_finite_and_bounded_or_refused(cell: Any) -> None:
    with contextlib.suppress(BadCell):
        found = cells.number(cell)
        assert found.is_finite()
        assert abs(found) <= cells.LARGEST


@given(ANY_CELL)
def test_text_from_any_cell_can_be_stored_by_every_database(cell: Any) -> None:
    with contextlib.suppress(BadCell):
        for text in (cells.words(cell), cells.identifier(cell), cells.folded(cell)):
            assert "\0" not in text
            text.encode()
            assert text == text.strip()
        assert len(cells.identifier(cell)) <= cells.LONGEST_NAME


@given(st.decimals(min_value=-(10**9), max_value=10**9, places=2, allow_nan=False))
def test_a_number_written_in_any_usual_way_is_the_same_number(number: Decimal) -> None:
    wide = str(number).translate(str.maketrans("0123456789.-", "０１２３４５６７８９．－"))
    for written in (f"{number:f}", f"{number:,}", f"¥{number:,}", wide, f"{number:f}元", f"{number / 10000:f}万"):
        assert cells.number(written) == number


@given(st.integers(min_value=0, max_value=2**53))
def test_an_identifier_survives_the_detour_through_a_spreadsheet(number: int) -> None:
    assert {cells.identifier(number), cells.identifier(float(number)), cells.identifier(f"{number}.0")} == {str(number)}
