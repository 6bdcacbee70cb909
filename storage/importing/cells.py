"""Cells: what people leave in a spreadsheet, read as words, identifiers, numbers and currencies."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from functools import lru_cache
from typing import Final

from storage.importing.problems import BadCell

Cell = str | int | float | bool | datetime | date | time | timedelta | None
Row = Sequence[Cell]

LONGEST_ID: Final = 100
LONGEST_NAME: Final = 200
LARGEST: Final = Decimal(10**11)
"""Above this no quantity, price or amount is meant; money is kept in 64 bits of hundredths of a cent."""
EXACT: Final = 2**53
"""Above this a spreadsheet no longer keeps every whole number: an id may have lost its last digits."""
ABSENT: Final = frozenset({"", "nan", "null", "none", "nil", "n/a", "#n/a", "na", "-", "--", "/", "无", "空"})

_CURRENCIES: Final = {
    "CNY": "cny rmb cnh 人民币 人民币元 元 圆 ¥",
    "GBP": "gbp £ 英镑",
    "USD": "usd us$ $ 美元 美金",
    "EUR": "eur € 欧元",
    "HKD": "hkd hk$ 港币 港元",
    "TWD": "twd nt$ 新台币 台币",
    "JPY": "jpy 日元 日圆",
    "SGD": "sgd s$ 新加坡元",
}
_CURRENCY_OF: Final = {word: code for code, words in _CURRENCIES.items() for word in words.split()}
_MARKS = "|".join(sorted(map(re.escape, {*_CURRENCY_OF, "元整"} - {"人民币元"}), key=len, reverse=True))
_MARKED = re.compile(rf"(?P<minus>[-+]?)(?:{_MARKS})?(?P<number>.*?)(?:{_MARKS})?")
_SCALES: Final = {"": 1, "千": 10**3, "万": 10**4, "萬": 10**4, "亿": 10**8, "億": 10**8}
_NUMBER = re.compile(r"(?P<sign>[-+]?)(?P<digits>[0-9.,]+)(?:e(?P<power>[-+]?[0-9]{1,2}))?(?P<scale>[千万萬亿億]?)")
_PLAIN = re.compile(r"[0-9]+\.?[0-9]*|\.[0-9]+")
# Thousands by threes, in the Chinese way by fours, or continental. "1,50" is none of them and is refused: it may be
# one and a half or a hundred and fifty.
_GROUPED = re.compile(r"[0-9]{1,3}(?:,[0-9]{3})+(?:\.[0-9]*)?|[0-9]{1,4}(?:,[0-9]{4})+(?:\.[0-9]*)?")
_CONTINENTAL = re.compile(r"[0-9]{1,3}(?:\.[0-9]{3})+,[0-9]+|[0-9]{1,3}(?:\.[0-9]{3}){2,}")
_DECIMAL_ID = re.compile(r"([0-9]+)\.0+")
_SCIENTIFIC_ID = re.compile(r"[0-9](?:\.[0-9]+)?e\+[0-9]{1,3}")
_BROKEN = re.compile("[\ud800-\udfff]")
_SPACES = re.compile(r"[\s\u200b\u2060\ufeff]+")


def plain(value: Cell) -> str:
    """Give a cell as one clean line: no control signs, no halves of characters, single spaces."""
    text = value if isinstance(value, str) else "" if value is None else str(value)
    if text.isascii() and text.isprintable():
        return " ".join(text.split())
    text = _SPACES.sub(" ", _BROKEN.sub("\ufffd", text))
    # Zero-width joiners and the like are "format" signs; they are kept out of names, where nobody could see them.
    return "".join(sign for sign in text if unicodedata.category(sign) not in {"Cc", "Cf"}).strip()


def folded(value: Cell) -> str:
    """Give a cell with full-width signs made half-width, as identifiers, numbers and headings are compared."""
    text = plain(value)
    return text if text.isascii() else " ".join(unicodedata.normalize("NFKC", text).split())


def words(value: Cell) -> str:
    """Read a name: as it is written, at most as long as a name may be; empty if there is none."""
    return _words(value if isinstance(value, str) else plain(value))


@lru_cache(maxsize=65_536)
def _words(value: str) -> str:
    text = plain(value)
    return "" if text.casefold() in ABSENT else text[:LONGEST_NAME].strip()


def identifier(value: Cell) -> str:
    """Read a number of an order or a customer, the same whether a spreadsheet made `17850.0` of it or not.

    Raises:
        BadCell: it is too long, or a spreadsheet has damaged it (turned into 1.2E+15 or into a date).
    """
    if isinstance(value, float):
        return _whole(value)
    if value is not None and not isinstance(value, str | int):
        raise BadCell("import-refused-damaged-id")
    return _identifier(value if isinstance(value, str) else folded(value))


@lru_cache(maxsize=65_536)
def _identifier(value: str) -> str:
    text = folded(value).removeprefix("'")
    if text.casefold() in ABSENT:
        return ""
    if _SCIENTIFIC_ID.fullmatch(text.casefold()):
        raise BadCell("import-refused-damaged-id")
    if len(text) > LONGEST_ID:
        raise BadCell("import-refused-too-long")
    match = _DECIMAL_ID.fullmatch(text)
    return match[1] if match else text


def _whole(value: float) -> str:
    if value != value:  # noqa: PLR0124 - only "not a number" differs from itself: an empty cell of some exports
        return ""
    if abs(value) > EXACT:
        raise BadCell("import-refused-damaged-id")
    return str(int(value)) if value.is_integer() else str(value)


def number(value: Cell) -> Decimal:
    """Read a quantity, a price or an amount: ３, 1,234.50, 1.2万, ¥99元, (12.50), 1.5E+3.

    Raises:
        BadCell: it is missing, no number, too large, or could be read in two ways (`1,50`).
    """
    if isinstance(value, bool) or not isinstance(value, str | int | float | None):
        raise BadCell("import-refused-number")
    return _number(value if isinstance(value, str) else "" if value is None else repr(value))


@lru_cache(maxsize=65_536)
def _number(value: str) -> Decimal:
    text = folded(value).casefold().replace(" ", "").removeprefix("'").replace("−", "-")
    if text in ABSENT:
        raise BadCell("import-refused-no-number")
    found = _signed(text)
    if abs(found) > LARGEST:
        raise BadCell("import-refused-too-large")
    return found


def _signed(text: str) -> Decimal:
    negative = (text.startswith("(") and text.endswith(")")) or (text.endswith("-") and not text.startswith("-"))
    marked = _MARKED.fullmatch(text.strip("()") if negative else text)
    match = _NUMBER.fullmatch(marked["minus"] + marked["number"].removesuffix("-")) if marked else None
    if match is None:
        raise BadCell("import-refused-number")
    found = _digits(match["digits"]).scaleb(int(match["power"] or 0)) * _SCALES[match["scale"]]
    return -found if negative or match["sign"] == "-" else found


def _digits(text: str) -> Decimal:
    if _PLAIN.fullmatch(text):
        return Decimal(text)
    if _GROUPED.fullmatch(text):
        return Decimal(text.replace(",", ""))
    if _CONTINENTAL.fullmatch(text):
        return Decimal(text.replace(".", "").replace(",", "."))
    raise BadCell("import-refused-number")


def currency(value: Cell) -> str | None:
    """Read a currency as its three letters; None if the cell is empty.

    Raises:
        BadCell: it is neither three letters nor a sign or name that is known.
    """
    text = folded(value)
    if text.casefold() in ABSENT:
        return None
    known = _CURRENCY_OF.get(text.casefold(), text.upper())
    if len(known) == len("CNY") and known.isascii() and known.isalpha():
        return known
    raise BadCell("import-refused-currency")
