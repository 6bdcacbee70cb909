"""Cards as Slack shows them: within every limit, whatever their size; whole, whatever their words."""

from __future__ import annotations

import os
import random
from typing import Any

import pytest
from slack_sdk.models.blocks import Block
from slack_sdk.models.views import View

from bot.channels.fitting import fitted
from bot.channels.slack.blocks import ABILITIES, home, shown
from bot.channels.slack.forms import Filled, filled, modal, problems
from bot.channels.slack.plain import readable
from bot.channels.slack.seats import NoSeat, Seat, answering
from handlers.cards import Ask, Button, Card, Choice, Field, Form, Quote, Row
from handlers.contents import ROUTERS
from handlers.routing import Routes
from prompts.phrases import phrases
from tests.emulators.slack_rules import Piece, alive, refusal, view_refusal
from tests.slack.office import labels, words

PARTS = (
    "<!channel>", "<!here>", "<@U0LI>", "<#C0|x>", "<!subteam^S1>", "<https://evil.example|invoice>", "<mailto:a@b.c>",
    "https://evil.example", "&amp;lt;!channel&gt;", "*bold*", "_it_", "~no~", "`code`", "```\nfence\n```", "> quote",
    "@channel", ":siren:", "✅ Approved by manager", "\n\n", "\u202e", "|", "<", ">", "&", "客户", "x" * 200,
)  # fmt: skip


def chance() -> random.Random:
    seed = int(os.environ.get("SEED", "0")) or random.SystemRandom().randrange(1, 10**6)
    print(f"SEED={seed}")
    return random.Random(seed)


def hostile(dice: random.Random, longest: int = 12) -> str:
    return "".join(dice.choice(PARTS) for _ in range(dice.randrange(longest)))


def any_button(dice: random.Random, number: int) -> Button:
    form = Form(title=hostile(dice), command="log", asks=(), submit="Send") if dice.random() < 0.3 else None
    return Button(label=f"{number} {hostile(dice)}", command="due", args={"n": str(number)}, form=form)


def any_row(dice: random.Random, number: int) -> Row:
    return Row(text=hostile(dice), buttons=(any_button(dice, number),), heading=dice.random() < 0.2)


def any_card(dice: random.Random) -> Card:
    size = dice.choice((1, 5, 30))
    return Card(
        title=hostile(dice),
        text=hostile(dice, 200 * size),
        tone=dice.choice(("plain", "good", "warn", "alarm")),
        fields=tuple(Field(label=hostile(dice, 3) or "a", value=hostile(dice)) for _ in range(dice.randrange(size))),
        quote=Quote(who=hostile(dice), words=hostile(dice, 200)) if dice.random() < 0.5 else None,
        rows=tuple(any_row(dice, n) for n in range(dice.randrange(size * 2))),
        lines=tuple(hostile(dice, 30) for _ in range(dice.randrange(size))),
        buttons=tuple(any_button(dice, n) for n in range(dice.randrange(30))),
        footer=hostile(dice),
        plain=dice.random() < 0.1,
    )


def is_within_limits(message: Piece) -> None:
    assert refusal(message.get("blocks", [])) is None, message
    assert alive(message) == []
    assert 0 < len(message["text"]) <= 40_000
    for block in message.get("blocks", []):
        parsed = Block.parse(block)
        assert parsed is not None
        parsed.validate_json()


def test_any_card_is_within_every_limit_and_nothing_on_it_comes_to_life() -> None:
    dice = chance()
    for _ in range(int(os.environ.get("CARDS", "100"))):
        for message in shown(fitted(any_card(dice), ABILITIES), "C0SERVICE:U0LI:1700000000.000001", "s" * 190):
            is_within_limits(message)


def test_any_home_is_within_every_limit_and_nothing_on_it_comes_to_life() -> None:
    dice = chance()
    for _ in range(int(os.environ.get("CARDS", "50"))):
        view = home(fitted(any_card(dice), ABILITIES), "home:U0LI", "home")
        assert view_refusal(view, "home") is None, view
        assert alive(view) == []
        View(**view).validate_json()


def test_a_home_holds_a_hundred_blocks_where_a_message_holds_fifty() -> None:
    card = Card(rows=tuple(Row(text=f"row {n}", heading=n % 7 == 0) for n in range(120)))
    assert len(home(card, "home:U0LI", "home")["blocks"]) == 100
    assert [len(message["blocks"]) for message in shown(card, "C0", "s")] == [50, 50, 20]


def test_more_buttons_than_fit_fold_into_menus_and_none_is_lost() -> None:
    buttons = tuple(Button(label=f"deed {n}", command="due", args={"n": str(n)}) for n in range(25))
    (message,) = shown(fitted(Card(text="all", buttons=buttons), ABILITIES), "C0", "slot")
    assert labels(message) == [button.label for button in buttons]
    (actions,) = [block for block in message["blocks"] if block["type"] == "actions"]
    assert [element["type"] for element in actions["elements"]] == ["button"] * 5 + ["overflow"] * 4


def test_a_customers_words_share_no_block_with_ours() -> None:
    card = Card(title="Ours", text="ours", quote=Quote(who="Chen", words="theirs"), lines=("ours too",))
    (block,) = [b for b in shown(card, "C0", "s")[0]["blocks"] if "theirs" in words({"blocks": [b]})]
    assert block["type"] == "rich_text"
    assert "ours" not in words({"blocks": [block]})


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("plain", "plain"),
        ("a &amp; b &lt;c&gt; &amp;lt;", "a & b <c> &lt;"),
        ("<https://a.example>", "https://a.example"),
        ("<https://a.example|a.example>", "https://a.example"),
        ("<https://a.example|here>", "here (https://a.example)"),
        ("<mailto:li@a.example|li@a.example>", "li@a.example"),
        ("<@U0LI|li> and <@U0MO>", "@li and @U0MO"),
        ("<#C0|service> <!here> <!subteam^S1|@team>", "#service @here @team"),
        ("\x00a\x1b", "a"),
    ],
)
def test_words_are_read_as_their_writer_saw_them(typed: str, read: str) -> None:
    assert readable(typed) == read


@pytest.mark.parametrize(
    ("address", "seat"),
    [
        ("C0SERVICE", Seat("C0SERVICE")),
        ("U0LI", Seat("", "U0LI")),
        ("C0:U0LI", Seat("C0", "U0LI")),
        ("C0:U0LI:17.000001", Seat("C0", "U0LI", "17.000001")),
        ("home:U0LI", Seat(home="U0LI")),
    ],
)
def test_an_address_names_a_seat_and_back(address: str, seat: Seat) -> None:
    assert Seat.read(address) == seat
    assert seat.address == address


@pytest.mark.parametrize("address", ["#service", "", "C0:", "U0:C0", "C0:U0:x", "staff:1", "home:", "home:C0"])
def test_what_is_not_an_id_is_no_seat(address: str) -> None:
    with pytest.raises(NoSeat):
        Seat.read(address)


def test_direct_messages_are_answered_to_the_person_and_channels_by_a_whisper() -> None:
    assert answering("D0LI", "U0LI") == "U0LI"
    assert answering("C0", "U0LI", "17.1") == "C0:U0LI:17.1"


def ask(kind: Any, **more: Any) -> Ask:
    return Ask(name=more.pop("name", kind), label=str(kind), kind=kind, **more)


def test_every_kind_of_question_has_its_place_in_a_form() -> None:
    yes_or_no = (Choice(value="y", label="yes"), Choice(value="n", label="no"))
    asks = (
        ask("line", value="a"),
        ask("words"),
        ask("choice", choices=yes_or_no, value="n"),
        ask("number"),
        ask("flag"),
    )
    view = modal(Form(title="T" * 60, command="log", asks=asks, submit="Send", fixed={"f": "1"}), phrases("en"), "U0")
    assert view is not None
    assert view_refusal(view) is None
    values: Piece = {
        "line": {"answer": {"value": "a"}},
        "words": {"answer": {"value": None}},
        "choice": {"answer": {"selected_option": {"value": "n"}}},
        "number": {"answer": {"value": "3"}},
        "flag": {"answer": {"selected_options": [{"value": "true"}]}},
    }
    back = filled({**view, "state": {"values": values}})
    assert (back.command, back.place) == ("log", "U0")
    assert back.args == {"f": "1", "line": "a", "words": "", "choice": "n", "number": "3", "flag": "true"}


@pytest.mark.parametrize(("length", "fits"), [(3000, True), (3001, False)])
def test_a_form_that_would_cut_what_it_shows_is_not_opened(length: int, fits: bool) -> None:  # noqa: FBT001 - a table
    form = Form(title="Edit", command="log", asks=(ask("words", value="x" * length),), submit="Send")
    assert (modal(form, phrases("en"), "U0") is not None) is fits


def test_errors_of_types_stand_beside_their_questions_in_the_persons_language() -> None:
    routes = Routes(ROUTERS)
    asked = frozenset({"customer", "days"})
    for language, said in (("en", "“Days” must be a number."), ("zh-CN", "“天数”要填数字。")):
        wrong = Filled("snooze", {"customer": "Galaxy", "days": "soon"}, asked, "U0", language)
        assert problems(wrong, routes) == {"days": said}
    right = Filled("snooze", {"customer": "Galaxy", "days": "3"}, asked, "U0", "en")
    assert problems(right, routes) == {}
