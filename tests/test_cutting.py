"""Long words are cut where a person would cut them, and weigh what the platform allows."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.channels.cutting import END, cut, utf16_units

FAMILY = "👩‍👩‍👧‍👦"
WAVE = "👋🏽"
FLAG = "🇨🇳"
ACCENT = "e\u0301"


def utf8_bytes(words: str) -> int:
    return len(words.encode())


@pytest.mark.parametrize(
    ("words", "most", "left"),
    [
        ("hello", 5, "hello"),
        ("hello!", 5, "hell…"),
        ("水泵坏了", 4, "水泵坏了"),
        ("水泵坏了！", 4, "水泵坏…"),
        (f"a{FAMILY}b", 8, "a…"),
        (f"{FAMILY}bc", 12, f"{FAMILY}…"),
        (f"ab{WAVE}c", 5, "ab…"),
        (f"{FLAG}{FLAG}{FLAG}", 10, f"{FLAG}{FLAG}…"),
        (f"{FLAG}{FLAG}{FLAG}", 7, f"{FLAG}…"),
        (f"ab{ACCENT}cd", 4, "ab…"),
        (f"ab{ACCENT}cd", 5, f"ab{ACCENT}…"),
        ("😀😀😀", 4, "😀…"),
        ("😀😀", 4, "😀😀"),
    ],
)
def test_a_cut_never_goes_through_a_sign(words: str, most: int, left: str) -> None:
    assert cut(words, most, utf16_units) == left


def test_a_heap_of_marks_is_cut_anyway() -> None:
    assert len(cut("T" + "\u0338" * 5000, 1000)) == 1000


@given(words=st.text(max_size=300), most=st.integers(3, 200), weigh=st.sampled_from([len, utf16_units, utf8_bytes]))
def test_what_is_left_fits_and_is_a_start(words: str, most: int, weigh: Callable[[str], int]) -> None:
    left = cut(words, most, weigh)
    assert weigh(left) <= most
    assert left == words or (left.endswith(END) and words.startswith(left.removesuffix(END)))


@given(st.text(max_size=50))
def test_units_are_counted_as_they_are_encoded(words: str) -> None:
    assert utf16_units(words) == len(words.encode("utf-16-le")) // 2
