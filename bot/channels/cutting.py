"""Cutting: long words made to fit what a platform counts, never through the middle of what a person sees as one sign."""

from __future__ import annotations

import bisect
import unicodedata
from collections.abc import Callable

Weigh = Callable[[str], int]
"""How a platform counts a text: characters, UTF-16 units, bytes."""
END = "…"
BACK_AT_MOST = 64
"""No honest sign is longer; a heap of marks is cut anywhere."""
_JOINER = "\u200d"


def utf16_units(words: str) -> int:
    """Count as Telegram does: a sign beyond the first 65,536 counts twice."""
    return len(words) + sum(char > "\uffff" for char in words)


def cut(words: str, most: int, weigh: Weigh = len) -> str:
    """Give the words, or as much of their start as weighs at most `most` with the sign that something is missing."""
    if weigh(words) <= most:
        return words
    room = most - weigh(END)
    end = bisect.bisect_right(range(1, len(words) + 1), room, key=lambda length: weigh(words[:length]))
    for back in range(min(end, BACK_AT_MOST)):
        if not _joined(words, end - back):
            return words[: end - back] + END
    return words[:end] + END


def _joined(words: str, at: int) -> bool:
    """Tell whether the characters before and after this place belong to one sign."""
    before, after = words[at - 1], words[at]
    if _JOINER in {before, after} or (before == "\r" and after == "\n"):
        return True
    if unicodedata.category(after).startswith("M") or "\U0001f3fb" <= after <= "\U0001f3ff" or _is_tag(after):
        return True
    return _is_flag_half(after) and _flag_halves_before(words, at) % 2 == 1


def _is_tag(char: str) -> bool:
    return "\U000e0020" <= char <= "\U000e007f"


def _is_flag_half(char: str) -> bool:
    return "\U0001f1e6" <= char <= "\U0001f1ff"


def _flag_halves_before(words: str, at: int) -> int:
    start = at
    while start > 0 and _is_flag_half(words[start - 1]):
        start -= 1
    return at - start
