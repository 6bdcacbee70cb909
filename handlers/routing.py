"""Routing: commands, notes, due moments and words, each declared once beside the function that answers it."""

from __future__ import annotations

import difflib
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime
from functools import cache
from itertools import chain
from typing import TYPE_CHECKING, Any, Final

from handlers.arguments import Args, NoArgs
from handlers.parts import MakeParts, Sheet
from prompts.phrases import LANGUAGES, phrases
from storage.staff import ROLES

if TYPE_CHECKING:
    from handlers.context import Context

STAFF = frozenset(ROLES)
MANAGERS = frozenset({"manager", "admin"})
CUSTOMER = frozenset({"customer"})
EVERYONE = STAFF | CUSTOMER

Answer = Callable[["Context", Any], None]
Question = Callable[..., str | datetime | None]


@dataclass(frozen=True)
class Command:
    """One deed that people can ask for by name, in a form or with a button."""

    name: str
    args: type[Args]
    who: frozenset[str]
    answer: Answer
    hidden: bool = False
    """A hidden command has a button but no place in help and menus."""

    @property
    def key(self) -> str:
        return "command-" + self.name.replace(" ", "-")


@dataclass(frozen=True)
class Guess:
    """A command that may have been meant: as which words, with what was typed after them; likeness is up to one."""

    command: Command
    spelling: str
    rest: str
    likeness: float

    @property
    def weight(self) -> float:
        """Weigh a guess against others: two words that are almost right say more than one that is."""
        return self.likeness + 0.1 * self.spelling.count(" ")


LIKE, LIKE_CHINESE = 0.6, 0.5
"""From this likeness on a guess is offered: three of five letters, one of two Chinese characters."""
MOST_GUESSES: Final = 3


@dataclass
class Router:
    """The handlers of one subject."""

    subject: str
    commands: list[Command] = field(default_factory=list)
    answers: dict[str, Answer] = field(default_factory=dict)
    guards: dict[str, Question] = field(default_factory=dict)
    parts: dict[tuple[Sheet, int], MakeParts] = field(default_factory=dict)

    def command(
        self, name: str, args: type[Args] = NoArgs, *, who: Iterable[str] = STAFF, hidden: bool = False
    ) -> Callable[[Answer], Answer]:
        """Declare a command: its words, its arguments, who may use it."""

        def declare(answer: Answer) -> Answer:
            self.commands.append(Command(name, args, frozenset(who), answer, hidden))
            return answer

        return declare

    def on(self, kind: str) -> Callable[[Answer], Answer]:
        """Declare who answers a kind of event or note; its facts come as a dictionary."""

        def declare(answer: Answer) -> Answer:
            self.answers[kind] = answer
            return answer

        return declare

    def guard(self, name: str) -> Callable[[Question], Question]:
        """Declare a question asked again when a message leaves.

        None lets it go, a word says why it is dropped, a moment until when it waits.
        """

        def declare(question: Question) -> Question:
            self.guards[name] = question
            return question

        return declare

    def part(self, sheet: Sheet, place: int) -> Callable[[MakeParts], MakeParts]:
        """Declare what this subject adds to a sheet, and where: the lower places stand first."""

        def declare(make: MakeParts) -> MakeParts:
            self.parts[sheet, place] = make
            return make

        return declare


class Routes:
    """All routers together; a name declared twice is refused when the bot starts."""

    def __init__(self, routers: Iterable[Router]) -> None:
        self.commands: dict[str, Command] = {}
        self.answers: dict[str, Answer] = {}
        self.guards: dict[str, Question] = {}
        self._parts: dict[tuple[Sheet, int], MakeParts] = {}
        for router in routers:
            _merge(self.commands, {command.name: command for command in router.commands})
            _merge(self.answers, router.answers)
            _merge(self.guards, router.guards)
            _merge(self._parts, router.parts)
        self._words = self._spellings()

    def _spellings(self) -> dict[tuple[str, ...], Command]:
        words: dict[tuple[str, ...], Command] = {}
        for command in self.commands.values():
            _merge(words, dict.fromkeys(_spellings(command.name, command.key), command))
        return words

    def find(self, line: str) -> tuple[Command, str] | None:
        """Read a command's name off the start of a line, in any language; give it with the rest of the line."""
        words = line.split()
        for length in range(min(4, len(words)), 0, -1):
            command = self._words.get(tuple(word.casefold() for word in words[:length]))
            if command is not None:
                return command, _after(line, length)
        return None

    def parts(self, sheet: Sheet) -> list[MakeParts]:
        """Give what fills a sheet, in the order in which it is read."""
        return [make for (on, _), make in sorted(self._parts.items(), key=lambda part: part[0]) if on == sheet]

    def allowed(self, role: str) -> list[Command]:
        return [command for command in self.commands.values() if role in command.who and not command.hidden]

    def guesses(self, line: str, role: str) -> list[Guess]:
        """Guess what was meant: the allowed commands that look most like the start of the line, the likest first."""
        found: dict[str, Guess] = {}
        for words, command in self._words.items():
            if role not in command.who or command.hidden:
                continue
            guess = _guess(line, words, command)
            known = found.get(command.name)
            if guess.likeness >= (LIKE if guess.spelling.isascii() else LIKE_CHINESE) and (
                known is None or known.weight < guess.weight
            ):
                found[command.name] = guess
        return sorted(found.values(), key=lambda guess: -guess.weight)[:MOST_GUESSES]


@cache
def _spellings(name: str, key: str) -> tuple[tuple[str, ...], ...]:
    """Give how a command is typed in any language, in words; texts do not change while we run."""
    also = ((phrases(language).maybe(f"{key}.alias") or "").split("|") for language in LANGUAGES)
    return tuple({tuple(spelling.split()): None for spelling in (name, *chain(*also)) if spelling.strip()})


def _guess(line: str, words: tuple[str, ...], command: Command) -> Guess:
    """Compare a command's words with the start of a line; Chinese may follow its command without a space."""
    spelling, first = " ".join(words), line.strip()
    if not spelling.isascii() and first.casefold().startswith(spelling) and len(spelling) > 1:
        return Guess(command, spelling, first[len(spelling) :].strip(), 1.0)
    start = " ".join(line.casefold().split()[: len(words)])
    likeness = difflib.SequenceMatcher(None, start, spelling).ratio()
    return Guess(command, spelling, _after(line, len(words)), likeness)


def _merge(into: dict[Any, Any], more: dict[Any, Any]) -> None:
    twice = into.keys() & more.keys()
    if twice:
        raise ValueError(f"declared twice: {', '.join(map(str, twice))}")
    into |= more


def _after(line: str, words: int) -> str:
    rest = line.strip()
    for _ in range(words):
        _, _, rest = rest.partition(" ") if " " in rest else (rest, "", "")
        rest = rest.strip()
    return rest
