"""Messages that ask for nothing: thanks, ok, greetings, a bare number, a piece of an address."""

import re
from typing import Final

from prompts.reader.cues import CueBook, book
from prompts.reader.wording import english, has_chinese, is_foreign

CRUMBS: Final = 2
"""Letters beside courtesies that carry no wish of their own."""
NAME: Final = 4
"""Letters beside a number or an address that are most likely a name."""
_SAID = re.compile(r"[a-z0-9\u3400-\u9fff]")
_LETTERS = re.compile(r"[a-z\u3400-\u9fff]")
_PLACE = re.compile(r"[0-9省市区县镇乡村路街]")
_DENIAL = re.compile(r"[不没别无未错差慢贵坏]|\b(?:not?|never|dont|cant|isnt|wont|stop)\b")


def only_courtesies(words: str) -> bool:
    """Whether nothing is left of the plain words without thanks, greetings and the like; a bare "?" asks."""
    spoken, its_book = _spoken(words)
    if is_foreign(words) or ("?" in spoken and not _SAID.search(spoken)):
        return False
    return not _SAID.search(its_book.courtesies.sub(" ", spoken))


def mostly_courtesies(words: str) -> bool:
    """Whether next to nothing is left of the plain words without courtesies, numbers and address fragments."""
    spoken, its_book = _spoken(words)
    if is_foreign(words):
        return False
    bare = its_book.fragments.sub(" ", spoken) if _PLACE.search(spoken) else spoken
    left = its_book.courtesies.sub(" ", bare)
    crumbs = _LETTERS.findall(left)
    enough = CRUMBS if bare == spoken else NAME
    return left != spoken and (not crumbs or (len(crumbs) <= enough and not _DENIAL.search(spoken)))


def _spoken(words: str) -> tuple[str, CueBook]:
    return (words, book("zh-CN")) if has_chinese(words) else (english(words), book("en"))
