"""Keeping: how much of the words that were offered is left in the words that were sent."""

from __future__ import annotations

import re
from difflib import SequenceMatcher
from typing import Final

MOST: Final = 2000
"""So many words or characters are compared: more than any message in a chat has, and few enough to be quick."""
_PIECE: Final = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7a3]|[^\W\u3040-\u30ff\u3400-\u9fff\uac00-\ud7a3]+")


def kept_percent(first: str, sent: str) -> int:
    """Measure how much of the first words was kept, in whole percent.

    Kept are the pieces in the matching blocks that `difflib.SequenceMatcher` (Ratcliff and Obershelp's gestalt pattern
    matching) finds between both texts, in the same order; the share is `100 * kept / pieces of the first words`. A piece
    is a word, or one character of a script without spaces; case, spaces and punctuation do not count. What was added
    takes nothing away: whether words were touched at all is told by the draft's writer. Words without a piece are kept
    if they are the same.
    """
    if first == sent:
        return 100
    before, after = _pieces(first), _pieces(sent)
    if not before:
        return 100 if first.strip() == sent.strip() else 0
    blocks = SequenceMatcher(None, before, after, autojunk=False).get_matching_blocks()
    return round(100 * sum(block.size for block in blocks) / len(before))


def _pieces(text: str) -> list[str]:
    return _PIECE.findall(text.casefold())[:MOST]
