"""The veil: names, numbers, addresses and links stay in the house; a model sees words in braces that stand for them."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from typing import Final

_PATTERNS: Final = {
    "link": r"(?:https?://|www\.)[^\s<>\"'，。；）]+",
    "email": r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+",
    "number": r"(?<![A-Za-z0-9])\+?\d(?:[ ().-]{0,2}\d){4,}(?![A-Za-z0-9])",
    "ref": r"(?<![A-Za-z0-9])(?=[A-Za-z-]*\d)(?=[\d-]*[A-Za-z])[A-Za-z0-9]+(?:-[A-Za-z0-9]+)*(?<=[A-Za-z0-9-]{4})(?![A-Za-z0-9])",
}
"""What is personal by its shape, wherever it stands: links, e-mails, runs of digits, references of letters and digits."""
_TITLES: Final = "总|工|姐|哥|老师|先生|女士|小姐|经理|主任|厂长|老板"
_FIRM: Final = re.compile(r"(?:股份|责任)?有限(?:责任)?公司$|集团$|公司$")
_STANDS_FOR: Final = re.compile(r"\{\{\s*([a-z]+\d*)\s*\}\}")
_SHORTEST_PART: Final = 3


class Unknown(Exception):
    """An answer has a word in braces that stands for nothing."""


class Veil:
    """Covers texts that leave the house and uncovers what comes back; the same texts in the same order are the same.

    Args:
        known: what is personal because we know it, by the word that stands for it; several names of one thing count.
    """

    def __init__(self, known: Mapping[str, tuple[str, ...]]) -> None:
        self._real = {word: names[0] for word, names in known.items() if names and names[0]}
        self._words = {_plain(form).casefold(): word for word, names in known.items() for form in _forms(names)}
        names = sorted(self._words, key=len, reverse=True)
        parts = [f"(?P<{kind}>{shape})" for kind, shape in _PATTERNS.items()]
        if names:
            parts.insert(2, f"(?P<name>{'|'.join(_whole(name) for name in names)})")
        self._shape = re.compile("|".join(parts), re.IGNORECASE)
        self._found: dict[str, str] = {}

    def cover(self, text: str) -> str:
        """Give the text without anything personal; braces of its own are taken out, so that it cannot pretend."""
        return self._shape.sub(self._stand_in, _plain(text).replace("{", "(").replace("}", ")"))

    def _stand_in(self, match: re.Match[str]) -> str:
        said = match.group()
        word = self._words.get(said.casefold()) or self._found.get(said)
        if word is None:
            kind = match.lastgroup or "name"
            word = f"{kind}{sum(known.startswith(kind) for known in self._found.values()) + 1}"
            self._found[said] = word
            self._real[word] = said
        return "{{" + word + "}}"

    def uncover(self, text: str) -> str:
        """Put back what the words in braces stand for.

        Raises:
            Unknown: one of them stands for nothing.
        """
        said = _STANDS_FOR.sub(self._put_back, text)
        if "{{" in said or "}}" in said:
            raise Unknown
        return said

    def _put_back(self, match: re.Match[str]) -> str:
        if match.group(1) not in self._real:
            raise Unknown(match.group(1))
        return self._real[match.group(1)]


def _plain(text: str) -> str:
    return unicodedata.normalize("NFKC", text)


def _forms(names: tuple[str, ...]) -> set[str]:
    """Name the ways in which somebody is called: whole, by a part of the name, by surname and title, without “有限公司”."""
    forms = set()
    for name in names:
        plain = _plain(name).strip()
        forms |= {*(part for part in re.split(r"[\s,.&/]+", plain) if len(part) >= _SHORTEST_PART)}
        forms |= _chinese(plain)
    return {form for form in forms if len(form) > 1} | {_plain(name).strip() for name in names if name.strip()}


def _chinese(name: str) -> set[str]:
    if not re.fullmatch(r"[\u3400-\u9fff]{2,}", name):
        return set()
    if _FIRM.search(name):
        return {_FIRM.sub("", name)}
    if len(name) > 4:  # noqa: PLR2004 - longer than any Chinese name: a firm's
        return {name[:4]}
    return {name[1:], *(name[0] + title for title in _TITLES.split("|"))}


def _whole(name: str) -> str:
    """Find a name as a word of its own where its script has such a thing."""
    before = r"(?<![A-Za-z0-9])" if name[0].isascii() else ""
    after = r"(?![A-Za-z0-9])" if name[-1].isascii() else ""
    return before + re.escape(name) + after
