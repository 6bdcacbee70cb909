"""How well messages are read, on samples with expected readings; a drop in quality fails."""

import csv
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import pytest

from prompts.reader import Intent, read

SAMPLES = Path(__file__).with_name("samples")


@dataclass(frozen=True)
class Score:
    """Precision of acted-on intents, and the share of messages acted on."""

    precision: float
    coverage: float
    wrong: list[str]


def _rows(file: str, *, notes: int = 0) -> list[dict[str, str]]:
    return list(csv.DictReader((SAMPLES / file).read_text(encoding="utf-8").splitlines()[notes:]))


def _score(expected: Iterable[tuple[str, set[str]]]) -> Score:
    messages = list(expected)
    acted = [(text, right, read(text).sure) for text, right in messages]
    intents = [(text, intent, intent in right) for text, right, sure in acted for intent in sure]
    wrong = [f"{text!r} read as {intent}" for text, intent, fits in intents if not fits]
    coverage = sum(1 for _, _, sure in acted if sure) / len(messages)
    score = Score(1 - len(wrong) / len(intents), coverage, wrong)
    print(f"precision {score.precision:.3f}, coverage {score.coverage:.3f} of {len(messages)}:", *wrong, sep="\n  ")
    return score


def _chinese() -> list[dict[str, str]]:
    return _rows("zh.csv", notes=1)


def _words(cell: str) -> set[str]:
    return set(cell.split("|")) - {""}


def test_what_is_acted_on_in_chinese_is_right() -> None:
    score = _score((row["text"], _words(row["intents"]) | _words(row["also"])) for row in _chinese())
    assert score.precision >= 0.97
    assert score.coverage >= 0.92


def test_what_is_acted_on_in_english_is_right() -> None:
    ours = [row for row in _rows("en.csv") if row["source"] != "clinc150"]
    score = _score((row["text"], _words(row["accepted"])) for row in ours)
    assert score.precision >= 0.93
    assert score.coverage >= 0.72


def test_hardly_any_everyday_talk_is_acted_on() -> None:
    everyday = [row["text"] for row in _rows("en.csv") if row["source"] == "clinc150"]
    alarms = [text for text in everyday if set(read(text).sure) - {Intent.NONE}]
    assert len(alarms) <= 1, alarms


def test_thanks_and_bare_numbers_are_acknowledgements_and_nothing_else_is() -> None:
    wrong = [
        row["text"] for row in _chinese() if read(row["text"]).is_acknowledgement != (row["acknowledgement"] == "yes")
    ]
    assert len(wrong) <= 1, wrong


def test_every_intent_of_most_chinese_messages_is_found() -> None:
    missed = [row["text"] for row in _chinese() if not _words(row["intents"]) <= set(read(row["text"]).sure)]
    assert len(missed) <= 0.1 * len(_chinese()), missed


def test_urgency_and_sentiment_of_chinese_messages_are_as_expected() -> None:
    rows = _chinese()
    urgency = [row["text"] for row in rows if read(row["text"]).urgency != row["urgency"]]
    sentiment = [row["text"] for row in rows if read(row["text"]).sentiment != row["sentiment"]]
    assert len(urgency) <= 0.03 * len(rows), urgency
    assert len(sentiment) <= 0.03 * len(rows), sentiment


def test_neutral_service_messages_raise_no_alarm() -> None:
    neutral = [row["text"] for row in _chinese() if row["sentiment"] == "neutral"]
    assert not [text for text in neutral if read(text).sentiment == "negative"]


@pytest.mark.parametrize("language", ["en", "zh"])
def test_messages_of_the_trade_are_acted_on_rightly_and_plain_ones_nearly_always(language: str) -> None:
    rows = [row for row in _rows("trade.csv") if row["language"] == language]
    expected = {row["text"]: _words(row["intents"]) | _words(row["also"]) for row in rows}
    assert _score(expected.items()).precision >= 0.97
    plain = [row["text"] for row in rows if row["kind"] == "plain"]
    assert _score((text, expected[text]) for text in plain).coverage >= 0.95
