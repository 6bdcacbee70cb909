"""Letters: what templates say, from which facts, in which tone, and what chooses what is written about."""

from __future__ import annotations

import re
from typing import Any

import pytest

from prompts.drafting import (
    LENGTHS,
    OPENINGS,
    TONES,
    Length,
    Tone,
    as_said,
    called,
    purpose_for,
    purpose_named,
    write,
)
from prompts.phrases import phrases
from tests.world import MONDAY

FULL = {
    "name": "Chen Wei",
    "industry": "brewing",
    "since": "2024-01-05T02:00:00+00:00",
    "touch_at": "2026-11-13T07:00:00+00:00",
    "touch_how": "call",
    "touch_words": "secret note",
    "order": "PO-118",
    "order_at": "2026-05-12T02:00:00+00:00",
    "order_amount": "¥1,200.00",
    "ticket": "T-7K4M2",
    "ticket_at": "2026-11-20T02:00:00+00:00",
    "ticket_status": "taken",
    "suggestion_at": "2026-11-01T02:00:00+00:00",
    "suggestion_topic": "delivery",
    "praise_at": "2026-11-01T02:00:00+00:00",
    "praise_topic": "service",
    "complaint": "T-9QQQ2",
    "complaint_at": "2026-11-20T02:00:00+00:00",
    "complaint_topic": "quality",
    "rated": "T-2345A",
    "rated_at": "2026-11-20T02:00:00+00:00",
    "rated_score": "1",
    "contract": "C-2026-7",
    "contract_subject": "filter service",
    "contract_ends_on": "2027-01-31",
    "product": "Big filter",
    "serial": "SN-4711",
    "maintenance_on": "2026-12-24",
    "occasion_day": "2026-11-24",
    "occasion_name": "Mid-Autumn Festival",
    "birthday": "yes",
    "festival": "yes",
    "anniversary": "yes",
    "years": "2",
    "orders_year": "3",
    "solved": "1",
    "worth_much": "yes",
    "is_new": "yes",
    "is_fading": "yes",
    "ranks_top": "yes",
    "ranks_low": "yes",
}
EVERY_OPENING = [(p, key, needs) for p, ways in OPENINGS.items() for key, needs in ways]


@pytest.mark.parametrize("language", ["en", "zh-CN"])
@pytest.mark.parametrize(("purpose", "key", "needs"), EVERY_OPENING)
def test_every_opening_speaks_of_its_facts_and_promises_no_money(
    purpose: Any, key: str, needs: tuple[str, ...], language: str
) -> None:
    words = write(purpose, {name: FULL[name] for name in (*needs, "touch_words")}, language, "Asia/Shanghai", MONDAY)
    assert words is not None, key
    assert "secret note" not in words
    for taboo in ("discount", "%", "free", "优惠", "折", "免费", "返利"):
        assert taboo not in words
    said = ("rated", "order", "ticket", "complaint", "industry", "contract", "contract_subject", "product", "serial")
    numbers = [FULL[name] for name in needs if name in said]
    assert all(number in words for number in numbers)


FLAGS = {name for name, value in FULL.items() if value == "yes"}
ALIKE = {"touch_how": "visit", "complaint_topic": "price", "suggestion_topic": "price", "praise_topic": "price"}


def other(name: str) -> str:
    """Another value of a fact."""
    value = FULL[name]
    if name in ALIKE:
        return ALIKE[name]
    if name == "since" or name.endswith("_at"):
        return value.replace("2024-01-05", "2023-03-06").replace("2026", "2025")
    if name.endswith("_on") or name == "occasion_day":
        return value.replace("2026-1", "2025-1").replace("2027-01", "2027-02").replace("31", "28")
    return str(int(value) + 1) if value.isdigit() else f"{value} too"


@pytest.mark.parametrize("language", ["en", "zh-CN"])
@pytest.mark.parametrize(("purpose", "key", "needs"), EVERY_OPENING)
def test_two_customers_get_the_same_words_only_if_their_facts_are_the_same(
    purpose: Any, key: str, needs: tuple[str, ...], language: str
) -> None:
    facts = {name: FULL[name] for name in ("name", *needs)}
    said = write(purpose, facts, language, "Asia/Shanghai", MONDAY)
    for name in facts.keys() - FLAGS:
        assert write(purpose, facts | {name: other(name)}, language, "Asia/Shanghai", MONDAY) != said, (key, name)


@pytest.mark.parametrize("language", ["en", "zh-CN"])
@pytest.mark.parametrize("length", LENGTHS)
@pytest.mark.parametrize("tone", TONES)
@pytest.mark.parametrize(("purpose", "key", "needs"), EVERY_OPENING)
def test_every_letter_is_whole_and_names_no_number_that_is_on_no_record(
    purpose: Any, key: str, needs: tuple[str, ...], tone: Tone, length: Length, language: str
) -> None:
    beside = FLAGS | {"name", "orders_year", "solved"}
    facts = {name: FULL[name] for name in {*needs, *beside} - OCCASIONS | set(needs)}
    words = write(purpose, facts, language, "Asia/Shanghai", MONDAY, tone=tone, length=length)
    assert words is not None, key
    assert not re.search(r"[{}$]|None|letter-", words)
    known = as_said(facts, phrases(language), "Asia/Shanghai", MONDAY)
    assert set(re.findall(r"\d+", words)) <= set(re.findall(r"\d+", " ".join(map(str, known.values()))))


OCCASIONS = {"birthday", "festival", "anniversary"}


@pytest.mark.parametrize("language", ["en", "zh-CN"])
@pytest.mark.parametrize("purpose", list(OPENINGS))
def test_each_tone_sounds_different_and_a_short_letter_is_no_longer(purpose: Any, language: str) -> None:
    said = {
        (tone, length): write(purpose, FULL, language, "UTC", MONDAY, tone=tone, length=length) or ""
        for tone in TONES
        for length in LENGTHS
    }
    assert len({said[tone, "normal"] for tone in TONES}) == len(TONES)
    for tone in TONES:
        assert len(said[tone, "short"]) <= len(said[tone, "normal"])


PLACED = [
    ("wake_up", {"worth_much": "yes"}, "go through how things run at your place today"),
    ("wake_up", {}, "your details and earlier orders are still here"),
    ("follow_up", {"is_new": "yes"}, "You're still new with us"),
    ("follow_up", {"is_fading": "yes"}, "I'd rather hear it from you than guess"),
    ("renewal", {"ranks_top": "yes"}, "You can always reach me directly."),
    ("value", {"ranks_low": "yes"}, "A short answer is enough"),
    ("renewal", {"orders_year": "1", "solved": "2"}, "placed one order with us, and we settled 2 requests of yours"),
]


@pytest.mark.parametrize(("purpose", "place", "said"), PLACED)
def test_tier_class_and_stage_and_worth_add_their_sentence(purpose: Any, place: dict[str, str], said: str) -> None:
    known = {name: FULL[name] for name in ("name", "since", "order", "order_at")}
    assert said in (write(purpose, known | place, "en", "UTC", MONDAY) or "")
    elsewhere = {} if place else {"worth_much": "yes"}
    assert said not in (write(purpose, known | elsewhere, "en", "UTC", MONDAY) or "")
    assert said not in (write(purpose, known | place, "en", "UTC", MONDAY, length="short") or "")


@pytest.mark.parametrize(
    ("name", "language", "said"),
    [
        ("Mikkel Østergaard", "en", "Hello Mikkel,"),
        ("Sanne van der Meer", "en", "Hello Sanne,"),
        ("Dr. Maria Gómez", "en", "Hello Dr. Gómez,"),
        ("Becker, Jonas", "en", "Hello Jonas,"),
        ("Chen Wei", "en", "Hello Chen Wei,"),
        ("Priya", "en", "Hello Priya,"),
        ("陈 伟", "en", "Hello 陈 伟,"),
        ("王经理", "zh-CN", "王经理，您好！"),
        ("Mikkel Østergaard", "zh-CN", "Mikkel Østergaard，您好！"),
    ],
)
def test_a_draft_greets_as_people_do(name: str, language: str, said: str) -> None:
    words = write("greeting", {**FULL, "name": name}, language, "UTC", MONDAY)
    assert words is not None
    assert words.startswith(said)


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("Mikkel Østergaard", "Mikkel Østergaard"),
        ("Dr. Maria Gómez", "Dr. Gómez"),
        ("Becker, Jonas", "Jonas Becker"),
        ("Chen Wei", "Chen Wei"),
    ],
)
def test_a_formal_letter_names_people_whole(name: str, said: str) -> None:
    assert called(name, "en", "formal") == said


@pytest.mark.parametrize("purpose", list(OPENINGS))
def test_no_purpose_has_words_without_facts(purpose: Any) -> None:
    assert write(purpose, {"name": "Chen Wei", "tier": "growth"}, "en", "UTC", MONDAY) is None


@pytest.mark.parametrize(
    ("known", "purpose"),
    [
        (FULL, "apology"),
        ({n: v for n, v in FULL.items() if "complaint" not in n} | {"sleeps": "yes"}, "wake_up"),
        ({"ticket": "T-1", "ticket_at": FULL["ticket_at"], "since": FULL["since"]}, "follow_up"),
        ({"industry": "brewing"}, "value"),
        ({"since": FULL["since"]}, "greeting"),
        ({}, "follow_up"),
    ],
)
def test_the_facts_choose_the_purpose(known: dict[str, str], purpose: str) -> None:
    assert purpose_for(known) == purpose


@pytest.mark.parametrize(
    ("words", "purpose"),
    [
        ("renewal", "renewal"),
        ("Renew", "renewal"),
        ("续约", "renewal"),
        ("wake_up", "wake_up"),
        ("致歉", "apology"),
        ("x", None),
    ],
)
def test_purposes_are_read_in_both_languages(words: str, purpose: str | None) -> None:
    assert purpose_named(words) == purpose
