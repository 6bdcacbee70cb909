"""Pictures in Telegram: one photo with its sentence below; where none can be shown the sentence alone."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot.channels.telegram.pictures import caption
from bot.pictures.drawing import png
from bot.pictures.easel import Busy
from handlers.cards import Button, Card
from handlers.pictures import CadenceRow, Picture, cadence_picture
from prompts.phrases import phrases
from storage.messages import Kind, Message
from tests.emulators.telegram import Bubble, Fault
from tests.emulators.telegram_rules import units
from tests.telegram.breaking import breaks
from tests.telegram.stage import Client, Stage

SLOT = "digest picture:wang:2026-06-01"


def picture(name: str = "李娜") -> Picture:
    return cadence_picture(phrases("zh-CN"), [CadenceRow(name, 11, 12), CadenceRow("王芳", 3, 9)], target=90)


class Drawn:
    """An easel that has drawn beforehand; `trouble` is what happens instead, the last one first."""

    def __init__(self) -> None:
        self.sheets = {True: png(picture()), False: png(picture("李四"))}
        self.trouble: list[type[Exception] | None] = []
        self.asked = 0

    async def draw(self, wanted: Picture) -> bytes | None:
        self.asked += 1
        if self.trouble:
            wrong = self.trouble.pop()
            if wrong is not None:
                raise wrong
            return None
        return self.sheets[wanted == picture()]


@pytest.fixture(autouse=True)
def easel(stage: Stage) -> Drawn:
    drawn = Drawn()
    vars(stage.channel._pictures)["_easel"] = drawn
    return drawn


def say(stage: Stage, to: Client, key: str = "p1", card: Card | None = None, slot: str = SLOT) -> None:
    card = card or Card(text="团队跟进 <b>", picture=picture())
    message = Message(key=key, channel="telegram", address=str(to.id), card=card.kept(), kind=Kind.DIGEST, slot=slot)
    stage.change(lambda store: store.outbox.say(message, stage.now))


def photos(client: Client) -> list[Bubble]:
    return [bubble for bubble in client.bubbles if bubble.photo]


def test_a_picture_is_a_photo_with_its_words_and_its_sentence(stage: Stage) -> None:
    wang = stage.worker("王芳", "manager", language="zh-CN")
    say(stage, wang)
    stage.settle()
    (bubble,) = wang.bubbles
    assert bubble.photo == png(picture())
    assert bubble.text == f"团队跟进 <b>\n{picture().alt}"
    assert stage.state("p1") == "sent"


@pytest.mark.parametrize(
    ("fault", "copies"),
    [
        ("reset", 1),
        ("error", 1),
        ("slow-down", 1),
        ("lost-answer", 2),
        ("stall", 2),
        ("half", 2),
        ("garbled", 2),
        ("error-after", 2),
    ],
)
def test_whatever_breaks_the_picture_arrives_and_the_words_do_not_wait_for_it(
    stage: Stage, fault: Fault, copies: int
) -> None:
    """Telegram names no message that it took without saying so, so a second copy is possible, as of words."""
    wang, li = stage.worker("王芳", "manager"), stage.worker("李娜")
    with breaks(stage, fault, method="sendPhoto"):
        stage.say("the digest", wang)
        say(stage, wang)
        stage.say("to somebody else", li)
        stage.settle()
        assert [stage.state(key) for key in ("the digest", "to somebody else")] == ["sent", "sent"]
        stage.clock.moment += timedelta(seconds=61)
        stage.settle()
    assert len(photos(wang)) == copies
    assert (wang.count("the digest"), li.count("to somebody else")) == (1, 1)
    assert stage.state("p1") == "sent"


def test_a_picture_that_telegram_refuses_or_nobody_can_draw_is_said_in_words(stage: Stage, easel: Drawn) -> None:
    wang = stage.worker("王芳", "manager")
    easel.trouble = [None]
    say(stage, wang)
    stage.settle()
    easel.sheets[True] = b"GIF89a"
    say(stage, wang, "p2", slot="another")
    stage.settle()
    assert photos(wang) == []
    assert wang.count("团队跟进", picture().alt) == 2
    assert [stage.state(key) for key in ("p1", "p2")] == ["sent", "sent"]


def test_while_another_picture_is_drawn_this_one_comes_again_without_counting_an_attempt(
    stage: Stage, easel: Drawn
) -> None:
    wang = stage.worker("王芳", "manager")
    easel.trouble = [Busy] * 7
    say(stage, wang)
    for _ in range(8):
        stage.settle()
        stage.clock.moment += timedelta(seconds=1)
    assert (len(photos(wang)), easel.asked) == (1, 8)


def test_a_picture_said_anew_changes_where_it_stands_and_turns_into_words_and_back(stage: Stage, easel: Drawn) -> None:
    wang = stage.worker("王芳", "manager")
    say(stage, wang)
    stage.settle()
    say(stage, wang, "p2", Card(text="晚一点", picture=picture("李四")))
    stage.settle()
    (bubble,) = wang.bubbles
    assert (bubble.edits, bubble.photo) == (1, png(picture("李四")))
    say(stage, wang, "p3", Card(text="晚一点", picture=picture("李四")))
    stage.settle()
    assert (len(wang.bubbles), stage.state("p3")) == (1, "sent")
    easel.trouble = [None]
    say(stage, wang, "p4", Card(text="只有文字", picture=picture()))
    stage.settle()
    assert not wang.hears("只有文字").photo
    say(stage, wang, "p5", Card(text="又有图", picture=picture()))
    stage.settle()
    assert wang.hears("又有图").photo
    assert [stage.state(key) for key in ("p4", "p5")] == ["sent", "sent"]


def test_a_card_with_more_than_a_picture_says_what_it_shows(stage: Stage) -> None:
    wang = stage.worker("王芳", "manager")
    say(stage, wang, card=Card(text="More", picture=picture(), buttons=(Button(label="List", command="due"),)))
    stage.settle()
    assert wang.hears("More", picture().alt).buttons == ["List"]
    assert photos(wang) == []


def test_a_long_caption_is_cut_as_telegram_counts() -> None:
    long = caption(Card(text="𠮷" * 3000, picture=picture()))
    assert units(long) <= 1024
