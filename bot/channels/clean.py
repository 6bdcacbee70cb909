"""Cleaning at the edge: what no chat may carry is taken out of typed words; everything else stays as it was typed."""

from __future__ import annotations

import json
import re
from typing import Any

_CONTROLS = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")
_BREAKS = re.compile(r"\r\n?")
_NULS = re.compile(r"(\\\\)|\\u0000")
"""As JSON writes them; a pair of backslashes is one that was typed."""
_SURROGATES = re.compile(r"[\ud800-\udfff]")


def clean_text(text: str) -> str:
    """Give typed words without control characters: tabs and line breaks stay, half characters are marked U+FFFD."""
    return whole_signs(_CONTROLS.sub("", _BREAKS.sub("\n", text)))


def whole_signs(text: str) -> str:
    """Give a text in which half characters, which nothing can store, are marked U+FFFD."""
    return _SURROGATES.sub("�", text)


def storable(payload: dict[str, Any]) -> dict[str, Any]:
    """Give a payload without what no database takes: half characters are marked U+FFFD, NULs are left out."""
    written = json.dumps(payload, ensure_ascii=False)
    kept = _NULS.sub(lambda found: found[1] or "", whole_signs(written))
    return payload if kept == written else dict(json.loads(kept))
