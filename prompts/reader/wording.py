"""The words of a message, made comparable: width, case, hidden characters, traditional forms, English contractions."""

import re
import unicodedata
from typing import Final

from prompts.reader.reading import Language

LONGEST: Final = 20_000
"""Characters of a message that are read; the rest is cut, so that no message costs more than this."""

_HAN = "\u3400-\u9fff"
_INVISIBLE = re.compile(
    r"[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufe0f\ufeff]"
)
_STOPS = str.maketrans(
    {"。": ".", "、": ",", "・": ".", "…": ".", "～": "~", "’": "'", "‘": "'", "“": '"', "”": '"', "\r": "\n"}
)
_SPACES = re.compile(r"[^\S\n]{1,64}")
_HAN_RUN = re.compile(rf"[{_HAN}]")
_FOREIGN = re.compile(r"[\u0370-\u1fff\u3040-\u30ff\uac00-\ud7af]")
_LATIN_WORD = re.compile(r"[a-z]{2,}")
_NOT_ENGLISH = re.compile(r"[^a-z0-9$%#.,!?;\n]")
_AROUND_STOPS = re.compile(r"[.,!?;\n]")


def plain(text: str, variants: dict[int, str]) -> str:
    """Fold width, case, hidden characters and traditional forms (`variants`); at most LONGEST characters."""
    folded = unicodedata.normalize("NFKC", text[:LONGEST])[:LONGEST].lower()
    visible = _INVISIBLE.sub("", folded.translate(_STOPS))
    return _SPACES.sub(" ", visible.translate(variants)).strip()[:LONGEST]


def english(words: str) -> str:
    """The English of plain words: one space before and after each word, contractions closed up ("don't" is "dont")."""
    spaced = _AROUND_STOPS.sub(r" \g<0> ", _NOT_ENGLISH.sub(" ", words.replace("'", "")))
    return f" {_SPACES.sub(' ', spaced).strip(' ')} "


def language_of(words: str) -> Language:
    """Chinese as soon as its characters weigh as much as the Latin words around them."""
    han = len(_HAN_RUN.findall(words))
    return "zh-CN" if han and han >= len(_LATIN_WORD.findall(words)) else "en"


def has_chinese(words: str) -> bool:
    """Whether any Chinese character occurs."""
    return _HAN_RUN.search(words) is not None


def has_english(words: str) -> bool:
    """Whether any Latin word of two letters occurs."""
    return _LATIN_WORD.search(words) is not None


def is_foreign(words: str) -> bool:
    """Whether letters occur that neither language has: Cyrillic, Arabic, Thai, kana, Hangul and others."""
    return _FOREIGN.search(words) is not None
