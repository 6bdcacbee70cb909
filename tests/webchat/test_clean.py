"""What a browser sent is cleaned at the edge and shown without tricks."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.channels.clean import clean_text
from bot.channels.shown import shown

ANY = st.text(st.characters(exclude_categories=()), max_size=200)
"""Any characters at all, halves of pairs and controls among them."""
FORBIDDEN = {chr(n) for n in range(32)} - {"\n", "\t"} | {"\x7f"} | {chr(n) for n in range(0xD800, 0xE000)}


@given(ANY)
def test_clean_words_hold_nothing_forbidden_and_all_that_is_allowed(text: str) -> None:
    kept = "".join("\ufffd" if "\ud800" <= c <= "\udfff" else c for c in text.replace("\r\n", "\n").replace("\r", "\n"))
    assert clean_text(text) == "".join(c for c in kept if c not in FORBIDDEN)
    clean_text(text).encode()


@given(ANY)
def test_cleaning_twice_changes_nothing_more(text: str) -> None:
    assert clean_text(clean_text(text)) == clean_text(text)


@given(ANY)
def test_what_is_shown_is_part_of_what_is_stored_and_counted(text: str) -> None:
    found = shown(text)
    rest = iter(text)
    assert all(char in rest for char in found.text)
    assert found.left_out == len(text) - len(found.text)


@given(
    st.text(
        st.characters(categories=["Lu", "Ll", "Lo", "Nd", "Po", "Zs"], exclude_characters="\u3164\uffa0\u115f\u1160")
    )
)
def test_ordinary_writing_is_shown_as_it_is(text: str) -> None:
    assert shown(text).text == text


@pytest.mark.parametrize(
    ("text", "expected", "left_out"),
    [
        ("您好，世界", "您好，世界", 0),
        ("Grüße, đường, שָׁלוֹם, สวัสดี", "Grüße, đường, שָׁלוֹם, สวัสดี", 0),
        ("invoice\u202egpj.exe", "invoicegpj.exe", 1),
        ("\u2067\u2066admin\u2069\u2069", "admin", 4),
        ("pay\u200bpal", "paypal", 1),
        ("a\u200db", "ab", 1),
        ("می\u200cخواهم", "می\u200cخواهم", 0),
        ("👩\u200d🔧 👍🏽 ❤️", "👩\u200d🔧 👍🏽 ❤️", 0),
        ("hi\U000e0041\U000e0042\U000e007f", "hi", 3),
        (
            "🏴\U000e0067\U000e0062\U000e0065\U000e006e\U000e0067\U000e007f!",
            "🏴\U000e0067\U000e0062\U000e0065\U000e006e\U000e0067\U000e007f!",
            0,
        ),
        ("e" + "\u0301" * 40, "e" + "\u0301" * 6, 34),
        ("\ufeffhello\u00ad", "hello", 2),
        ("<script>alert(1)</script>", "<script>alert(1)</script>", 0),
        ("", "", 0),
    ],
)
def test_tricks_are_left_out_and_honest_uses_stay(text: str, expected: str, left_out: int) -> None:
    found = shown(text)
    assert (found.text, found.left_out) == (expected, left_out)
