"""The policy document: every number that a company may change, read from one YAML file and checked as a whole."""

from collections.abc import Collection
from functools import lru_cache, reduce
from importlib.resources import files
from io import StringIO
from typing import Annotated, Any, Literal

from pydantic import Field, ValidationError
from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedMap, CommentedSeq
from ruamel.yaml.constructor import RoundTripConstructor
from ruamel.yaml.error import YAMLError

from scheduler.policy import problems
from scheduler.policy.checks import faults
from scheduler.policy.problems import BadPolicy, Problem
from scheduler.policy.schemes import Tiers
from scheduler.policy.sections import (
    Cadence,
    CalendarEntry,
    Company,
    Consent,
    Conversation,
    Digest,
    Language,
    Occasions,
    PromiseLine,
    QuietHours,
    Reminders,
    Routes,
    WarningEntry,
)
from scheduler.policy.units import Id, Section

__all__ = ["BadPolicy", "Policy", "Problem", "default_text", "parse", "parse_accepted"]


def _as_by_default(section: str) -> Any:
    """Read one section of the default policy: what holds where a policy was accepted before there was such a section."""
    return YAML(typ="safe").load(default_text())[section]


class Policy(Section):
    """The company's numbers, read and checked. Equal files give equal policies; nothing in it changes."""

    version: Literal[1]
    company: Company
    currency: Annotated[str, Field(pattern=r"^[A-Z]{3}$")]
    tiers: Tiers
    cadence: Cadence
    reminders: Reminders
    promises: Annotated[tuple[PromiseLine, ...], Field(min_length=1)]
    warnings: tuple[WarningEntry, ...]
    calendars: Annotated[dict[Id, CalendarEntry], Field(min_length=1)]
    quiet_hours: QuietHours
    consent: Consent
    routes: Routes
    conversation: Conversation
    occasions: Annotated[
        Occasions, Field(default_factory=lambda: Occasions.model_validate(_as_by_default("occasions")))
    ]
    digest: Annotated[Digest, Field(default_factory=lambda: Digest.model_validate(_as_by_default("digest")))]

    @property
    def places(self) -> dict[str, Language]:
        """Give each place where cards of colleagues stand, with the language of the first team there that names one."""
        spoken = {team.address: team.language for team in reversed(self.routes.teams) if team.language}
        named = (*(team.address for team in self.routes.teams), self.routes.fallback)
        return {address: spoken.get(address, self.company.language) for address in named}


@lru_cache(maxsize=32)
def parse(text: str) -> Policy:
    """Read a policy file; the same text is read once, for a policy never changes.

    Raises:
        BadPolicy: the text is no YAML, says something that no policy says, or contradicts itself; the error names
            every problem found, with its line.
    """
    tree = _tree(text)
    try:
        policy = Policy.model_validate(tree)
    except ValidationError as error:
        raise BadPolicy(problems.of_validation(error, tree)) from error
    found = [problems.of_fault(fault, tree) for fault in faults(policy)]
    if found:
        raise BadPolicy(found)
    return policy


def parse_accepted(text: str) -> Policy:
    """Read a policy that was accepted once: what it says that no policy says any more is passed over.

    Raises:
        BadPolicy: as `parse`, for anything else.
    """
    try:
        return parse(text)
    except BadPolicy as bad:
        gone = {problem.path for problem in bad.problems if problem.kind == "unknown-key"}
        if not gone:
            raise
    return parse(_without(gone, text))


def _without(paths: Collection[str], text: str) -> str:
    tree = _tree(text)
    for path in paths:
        *above, key = path.split(".")
        del reduce(_step, above, tree)[key]
    written = StringIO()
    YAML(typ="rt").dump(tree, written)
    return written.getvalue()


def _step(node: Any, step: str) -> Any:
    return node[int(step)] if isinstance(node, CommentedSeq) else node[step]


def default_text() -> str:
    """Return the policy that a company starts from, with its comments."""
    return files("scheduler.policy").joinpath("default.yaml").read_text(encoding="utf-8")


class _Reader(RoundTripConstructor):
    """Leaves dates as they are written, so that 2026-02-30 is a problem of its line and not an error of the reader."""


_Reader.add_constructor("tag:yaml.org,2002:timestamp", RoundTripConstructor.construct_scalar)


def _tree(text: str) -> CommentedMap:
    reader = YAML(typ="rt")
    reader.Constructor = _Reader
    try:
        tree = reader.load(text.removeprefix("\ufeff"))
    except YAMLError as error:
        raise BadPolicy([problems.of_yaml(error, text)]) from error
    except (RecursionError, ValueError) as error:  # brackets a thousand deep, a number of thousands of digits
        raise BadPolicy([Problem(1, problems.WHOLE_FILE, "syntax")]) from error
    if not isinstance(tree, CommentedMap):
        raise BadPolicy([Problem(1, problems.WHOLE_FILE, "not-a-policy")])
    _refuse_aliases(tree)
    return tree


def _refuse_aliases(tree: CommentedMap) -> None:
    """An alias may hold itself or a million copies, and a problem in it has two lines; so none is taken."""
    seen: set[int] = set()
    waiting: list[tuple[tuple[str | int, ...], object]] = [((), tree)]
    for path, node in waiting:
        if not isinstance(node, CommentedMap | CommentedSeq):
            continue
        if id(node) in seen:
            found, line = problems.locate(tree, path)
            raise BadPolicy([Problem(line, problems.dotted(found), "alias")])
        seen.add(id(node))
        steps = node.items() if isinstance(node, CommentedMap) else enumerate(node)
        waiting.extend(((*path, step), below) for step, below in steps)
