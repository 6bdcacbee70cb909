"""Drafting offline: words for one contact, made from the facts on record and from nothing else.

A draft says only what a fact supports: without one there is no draft. It promises no discount, price or date.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Final, Literal

from prompts.phrases import LANGUAGES, Phrases, phrases

Purpose = Literal["follow_up", "value", "renewal", "wake_up", "greeting", "apology"]
Facts = Mapping[str, str]
"""What is on record, by name; moments as ISO text. A fact that is not known is not there."""

OPENINGS: Final[dict[Purpose, tuple[tuple[str, tuple[str, ...]], ...]]] = {
    "follow_up": (
        ("draft-follow-up-ticket", ("ticket", "ticket_at")),
        ("draft-follow-up-touch", ("touch_at", "touch_how")),
        ("draft-follow-up-order", ("order", "order_at")),
    ),
    "value": (
        ("draft-value-suggestion", ("suggestion_at", "suggestion_topic")),
        ("draft-value-order", ("order", "order_at")),
        ("draft-value-industry", ("industry",)),
    ),
    "renewal": (
        ("draft-renewal-both", ("since", "order", "order_at")),
        ("draft-renewal-order", ("order", "order_at")),
        ("draft-renewal-since", ("since",)),
    ),
    "wake_up": (
        ("draft-wake-up-order", ("order", "order_at")),
        ("draft-wake-up-touch", ("touch_at",)),
        ("draft-wake-up-since", ("since",)),
    ),
    "greeting": (
        ("draft-greeting-praise", ("praise_at", "praise_topic")),
        ("draft-greeting-since", ("since",)),
        ("draft-greeting-touch", ("touch_at",)),
        ("draft-greeting-order", ("order_at",)),
    ),
    "apology": (
        ("draft-apology-ticket", ("complaint", "complaint_at")),
        ("draft-apology-words", ("complaint_at", "complaint_topic")),
    ),
}
"""For each purpose the ways to begin, the most telling first, each with the facts that it needs."""
ALSO_OPEN: Final[frozenset[Purpose]] = frozenset({"value", "renewal", "wake_up", "greeting"})
"""Whoever waits for an answer is not written to as if they did not."""
SHOWN: Final = (
    ("fact-tier", ("tier",)),
    ("fact-stage", ("stage",)),
    ("fact-industry", ("industry",)),
    ("fact-since", ("since",)),
    ("fact-touch", ("touch_at", "touch_how", "touch_words")),
    ("fact-complaint", ("complaint", "complaint_at")),
    ("fact-ticket", ("ticket", "ticket_at", "ticket_status")),
    ("fact-order", ("order", "order_at", "order_amount")),
    ("fact-said", ("complaint_at", "complaint_topic")),
    ("fact-suggestion", ("suggestion_at", "suggestion_topic")),
    ("fact-praise", ("praise_at", "praise_topic")),
)


def write(purpose: Purpose, facts: Facts, language: str, zone: str) -> str | None:
    """Write a draft in the contact's language; None if no fact on record supports one for this purpose.

    Args:
        purpose: what it is for.
        facts: what is on record.
        language: the contact's.
        zone: the contact's, for the days named.
    """
    t = phrases(language)
    key = next((key for key, needs in OPENINGS[purpose] if facts.keys() >= set(needs)), None)
    if key is None:
        return None
    hello = t("draft-hello", name=facts["name"]) if "name" in facts else t("draft-hello-nameless")
    parts = [hello, t(key, **as_said(facts, t, zone))]
    if purpose in ALSO_OPEN and "ticket" in facts:
        parts.append(t("draft-also-ticket", ticket=facts["ticket"]))
    return "\n\n".join(parts)


def purpose_for(facts: Facts) -> Purpose:
    """Choose what to write about from the facts: a grievance first, then silence, then what is under way."""
    if "complaint_at" in facts:
        return "apology"
    if facts.get("sleeps") and _can("wake_up", facts):
        return "wake_up"
    return next((purpose for purpose in ("follow_up", "value", "greeting") if _can(purpose, facts)), "follow_up")


def _can(purpose: Purpose, facts: Facts) -> bool:
    return any(facts.keys() >= set(needs) for _, needs in OPENINGS[purpose])


def purpose_named(words: str) -> Purpose | None:
    """Read a purpose in either language: `renewal`, `续约`."""
    wanted = words.strip().casefold()
    for purpose in OPENINGS:
        for language in LANGUAGES:
            said = phrases(language)(f"purpose-{purpose.replace('_', '-')}.words")
            if wanted in (purpose, *said.casefold().split("|")):
                return purpose
    return None


def shown(facts: Facts, t: Phrases, zone: str) -> tuple[str, ...]:
    """Say the facts to the person who has to approve the words: what they were made from."""
    values = as_said(facts, t, zone)
    if "touch_how" in facts:
        values["touch_how"] = t(f"how-{facts['touch_how']}")
    if "ticket_status" in facts:
        values["ticket_status"] = t(f"ticket-status-{facts['ticket_status']}")
    return tuple(t(key, **{n: values[n] for n in needs}) for key, needs in SHOWN if facts.keys() >= set(needs))


def as_said(facts: Facts, t: Phrases, zone: str) -> dict[str, str]:
    """Give the facts as they are said in a language: days by the calendar, topics by name."""
    days = {"since"} | {name for name in facts if name.endswith("_at")}
    topics = {name for name in facts if name.endswith("_topic")}
    said = {name: t.day(datetime.fromisoformat(facts[name]), zone) for name in days & facts.keys()}
    said |= {name: t.maybe(f"topic-{facts[name]}") or facts[name] for name in topics}
    return {**facts, **said}
