"""The arguments of the commands about drafts, and what a line of words says about how one is to sound."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from handlers.arguments import Args, Line, Whom, Words
from prompts.drafting import LENGTHS, TONES, Length, Purpose, Tone, purpose_named
from prompts.phrases import LANGUAGES, phrases


class MakeDraft(Args):
    """Typed, everything stands in the first argument: the customer's name, the purpose, how it is to sound."""

    customer: Whom
    purpose: Purpose | None = None
    tone: Tone | None = None
    length: Length | None = None


class OneDraft(Args):
    draft: Line


class DraftWords(Args):
    draft: Line
    words: Words


class Rewrite(Args):
    """How a draft is to sound from now on; `sure` once somebody was told that their own words would be replaced."""

    draft: Line
    tone: Tone | None = None
    length: Length | None = None
    sure: bool = False


class WhichDrafts(Args):
    which: Line = ""


@dataclass(frozen=True)
class Wish:
    """What a line asks for: what the draft is for, in which tone, how long; `rest` is what nobody understood."""

    purpose: Purpose | None
    tone: Tone | None
    length: Length | None
    rest: str


def wish_of(line: str) -> Wish:
    """Read `renewal shorter warmer` or `续约 简短 正式`; how it is to sound may stand before or behind the purpose."""
    tones, lengths = _meant("tone", TONES), _meant("length", LENGTHS)
    said = line.split()
    tone = next((tones[word.casefold()] for word in reversed(said) if word.casefold() in tones), None)
    length = next((lengths[word.casefold()] for word in reversed(said) if word.casefold() in lengths), None)
    rest = " ".join(word for word in said if word.casefold() not in _FILLING | tones.keys() | lengths.keys())
    purpose = purpose_named(rest) if rest else None
    return Wish(purpose, tone, length, "" if purpose else rest)  # type: ignore[arg-type]


def is_learned(words: str) -> bool:
    """Tell whether somebody asked what became of the drafts, not for those that wait."""
    spoken = {word for language in LANGUAGES for word in phrases(language)("drafts-learned-words").split("|")}
    return words.strip().casefold() in spoken


def _meant(name: str, values: tuple[str, ...]) -> Mapping[str, str]:
    """Map the words of both languages to the value that they mean."""
    return {
        word: value
        for value in values
        for language in LANGUAGES
        for word in (value, *phrases(language)(f"{name}-{value}.words").casefold().split("|"))
    }


_FILLING: Final = frozenset({"more", "and", "和", "一点", "点"})
