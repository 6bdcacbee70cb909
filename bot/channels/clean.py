"""Cleaning at the edge: what no chat may carry is taken out of typed words; everything else stays as it was typed."""

from __future__ import annotations

import re

_CONTROLS = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")
_BREAKS = re.compile(r"\r\n?")
_SURROGATES = re.compile(r"[\ud800-\udfff]")


def clean_text(text: str) -> str:
    """Give typed words without control characters: tabs and line breaks stay, half characters are marked U+FFFD."""
    return whole_signs(_CONTROLS.sub("", _BREAKS.sub("\n", text)))


def whole_signs(text: str) -> str:
    """Give a text in which half characters, which nothing can store, are marked U+FFFD."""
    return _SURROGATES.sub("�", text)
