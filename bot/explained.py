"""Explained: the errors an operator can mend, said as what is wrong and what to do."""

from __future__ import annotations

import errno

from bot.config import BadSettings
from bot.operations import OperationRefused
from prompts.phrases import Phrases
from scheduler.policy.document import BadPolicy, Problem
from storage.database import AlreadyRunning
from storage.schema import WrongSchema
from storage.vault import BadKey


def explained(error: Exception, t: Phrases) -> str | None:
    """Say an error in an operator's words; None for one that is ours to mend."""
    match error:
        case BadSettings():
            said = "\n".join(_setting(t, name, why) for name, why in error.problems.items())
        case BadKey():
            said = t("operator-bad-key", why=str(error))
        case AlreadyRunning():
            said = t("operator-running", file=str(error))
        case WrongSchema():
            said = t("operator-schema", found=error.found or "none", wanted=error.wanted or "none")
        case OperationRefused():
            said = t(error.key, **error.values)
        case OSError(errno=errno.EADDRINUSE):
            said = t("operator-port")
        case BadPolicy():
            said = "\n".join(policy_problem(t, problem) for problem in error.problems)
        case _:
            return None
    return said


def policy_problem(t: Phrases, problem: Problem) -> str:
    """Say a mistake of a policy file with its line."""
    said = t(f"policy-problem-{problem.kind}", **problem.args)
    return t("policy-problem", line=problem.line, path=problem.path, problem=said)


def _setting(t: Phrases, name: str, why: str) -> str:
    if name == "RAPPORT_KEY" and why == "missing":
        return t("operator-no-key")
    known = t.maybe(f"operator-setting-{name.casefold().replace('_', '-')}")
    return known or t("operator-setting", name=name, why=why)
