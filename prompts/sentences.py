"""The sentences of one language as they are written: found at once, understood when first said.

A language has fifteen hundred of them, of which a process says a few; to understand all took a good part of its start.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from fluent.runtime import FluentBundle, FluentResource

if TYPE_CHECKING:
    from fluent.runtime.resolver import Message, Pattern

FILES: Final = Path(__file__).parent / "texts"
_ENTRY = re.compile(r"^(?=-?[a-zA-Z][\w-]* *=)", re.MULTILINE)
"""Where a sentence begins: with its name at the start of a line; what belongs to it is indented."""
_NAME = re.compile(r"(-?[a-zA-Z][\w-]*) *=")
_NAMED = re.compile(r"\{\s*(-?[a-zA-Z][\w-]*)")
"""What one sentence may say of another: its name in braces."""


class Sentences:
    """All sentences of a language, each read by the library when somebody asks for it."""

    def __init__(self, language: str, written: Mapping[str, str]) -> None:
        self._bundle = FluentBundle([language], use_isolating=False)
        self._written = written
        self._understood: set[str] = set()

    def __contains__(self, name: str) -> bool:
        return name in self._written

    def get(self, name: str) -> Message | None:
        """Give a sentence, or None if the language has none of this name."""
        if name not in self._written:
            return None
        if name not in self._understood:
            self._understand(name)
        return self._bundle.get_message(name)

    def say(self, pattern: Pattern, values: dict[str, Any]) -> tuple[str, list[Exception]]:
        """Fill in what a sentence leaves open; give it with what could not be filled in."""
        said, errors = self._bundle.format_pattern(pattern, values)
        return str(said), errors

    def _understand(self, name: str) -> None:
        """Read a sentence with all that it names; only then is it there for other threads too."""
        names = [name]
        for each in names:
            names += [n for n in _NAMED.findall(self._written[each]) if n in self._written and n not in names]
        self._bundle.add_resource(FluentResource("\n".join(self._written[each] for each in names)))
        self._understood.add(name)


@cache
def sentences(language: str) -> Sentences:
    """Give the sentences of a language, for everybody in this process."""
    return Sentences(language, written(language))


def written(language: str) -> dict[str, str]:
    """Give each sentence of a language as it stands in its file, by its name."""
    texts = (file.read_text(encoding="utf-8") for file in sorted((FILES / language).glob("*.ftl")))
    entries = (entry for text in texts for entry in _ENTRY.split(text))
    found: dict[str, str] = {}
    for entry in entries:
        if name := _NAME.match(entry):
            found.setdefault(name[1], entry)
    return found
