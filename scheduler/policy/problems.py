"""What is wrong with a policy file, each with its line: found while reading, told in `policy.ftl`."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches
from typing import Any

from pydantic import ValidationError
from pydantic_core import ErrorDetails
from ruamel.yaml.comments import CommentedMap, CommentedSeq
from ruamel.yaml.error import MarkedYAMLError, YAMLError
from ruamel.yaml.reader import ReaderError

from scheduler.policy.sections import days_of
from scheduler.policy.units import WEEKDAYS, Section

Path = tuple[str | int, ...]

# pydantic's error types, under the name of the sentence that answers them; what is not here is said by "unreadable".
KINDS = {
    "missing": "missing",
    "extra_forbidden": "unknown-key",
    "invalid_key": "unknown-key",
    "int_parsing": "not-a-number",
    "int_type": "not-a-number",
    "int_from_float": "not-a-whole-number",
    "decimal_parsing": "not-a-number",
    "decimal_type": "not-a-number",
    "finite_number": "not-a-number",
    "greater_than": "too-small",
    "greater_than_equal": "too-small",
    "less_than": "too-large",
    "less_than_equal": "too-large",
    "string_type": "not-text",
    "string_too_short": "empty",
    "too_short": "too-few",
    "string_pattern_mismatch": "wrong-form",
    "literal_error": "not-one-of",
    "union_tag_invalid": "not-one-of",
    "union_tag_not_found": "missing",
    "bool_parsing": "not-yes-or-no",
    "bool_type": "not-yes-or-no",
    "date_type": "not-a-date",
    "date_parsing": "not-a-date",
    "date_from_datetime_parsing": "not-a-date",
    "date_from_datetime_inexact": "not-a-date",
    "zoneinfo_str": "zone",
    "tuple_type": "not-a-list",
    "dict_type": "not-a-section",
    "model_type": "not-a-section",
    "model_attributes_type": "not-a-section",
}
WHOLE_FILE = "file"
"""The path of a problem that belongs to no key."""
OWN_KINDS = frozenset({"span", "clock-time", "shift", "one-unit", "weekday", "weekday-twice"})
"""Errors that our own readers raise; each has a sentence of the same name."""


@dataclass(frozen=True)
class Problem:
    """One thing to mend: the line in the file (from 1), the path of keys, which sentence, and what fills it."""

    line: int
    path: str
    kind: str
    args: Mapping[str, str | int] = field(default_factory=dict)


class BadPolicy(Exception):
    """The policy file cannot be accepted; `problems` holds at least one, in the order of the lines."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(sorted(problems, key=lambda problem: problem.line))
        super().__init__("; ".join(f"{found.line}: {found.path}: {found.kind}" for found in self.problems))


def of_yaml(error: YAMLError, text: str) -> Problem:
    """Say where the text stops being YAML."""
    if isinstance(error, MarkedYAMLError) and error.problem_mark is not None:
        kind = "duplicate-key" if "duplicate key" in str(error.problem) else "syntax"
        return Problem(error.problem_mark.line + 1, WHOLE_FILE, kind)
    position = error.position if isinstance(error, ReaderError) else 0
    return Problem(text.count("\n", 0, position) + 1, WHOLE_FILE, "character")


def of_validation(error: ValidationError, tree: CommentedMap) -> tuple[Problem, ...]:
    """Turn what pydantic found into problems with the lines of the file."""
    return tuple(_of_detail(detail, tree) for detail in error.errors(include_url=False))


def _of_detail(detail: ErrorDetails, tree: CommentedMap) -> Problem:
    path, line = locate(tree, detail["loc"])
    kind = detail["type"] if detail["type"] in OWN_KINDS else KINDS.get(detail["type"], "unreadable")
    args: dict[str, str | int] = {"got": _shown(detail["input"])}
    context: dict[str, Any] = detail.get("ctx", {})
    for name in ("ge", "gt", "le", "lt", "min_length", "expected", "expected_tags", "key"):
        if name in context:
            args["limit"] = str(context[name]).replace(" or ", ", ").replace("'", "")
    if kind in {"missing", "unknown-key"}:
        args["key"] = str(detail["loc"][-1]) if detail["type"] != "union_tag_not_found" else "scheme"
    if kind == "unknown-key":
        args["close"] = _closest(str(detail["loc"][-1]))
    return Problem(line, dotted(path), kind, args)


def locate(tree: object, loc: Path) -> tuple[Path, int]:
    """Follow a path into the file as far as it goes: the part of it that is there, and its line from 1.

    Steps that are not in the file (a missing key, the tag of a union) are passed over and keep the line of their parent.
    """
    node, line = tree, 1
    found: list[str | int] = []
    for step in loc:
        if isinstance(node, CommentedMap) and (key := _key(node, step)) is not None:
            line = int(node.lc.key(key)[0]) + 1
        elif isinstance(node, CommentedSeq) and isinstance(step, int) and step < len(node):
            key, line = step, int(node.lc.item(step)[0]) + 1
        else:
            continue
        node = node[key]
        found.append(key)
    return tuple(found), line


def _key(node: CommentedMap, step: str | int) -> str | int | None:
    """Return the key under which a step is written: itself, or the range of weekdays that it is in."""
    if step in node:
        return step
    return next((key for key in node if step in WEEKDAYS and step in days_of(str(key))), None)


def dotted(path: Path) -> str:
    """Write a path as people read it: `promises.2.clock`; the whole file for an empty one."""
    return ".".join(map(str, path)) or WHOLE_FILE


def _shown(value: object) -> str:
    text = "" if isinstance(value, dict | list | tuple) else str(value)
    return text[:60]


def _closest(key: str) -> str:
    """Return the key of the policy that is spelled most like this one, or `none` if no other is near."""
    sections = [Section]
    known: set[str] = set()
    for section in sections:
        sections.extend(section.__subclasses__())
        known.update(info.alias or name for name, info in section.model_fields.items())
    return next(iter(get_close_matches(key, sorted(known), n=1)), "none")


@dataclass(frozen=True)
class Fault:
    """Two parts of a readable policy that contradict each other: where, which sentence, and what fills it."""

    path: Path
    kind: str
    args: Mapping[str, str | int] = field(default_factory=dict)


def of_fault(fault: Fault, tree: CommentedMap) -> Problem:
    """Give a contradiction its line in the file."""
    path, line = locate(tree, fault.path)
    return Problem(line, dotted(path), fault.kind, fault.args)
