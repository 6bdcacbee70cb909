"""Whatever a card says, Telegram takes it; and the emulator refuses what Telegram refuses."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.channels.fitting import fitted
from bot.channels.telegram.rendering import ABILITIES, render
from handlers.cards import Ask, Button, Card, Field, Form, Quote, Row
from tests.emulators.telegram_rules import Refusal, check_commands, read_keyboard, read_text

WORDS = st.text(max_size=60) | st.sampled_from(
    ["<b>", "</blockquote>", "&lt;", "&", "👩‍👩‍👧‍👦" * 600, "\u202e", "x" * 9000, " "]
)
BUTTONS = st.lists(
    st.builds(Button, label=WORDS, command=st.just("ticket show"), args=st.fixed_dictionaries({"n": WORDS})),
    max_size=30,
)
CARDS = st.builds(
    Card,
    title=WORDS,
    text=WORDS,
    tone=st.sampled_from(["plain", "good", "warn", "alarm"]),
    fields=st.lists(st.builds(Field, label=WORDS, value=WORDS), max_size=60).map(tuple),
    quote=st.none() | st.builds(Quote, who=WORDS, words=WORDS),
    rows=st.lists(st.builds(Row, text=WORDS, buttons=BUTTONS.map(tuple)), max_size=5).map(tuple),
    lines=st.lists(WORDS, max_size=60).map(tuple),
    buttons=BUTTONS.map(tuple),
    footer=WORDS,
    from_person=WORDS,
    plain=st.booleans(),
)


@settings(max_examples=60, deadline=None)
@given(CARDS)
def test_telegram_takes_every_card(card: Card) -> None:
    for shown in render(fitted(card, ABILITIES)):
        read_text(shown.words, None)
        assert bool(shown.html) is not card.plain
        if shown.html:
            assert read_text(shown.html, "HTML").text == shown.words
        read_keyboard(shown.keyboard.to_dict() if shown.keyboard else None)


def test_the_whole_card_is_there() -> None:
    card = Card(
        title="T-7K4M2",
        text="Waiting & <on> us",
        tone="alarm",
        fields=(Field(label="Owner", value="Li <Na>"),),
        quote=Quote(who="Chen", words="</blockquote>E42"),
        rows=(Row(text="Acme", buttons=(Button(label="Log", command="log", args={"customer": "Acme"}),)),),
        lines=("Why then",),
        form=Form(
            title="Reply",
            command="ticket reply",
            submit="Send",
            asks=(Ask(name="number", label="Number", value="T-7K4M2"), Ask(name="words", label="words", kind="words")),
        ),
        footer="internal",
    )
    (shown,) = render(fitted(card, ABILITIES))
    read = read_text(shown.html, "HTML")
    assert read.text.splitlines() == [
        "🔴 T-7K4M2",
        "Waiting & <on> us",
        "Owner: Li <Na>",
        "Chen",
        "</blockquote>E42",
        "Acme",
        "Why then",
        "/ticket reply T-7K4M2 <words>",
        "internal",
    ]
    assert ("blockquote", "</blockquote>E42") in read.parts
    assert shown.keyboard
    assert [button.text for row in shown.keyboard.inline_keyboard for button in row] == ["Log"]


@pytest.mark.parametrize(
    ("labels", "rows"),
    [
        (["1 ★", "2 ★", "3 ★", "4 ★", "5 ★"], [5]),
        (["Take it", "Reply", "Solved", "Hand on"], [4]),
        (["1", "2", "3", "4", "5", "Not solved yet"], [5, 1]),
        (["1 分", "2 分", "3 分", "4 分", "5 分", "还没解决"], [5, 1]),
        (["我来处理", "回复客户", "已解决", "转给同事"], [3, 1]),
        (["Reply to customer", "Wait for customer", "Solved"], [2, 1]),
        (["Something went wrong with my order", "No"], [1, 1]),
    ],
)
def test_a_keyboard_is_as_wide_as_its_labels_allow(labels: list[str], rows: list[int]) -> None:
    (shown,) = render(
        Card(text="x", buttons=tuple(Button(label=label, command="x", args={"l": label}) for label in labels))
    )
    assert shown.keyboard
    assert [len(row) for row in shown.keyboard.inline_keyboard] == rows


@pytest.mark.parametrize(
    ("text", "html", "why"),
    [
        ("x" * 4096, False, ""),
        ("x" * 4097, False, "too long"),
        ("😀" * 2048, False, ""),
        ("😀" * 2049, False, "too long"),
        ("<b>" + "x" * 4096 + "</b>", True, ""),
        ("&lt;" * 4096, True, ""),
        ("<b>x", True, "end tag"),
        ("x</b>", True, "end tag"),
        ("<b><i>x</b></i>", True, "end tag"),
        ("1 < 2", True, "parse entities"),
        ("<script>x</script>", True, "Unsupported"),
        ("<blockquote>a<blockquote>b</blockquote></blockquote>", True, "nested"),
        ("<b></b> ", True, "empty"),
        ("", False, "empty"),
    ],
)
def test_the_emulator_refuses_what_telegram_refuses(text: str, html: bool, why: str) -> None:  # noqa: FBT001 - a table
    if not why:
        read_text(text, "HTML" if html else None)
        return
    with pytest.raises(Refusal, match=why):
        read_text(text, "HTML" if html else None)


@pytest.mark.parametrize(
    ("data", "taken"), [("x" * 64, True), ("x" * 65, False), ("码" * 21, True), ("码" * 22, False), ("", False)]
)
def test_the_emulator_counts_the_bytes_of_a_button(data: str, taken: bool) -> None:  # noqa: FBT001 - a table
    keyboard = {"inline_keyboard": [[{"text": "x", "callback_data": data}]]}
    if taken:
        assert read_keyboard(keyboard)
        return
    with pytest.raises(Refusal, match="BUTTON_DATA_INVALID"):
        read_keyboard(keyboard)


@pytest.mark.parametrize("name", ["Help", "ticket list", "x" * 33, "帮助", ""])
def test_the_emulator_refuses_commands_that_no_menu_shows(name: str) -> None:
    with pytest.raises(Refusal, match="BOT_COMMAND_INVALID"):
        check_commands([{"command": name, "description": "x"}])
