"""Magic: what a file is by its first bytes, whatever it is called or its sender claims."""

from __future__ import annotations

import re
from typing import Final, Literal

Kind = Literal["photo", "video", "voice", "audio", "document"]

OTHER: Final = "application/octet-stream"
_SIGNS: Final[tuple[tuple[re.Pattern[bytes], Kind, str], ...]] = (
    (re.compile(rb"\x89PNG\r\n\x1a\n"), "photo", "image/png"),
    (re.compile(rb"\xff\xd8\xff"), "photo", "image/jpeg"),
    (re.compile(rb"GIF8[79]a"), "photo", "image/gif"),
    (re.compile(rb"RIFF....WEBP", re.DOTALL), "photo", "image/webp"),
    (re.compile(rb"RIFF....WAVE", re.DOTALL), "audio", "audio/wav"),
    (re.compile(rb"OggS"), "audio", "audio/ogg"),
    (re.compile(rb"ID3|\xff[\xfb\xf3\xf2]"), "audio", "audio/mpeg"),
    (re.compile(rb"\x1a\x45\xdf\xa3"), "video", "video/webm"),
    (re.compile(rb"....ftypM4A", re.DOTALL), "audio", "audio/mp4"),
    (re.compile(rb"....ftyp", re.DOTALL), "video", "video/mp4"),
    (re.compile(rb"%PDF-"), "document", "application/pdf"),
    (re.compile(rb"PK\x03\x04"), "document", "application/zip"),
    (re.compile(rb"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"), "document", "application/x-ole-storage"),
)
"""First bytes as the formats' own specifications give them; office files are ZIP, or OLE before 2007."""
_EXECUTABLE: Final = re.compile(rb"MZ|\x7fELF|\xcf\xfa\xed\xfe|\xca\xfe\xba\xbe|#!")
"""Windows, Linux, macOS, Java, scripts."""
_NAME: Final = re.compile(r"[\x00-\x1f\x7f\ud800-\udfff\u202a-\u202e\u2066-\u2069<>:\"|?*]")
LONGEST_NAME: Final = 120


def kind_of(content: bytes) -> tuple[Kind, str]:
    """Tell what a file is, and its media type; what is not known is a document of no type."""
    for sign, kind, media in _SIGNS:
        if sign.match(content):
            return kind, media
    return "document", OTHER


def is_program(content: bytes) -> bool:
    """Tell whether a file would run on somebody's machine."""
    return _EXECUTABLE.match(content) is not None


def bare_name(name: str, otherwise: str) -> str:
    """Give a file's name without folders, controls, changes of direction, and too much of it; its ending stays."""
    last = _NAME.sub("", re.split(r"[/\\]", name)[-1]).strip(" .")
    if not last:
        return otherwise
    stem, dot, ending = last.rpartition(".")
    return last if len(last) <= LONGEST_NAME or not dot else f"{stem[: LONGEST_NAME - 12]}.{ending[:10]}"
