"""What is typed for every command there is, made from its arguments: a new command is typed without a line here."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from pydantic.fields import FieldInfo

from handlers.choices import choices_of
from handlers.contents import ROUTERS
from handlers.routing import Routes

CODE: Final = "code"
COMMANDS: Final = Routes(ROUTERS).commands
VALUES: Final = {
    "AwareDatetime": "2026-11-01T00:00:00+00:00",
    "time": "08:30",
    "int": "3",
    "bool": "yes",
    "zone": "Asia/Shanghai",
    "after": "2026-11-01T00:00:00+00:00",
    CODE: "abcdefgh",
    "day": "2026-12-25",
    "name": "complaints",
    "colleague": "Mo Yan",
    "page": "1",
    "score": "5",
}
"""What is typed for an argument of this name, or else of this kind; else some words are."""
RECORDS: Final = {
    "customer": "Absent Ltd",
    "number": "T-22222",
    "ticket": "T-22222",
    "contact": "Absent Ltd Bob",
    "other": "Absent Ltd Zoe",
    "person": "0" * 32,
    "owner": "0" * 32,
    "draft": "0" * 32,
    "touch": "0" * 32,
    "occasion": "0" * 32,
    "join": "0" * 32,
    "group": "0" * 32,
}
"""Arguments that name a record, and such as there is none of."""
ABOUT_NOBODYS: Final = frozenset({"customer new", "measure cases"})
"""Commands whose names are new to us, and numbers, which are the whole company's."""


def line(name: str, records: Mapping[str, str] = RECORDS) -> str:
    """Type a command with all its required arguments, each behind its name, and every record that it may name."""
    fields = COMMANDS[name].args.model_fields
    given = [_typed(key, _value(key, field, records)) for key, field in fields.items() if _is_given(key, field)]
    return " ".join([name, *given])


def _typed(key: str, value: str) -> str:
    """Type an argument; a code stands alone, as a platform's own link brings it."""
    return value if key == CODE else f"{key}:{value}"


def names_records(name: str) -> bool:
    """Tell whether a command is about records that may be somebody else's."""
    return name not in ABOUT_NOBODYS and any(key in RECORDS for key in COMMANDS[name].args.model_fields)


def _is_given(key: str, field: FieldInfo) -> bool:
    return field.is_required() or key in RECORDS or key == CODE


def _value(key: str, field: FieldInfo, records: Mapping[str, str]) -> str:
    kind: Any = getattr(field.annotation, "__name__", "")
    choices = choices_of(field)
    return records.get(key) or (choices[0] if choices else VALUES.get(key) or VALUES.get(kind) or "some words")
