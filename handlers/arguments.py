"""Arguments: what a command needs, declared once as a typed model; lines, forms and help are read from it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated, Any, Literal, get_args, get_origin

from pydantic import BaseModel, ConfigDict, StringConstraints, ValidationError
from pydantic.fields import FieldInfo

from handlers.cards import Ask, Choice, Form
from prompts.phrases import Phrases

LONGEST_WORDS = 20_000


@dataclass(frozen=True)
class Rest:
    """Marks the argument that takes the rest of the line."""


Words = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=LONGEST_WORDS), Rest()]
Line = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=200)]
RequestType = Literal["inquiry", "order_status", "service_request", "complaint", "fault", "price", "feedback", "other"]
Priority = Literal["low", "normal", "high", "urgent"]


class Args(BaseModel):
    """The arguments of a command."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class NoArgs(Args):
    """For commands that need nothing."""


class Unclear(Exception):
    """Some arguments are missing or wrong: `problems` maps each to a phrase key."""

    def __init__(self, problems: Mapping[str, str], given: Mapping[str, str]) -> None:
        super().__init__(", ".join(problems))
        self.problems, self.given = dict(problems), dict(given)


def read_line(model: type[Args], line: str) -> dict[str, str]:
    """Read `key:value` words by name and the others by position; a `Words` argument takes all that is left."""
    given: dict[str, str] = {}
    rest = line.strip()
    names = list(model.model_fields)
    while rest:
        word, _, after = rest.partition(" ")
        name, colon, value = word.partition(":")
        if colon and name in names and value:
            given[name], rest = value, after.strip()
            continue
        open_names = [name for name in names if name not in given]
        if not open_names:
            break
        if takes_rest(model.model_fields[open_names[0]]) or len(open_names) == 1:
            given[open_names[0]], rest = rest, ""
        else:
            first, rest = _first_word(rest)
            given[open_names[0]] = first
    return given


def _first_word(line: str) -> tuple[str, str]:
    for quote in ('"', "“"):
        end = line.find("”" if quote == "“" else quote, 1)
        if line.startswith(quote) and end > 0:
            return line[1:end], line[end + 1 :].strip()
    word, _, rest = line.partition(" ")
    return word, rest.strip()


def takes_rest(field: FieldInfo) -> bool:
    return any(isinstance(mark, Rest) for mark in field.metadata)


def build(model: type[Args], given: Mapping[str, Any]) -> Args:
    """Check arguments.

    Raises:
        Unclear: some are missing, of the wrong kind or unknown.
    """
    filled = {name: value for name, value in given.items() if value not in ("", None)}
    try:
        return model.model_validate(filled)
    except ValidationError as error:
        problems = {str(e["loc"][0]) if e["loc"] else "": _problem(e["type"]) for e in error.errors()}
        raise Unclear(problems, {name: str(value) for name, value in filled.items()}) from None


def _problem(kind: str) -> str:
    known = {
        "missing": "problem-missing",
        "literal_error": "problem-choice",
        "string_too_long": "problem-too-long",
        "extra_forbidden": "problem-unknown",
        "int_parsing": "problem-number",
    }
    return known.get(kind, "problem-other")


def form(model: type[Args], command: str, t: Phrases, values: Mapping[str, str], fixed: Mapping[str, str]) -> Form:
    """Make the form that asks for a command's arguments; what is fixed is not asked."""
    key = command.replace(" ", "-")
    asks = [
        ask(name, field, t, values.get(name, ""), t.maybe(f"command-{key}.{name}"))
        for name, field in model.model_fields.items()
        if name not in fixed
    ]
    title = t.maybe(f"command-{key}.title") or t(f"command-{key}")
    return Form(title=title, command=command, asks=tuple(asks), submit=t("form-submit"), fixed=dict(fixed))


def ask(name: str, field: FieldInfo, t: Phrases, value: str, label: str | None = None) -> Ask:
    """Make one question of a form from a field's type; `label` is what the command itself calls it."""
    kind = _plain_type(field.annotation)
    choices = tuple(Choice(value=v, label=choice_label(t, name, v)) for v in choices_of(field))
    shape: Any = "line"
    if choices:
        shape = "choice"
    elif takes_rest(field):
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
        value=value or default,
        required=field.is_required(),
    )


def choice_label(t: Phrases, name: str, value: str) -> str:
    return t.maybe(f"{name}-{value.replace('_', '-')}") or value


def choices_of(field: FieldInfo) -> tuple[str, ...]:
    """Give the allowed values of an argument that is a choice."""
    kind = field.annotation
    for option in (kind, *get_args(kind)):
        if get_origin(option) is Literal:
            return tuple(str(value) for value in get_args(option))
    return ()


def _plain_type(annotation: Any) -> Any:
    options = [option for option in get_args(annotation) if option is not type(None)]
    return options[0] if get_origin(annotation) is not Literal and len(options) == 1 else annotation


def usage(model: type[Args], command: str, t: Phrases) -> str:
    """Say how a command is typed: `/crm log <customer> <words>`."""
    parts = [f"/crm {command}"]
    for name, field in model.model_fields.items():
        label = "|".join(choices_of(field)) or t(f"arg-{name}")
        parts.append(f"<{label}>" if field.is_required() else f"[{name}:{label}]")
    return " ".join(parts)
