"""Drafting offline: words for one contact, put together from the facts on record and from nothing else.

A draft says only what a fact supports: without one there is no draft. It promises no discount, price or date.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, date, datetime, time
from typing import Final, Literal, get_args

from prompts.phrases import LANGUAGES, Phrases, phrases, zone_named

Purpose = Literal["follow_up", "value", "renewal", "wake_up", "greeting", "maintenance", "apology"]
Tone = Literal["warm", "plain", "formal"]
Length = Literal["normal", "short"]
Facts = Mapping[str, str]
"""What is on record, by name; moments (`_at`) and days (`_on`) as ISO text. A fact that is not known is not there."""
TONES: Final[tuple[Tone, ...]] = get_args(Tone)
LENGTHS: Final[tuple[Length, ...]] = get_args(Length)

OPENINGS: Final[dict[Purpose, tuple[tuple[str, tuple[str, ...]], ...]]] = {
    "follow_up": (
        ("letter-follow-up-ticket", ("ticket", "ticket_at")),
        ("letter-follow-up-touch", ("touch_at", "touch_how")),
        ("letter-follow-up-order", ("order", "order_at")),
    ),
    "value": (
        ("letter-value-suggestion", ("suggestion_at", "suggestion_topic")),
        ("letter-value-order", ("order", "order_at")),
        ("letter-value-industry", ("industry",)),
    ),
    "renewal": (
        ("letter-renewal-contract-about", ("contract", "contract_subject", "contract_ends_on")),
        ("letter-renewal-contract", ("contract", "contract_ends_on")),
        ("letter-renewal-both", ("since", "order", "order_at")),
        ("letter-renewal-order", ("order", "order_at")),
        ("letter-renewal-since", ("since",)),
    ),
    "wake_up": (
        ("letter-wake-up-order", ("order", "order_at")),
        ("letter-wake-up-touch", ("touch_at",)),
        ("letter-wake-up-since", ("since",)),
    ),
    "greeting": (
        ("letter-greeting-birthday", ("birthday",)),
        ("letter-greeting-festival", ("festival", "occasion_name")),
        ("letter-greeting-years", ("anniversary", "occasion_day", "years")),
        ("letter-greeting-anniversary", ("anniversary", "since")),
        ("letter-greeting-praise", ("praise_at", "praise_topic")),
        ("letter-greeting-since", ("since",)),
        ("letter-greeting-touch", ("touch_at",)),
        ("letter-greeting-order", ("order_at",)),
    ),
    "maintenance": (
        ("letter-maintenance-serial", ("product", "serial", "maintenance_on")),
        ("letter-maintenance-product", ("product", "maintenance_on")),
    ),
    "apology": (
        ("letter-apology-ticket", ("complaint", "complaint_at")),
        ("letter-apology-words", ("complaint_at", "complaint_topic")),
        ("letter-apology-rating", ("rated", "rated_at")),
    ),
}
"""For each purpose the ways to begin, the most telling first, each with the facts that it needs."""
BESIDES: Final[dict[Purpose, tuple[tuple[str, tuple[str, ...]], ...]]] = {
    "renewal": (
        ("letter-delivered-both", ("orders_year", "solved")),
        ("letter-delivered-orders", ("orders_year",)),
        ("letter-delivered-solved", ("solved",)),
    ),
    "wake_up": (("letter-play-diagnosis", ("worth_much",)), ("letter-play-known", ("order",))),
}
"""What a letter says besides, if it is not a short one: what was delivered; the play of a customer who sleeps."""
ASIDE: Final[tuple[tuple[str, tuple[str, ...], frozenset[Purpose]], ...]] = (
    ("letter-phase-new", ("is_new", "since"), frozenset({"follow_up", "value"})),
    ("letter-phase-fading", ("is_fading",), frozenset({"follow_up", "value", "renewal"})),
    ("letter-rank-top", ("ranks_top",), frozenset({"follow_up", "value", "renewal", "wake_up", "maintenance"})),
    ("letter-rank-low", ("ranks_low",), frozenset({"follow_up", "value", "renewal", "wake_up", "maintenance"})),
)
"""What closes a letter that is not short, by the customer's stage and tier class."""
COUNTS: Final = frozenset({"orders_year", "solved", "years"})
TITLES: Final = frozenset({"mr", "mrs", "ms", "dr", "prof", "professor", "sir", "herr", "frau"})
FAMILY_FIRST: Final = (
    "wang li zhang liu chen yang zhao huang zhou wu xu sun hu zhu gao lin he guo ma luo liang song zheng xie han tang "
    "feng yu dong xiao cheng cao yuan deng fu shen zeng peng lu su jiang cai jia ding wei xue ye pan du dai xia zhong "
    "tian ren fan fang shi yao tan liao zou xiong jin kong bai cui kang mao qiu qin gu hou shao meng duan qian"
)
"""The most frequent Chinese family names in Latin letters: they stand first, so the whole name is said."""
ALSO_OPEN: Final[frozenset[Purpose]] = frozenset({"value", "renewal", "wake_up", "greeting", "maintenance"})
"""Whoever waits for an answer is not written to as if they did not."""
SHOWN: Final = (
    ("fact-tier", ("tier",)),
    ("fact-stage", ("stage",)),
    ("fact-industry", ("industry",)),
    ("fact-since", ("since",)),
    ("fact-occasion", ("occasion", "occasion_day")),
    ("fact-birthday", ("birthday_on",)),
    ("fact-contract", ("contract", "contract_ends_on")),
    ("fact-product", ("product", "serial", "maintenance_on")),
    ("fact-touch", ("touch_at", "touch_how", "touch_words")),
    ("fact-complaint", ("complaint", "complaint_at")),
    ("fact-ticket", ("ticket", "ticket_at", "ticket_status")),
    ("fact-order", ("order", "order_at", "order_amount")),
    ("fact-orders", ("orders_year",)),
    ("fact-solved", ("solved",)),
    ("fact-said", ("complaint_at", "complaint_topic")),
    ("fact-rating", ("rated", "rated_score", "rated_at")),
    ("fact-suggestion", ("suggestion_at", "suggestion_topic")),
    ("fact-praise", ("praise_at", "praise_topic")),
)


def write(
    purpose: Purpose,
    facts: Facts,
    language: str,
    zone: str,
    now: datetime,
    *,
    tone: Tone = "warm",
    length: Length = "normal",
) -> str | None:
    """Write a draft in the contact's language; None if no fact on record supports one for this purpose.

    Args:
        purpose: what it is for.
        facts: what is on record.
        language: the contact's.
        zone: the contact's, for the days named.
        now: days of this year are named without it.
        tone: warm, plain or formal.
        length: a short one leaves out whatever is not the matter itself.
    """
    t = phrases(language)
    opening = _first(OPENINGS[purpose], facts)
    if opening is None:
        return None
    said = as_said(facts, t, zone, now) | {"tone": tone, "about": _topic(purpose, opening, facts)}
    paragraphs = _paragraphs(purpose, opening, facts, whole=length == "normal")
    joined = [t("letter-joint").strip("|").join(_said(t, keys, said)) for keys in paragraphs if keys]
    return "\n\n".join([_hello(facts, t, tone), *joined])


def _paragraphs(purpose: Purpose, opening: str, facts: Facts, *, whole: bool) -> tuple[list[str], list[str], list[str]]:
    """Choose what is said: the matter, a request that is open besides, a word aside; a short letter leaves out the rest."""
    also = ["letter-also-ticket"] if purpose in ALSO_OPEN and "ticket" in facts else []
    if not whole:
        return [opening, f"{opening}.ask"], also, []
    besides = [key for key in (_first(BESIDES.get(purpose, ()), facts),) if key]
    before, behind = (besides, []) if purpose == "renewal" else ([], besides)
    aside = [key for key, needs, where in ASIDE if purpose in where and facts.keys() >= set(needs)]
    return [opening, *before, f"{opening}.ask", f"{opening}.more", *behind], also, aside


def _first(ways: tuple[tuple[str, tuple[str, ...]], ...], facts: Facts) -> str | None:
    return next((key for key, needs in ways if facts.keys() >= set(needs)), None)


def _topic(purpose: Purpose, opening: str, facts: Facts) -> str:
    """Give the topic that an opening speaks of; what has no name of its own is not named."""
    needs = dict(OPENINGS[purpose])[opening]
    return next((facts[name] for name in needs if name.endswith("_topic")), "other")


def _said(t: Phrases, keys: list[str], values: Mapping[str, str | int]) -> list[str]:
    return [words for key in keys if (words := t.maybe(key, **values))]


def _hello(facts: Facts, t: Phrases, tone: Tone) -> str:
    if "name" not in facts:
        return t("letter-hello-nameless", tone=tone)
    return t("letter-hello", name=called(facts["name"], t.language, tone), tone=tone)


def called(name: str, language: str, tone: Tone = "warm") -> str:
    """Give the name by which a letter greets: in English the first one, or title and last one; else the whole name.

    A formal letter names people whole, or by title and last name.
    """
    first, *others = name.split() or [name]
    if language != "en" or not others or first.casefold() in FAMILY_FIRST.split() or first >= "\u2e80":
        return name
    if first.rstrip(".").casefold() in TITLES:
        return f"{first} {others[-1]}"
    if first.endswith(","):
        return others[0] if tone != "formal" else " ".join([*others, first.rstrip(",")])
    return first if tone != "formal" else name


def purpose_for(facts: Facts) -> Purpose:
    """Choose what to write about from the facts: a grievance first, then silence, then what is under way."""
    if "complaint_at" in facts:
        return "apology"
    if facts.get("sleeps") and _can("wake_up", facts):
        return "wake_up"
    return next((purpose for purpose in ("follow_up", "value", "greeting") if _can(purpose, facts)), "follow_up")


def _can(purpose: Purpose, facts: Facts) -> bool:
    return _first(OPENINGS[purpose], facts) is not None


def purpose_named(words: str) -> Purpose | None:
    """Read a purpose in either language: `renewal`, `续约`."""
    wanted = words.strip().casefold()
    return next((purpose for purpose in OPENINGS if wanted in (purpose, *_spoken(f"purpose-{purpose}"))), None)


def _spoken(key: str) -> list[str]:
    """Give the words by which people mean something, in every language."""
    spoken = (phrases(language)(f"{key.replace('_', '-')}.words").casefold() for language in LANGUAGES)
    return [word for words in spoken for word in words.split("|")]


def shown(facts: Facts, t: Phrases, zone: str, now: datetime) -> tuple[str, ...]:
    """Say the facts to the person who has to approve the words: what they were made from."""
    values = as_said(facts, t, zone, now)
    if "touch_how" in facts:
        values["touch_how"] = t(f"how-{facts['touch_how']}")
    if "ticket_status" in facts:
        values["ticket_status"] = t(f"ticket-status-{facts['ticket_status']}")
    return tuple(t(key, **values) for key, needs in SHOWN if facts.keys() >= set(needs))


def as_said(facts: Facts, t: Phrases, zone: str, now: datetime) -> dict[str, str | int]:
    """Give the facts as they are said in a language: days by the calendar, topics by name, counts as numbers."""
    moments = {"since"} | {name for name in facts if name.endswith("_at")}
    days = {"occasion_day"} | {name for name in facts if name.endswith("_on")}
    topics = {name for name in facts if name.endswith("_topic")}
    said: dict[str, str | int] = dict(facts)
    said |= {name: t.day(datetime.fromisoformat(facts[name]), zone, now) for name in moments & facts.keys()}
    said |= {name: t.day(_noon(facts[name], zone), zone, now) for name in days & facts.keys()}
    said |= {name: t.maybe(f"topic-{facts[name]}") or facts[name] for name in topics}
    said |= {name: int(facts[name]) for name in COUNTS & facts.keys()}
    if "occasion" in facts and "occasion_name" not in facts:
        said["occasion_name"] = t(f"letter-occasion-{facts['occasion']}")
    return said


def _noon(day: str, zone: str) -> datetime:
    """Give the middle of a day where it is lived: the moment by which it is named."""
    return datetime.combine(date.fromisoformat(day), time(12), zone_named(zone)).astimezone(UTC)
