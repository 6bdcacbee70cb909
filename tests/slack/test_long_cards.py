"""Cards that are more than one message takes: every word stands somewhere, the rest where it belongs."""

from __future__ import annotations

import os
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some

from bot.channels.fitting import fitted
from bot.channels.slack.blocks import ABILITIES, shown
from handlers.cards import Button, Card, Field, Quote, Row
from storage.messages import Kind, Message
from tests.emulators.slack_rules import Piece
from tests.slack.office import SERVICE, Office, words
from tests.slack.test_blocks import is_within_limits
from tests.slack.test_scenes import a_complaint

LONG = " ".join(f"word{number}" for number in range(2500))
"""19,000 characters, each word of them once."""


def text(most: int) -> some.SearchStrategy[str]:
    """Words of any alphabet, often far longer than any of Slack's limits."""
    signs = some.characters(categories=("Lu", "Ll", "Lo"))
    word = some.text(signs, min_size=1, max_size=8).map(lambda said: said.strip() or "x")
    return some.tuples(word, some.integers(0, most // 8)).map(lambda made: " ".join([made[0]] * (made[1] + 1)))


CARDS = some.builds(
    Card,
    title=text(300),
    text=text(20_000),
    tone=some.sampled_from(("plain", "alarm")),
    fields=some.lists(some.builds(Field, label=text(80), value=text(3000)), max_size=12).map(tuple),
    quote=some.none() | some.builds(Quote, who=text(40), words=text(20_000)),
    rows=some.lists(some.builds(Row, text=text(4000)), max_size=30).map(tuple),
    lines=some.lists(text(4000), max_size=8).map(tuple),
    buttons=some.lists(some.builds(Button, label=text(100), command=some.just("due")), max_size=30).map(tuple),
    footer=text(200),
)


def said(messages: list[Piece]) -> list[str]:
    return [words(message) for message in messages]


@given(card=CARDS)
@settings(max_examples=int(os.environ.get("CARDS", "40")), deadline=None, suppress_health_check=list(HealthCheck))
def test_any_card_keeps_every_limit_and_none_of_its_words_is_lost(card: Card) -> None:
    whole = fitted(card, ABILITIES)
    messages = shown(whole, "C0SERVICE", "slot")
    for message in messages:
        is_within_limits(message)
    read = "\n".join(said(messages))
    parts = [whole.text, whole.quote.words if whole.quote else "", *(row.text for row in whole.rows), *whole.lines]
    for part in [*parts, *(field.value for field in whole.fields), whole.title]:
        for word in set(part.split()):
            assert read.count(word) >= part.count(word) - card.title.count(word), (word, len(messages))


def test_a_long_quotation_goes_on_below_and_what_changes_stays_in_the_first_message() -> None:
    button = Button(label="Take it", command="ticket take")
    card = Card(title="T-1", quote=Quote(who="Chen", words=LONG), lines=("promised by noon",), buttons=(button,))
    first, *rest = said(shown(fitted(card, ABILITIES), "C0", "slot"))
    assert "promised by noon" in first
    assert "Take it" in first
    assert all("💬 Chen" in message for message in rest)
    for number in range(2500):
        assert (
            sum(f"word{number} " in f"{message.replace('…', ' ')} ".replace("\n", " ") for message in (first, *rest))
            == 1
        )


def say(office: Office, key: str, card: Card, **how: Any) -> None:
    message = Message(key=key, channel="slack", address=SERVICE, card=card.kept(), kind=Kind.CARD, **how)
    office.change(lambda store: store.outbox.say(message, office.now))
    office.settle()


def test_the_rest_of_a_card_stands_in_its_thread_once_whatever_breaks(office: Office) -> None:
    office.slack.faults += [("chat.postMessage", fault) for fault in ("lost", "500")]
    say(office, "k1", Card(title="Long", text=LONG), slot="long")
    for _ in range(3):
        office.pause(minutes=1)
    (card,) = office.cards
    assert len(office.thread(card)) == 2
    assert "word2499" in words(office.thread(card)[-1])


def test_an_edit_says_again_only_what_is_new(office: Office) -> None:
    quote = Quote(who="Chen", words=LONG)
    say(office, "k1", Card(title="New", quote=quote), slot="long")
    (card,) = office.cards
    say(office, "k2", Card(title="Won", quote=quote), slot="long")
    assert "Won" in words(card)
    assert len(office.thread(card)) == 2
    say(
        office, "k3", Card(title="Won", quote=Quote(who="Chen", words=LONG.replace("word2499", "the end"))), slot="long"
    )
    assert "the end" in words(office.thread(card)[-1])
    say(office, "k4", Card(title="Short"), slot="long")
    assert len(office.cards) == 1


def test_a_long_complaint_is_read_whole_in_slack(office: Office) -> None:
    _li, _chen, card = a_complaint(office, f"I want to complain! {LONG[:15000]} at last")
    whole = "".join(words(message) for message in (card, *office.thread(card)))
    for number in range(1700):
        assert f"word{number}" in whole
    assert "at last" in whole


def test_a_reply_under_a_card_that_was_deleted_is_said_anew_in_its_thread(office: Office) -> None:
    say(office, "k1", Card(text="card"), slot="top")
    say(office, "k2", Card(text="below"), slot="below", thread="top")
    talk = office.slack.talks[SERVICE]
    talk.messages = [message for message in talk.messages if "below" not in words(message)]
    say(office, "k3", Card(text="below again"), slot="below", thread="top")
    (card,) = office.cards
    assert "below again" in words(office.thread(card)[0])
