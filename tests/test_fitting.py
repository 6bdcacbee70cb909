"""A card on a channel that can show less: nothing that was said is lost, and deeds are said as they are typed."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.channels.fitting import EVERYTHING, WORDS_ONLY, Abilities, fitted
from handlers.cards import Ask, Button, Card, Field, Form, Quote, Row
from tests.world import all_words

CARD = Card(
    title="T-7K4M2 · fault",
    text="Waiting on us",
    fields=(Field(label="Owner", value="Li Na"),),
    quote=Quote(who="Chen Wei", words="E42\nand it stops"),
    lines=("Why then: 1 h",),
    buttons=(
        Button(label="Take it", command="ticket take", args={"number": "T-7K4M2"}),
        Button(label="Show", command="ticket show", args={"number": "T-7K4M2"}),
    ),
    form=Form(
        title="Reply",
        command="ticket reply",
        asks=(Ask(name="words", label="Words"),),
        submit="Send",
        fixed={"number": "T-7K4M2"},
    ),
    footer="internal",
)


def test_a_channel_that_can_all_gets_the_card_as_it_is() -> None:
    assert fitted(CARD, EVERYTHING) == CARD


@pytest.mark.parametrize("card", [CARD.model_copy(update={"plain": True}), CARD])
def test_words_alone_say_all_that_the_card_shows(card: Card) -> None:
    plain = fitted(card, WORDS_ONLY if not card.plain else EVERYTHING)
    assert (plain.fields, plain.quote, plain.form, plain.buttons) == ((), None, None, ())
    assert plain.lines == (
        "Owner: Li Na",
        "> Chen Wei: E42",
        "> and it stops",
        "Why then: 1 h",
        "/ticket reply T-7K4M2 <Words>",
        "Take it: /ticket take T-7K4M2",
        "Show: /ticket show T-7K4M2",
    )


@pytest.mark.parametrize(("room", "pressed", "typed"), [(0, 0, 2), (1, 1, 1), (2, 2, 0)])
def test_buttons_beyond_the_limit_are_said_as_words(room: int, pressed: int, typed: int) -> None:
    shown = fitted(CARD, Abilities(buttons=room))
    assert len(shown.buttons) == pressed
    assert sum(": /ticket" in line for line in shown.lines) == typed


def test_rows_become_numbered_lines_whose_deeds_carry_their_number() -> None:
    names = ("Acme Ltd", "Beta Ltd")
    rows = tuple(
        Row(text=f"{name}\ndue", buttons=(Button(label="Log", command="log", args={"customer": name}),))
        for name in names
    )
    shown = fitted(Card(rows=rows, lines=("… and 5 more",)), Abilities(rows=False))
    assert (shown.rows, shown.lines) == ((), ("1. Acme Ltd · due", "2. Beta Ltd · due", "… and 5 more"))
    assert [(button.label, button.id) for button in shown.buttons] == [
        ("1 Log", rows[0].buttons[0].id),
        ("2 Log", rows[1].buttons[0].id),
    ]
    assert fitted(Card(rows=rows[:1]), Abilities(rows=False)).lines == ("Acme Ltd · due",)
    headed = fitted(Card(rows=(Row(text="Overdue", heading=True), *rows)), Abilities(rows=False))
    assert headed.lines == ("Overdue", "1. Acme Ltd · due", "2. Beta Ltd · due")


@given(words=st.text(max_size=400), lines=st.lists(st.text(max_size=60), max_size=8), longest=st.integers(160, 600))
def test_a_long_card_is_cut_in_its_longest_part_and_keeps_its_deeds(words: str, lines: list[str], longest: int) -> None:
    card = CARD.model_copy(update={"quote": Quote(who="Chen Wei", words=words), "lines": tuple(lines), "form": None})
    shown = fitted(card, Abilities(longest=longest))
    assert shown.buttons == card.buttons
    assert shown.title == card.title
    if len(all_words(card)) < longest:
        assert shown == card
    assert len(all_words(shown.model_copy(update={"buttons": ()}))) <= longest + 8
