"""Whatever is written, the reader answers, the same each time, in bounds, at a cost in proportion to the length."""

import subprocess
import sys
from collections.abc import Iterator
from types import FrameType
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from prompts.reader import Intent, Reading, read
from prompts.reader.cues import CueBook, book
from prompts.reader.offline import MOST_EVIDENCE
from prompts.reader.reading import Language
from prompts.reader.wording import LONGEST

ODD = st.sampled_from(
    [
        "\x00",
        "\u202e",
        "\u200b",
        "🙃",
        "👨‍👩‍👧",
        "\ud800",
        "\ufdfa",
        "İ",
        "退订",
        "不",
        "没坏",
        "坏了",
        "？",
        "!!!",
        "not broken",
        "refund",
        ",",
        " ",
        "\n",
    ]
)
MESSAGES = st.one_of(st.text(max_size=300), st.lists(st.one_of(ODD, st.text(max_size=5)), max_size=40).map("".join))
WIDEST = 400
"""Characters that one cue may span at most."""


def _assert_in_bounds(reading: Reading) -> None:
    assert reading.intents
    assert 0 <= reading.confidence <= reading.intents[0].confidence <= 1
    assert len(reading.intents) <= len(Intent)
    assert len({sense.intent for sense in reading.intents}) == len(reading.intents)
    assert [sense.confidence for sense in reading.intents] == sorted(
        (s.confidence for s in reading.intents), reverse=True
    )
    assert all(len(sense.evidence) <= MOST_EVIDENCE for sense in reading.intents)
    assert all(len(quote) <= WIDEST for sense in reading.intents for quote in sense.evidence)
    assert not (reading.is_acknowledgement and set(reading.sure) - {Intent.NONE})


@settings(max_examples=300, deadline=None, derandomize=True)
@given(text=MESSAGES, open_ticket=st.booleans(), asked=st.none() | st.text(max_size=10))
def test_any_text_is_read_the_same_each_time_and_in_bounds(text: str, *, open_ticket: bool, asked: str | None) -> None:
    reading = read(text, open_ticket=open_ticket, asked=asked)
    assert reading == read(text, open_ticket=open_ticket, asked=asked)
    _assert_in_bounds(reading)


LONG = [
    "好",
    "没",
    "不",
    "能不能",
    "你还没怎么什么时候",
    "the card ",
    "not ",
    "how much ",
    "a",
    "1",
    "?!",
    ",",
    "\ufdfa",
    "\x00",
    "🙃",
    "坏了可以换新吗?",
]


@pytest.mark.parametrize("piece", LONG)
def test_twenty_thousand_characters_are_read(piece: str) -> None:
    _assert_in_bounds(read((piece * LONGEST)[:LONGEST]))


def test_what_is_beyond_the_longest_message_is_not_read() -> None:
    assert read("啊" * LONGEST + "我要投诉") == read("啊" * LONGEST)


def _calls(text: str) -> int:
    """How many calls, of Python and of C, one reading takes."""
    count = 0

    def count_one(_frame: FrameType, event: str, _arg: Any) -> None:
        nonlocal count
        count += event in {"call", "c_call"}

    sys.setprofile(count_one)
    try:
        read(text)
    finally:
        sys.setprofile(None)
    return count


@pytest.mark.parametrize(
    "piece", ["坏了,可以换新吗? ", "什么时候发货 ", "refund my order, not broken. ", "没没没", "好的"]
)
def test_twice_the_words_cost_at_most_twice_the_calls(piece: str) -> None:
    read(piece)
    short, long = _calls((piece * 4_000)[:4_000]), _calls((piece * 8_000)[:8_000])
    assert long <= 2.1 * short + 100, (short, long)


def _patterns(cues: CueBook) -> Iterator[str]:
    yield from (table.pattern.pattern for table in (*cues.senses, cues.whole))
    yield from (signal.pattern for signal in cues.signals.values())
    yield from (one.pattern for one in (cues.negation, cues.courtesies, cues.fragments, cues.asides))


@pytest.mark.parametrize("language", ["zh-CN", "en"])
def test_no_cue_repeats_without_bound(language: Language) -> None:
    from re import _parser  # type: ignore[attr-defined]

    widths = {pattern: _parser.parse(pattern).getwidth()[1] for pattern in _patterns(book(language))}
    assert len(widths) > 15
    assert max(widths.values()) <= WIDEST, max(widths, key=lambda pattern: widths[pattern])[:200]


@pytest.mark.parametrize("language", ["zh-CN", "en"])
def test_every_cue_group_has_a_weight_and_a_known_topic(language: Language) -> None:
    topics = {"delivery", "quality", "price", "invoice", "refund", "product", "service", "account", "messages", "other"}
    groups = [group for table in (*book(language).senses, book(language).whole) for group in table.groups]
    assert {group.topic for group in groups} <= topics
    assert all(0 < group.weight <= 1 for group in groups)
    assert {group.intent for group in groups} == set(Intent) - {Intent.NONE}


def test_importing_the_reader_loads_nothing_heavy() -> None:
    script = "import sys, prompts.reader; print({'pydantic', 'ruamel', 'sqlalchemy', 'asyncio', 'logging'} & set(sys.modules))"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "set()"
