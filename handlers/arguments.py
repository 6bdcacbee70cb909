"""Arguments: what a command needs, declared once as a typed model; lines, forms and help are read from it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated, Any, Final, Literal, get_args, get_origin

from pydantic import BaseModel, ConfigDict, StringConstraints, ValidationError
from pydantic.fields import FieldInfo
from pydantic_core import ErrorDetails

from handlers.cards import Ask, Choice, Colleagues, Form
from handlers.choices import as_declared, choice_label, choices_of, nearest, spellings
from prompts.phrases import Phrases

LONGEST_WORDS = 20_000
LONGEST_NAME: Final = 200
_QUOTED = re.compile(r'"([^"]+)"(?=\s|$)|“([^”]+)”')


@dataclass(frozen=True)
class Rest:
    """Marks the argument that takes the rest of the line."""


@dataclass(frozen=True)
class OneLine:
    """Marks words for which a form has one line: a name, behind which typed words may say more, and then have their room."""


@dataclass(frozen=True)
class OnlyFor:
    """Marks what only some roles may say: nobody else is asked it."""

    roles: frozenset[str]


@dataclass(frozen=True)
class OrFiles:
    """Marks words that may be left out where files came instead."""


Words = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=LONGEST_WORDS), Rest()]
WordsOrFiles = Annotated[str, StringConstraints(strip_whitespace=True, max_length=LONGEST_WORDS), Rest(), OrFiles()]
Whom = Annotated[Words, OneLine()]
Line = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=LONGEST_NAME)]
Colleague = Annotated[Line, Colleagues()]
RequestType = Literal["inquiry", "order_status", "service_request", "complaint", "fault", "price", "feedback", "other"]
Priority = Literal["low", "normal", "high", "urgent"]


class Args(BaseModel):
    """The arguments of a command."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class NoArgs(Args):
    """For commands that need nothing."""


Problems = Mapping[str, tuple[str, Mapping[str, Any]]]


class Unclear(Exception):
    """Some arguments are missing or wrong: `problems` maps each to a phrase key and what fills it."""

    def __init__(self, problems: Problems, given: Mapping[str, str]) -> None:
        super().__init__(", ".join(problems))
        self.problems, self.given = dict(problems), dict(given)

    def said(self, t: Phrases) -> dict[str, str]:
        """Say of each argument what is wrong with it."""
        return {name: _said(t, name, *problem) for name, problem in self.problems.items()}


def _said(t: Phrases, name: str, key: str, values: Mapping[str, Any]) -> str:
    near = {"near": choice_label(t, name, values["near"])} if "near" in values else {}
    return t(key, **{"name": t.maybe(f"arg-{name}") or name, **values, **near})


def read_line(model: type[Args], line: str) -> dict[str, str]:
    """Read a line as `usage` says it: what is required by position, and `name:value` in any order.

    A value runs to the next `name:` that is still open, `Words` that nothing follows to the end. What is given is never
    overwritten. Words too many stay with the last value, so that checking asks back instead of losing them.
    """
    given: dict[str, str] = {}
    rest, name = line.strip(), ""
    while rest:
        still_open = {name: field for name, field in _required_first(model) if name not in given}
        if not still_open:
            return given | ({name: f"{given[name]} {rest}"} if name else {})
        mark = _mark(still_open).match(rest)
        name = _name(mark, still_open) if mark else _by_place(still_open, rest)
        field = still_open.pop(name)
        text = rest[mark.end() :] if mark else rest
        given[name], rest = _value(name, field, text, still_open, named=mark is not None)
    return given


def _required_first(model: type[Args]) -> list[tuple[str, FieldInfo]]:
    return sorted(model.model_fields.items(), key=lambda named: not named[1].is_required())


def _mark(still_open: Mapping[str, FieldInfo], *, meant: bool = False) -> re.Pattern[str]:
    """Find `name:`; inside somebody's words one with choices is meant only before such a choice: “we ship via: DHL”."""
    follows = {name: "|".join(map(re.escape, spellings(name, field))) for name, field in still_open.items()}
    names = "|".join(
        rf"{name}(?=[:：]\s*(?:{choices})(?:\s|$))" if meant and choices else name for name, choices in follows.items()
    )
    return re.compile(rf"(?:^|(?<=\s))(?P<name>{names})[:：]\s*", re.IGNORECASE)


def _name(mark: re.Match[str], still_open: Mapping[str, FieldInfo]) -> str:
    return next(name for name in still_open if name == mark["name"].lower())


def _by_place(still_open: Mapping[str, FieldInfo], rest: str) -> str:
    """Name the argument whose turn it is; a choice is passed over if what stands there is none, but may be words."""
    name = next(iter(still_open))
    is_meant = nearest(name, still_open[name], rest.split(maxsplit=1)[0])
    return name if is_meant else _words_behind_choice(still_open) or name


def _words_behind_choice(still_open: Mapping[str, FieldInfo]) -> str | None:
    """Name the words that come next if it is the turn of a choice and that is left out."""
    name, *later = still_open
    return later[0] if choices_of(still_open[name]) and later and takes_rest(still_open[later[0]]) else None


def _value(
    name: str, field: FieldInfo, text: str, still_open: Mapping[str, FieldInfo], *, named: bool
) -> tuple[str, str]:
    """Take an argument's value off the start of a text; give what is left."""
    quoted = None if takes_rest(field) else _QUOTED.match(text)
    if quoted:
        return quoted[1] or quoted[2], text[quoted.end() :].strip()
    mark = _mark(still_open, meant=takes_rest(field)).search(text) if still_open else None
    end = mark.start() if mark else len(text)
    if _is_one_word(field):
        end = _end_of_word(text[:end])
    elif not named and not takes_rest(field) and _expects_more(still_open):
        end = _end_of_name(text[:end], still_open)
    return as_declared(name, field, text[:end].strip()), text[end:].strip()


def _is_one_word(field: FieldInfo) -> bool:
    return bool(choices_of(field)) or _plain_type(field.annotation) in (int, float, bool)


def _expects_more(still_open: Mapping[str, FieldInfo]) -> bool:
    return any(field.is_required() or takes_rest(field) for field in still_open.values())


def _end_of_word(text: str) -> int:
    first = re.search(r"\S+", text)
    return first.end() if first else len(text)


def _end_of_name(text: str, still_open: Mapping[str, FieldInfo]) -> int:
    """Tell where a value ends behind which a choice may come: where that or nearly that begins: `Galaxy Ltd complaint`.

    A name may have many words: where no choice follows but words may, all is the name, and the rest is asked for.
    """
    name, field = next(iter(still_open.items()))
    words = list(re.finditer(r"\S+", text[:LONGEST_NAME]))[1:] if choices_of(field) else []
    exact = (word for word in words if word[0].casefold() in spellings(name, field))
    near = (word for word in words if nearest(name, field, word[0]))
    there = next(exact, None) or next(near, None)
    if there:
        return there.start()
    return len(text) if _words_behind_choice(still_open) else _end_of_word(text)


def takes_rest(field: FieldInfo) -> bool:
    marks = [*field.metadata, *(mark for option in get_args(field.annotation) for mark in get_args(option)[1:])]
    return any(isinstance(mark, Rest) for mark in marks)


def _fits_a_line(field: FieldInfo) -> bool:
    return any(isinstance(mark, OneLine) for mark in field.metadata)


def build(model: type[Args], given: Mapping[str, Any], *, files: bool = False) -> Args:
    """Check arguments; `files` tells whether any came along.

    Raises:
        Unclear: some are missing, of the wrong kind or unknown.
    """
    filled = {name: value for name, value in given.items() if value is not None and str(value).strip()}
    if files:
        filled = dict.fromkeys(_or_files(model), "") | filled
    try:
        return model.model_validate(filled)
    except ValidationError as error:
        problems = {str(e["loc"][0]) if e["loc"] else "": _problem(e) for e in error.errors()}
        given = {name: str(value) for name, value in filled.items()}
        raise Unclear(*_with_what_was_meant(model, problems, given)) from None


def _with_what_was_meant(
    model: type[Args], problems: Problems, given: Mapping[str, str]
) -> tuple[Problems, Mapping[str, str]]:
    """Ask of a mistyped choice whether the nearest was meant, which the form has chosen already."""
    meant = {
        name: choice
        for name, (key, _) in problems.items()
        if key == "problem-choice" and (choice := nearest(name, model.model_fields[name], given[name]))
    }
    asked: Problems = {name: ("problem-choice-near", {"near": choice}) for name, choice in meant.items()}
    return {**problems, **asked}, {**given, **meant}


def _or_files(model: type[Args]) -> list[str]:
    return [name for name, field in model.model_fields.items() if OrFiles() in field.metadata]


def _problem(error: ErrorDetails) -> tuple[str, Mapping[str, Any]]:
    context = error.get("ctx", {})
    if error["type"].startswith("problem-"):
        return error["type"], context  # a kind of argument that says itself what is wrong
    known: dict[str, tuple[str, Mapping[str, Any]]] = {
        "missing": ("problem-missing", {}),
        "literal_error": ("problem-choice", {}),
        "string_too_long": ("problem-too-long", {}),
        "extra_forbidden": ("problem-unknown", {}),
        "int_parsing": ("problem-number", {}),
        "int_parsing_size": ("problem-too-long", {}),
        "greater_than_equal": ("problem-at-least", {"limit": context.get("ge")}),
        "less_than_equal": ("problem-at-most", {"limit": context.get("le")}),
    }
    return known.get(error["type"], ("problem-other", {}))


def form(
    model: type[Args], command: str, t: Phrases, values: Mapping[str, str], fixed: Mapping[str, str], role: str = ""
) -> Form:
    """Make the form that asks for a command's arguments; what is fixed is not asked, nor what this role may not say."""
    key = command.replace(" ", "-")
    asks = [
        ask(name, field, t, values.get(name, ""), t.maybe(f"command-{key}.{name}"))
        for name, field in model.model_fields.items()
        if name not in fixed and is_for(field, role)
    ]
    title = t.maybe(f"command-{key}.title") or t(f"command-{key}")
    submit = t.maybe(f"command-{key}.submit") or t("form-submit")
    return Form(title=title, command=command, asks=tuple(asks), submit=submit, fixed=dict(fixed))


def is_for(field: FieldInfo, role: str) -> bool:
    """Tell whether a role may say this; without one, whether anybody may."""
    return not role or all(role in mark.roles for mark in field.metadata if isinstance(mark, OnlyFor))


def ask(name: str, field: FieldInfo, t: Phrases, value: str, label: str | None = None) -> Ask:
    """Make one question of a form from a field's type; `label` is what the command itself calls it."""
    kind = _plain_type(field.annotation)
    choices = tuple(Choice(value=v, label=choice_label(t, name, v)) for v in choices_of(field))
    among = next((mark for mark in field.metadata if isinstance(mark, Colleagues)), None)
    shape: Any = "line"
    if choices:
        shape = "choice"
    elif not among and takes_rest(field) and (not _fits_a_line(field) or "\n" in value):
        shape = "words"
    elif kind is bool:
        shape = "flag"
    elif kind in (int, float):
        shape = "number"
    default = "" if field.default is None or field.is_required() else str(field.default)
    return Ask(
        name=name,
        label=label or t(f"arg-{name}"),
        hint=t.maybe(f"arg-{name}.hint") or "",
        kind=shape,
        choices=choices,
        among=among,
        value=value or default,
        required=field.is_required(),
    )


def _plain_type(annotation: Any) -> Any:
    options = [option for option in get_args(annotation) if option is not type(None)]
    return options[0] if get_origin(annotation) is not Literal and len(options) == 1 else annotation


def usage(model: type[Args], command: str, t: Phrases, role: str = "") -> str:
    """Say how a command is typed: `/crm log <customer> <words>`; with a role, as far as that may say it."""
    parts = [f"/crm {command}"]
    for name, field in model.model_fields.items():
        if not is_for(field, role):
            continue
        label = "|".join(choices_of(field)) or t(f"arg-{name}")
        parts.append(f"<{label}>" if field.is_required() else f"[{name}:{label}]")
    return " ".join(parts)
