"""Messages that ask for nothing: thanks, ok, greetings, a bare number, a piece of an address."""

import re
from typing import Final

from prompts.reader.cues import book
from prompts.reader.wording import english, has_chinese

CRUMBS: Final = 4
"""Characters beside courtesies that carry no wish of their own: a name, a word cut short."""
_SAID = re.compile(r"[a-z0-9\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af\u0400-\u04ff\u0600-\u06ff]")
_LETTERS = re.compile(r"[a-z\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af\u0400-\u04ff\u0600-\u06ff]")
_DENIAL = re.compile(r"[不没别无未错差慢贵坏]|\b(?:not?|never|dont|cant|isnt|wont|stop)\b")


def only_courtesies(words: str) -> bool:
    """Whether nothing is left of the plain words without thanks, greetings and the like."""
    return not _SAID.search(_without(words, "courtesies"))


def mostly_courtesies(words: str) -> bool:
    """Whether next to nothing is left of the plain words without courtesies, numbers and address fragments."""
    left = _without(_without(words, "fragments"), "courtesies")
    return len(_LETTERS.findall(left)) <= CRUMBS and left != words and not _DENIAL.search(left)


def _without(words: str, kind: str) -> str:
    language = "zh-CN" if has_chinese(words) else "en"
    pattern = getattr(book(language), kind)
    return str(pattern.sub(" ", words if language == "zh-CN" else english(words)))
