"""Choices: arguments of a few values, typed as they are declared or as people read them, in any language."""

from __future__ import annotations

import difflib
from collections.abc import Mapping
from functools import cache
from typing import Any, Final, Literal, get_args, get_origin

from pydantic.fields import FieldInfo

from prompts.phrases import LANGUAGES, Phrases, phrases

NEAR: Final = 0.8
"""From this likeness on a word is taken for a mistyped choice: `complant`, `enquiry`."""
NEAR_CHINESE: Final = 0.55
"""Two characters of four or five mean the whole: 故障 is 设备故障."""


def choices_of(field: FieldInfo) -> tuple[str, ...]:
    """Give the allowed values of an argument that is a choice."""
    kind = field.annotation
    for option in (kind, *get_args(kind)):
        if get_origin(option) is Literal:
            return tuple(str(value) for value in get_args(option))
    return ()


def choice_label(t: Phrases, name: str, value: str) -> str:
    return t.maybe(f"{name}-{value.replace('_', '-')}") or value


def spellings(name: str, field: FieldInfo) -> Mapping[str, str]:
    """Give the words by which a choice may be typed, each with its value."""
    choices = choices_of(field)
    return _spellings(name, choices) if choices else {}


@cache
def _spellings(name: str, choices: tuple[str, ...]) -> dict[str, str]:
    read = [(choice_label(phrases(language), name, value), value) for language in LANGUAGES for value in choices]
    known = {label.casefold(): value for label, value in read if label.strip() and " " not in label}
    return known | {value.casefold(): value for value in choices}


def as_declared(name: str, field: FieldInfo, value: str) -> str:
    """Write a choice as it is declared: `Complaint` and 投诉 are `complaint`."""
    return spellings(name, field).get(value.casefold(), value)


def nearest(name: str, field: FieldInfo, word: Any) -> str | None:
    """Tell which choice is meant by a word that is one, or nearly."""
    typed, known = str(word).casefold(), spellings(name, field)
    alike = [spelling for spelling in known if spelling.isascii() == typed.isascii()]
    found = difflib.get_close_matches(typed, alike, 1, NEAR if typed.isascii() else NEAR_CHINESE)
    return known[found[0]] if found else None
