"""A model is told how a draft is to sound, greets as letters do, and rewords a person's words only when that is wanted."""

from __future__ import annotations

from datetime import timedelta

from tests.drafts.model_desk import GOOD, ModelDesk, ModelWorld
from tests.emulators.model import fails

MINE = "Dear Chen, the quote for PO-7788 comes Friday, I promise you that much."


def case(world: ModelWorld) -> str:
    """What the model was asked last."""
    said: str = world.model.asked[-1]["messages"][1]["content"]
    return said


def test_it_is_told_tone_and_length_and_improves_the_words_in_that_tone(model_desk: ModelDesk) -> None:
    world = model_desk.world
    model_desk.asks()
    assert "Tone: warm and personal" in case(world)
    assert "Length: up to 120 words" in case(world)
    model_desk.li.presses("Shorter")
    assert "Length: two or three sentences, at most 50 words" in case(world)
    model_desk.li.presses("More formal")
    assert "Tone: formal and courteous" in case(world)
    assert "Dear {{contact}}," in case(world)
    assert model_desk.draft.writer == "model"
    assert len(world.model.asked) == 3


def test_it_greets_by_the_first_name_where_letters_do(model_world: ModelWorld) -> None:
    desk = ModelDesk(model_world)
    model_world.change(lambda s: s.contacts.change(desk.chen.contact_id, name="Mikkel Østergaard"))
    desk.asks()
    assert "Mikkel" not in model_world.model.bodies[-1]
    assert "Østergaard" not in model_world.model.bodies[-1]
    assert desk.draft.words.startswith("Hello Mikkel, how are things")
    desk.li.presses("More formal")
    assert desk.draft.words.startswith("Hello Mikkel Østergaard, how are things"), "a formal letter names people whole"


def test_ones_own_words_are_reworded_only_after_a_warning_and_are_the_base(model_desk: ModelDesk) -> None:
    model_desk.asks()
    model_desk.li.presses("Edit", words=MINE)
    model_desk.li.presses("Shorter")
    model_desk.li.hears("These are your own words. The language model would reword them", "[Reword mine]")
    assert model_desk.draft.words == MINE
    assert len(model_desk.world.model.asked) == 1
    model_desk.li.presses("Reword mine")
    asked = case(model_desk.world)
    assert "Dear {{contact}}, the quote for {{ref1}} comes Friday, I promise you that much." in asked
    assert model_desk.draft.words.startswith("Hello Chen Wei, how are things")
    assert model_desk.draft.writer == "model"


def test_when_no_help_comes_ones_own_words_stay_and_are_called_so(model_desk: ModelDesk) -> None:
    model_desk.asks()
    model_desk.li.presses("Edit", words=MINE)
    model_desk.li.presses("More formal")
    model_desk.world.model.script.append(fails(400, "invalid_request"))
    model_desk.li.presses("Reword mine")
    assert (model_desk.draft.words, model_desk.draft.writer) == (MINE, "edited")
    model_desk.li.hears("Edited by hand", MINE)


def test_a_new_wish_overtakes_the_answer_to_the_one_before(model_desk: ModelDesk) -> None:
    model_desk.world.model.script.append(fails(500))
    model_desk.asks()
    model_desk.world.model.words = GOOD.replace("glad", "delighted")
    model_desk.li.presses("Shorter")
    model_desk.world.wait(seconds=5, step=timedelta(seconds=1))
    assert "delighted" in model_desk.draft.words
    assert len(model_desk.world.model.asked) == 2, "the first question was not asked again"
