"""Words longer than a message go on in the next one: all of them, in order, and each of them once."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.channels.fitting import fitted
from bot.channels.telegram.rendering import ABILITIES, MESSAGES, render
from handlers.cards import Button, Card, Field, Quote
from storage.messages import Kind, Message
from tests.emulators.telegram import Fault, Params
from tests.emulators.telegram_rules import units
from tests.telegram.stage import Client, Stage

PARAGRAPH = "The pump in hall 3 stops after ten minutes, and E42 shows. We have tried what the manual says.\n\n"
ABSATZ = "三号车间的水泵运行十分钟就停机，显示 E42。说明书上的办法都试过了，没有用。\n\n"
LONG = "".join(f"{n}. {PARAGRAPH}" for n in range(1, 201))[:20_000].strip()
LONG_CHINESE = "".join(f"{n}、{ABSATZ}" for n in range(1, 501))[:20_000].strip()


def joined(words: list[str]) -> str:
    """Put the messages of a card together again, without the sign that it goes on."""
    return "".join("".join(part.split("…", 1) if n == 0 else [part]) for n, part in enumerate(words))


def bare(words: str) -> str:
    return "".join(words.split())


def said(client: Client, skip: int = 0) -> list[str]:
    return [bubble.text for bubble in client.bubbles[skip:]]


@pytest.mark.parametrize("words", [LONG, LONG_CHINESE, "😀" * 10_000, "x" * 20_000], ids=["en", "zh", "emoji", "x"])
def test_nothing_is_lost_and_nothing_said_twice(words: str) -> None:
    messages = render(fitted(Card(from_person="Li Na", text=words), ABILITIES))
    assert 1 < len(messages) <= MESSAGES
    assert all(units(message.words) <= 4096 for message in messages)
    assert bare(joined([message.words for message in messages])) == bare("Li Na" + words)


@pytest.mark.parametrize(("words", "end"), [(LONG, "says."), (LONG_CHINESE, "没有用。")])
def test_a_cut_is_where_a_reader_pauses(words: str, end: str) -> None:
    messages = render(Card(text=words))
    assert messages[0].words.endswith(f"{end}…")
    assert all(message.words.rstrip().endswith(end) for message in messages[1:-1])


def test_what_changes_and_the_buttons_stand_in_the_first_message_and_a_quote_stays_a_quote() -> None:
    card = Card(
        title="T-7K4M2",
        fields=(Field(label="Owner", value="Li Na"),),
        quote=Quote(who="Chen", words=LONG),
        lines=("due at five",),
        footer="internal",
        buttons=(Button(label="Take it", command="ticket take"),),
    )
    first, *others = render(card)
    for words in ("T-7K4M2", "Owner: Li Na", "due at five", "internal"):
        assert words in first.words
    assert first.keyboard
    assert others
    assert all(other.html.startswith("<blockquote>") and not other.keyboard for other in others)


@settings(max_examples=40, deadline=None)
@given(st.lists(st.text("ab 。\n😀é水", max_size=3000), min_size=1, max_size=12))
def test_many_parts_are_all_there(lines: list[str]) -> None:
    messages = render(fitted(Card(title="list", lines=tuple(lines)), ABILITIES))
    assert bare(joined([m.words for m in messages])) == bare("list" + "".join(lines))


@pytest.mark.parametrize("fault", ["lost-answer", "error", "reset", "slow-down", "stall"])
def test_a_long_message_goes_on_where_it_stopped(stage: Stage, fault: Fault) -> None:
    """Whatever happens to its third part: those before it are not said again, and only that one may come twice."""
    someone = stage.someone()
    someone.opens()
    sendings = 0

    def breaks_third(method: str, _: Params) -> Fault:
        nonlocal sendings
        sendings += method == "sendMessage"
        return fault if method == "sendMessage" and sendings == 3 else "ok"

    stage.telegram.fault = breaks_third
    stage.say("long", someone, text=LONG)
    stage.say("after", someone)
    for _ in range(6):
        stage.settle()
        stage.wait(seconds=31)
    assert (stage.state("long"), stage.state("after")) == ("sent", "sent")
    texts = said(someone)
    copies = len(texts) - len(set(texts))
    assert copies == (fault in ("lost-answer", "stall"))
    assert bare(joined(list(dict.fromkeys(texts))[:-1])) == bare(LONG)
    assert texts[-1] == "after"


def test_a_long_message_that_is_held_goes_on_after_its_release(stage: Stage) -> None:
    someone = stage.someone()
    someone.opens()
    sendings = 0

    def stalls_second(method: str, _: Params) -> Fault:
        nonlocal sendings
        sendings += method == "sendMessage"
        return "reset" if method == "sendMessage" and sendings == 2 else "ok"

    stage.telegram.fault = stalls_second
    stage.say("long", someone, Kind.BULK, text=LONG)
    stage.settle()
    assert (stage.state("long"), len(someone.bubbles)) == ("unknown", 1)
    stage.change(lambda store: store.outbox.replay("long", stage.now))
    stage.settle()
    assert bare(joined(said(someone))) == bare(LONG)


def test_a_long_card_that_changes_keeps_what_follows_it(stage: Stage) -> None:
    """Its first message is edited; what follows is said again only if it is other words."""
    someone = stage.someone()
    someone.opens()
    button = Button(label="Yes", command="status")

    def shows(key: str, words: str, *buttons: Button) -> None:
        card = Card(title=key, text=words, buttons=buttons).kept()
        message = Message(key=key, channel="telegram", address=str(someone.id), card=card, slot="card")
        stage.change(lambda store: store.outbox.say(message, stage.now))
        stage.settle()

    shows("one", LONG, button)
    stood = len(someone.bubbles)
    assert stood > 1
    assert someone.bubbles[0].buttons == ["Yes"]
    shows("two", LONG)
    assert (len(someone.bubbles), someone.bubbles[0].buttons) == (stood, [])
    assert someone.bubbles[0].text.startswith("two")
    shows("three", LONG_CHINESE)
    assert bare(joined([someone.bubbles[0].text, *said(someone, stood)])) == bare("three" + LONG_CHINESE)


def test_twenty_thousand_characters_pass_both_ways(stage: Stage) -> None:
    li = stage.worker("Li Na")
    chen = stage.known("Acme", "Chen Wei", owner=li.person)
    chen.writes(f"I want to complain! {LONG}"[:20_000])
    told = [bubble for bubble in li.bubbles if "to complain!" in bubble.text or "hall 3" in bubble.text]
    assert bare(f"I want to complain! {LONG}"[:20_000]) in bare(joined([bubble.text for bubble in told]))
    before = len(chen.bubbles)
    li.writes(f"/ticket reply {stage.ticket.number} {LONG}")
    stage.wait(seconds=11)
    assert bare(joined(said(chen, before))) == bare(f"Li Na{LONG}")
