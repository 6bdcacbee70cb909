"""What WeCom shows besides words: a group's robot, pictures, files."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from bot.pictures.drawing import png
from handlers.pictures import CadenceRow, Picture, cadence_picture
from prompts.phrases import phrases
from tests.emulators.wecom import Fault
from tests.wecom.stage import Mate, Stage

PDF = b"%PDF-1.7 the whole of an offer"


@pytest.fixture
def stage(light: Stage) -> Stage:
    """What is shown is shown alike on every database."""
    return light


@pytest.fixture
def li(stage: Stage) -> Mate:
    return stage.hires("lina", "Li Na")


class Held:
    """Another channel that holds files."""

    name = "elsewhere"

    def __init__(self, content: bytes) -> None:
        self.content = content

    async def fetch(self, ref: str, most: int) -> bytes:
        return self.content


def attached(**about: Any) -> dict[str, Any]:
    return {"origin": "elsewhere", "ref": "f1", "label": "offer.pdf", "name": "offer.pdf", **about}


def test_a_robot_says_long_words_whole_to_its_group(stage: Stage) -> None:
    words = "\n".join(f"第{number}行：本周完成情况与下周安排。" for number in range(100))
    stage.say("one", "group", channel="wecom-robot", title="日报", text=words)
    stage.settle()
    heard = stage.wecom.chats["robot"]
    assert len(heard) > 1
    assert "\n".join(bubble.text for bubble in heard) == f"日报\n{words}"


def test_a_robot_speaks_to_nobody_else(stage: Stage) -> None:
    stage.say("one", "somebody", channel="wecom-robot")
    stage.settle()
    assert stage.state("one") == "failed"


@pytest.mark.parametrize("fault", ["reset", "slow-down", "error", "busy"])
def test_a_robots_words_arrive_after_a_fault(stage: Stage, fault: Fault, capsys: pytest.CaptureFixture[str]) -> None:
    with stage.breaks(fault, path="webhook/send"):
        stage.say("one", "group", channel="wecom-robot")
        stage.settle()
        stage.wait(minutes=2, step=timedelta(seconds=30))
    assert len(stage.wecom.chats["robot"]) == 1
    assert "emulated-robot-key" not in "".join(capsys.readouterr())


def picture() -> Picture:
    return cadence_picture(phrases("zh-CN"), [CadenceRow("李娜", 11, 12), CadenceRow("王芳", 3, 9)], target=90)


def test_a_picture_is_an_image_and_its_sentence_is_said_below(stage: Stage, li: Mate) -> None:
    stage.say("one", li.user, text="团队跟进", picture=picture().model_dump(exclude_defaults=True))
    stage.settle()
    image, words = li.chat
    assert (image.kind, image.media) == ("image", png(picture()))
    assert picture().alt in words.text


def test_a_picture_that_cannot_be_handed_over_is_said_in_words(stage: Stage, li: Mate) -> None:
    vars(stage.channel._showing)["_easel"] = Blank()
    stage.say("one", li.user, text="团队跟进", picture=picture().model_dump(exclude_defaults=True))
    stage.settle()
    (words,) = li.chat
    assert picture().alt in words.text


class Blank:
    """An easel on which nothing can be drawn."""

    async def draw(self, _picture: Picture) -> bytes | None:
        return None


def test_a_file_follows_the_words_that_came_with_it(stage: Stage, li: Mate) -> None:
    stage.files.held_by([Held(PDF)])
    stage.say("one", li.user, text="The offer.", files=[attached()])
    stage.settle()
    words, file = li.chat
    assert words.text.startswith("The offer.")
    assert (file.kind, file.name, file.media) == ("file", "offer.pdf", PDF)


@pytest.mark.parametrize("content", [b"MZ a program that calls itself an offer", b"tiny", b"x" * (21 * 1024 * 1024)])
def test_a_file_that_nobody_should_or_can_have_is_said_by_its_label(stage: Stage, li: Mate, content: bytes) -> None:
    stage.files.held_by([Held(content)])
    stage.say("one", li.user, text="The offer.", files=[attached(), attached(origin="nowhere", label="plan.pdf")])
    stage.settle()
    assert [bubble.kind for bubble in li.chat] == ["text", "text", "text"]
    assert li.hears("📎 offer.pdf")
    assert li.hears("📎 plan.pdf")


def test_a_file_of_a_colleague_is_held_and_given_by_its_id(stage: Stage, li: Mate) -> None:
    stage.wecom.media["m1"] = ("file", "../plan.pdf", PDF)
    assert stage.run(stage.channel.fetch("m1", 1000)) == PDF
    assert li.chat == []
