"""The doctor: looks at everything a bot needs before and while it runs, and says in plain words what to mend."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from typing import Final

from bot import checkups
from bot.config import BadSettings, read_config, said
from bot.explained import explained
from bot.findings import Finding, Patient, bad, good
from prompts.phrases import Phrases

Check = Callable[[Patient], Iterator[Finding]]
MARKS: Final = {"good": "✓", "warn": "!", "bad": "✗"}
MODEL_SECONDS: Final = 10


def model_answers(patient: Patient) -> Iterator[Finding]:
    """Ask the model for one word; nothing of ours is in the question."""
    from bot.channels.model import ModelChannel

    key, model = said(patient.config.openai_api_key), patient.config.openai_model
    if not key or not model:
        yield bad("doctor-model-half") if key or model else good("doctor-model-off")
        return
    whole = timedelta(seconds=MODEL_SECONDS)
    channel = ModelChannel(key, model, patient.config.openai_base_url or None, whole_answer=whole)
    try:
        asyncio.run(channel.ask("Answer with one word.", "ping"))
    except Exception as error:  # noqa: BLE001 - whatever it was, the model does not answer
        yield bad("doctor-model-away", model=model, why=_why(error))
    else:
        yield good("doctor-model", model=model)


def _why(error: Exception) -> str:
    from bot.channels.model import NoAnswer
    from bot.channels.port import NotSent, TryLater, WontWork

    return str(error) if isinstance(error, NoAnswer | NotSent | TryLater | WontWork) else type(error).__name__


def web_chat_is_well(patient: Patient) -> Iterator[Finding]:
    from bot.channels.webchat.checkup import web_chat_works

    yield from web_chat_works(patient)


def slack_is_well(patient: Patient) -> Iterator[Finding]:
    from bot.channels.slack.checkup import slack_works

    yield from slack_works(patient)


def telegram_is_well(patient: Patient) -> Iterator[Finding]:
    from bot.channels.telegram.checkup import telegram_works

    yield from telegram_works(patient)


def wecom_is_well(patient: Patient) -> Iterator[Finding]:
    from bot.channels.wecom.checkup import wecom_works

    yield from wecom_works(patient)


def wecom_kf_is_well(patient: Patient) -> Iterator[Finding]:
    from bot.channels.wecom.kf_checkup import kf_works

    yield from kf_works(patient)


def wecom_contacts_are_well(patient: Patient) -> Iterator[Finding]:
    from bot.channels.wecom.contacts_checkup import contacts_work

    yield from contacts_work(patient)


checks: list[Check] = [
    checkups.key_is_sound,
    checkups.database_answers,
    checkups.sqlite_is_fit,
    checkups.clock_is_sane,
    checkups.policy_is_valid,
    checkups.people_are_here,
    checkups.places_are_reachable,
    checkups.disk_has_room,
    checkups.port_is_free,
    model_answers,
    web_chat_is_well,
    slack_is_well,
    telegram_is_well,
    wecom_is_well,
    wecom_kf_is_well,
    wecom_contacts_are_well,
]
"""Everything that is looked at, in this order; a channel adds a check of its own tokens by appending it."""


def examine(patient: Patient) -> list[Finding]:
    """Run every check; one that breaks is itself a finding and spoils no other."""
    findings: list[Finding] = []
    for check in checks:
        try:
            findings += check(patient)
        except Exception as error:  # noqa: BLE001 - the doctor says what is wrong, whatever it is
            findings.append(bad("doctor-check-broke", check=check.__name__, error=type(error).__name__))
    patient.close()
    return findings


def consult(t: Phrases) -> tuple[list[str], bool]:
    """Give what to say, a line for each finding and one in sum, and whether nothing must be mended."""
    try:
        config = read_config()
    except BadSettings as error:
        return [f"{MARKS['bad']} {explained(error, t)}", t("doctor-sick", count=len(error.problems))], False
    findings = examine(Patient(config, t, datetime.now(UTC)))
    lines = [f"{MARKS[found.level]} {t(found.key, **found.values)}" for found in findings]
    wrong = sum(found.level == "bad" for found in findings)
    return [*lines, t("doctor-sick", count=wrong) if wrong else t("doctor-well")], not wrong
