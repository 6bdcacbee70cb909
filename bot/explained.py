"""Explained: the errors an operator can mend, said as what is wrong and what to do."""

from __future__ import annotations

from bot.config import BadSettings
from bot.operations import OperationRefused
from prompts.phrases import Phrases
from scheduler.policy.document import BadPolicy
from storage.database import AlreadyRunning
from storage.schema import WrongSchema
from storage.vault import BadKey


def explained(error: Exception, t: Phrases) -> str | None:
    """Say an error in an operator's words; None for one that is ours to mend."""
    if isinstance(error, BadSettings):
        return "\n".join(_setting(t, name, why) for name, why in error.problems.items())
    if isinstance(error, BadKey):
        return t("operator-bad-key", why=str(error))
    if isinstance(error, AlreadyRunning):
        return t("operator-running", file=str(error))
    if isinstance(error, WrongSchema):
        return t("operator-schema", found=error.found or "none", wanted=error.wanted or "none")
    if isinstance(error, OperationRefused):
        return t(error.key, **error.values)
    if isinstance(error, BadPolicy):
        said = [
            t("policy-problem", line=p.line, path=p.path, problem=t(f"policy-problem-{p.kind}", **p.args))
            for p in error.problems
        ]
        return "\n".join(said)
    return None


def _setting(t: Phrases, name: str, why: str) -> str:
    return (
        t("operator-no-key")
        if name == "RAPPORT_KEY" and why == "missing"
        else t("operator-setting", name=name, why=why)
    )
