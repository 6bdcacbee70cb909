"""Drafting with a model: what it is asked, with nothing personal in it, and what of its answer may stand on a card."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Final

from prompts.drafting import COUNTS, Facts, Length, Purpose, Tone, as_said
from prompts.models.veil import Unknown, Veil
from prompts.phrases import LANGUAGES, phrases

LONGEST: Final = 900
"""Characters of an answer: a message in a chat, not a letter."""
SHORTEST: Final = 12
LONGEST_NOTE: Final = 2000
"""Characters of somebody's words that a model is shown."""
TOLD: Final = (
    ("model-fact-industry", ("industry",)),
    ("model-fact-since", ("since",)),
    ("model-fact-touch", ("touch_at", "touch_how")),
    ("model-fact-occasion", ("occasion", "occasion_day")),
    ("model-fact-contract", ("contract", "contract_ends_on")),
    ("model-fact-product", ("product", "serial", "maintenance_on")),
    ("model-fact-orders", ("orders_year",)),
    ("model-fact-solved", ("solved",)),
    ("model-fact-complaint", ("complaint", "complaint_at")),
    ("model-fact-ticket", ("ticket", "ticket_at")),
    ("model-fact-order", ("order", "order_at")),
    ("model-fact-said", ("complaint_at", "complaint_topic")),
    ("model-fact-suggestion", ("suggestion_at", "suggestion_topic")),
    ("model-fact-praise", ("praise_at", "praise_topic")),
)
"""The facts a model is told; what we think of a customer (tier, stage) and what they paid it is not."""

OURS: Final = frozenset({"since", "touch_how", "ticket_status", "sleeps", "occasion", *COUNTS})
"""Facts that are words and numbers of our own."""

_LINK: Final = re.compile(
    r"(?:https?://|www\.)[^\s<>)\]，。；）]+|(?<![\w@.-])(?:[a-z0-9-]+\.)+[a-z]{2,24}(?![\w@])(?:/[^\s)\]，。；）]*)?",
    re.IGNORECASE,
)
_LINKED: Final = re.compile(r"!?\[([^\]]*)\]\([^)]*\)")
_MENTION: Final = re.compile(r"<[@!#][^>]*>|@(?:channel|here|everyone|all)\b|@所有人", re.IGNORECASE)
_EMAIL: Final = re.compile(r"\S+@\S+")
_GLUED: Final = re.compile(r"\}\}[.@/:]\w|[\w@]\.\{\{|[@/]\{\{")
"""A name made into a part of an address."""
_PROMISE: Final = re.compile(
    r"discount|rebate|voucher|coupon|refund|compensat|guarantee|free of charge|for free|% ?off|half price"
    r"|折|优惠|免费|退款|赔偿|补偿|赠送|返现|返利|保证|[€$£¥]|\d\s*元",
    re.IGNORECASE,
)
_MARKER: Final = re.compile(r"^```\w*\n?|\n?```$")


class Unusable(Exception):
    """A model's answer may not stand on a card; the word says why."""


@dataclass(frozen=True)
class Question:
    """What a model is asked: the rules of its work, and the case."""

    rules: str
    case: str
    grounds: str
    """What an answer may lean on: the facts and the template's words, without anybody's notes."""


@dataclass(frozen=True)
class Wanted:
    """What a model is to write: what for, in which tone and length, on the base of which words."""

    purpose: Purpose
    words: str
    """The template's, or those of the person who edited them."""
    tone: Tone = "warm"
    length: Length = "normal"


def question(
    wanted: Wanted, facts: Facts, veil: Veil, *, language: str, zone: str, now: datetime, salt: str
) -> Question:
    """Ask for a better version of some words; the notes stand apart between marks that nobody can guess.

    Args:
        wanted: what is to be written.
        facts: what is on record.
        veil: covers whatever is personal.
        language: the contact's.
        zone: the contact's.
        now: the moment of asking; days of this year are said without it.
        salt: makes the marks: something that whoever wrote the notes cannot have known.
    """
    t = phrases(language)
    mark = mark_of(salt)
    covered = _covered(facts, veil)
    said = as_said(covered, t, zone, now)
    if "touch_how" in said:
        said["touch_how"] = t(f"how-{said['touch_how']}")
    told = "\n".join(f"- {t(key, **said)}" for key, needs in TOLD if facts.keys() >= set(needs))
    words = veil.cover(wanted.words)
    note = str(said.get("touch_words", ""))[:LONGEST_NOTE].replace("<", "‹").replace(">", "›")
    case = t(
        "model-case",
        purpose=t(f"purpose-{wanted.purpose.replace('_', '-')}"),
        tone=t(f"model-tone-{wanted.tone}"),
        length=t(f"model-length-{wanted.length}"),
        words=words,
        facts=told,
        notes=f"{mark}\n{note}\n{mark}",
    )
    return Question(_rules(t.language).replace("{mark}", mark), case, f"{words}\n{told}")


def _covered(facts: Facts, veil: Veil) -> Facts:
    return {name: value if _is_ours(name) else veil.cover(value) for name, value in facts.items()}


def _is_ours(name: str) -> bool:
    """Tell a day or a word of our own from what somebody typed."""
    return name.endswith(("_at", "_on", "_topic", "_day")) or name in OURS


def mark_of(salt: str) -> str:
    return "DATA-" + hashlib.sha256(salt.encode()).hexdigest()[:12]


@cache
def _rules(language: str) -> str:
    language = language if language in LANGUAGES else LANGUAGES[0]
    return (Path(__file__).parent / f"draft.{language}.txt").read_text(encoding="utf-8").strip()


def read_answer(answer: str, asked: Question, veil: Veil) -> str:
    """Give the words of an answer that a person may be shown, with the names put back.

    What cannot be seen, links and mentions are taken out.

    Raises:
        Unusable: too short or long, promises something, names a number or address that was not in the question,
            repeats what it was told to keep to itself, or has a word in braces that stands for nothing.
    """
    said = _visible(answer)
    if "DATA-" in said:
        raise Unusable("marks")
    said = _without_links(said)
    if not SHORTEST <= len(said) <= LONGEST:
        raise Unusable("length")
    _refuse_promises(said, asked)
    try:
        return veil.uncover(said)
    except Unknown:
        raise Unusable("braces") from None


def _visible(answer: str) -> str:
    """Drop what cannot be seen: control and format characters, tags, private ones; and the frame of a code block."""
    text = unicodedata.normalize("NFC", answer.replace("\r\n", "\n"))
    kept = "".join(c for c in text if c == "\n" or unicodedata.category(c) not in {"Cc", "Cf", "Co", "Cs", "Cn"})
    return _MARKER.sub("", kept.strip()).strip()


def _without_links(text: str) -> str:
    """Take out links and mentions: those on record are covered, so whatever is left was made up."""
    bare = _MENTION.sub("", _LINK.sub("", _LINKED.sub(r"\1", text)))
    return re.sub(r"\n{3,}", "\n\n", re.sub(r"[ \t]+", " ", bare)).strip()


def _refuse_promises(said: str, asked: Question) -> None:
    if _GLUED.search(said):
        raise Unusable("braces")
    free = re.sub(r"\{\{[^}]*\}\}", "", said)
    if _PROMISE.search(free):
        raise Unusable("promise")
    if _EMAIL.search(free):
        raise Unusable("address")
    if _numbers(free) - _numbers(asked.grounds):
        raise Unusable("number")


def _numbers(text: str) -> set[str]:
    return set(re.findall(r"\d+", unicodedata.normalize("NFKC", text)))
