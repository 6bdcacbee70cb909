"""Encodings: in which one a text file is written, when the file does not say so."""

from __future__ import annotations

import codecs
from collections.abc import Iterable
from typing import Final

SAMPLE: Final = 256 * 1024
"""Bytes of lines with other than plain letters that are looked at: enough to tell, too few to wait for."""
MOSTLY: Final = 0.9
"""Share of such lines that must be UTF-8 for the file to be taken as UTF-8 with a few broken signs in it."""
NULS: Final = 0.1
"""Share of zero bytes from which a text is UTF-16: digits, commas and line ends have one each."""
CANDIDATES: Final = ("gb18030", "big5", "cp1252")
_MARKS: Final = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)


def encoding(lines: Iterable[bytes]) -> str | None:
    """Name the encoding of a file's lines; None if they are no text in any that is known."""
    lines = iter(lines)
    first = next(lines, b"")
    if marked := next((name for mark, name in _MARKS if first.startswith(mark)), None):
        return marked
    if first.count(0) > NULS * len(first):
        # The zero byte of a plain letter comes second when the low byte comes first.
        return "utf-16-le" if first[1::2].count(0) > first[::2].count(0) else "utf-16-be"
    return _unmarked(first, lines)


def _unmarked(first: bytes, lines: Iterable[bytes]) -> str | None:
    told: list[bytes] = [] if first.isascii() else [first]
    size = utf8 = sum(map(len, told)) and int(_is_utf8(first))
    for line in lines:
        if line.isascii():
            continue
        told.append(line)
        utf8 += _is_utf8(line)
        size += len(line)
        if size > SAMPLE:
            break
    if utf8 >= MOSTLY * len(told):
        return "utf-8"
    return _guessed(b"".join(told))


def _is_utf8(line: bytes) -> bool:
    try:
        line.decode()
    except UnicodeDecodeError:
        return False
    return True


def _guessed(sample: bytes) -> str | None:
    from charset_normalizer import from_bytes

    best = from_bytes(sample, cp_isolation=list(CANDIDATES)).best()
    return best.encoding if best else None
