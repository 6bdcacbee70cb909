"""The cues of one language: loaded from its folder of YAML files, compiled into one regular expression an intent.

A pattern may hold "…" (a short gap inside one clause) and <name> (replaced from the language's `names`).
Repeats are bounded, so that a search costs no more than a constant times the length of the text; a test checks it.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Final, Literal

from prompts.reader.reading import Intent, Language, Sentiment

FOLDERS: Final[dict[Language, str]] = {"zh-CN": "zh", "en": "en"}
FILES: Final = (
    "language",
    "courtesies",
    "whole",
    "signals",
    "status",
    "wishes",
    "trouble",
    "questions",
    "opinions",
    "contact",
)
"""In the order in which cues equally wide and weighty win."""
_NAME = re.compile(r"<([a-z_]{1,20})>")


@dataclass(frozen=True, slots=True)
class CueGroup:
    """Cues that mean the same; `weight` (0 to 1) says how strong a sign one of them is.

    `negated` names the intent that a negation turns them into (without one, a negated cue counts for nothing);
    `needs: question` cues count in questions alone.
    """

    intent: Intent
    weight: float
    topic: str = "other"
    sentiment: Sentiment = "neutral"
    negated: Intent | None = None
    needs: Literal["question"] | None = None


@dataclass(frozen=True, slots=True)
class CueTable:
    """One regular expression that finds any cue of any of its groups, and tells which."""

    pattern: re.Pattern[str]
    groups: tuple[CueGroup, ...]

    def find(self, words: str) -> Iterator[tuple[CueGroup, int, int]]:
        """Every cue in the words from left to right, with its span."""
        for match in self.pattern.finditer(words):
            yield self.groups[(match.lastindex or 1) - 1], match.start(), match.end()


@dataclass(frozen=True, slots=True)
class CueBook:
    """All that is known of one language."""

    senses: tuple[CueTable, ...]
    whole: CueTable
    signals: dict[str, re.Pattern[str]]
    negation: re.Pattern[str]
    courtesies: re.Pattern[str]
    fragments: re.Pattern[str]
    asides: re.Pattern[str]
    variants: dict[int, str]


@cache
def book(language: Language) -> CueBook:
    """The cues of a language, compiled once."""
    page = _page(FOLDERS[language])
    writer = _Writer(page["names"], page["gap"], spaced=language == "en")
    by_intent: dict[tuple[str, bool], list[dict[str, Any]]] = {}
    for row in page["senses"]:  # mere subjects apart, so that they do not hide the cues that say more
        by_intent.setdefault((row["intent"], "needs" in row), []).append(row)
    return CueBook(
        senses=tuple(writer.table(rows) for rows in by_intent.values()),
        whole=writer.table(page["whole"], alone=True),
        signals={name: writer.any_of(cues) for name, cues in page["signals"].items()},
        negation=re.compile(page["negation"]),
        courtesies=writer.any_of(page["courtesies"]),
        fragments=writer.any_of(page["fragments"]),
        asides=re.compile(page["asides"]),
        variants={ord(pair[0]): pair[1] for pair in page.get("variants", "").split()},
    )


def _page(folder: str) -> dict[str, Any]:
    """All files of a language as one: what several of them list is joined."""
    from ruamel.yaml import YAML

    page: dict[str, Any] = {}
    for file in FILES:
        for key, value in YAML(typ="safe", pure=True).load(Path(__file__).with_name(folder) / f"{file}.yaml").items():
            page[key] = page[key] + value if key in page else value
    return page


def _group(*, intent: str, cues: list[str], negated: str | None = None, **rest: Any) -> CueGroup:
    del cues
    return CueGroup(intent=Intent(intent), negated=Intent(negated) if negated else None, **rest)


@dataclass(frozen=True, slots=True)
class _Writer:
    """Writes cues as regular expressions; in `spaced` languages a cue begins and ends at a space."""

    names: dict[str, str]
    gap: str
    spaced: bool

    def table(self, rows: list[dict[str, Any]], *, alone: bool = False) -> CueTable:
        marked = [(self.cue(cue, alone=alone), _group(**row)) for row in rows for cue in row["cues"]]
        marked.sort(key=lambda pair: -len(pair[0]))  # the more is said, the more is meant: longer cues are tried first
        # An empty group after each cue tells which one matched, and leaves its first letter in sight of the engine.
        pattern = "|".join(f"{cue}()" for cue, _ in marked)
        return CueTable(re.compile(pattern), tuple(group for _, group in marked))

    def any_of(self, cues: list[str]) -> re.Pattern[str]:
        return re.compile("|".join(sorted(map(self.cue, cues), key=len, reverse=True)))

    def cue(self, cue: str, *, alone: bool = False) -> str:
        named = _NAME.sub(lambda name: self.names[name[1]], _NAME.sub(lambda name: self.names[name[1]], cue))
        if not self.spaced:
            return named.replace("…", self.gap)
        words = named.replace(" … ", f"{self.gap} ")
        return words if alone else f" (?:{words})(?= )"
