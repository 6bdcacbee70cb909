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
TITLES: Final = frozenset({"mr", "mrs", "ms", "dr", "prof", "professor", "sir", "herr", "frau"})
FAMILY_FIRST: Final = (
    "wang li zhang liu chen yang zhao huang zhou wu xu sun hu zhu gao lin he guo ma luo liang song zheng xie han tang "
    "feng yu dong xiao cheng cao yuan deng fu shen zeng peng lu su jiang cai jia ding wei xue ye pan du dai xia zhong "
    "tian ren fan fang shi yao tan liao zou xiong jin kong bai cui kang mao qiu qin gu hou shao meng duan qian"
)
"""The most frequent Chinese family names in Latin letters: they stand first, so the whole name is said."""
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


def write(purpose: Purpose, facts: Facts, language: str, zone: str, now: datetime) -> str | None:
    """Write a draft in the contact's language; None if no fact on record supports one for this purpose.

    Args:
        purpose: what it is for.
        facts: what is on record.
        language: the contact's.
        zone: the contact's, for the days named.
        now: days of this year are named without it.
    """
    t = phrases(language)
    key = next((key for key, needs in OPENINGS[purpose] if facts.keys() >= set(needs)), None)
    if key is None:
        return None
    hello = t("draft-hello", name=called(facts["name"], language)) if "name" in facts else t("draft-hello-nameless")
    parts = [hello, t(key, **as_said(facts, t, zone, now))]
    if purpose in ALSO_OPEN and "ticket" in facts:
        parts.append(t("draft-also-ticket", ticket=facts["ticket"]))
    return "\n\n".join(parts)


def called(name: str, language: str) -> str:
    """Give the name by which a letter greets: in English the first one, or title and last one; else the whole name."""
    first, *others = name.split() or [name]
    if language != "en" or not others or first.casefold() in FAMILY_FIRST.split() or first >= "\u2e80":
        return name
    if first.rstrip(".").casefold() in TITLES:
        return f"{first} {others[-1]}"
    return others[0] if first.endswith(",") else first


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


def shown(facts: Facts, t: Phrases, zone: str, now: datetime) -> tuple[str, ...]:
    """Say the facts to the person who has to approve the words: what they were made from."""
    values = as_said(facts, t, zone, now)
    if "touch_how" in facts:
        values["touch_how"] = t(f"how-{facts['touch_how']}")
    if "ticket_status" in facts:
        values["ticket_status"] = t(f"ticket-status-{facts['ticket_status']}")
    return tuple(t(key, **{n: values[n] for n in needs}) for key, needs in SHOWN if facts.keys() >= set(needs))


def as_said(facts: Facts, t: Phrases, zone: str, now: datetime) -> dict[str, str]:
    """Give the facts as they are said in a language: days by the calendar, topics by name."""
    days = {"since"} | {name for name in facts if name.endswith("_at")}
    topics = {name for name in facts if name.endswith("_topic")}
    said = {name: t.day(datetime.fromisoformat(facts[name]), zone, now) for name in days & facts.keys()}
    said |= {name: t.maybe(f"topic-{facts[name]}") or facts[name] for name in topics}
    return {**facts, **said}
