"""Check that every phrase exists in every language, with the same arguments: `python -m prompts`."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from pathlib import Path

from fluent.syntax import FluentParser, ast

from prompts.phrases import LANGUAGES

FILES = Path(__file__).parent / "texts"
_VARIABLE = re.compile(r"\$([a-z_]+)")


def read(language: str) -> dict[str, frozenset[str]]:
    """Give each key (and key.attribute) with the arguments that its phrase takes."""
    found: dict[str, frozenset[str]] = {}
    for file in sorted((FILES / language).glob("*.ftl")):
        for key, arguments in _phrases(file):
            if key in found:
                sys.exit(f"{language}: {key} is said twice")
            found[key] = arguments
    return found


def _phrases(file: Path) -> Iterator[tuple[str, frozenset[str]]]:
    text = file.read_text(encoding="utf-8")
    for entry in FluentParser().parse(text).body:
        if isinstance(entry, ast.Junk):
            sys.exit(f"{file}: cannot read: {(entry.content or '').partition(chr(10))[0]}")
        if isinstance(entry, ast.Message):
            if entry.value is not None:
                yield entry.id.name, _arguments(text, entry.value)
            for attribute in entry.attributes:
                yield f"{entry.id.name}.{attribute.id.name}", _arguments(text, attribute.value)


def _arguments(text: str, node: ast.Pattern) -> frozenset[str]:
    assert node.span is not None  # noqa: S101 - the parser is asked for spans
    return frozenset(_VARIABLE.findall(text[node.span.start : node.span.end]))


def differences() -> list[str]:
    """Name every phrase that one language lacks or says with other arguments; aliases are a language's own."""
    said = {language: read(language) for language in LANGUAGES}
    problems = []
    for key in sorted(set().union(*said.values())):
        holders = {language: phrases[key] for language, phrases in said.items() if key in phrases}
        problems += [f"{language} lacks {key}" for language in LANGUAGES if language not in holders]
        if len(set(holders.values())) > 1:
            problems.append(f"{key} takes different arguments: { {k: sorted(v) for k, v in holders.items()} }")
    return [problem for problem in problems if ".alias" not in problem]


if __name__ == "__main__":
    found = differences()
    sys.stdout.write("\n".join(found) + "\n" if found else f"texts are complete in {', '.join(LANGUAGES)}\n")
    sys.exit(bool(found))
