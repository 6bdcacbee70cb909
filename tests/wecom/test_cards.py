"""Messages and cards in WeCom: each stands once, changes in place while it can, and is never silently stale."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot.channels.fitting import Abilities, fitted
from bot.channels.wecom.rendering import ABILITIES, render
from bot.channels.wecom.robot import RobotChannel
from handlers.cards import Button, Card, Field, Quote
from storage.inbox import inbox
from tests.emulators.wecom import Fault
from tests.wecom.stage import Mate, Stage


@pytest.fixture
def li(stage: Stage) -> Mate:
    return stage.hires("lina", "Li Na")


def settled(stage: Stage, **span: float) -> None:
    stage.settle()
    stage.wait(step=timedelta(seconds=30), **span)


@pytest.mark.parametrize("fault", ["lost-answer", "error-after"])
def test_a_card_with_buttons_arrives_once_whatever_happened_to_it(stage: Stage, li: Mate, fault: Fault) -> None:
    with stage.breaks(fault):
        stage.say("one", li.user, text="Hello.", buttons=[{"label": "Day", "command": "day"}])
        settled(stage, minutes=2)
    (card,) = li.chat
    li.presses("Day", card)
    assert li.hears(stage.t("day-title"))


def test_the_same_words_twice_are_two_messages(stage: Stage, li: Mate) -> None:
    for key in ("one", "two"):
        stage.say(key, li.user, text="Noted.")
    settled(stage, seconds=5)
    assert li.count("Noted.") == 2


def test_duplicates_and_reordered_callbacks_are_heard_once_each(stage: Stage, li: Mate) -> None:
    async def floods() -> None:
        for id_ in (3, 1, 2, 3, 1, 1):
            assert await stage.wecom.says(li.user, "day", id_=str(id_)) == 200

    stage.run(floods())
    stage.settle()
    kinds = stage.ask(
        lambda store: [row.kind for row in store.connection.execute(inbox.select()) if row.channel == "wecom"]
    )
    assert kinds == ["words"] * 3


def test_a_press_on_an_old_card_is_answered_and_does_no_harm(stage: Stage, li: Mate) -> None:
    stage.say("one", li.user, slot="object", text="First.", buttons=[{"label": "Day", "command": "day"}])
    stage.settle()
    (old,) = li.chat
    for key in ("two", "three"):
        stage.say(key, li.user, slot="object", text=key, buttons=[{"label": "Help", "command": "help"}])
        stage.settle()
    assert stage.run(stage.wecom.presses_key(li.user, old.task, "0123456789abcdef")) == 200
    stage.settle()
    assert li.hears(stage.t("card-moved-on"))


def test_a_card_changes_in_place_while_a_code_is_left_and_stands_once_afterwards(stage: Stage, li: Mate) -> None:
    deed = [{"label": "Day", "command": "day"}]
    for number in range(4):
        stage.say(f"m{number}", li.user, slot="object", text=f"State {number}", buttons=deed if number < 3 else [])
        stage.settle()
    (card,) = li.chat
    assert card.text.startswith("State 3")
    assert card.labels == []
    edits = [bubble.edits for bubble in stage.wecom.chats[li.user]]
    assert edits == [1, 1], "each code that came with a card was used for one change"


def test_a_change_that_shows_nothing_new_costs_no_message(stage: Stage, li: Mate) -> None:
    for key in ("one", "two"):
        stage.say(key, li.user, slot="object", text="Same.")
        stage.settle()
    assert len(stage.wecom.chats[li.user]) == 1


@pytest.mark.parametrize("fault", ["lost-answer", "error"])
def test_a_change_of_which_nobody_knows_leaves_one_card(stage: Stage, li: Mate, fault: Fault) -> None:
    deed = [{"label": "Day", "command": "day"}]
    stage.say("one", li.user, slot="object", text="Before", buttons=deed)
    stage.settle()
    with stage.breaks(fault, path="message/update_template_card"):
        stage.say("two", li.user, slot="object", text="After", buttons=deed)
        settled(stage, minutes=1)
    (card,) = li.chat
    assert "After" in card.text


def test_long_words_arrive_whole_in_order(stage: Stage, li: Mate) -> None:
    words = "\n".join(f"第{number}行：客户要求下周三之前送到，请安排。" for number in range(150))
    stage.say("one", li.user, text=words)
    settled(stage, minutes=2)
    heard = "\n".join(bubble.text.rstrip("\u200b\u200c") for bubble in li.chat)
    assert len(li.chat) > 3
    assert heard == words


def test_nobodys_words_become_a_link_or_a_mention(stage: Stage, li: Mate) -> None:
    stage.say(
        "one", li.user, text="Look", quote={"who": "Chen", "words": '<a href="https://evil.example">your bank</a> @all'}
    )
    stage.settle()
    (said,) = li.chat
    assert "<a" not in said.text
    assert "your bank" in said.text
    assert said.kind == "text"


CHINESE = Card(
    title="Acme",
    fields=(Field(label="客户", value="Acme"), Field(label="NPS", value="9")),
    buttons=tuple(Button(label=f"第{n}个", command=f"deed {n}") for n in range(8)),
    quote=Quote(who="Chen", words="?"),
)
ENGLISH = Card(
    title="星河科技", fields=(Field(label="Customer", value="星河科技"),), quote=Quote(who="陈伟", words="?")
)


@pytest.mark.parametrize(
    ("card", "right", "wrong"),
    [(CHINESE, ("客户：Acme", "NPS：9", "第7个：/deed 7"), ": "), (ENGLISH, ("Customer: 星河科技",), "：")],
)
@pytest.mark.parametrize("can", [ABILITIES, RobotChannel.abilities])
def test_labels_and_values_are_set_apart_as_the_language_does(
    card: Card, right: tuple[str, ...], wrong: str, can: Abilities
) -> None:
    shown = fitted(card, can)
    words = "\n".join(message["text"]["content"] for message in render(shown.model_copy(update={"buttons": ()})))
    assert all(one in words for one in right)
    assert wrong not in words
