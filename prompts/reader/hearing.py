"""What is heard in the words of one language: every cue, as its clause and sentence mean it."""

import re
from bisect import bisect_left
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Final

from prompts.reader.cues import CueBook, CueGroup
from prompts.reader.reading import ACT, Intent

ASKED_NOT_TOLD: Final = 0.8
"""Confidence that a broken thing in a "what if" question is asked about, since nothing is broken; praise alike."""
_HAPPENED = frozenset({Intent.FAULT, Intent.COMPLAINT})
_STRONGER = 0.1  # what a short cue must weigh more than the longer one around it to be heard beside it
_CLAUSE_END = re.compile(r"[,.;!?\n]")
_SENTENCE_END = re.compile(r"[.!?\n]")
_REACH = 14  # characters before a cue in which a negation still means it


@dataclass(frozen=True, slots=True)
class Hint:
    """One cue as it is meant here."""

    intent: Intent
    weight: float
    group: CueGroup
    words: str
    start: int
    end: int
    clause: int


@dataclass(frozen=True, slots=True)
class Heard:
    """All hints of a text and the names of the signals in it, each with its words."""

    hints: tuple[Hint, ...]
    signals: dict[str, str]


@dataclass(frozen=True, slots=True)
class _Scene:
    """The words with their clauses, sentences and the places of their signals."""

    words: str
    book: CueBook
    clause_ends: list[int]
    sentence_ends: list[int]
    questions: set[int]
    supposed: set[int]
    doubted: set[int]
    settled: set[int]

    def clause(self, place: int) -> int:
        return bisect_left(self.clause_ends, place)

    def before(self, place: int) -> str:
        clause = self.clause(place)
        start = self.clause_ends[clause - 1] + 1 if clause else 0
        return self.words[max(start, place - _REACH) : place]


def hear(words: str, book: CueBook) -> Heard:
    """Find the cues and signals of plain words; costs a constant times their length."""
    scene = _scene(book.asides.sub("", words), book)
    found = [_hint(scene, group, *span) for table in book.senses for group, *span in table.find(scene.words)]
    hints = [hint for hint in _widest([*found, *_alone(scene)]) if _counts(scene, hint)]
    return Heard(tuple(_loud_over_quiet([_meant(scene, hint) for hint in hints])), _signals(words, book))


def _scene(words: str, book: CueBook) -> _Scene:
    clause_ends = [match.start() for match in _CLAUSE_END.finditer(words)]
    sentence_ends = [match.start() for match in _SENTENCE_END.finditer(words)]

    def sentences(signal: str) -> set[int]:
        return {bisect_left(sentence_ends, match.start()) for match in book.signals[signal].finditer(words)}

    def clauses(signal: str) -> set[int]:
        return {bisect_left(clause_ends, match.end() - 1) for match in book.signals[signal].finditer(words)}

    policy = sentences("policy") & sentences("question") - sentences("actual")
    supposed = sentences("hypothetical") | policy
    settled = sentences("settled") - sentences("again")
    return _Scene(words, book, clause_ends, sentence_ends, clauses("question"), supposed, clauses("doubt"), settled)


def _hint(scene: _Scene, group: CueGroup, start: int, end: int) -> Hint:
    return Hint(group.intent, group.weight, group, scene.words[start:end].strip(), start, end, scene.clause(start))


def _alone(scene: _Scene) -> Iterable[Hint]:
    """Cues that are a clause, or the message, by themselves; one letter counts as a message alone."""
    start = 0
    for end in [*scene.clause_ends, len(scene.words)]:
        clause = scene.words[start:end].strip()
        if len(clause) > 1 or len(clause) == len(scene.words.strip(" .!~")):
            match = scene.book.whole.pattern.fullmatch(clause)
            if match and match.lastindex:
                yield _hint(scene, scene.book.whole.groups[match.lastindex - 1], start, end)
        start = end + 1


def _widest(hints: list[Hint]) -> list[Hint]:
    """Without the hints that lie inside a longer one as strong: "没收到退款" is no wish for "退款"."""
    kept: list[Hint] = []
    reach, strength = -1, 0.0
    for hint in sorted(hints, key=lambda hint: (hint.start, -hint.end, -hint.weight)):
        if hint.end > reach or hint.weight > strength + _STRONGER:
            kept.append(hint)
        if hint.end > reach:
            reach, strength = hint.end, hint.weight
    return kept


def _counts(scene: _Scene, hint: Hint) -> bool:
    return hint.group.needs is None or hint.clause in scene.questions


def _meant(scene: _Scene, hint: Hint) -> Hint:
    """The hint as negation and supposition turn it; weight 0 if nothing is left."""
    if hint.intent is not Intent.OPT_OUT and scene.book.negation.search(scene.before(hint.start)):
        turned = hint.group.negated
        return replace(hint, intent=turned, weight=ACT - 0.1) if turned else replace(hint, weight=0.0)
    if hint.intent is Intent.PRAISE and hint.clause in scene.doubted:
        return replace(hint, intent=Intent.INQUIRY, weight=ASKED_NOT_TOLD)
    sentence = bisect_left(scene.sentence_ends, hint.start)
    if hint.intent in _HAPPENED and sentence in scene.settled:
        return replace(hint, weight=0.0)
    if hint.intent in _HAPPENED and sentence in scene.supposed:
        return replace(hint, intent=Intent.INQUIRY, weight=ASKED_NOT_TOLD)
    if hint.intent is Intent.SERVICE_REQUEST and sentence in scene.supposed:
        return replace(hint, intent=Intent.INQUIRY, weight=min(hint.weight, ASKED_NOT_TOLD))
    return hint


def _loud_over_quiet(hints: list[Hint]) -> Iterable[Hint]:
    """Without what is negated away, and without mere subjects of a question whose clause says more."""
    loud = {hint.clause for hint in hints if hint.weight >= ACT and hint.group.needs is None}
    return (hint for hint in hints if hint.weight and (hint.group.needs is None or hint.clause not in loud))


def _signals(words: str, book: CueBook) -> dict[str, str]:
    found = {name: pattern.search(words) for name, pattern in book.signals.items()}
    return {name: match[0].strip() for name, match in found.items() if match}
