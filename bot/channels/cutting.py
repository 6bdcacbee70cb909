"""Cutting: long words made to fit what a platform counts, never through the middle of what a person sees as one sign."""

from __future__ import annotations

import bisect
import re
import unicodedata
from collections.abc import Callable
from typing import Final

Weigh = Callable[[str], int]
"""How a platform counts a text: characters, UTF-16 units, bytes."""
END = "…"
BACK_AT_MOST = 64
"""No honest sign is longer; a heap of marks is cut anywhere."""
_JOINER = "\u200d"
RESTS: Final = (
    re.compile(r"\n[ \t]*\n\s*"),
    re.compile(r"\n"),
    re.compile(r"[。！？!?]+[”’」』）)\"']*\s*|\.[”’)\"']*\s+"),
    re.compile(r"[，、；：]|[,;:]\s+"),
    re.compile(r"\s+"),
)
"""Where a reader pauses, the longest pause first: paragraph, line, sentence, half a sentence, word."""


def utf16_units(words: str) -> int:
    """Count as Telegram does: a sign beyond the first 65,536 counts twice."""
    return len(words.encode("utf-16-le", "surrogatepass")) // 2


def cut(words: str, most: int, weigh: Weigh = len) -> str:
    """Give the words, or as much of their start as weighs at most `most` with the sign that something is missing."""
    if weigh(words) <= most:
        return words
    return words[: _between_signs(words, _room(words, most - weigh(END), weigh))] + END


def split(words: str, most: int, weigh: Weigh = len) -> tuple[str, str]:
    """Give a start that weighs at most `most` and ends where a reader pauses, and the rest; nothing is lost."""
    if weigh(words) <= most:
        return words, ""
    end = max(1, _room(words, most, weigh))
    for rest in RESTS:
        pauses = [found.end() for found in rest.finditer(words, end * 3 // 4, end)]
        if pauses and not _joined(words, pauses[-1]):
            return words[: pauses[-1]], words[pauses[-1] :]
    at = _between_signs(words, end)
    return words[:at], words[at:]


def _room(words: str, most: int, weigh: Weigh) -> int:
    """Count the characters from the start that weigh at most so much."""
    return bisect.bisect_right(range(1, len(words) + 1), most, key=lambda length: weigh(words[:length]))


def _between_signs(words: str, end: int) -> int:
    """Find the place at or before `end` that goes through no sign; in a heap of marks that is anywhere."""
    places = (end - back for back in range(min(end, BACK_AT_MOST)))
    return next((at for at in places if not _joined(words, at)), end)


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
