"""What a picture says: its figures, its sentence, and what it refuses to be."""

from __future__ import annotations

import pytest
from pydantic import ValidationError

from bot.channels.fitting import EVERYTHING, WORDS_ONLY, fitted
from handlers.cards import Button, Card
from handlers.pictures import CadenceRow, Picture, Series, cadence_picture
from prompts.phrases import Phrases, phrases

EN, ZH = phrases("en"), phrases("zh-CN")
ROWS = [CadenceRow("Li Na", 11, 12), CadenceRow("Wang Fang", 0, 0), CadenceRow("Tom Becker", 3, 9)]
NO_BUTTON = Button(label="More", command="help")


def test_the_cadence_shows_everybody_with_how_many_of_how_many_and_nobody_with_nothing_due_as_zero() -> None:
    picture = cadence_picture(EN, ROWS, target=90)
    (shares,) = picture.series
    assert picture.categories == ("Li Na", "Wang Fang", "Tom Becker")
    assert shares.labels == ("91%", "nothing due", "33%")
    assert shares.values[1] is None
    assert picture.samples == ("11 of 12", "", "3 of 9")
    assert picture.target is not None
    assert (picture.target.name, picture.target.value) == ("target 90%", 90)


@pytest.mark.parametrize(
    ("t", "target", "said"),
    [
        (EN, 90, "3 people made 14 of 21 due contacts in time (66%); below the target of 90% is Tom Becker 33%."),
        (EN, 30, "3 people made 14 of 21 due contacts in time (66%); nobody is below the target of 30%."),
        (EN, None, "3 people made 14 of 21 due contacts in time (66%)."),
        (ZH, 95, "3 人共有 21 次到期联系，按时完成 14 次（66%）；低于目标 95% 的有：Tom Becker 33%、Li Na 91%。"),
    ],
)
def test_one_sentence_says_what_the_picture_shows(t: Phrases, target: float | None, said: str) -> None:
    assert cadence_picture(t, ROWS, target=target).alt == said


@pytest.mark.parametrize("t", [EN, ZH])
def test_a_large_team_is_cut_and_the_rest_counted(t: Phrases) -> None:
    rows = [CadenceRow(f"Person {number} {'x' * 70}", number % 7, 7) for number in range(200)]
    picture = cadence_picture(t, rows, target=90)
    assert len(picture.categories) == 20
    assert "180" in picture.note
    assert "200" in picture.alt


def test_a_share_is_never_rounded_up_to_a_whole() -> None:
    assert cadence_picture(EN, [CadenceRow("Li Na", 999, 1000)]).series[0].labels == ("99%",)


def test_where_nothing_was_due_the_sentence_says_so() -> None:
    assert cadence_picture(EN, [CadenceRow("Li Na", 0, 0)], target=90).alt == "No contact was due for this person."


@pytest.mark.parametrize(
    "wrong",
    [
        {"categories": ()},
        {"categories": ("a", "b")},
        {"categories": ("a",) * 21},
        {"samples": ("1", "2")},
        {"series": ()},
        {"title": "x" * 161},
        {"alt": ""},
        {"series": ({"name": "s", "values": (float("nan"),), "labels": ("1",)},)},
        {"series": ({"name": "s", "values": (-1,), "labels": ("1",)},)},
    ],
)
def test_a_picture_that_makes_no_sense_is_refused(wrong: dict[str, object]) -> None:
    whole: dict[str, object] = {"kind": "people", "title": "t", "alt": "a", "categories": ("a",), "samples": ("1",)}
    whole |= {"series": ({"name": "s", "values": (1,), "labels": ("1",)},)}
    assert Picture.model_validate(whole).series == (Series(name="s", values=(1,), labels=("1",)),)
    with pytest.raises(ValidationError):
        Picture.model_validate(whole | wrong)


def test_a_picture_survives_the_outbox() -> None:
    card = Card(text="Cadence", picture=cadence_picture(ZH, ROWS, target=90))
    assert Card.model_validate(card.kept()) == card


def test_a_channel_without_pictures_reads_the_sentence_and_so_does_a_card_with_more_than_a_picture() -> None:
    picture = cadence_picture(EN, ROWS, target=90)
    card = Card(text="Cadence", picture=picture)
    assert fitted(card, EVERYTHING).picture == picture
    assert fitted(card, WORDS_ONLY) == Card(text="Cadence", lines=(picture.alt,))
    with_button = card.model_copy(update={"buttons": (NO_BUTTON,)})
    assert not with_button.is_drawn
