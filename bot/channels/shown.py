"""Showing words: what is stored complete is shown without the characters that hide, reorder or impersonate."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

_FLAG = re.compile("\U0001f3f4[\U000e0030-\U000e007a]{2,6}\U000e007f")
"""England, Scotland, Wales: the only honest use of tag characters."""
_HIDDEN = re.compile(
    "[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\u3164\ufeff"
    "\uffa0\ufff0-\ufffb\U0001d173-\U0001d17a\U000e0000-\U000e0fff]"
)
_JOINER = re.compile("[\u200c\u200d]")
_MARKS_AT_MOST = 6
"""Vietnamese needs two on a letter, biblical Hebrew four; more only smears over its neighbours."""


@dataclass(frozen=True)
class Shown:
    """Words made safe to show, and how many characters were left out for it."""

    text: str
    left_out: int = 0


def shown(text: str) -> Shown:
    """Leave out controls of direction, invisible characters, tags, and piles of marks."""
    flags: list[str] = _FLAG.findall(text)
    bare = _HIDDEN.sub("", _FLAG.sub("\ue000", text.replace("\ue000", "")))
    bare = _JOINER.sub(lambda joiner: joiner[0] if _joins(bare, joiner.start()) else "", bare)
    bare = _thin_marks(bare)
    for flag in flags:
        bare = bare.replace("\ue000", flag, 1)
    return Shown(bare, len(text) - len(bare))


def _joins(text: str, at: int) -> bool:
    """Tell whether a joiner does its work: inside an emoji, or between letters of a script that joins."""
    before, after = text[at - 1 : at], text[at + 1 : at + 2]
    return bool(before and after) and ((_is_pictured(before) and _is_pictured(after)) or _is_cursive(before))


def _is_pictured(char: str) -> bool:
    return char == "\ufe0f" or "\U0001f3fb" <= char <= "\U0001f3ff" or unicodedata.category(char) == "So"


def _is_cursive(char: str) -> bool:
    """Arabic to Thai, without Hebrew: the scripts in which joiners change how letters look."""
    return "\u0600" <= char <= "\u0fff"


def _thin_marks(text: str) -> str:
    if text.isascii():
        return text
    kept: list[str] = []
    run = 0
    for char in text:
        run = run + 1 if unicodedata.category(char) in {"Mn", "Me"} else 0
        if run <= _MARKS_AT_MOST:
            kept.append(char)
    return "".join(kept)
