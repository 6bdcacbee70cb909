"""What a model's server may answer instead of words, and what a person who waits for them sees of it."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest

from storage.database import Database
from tests.drafts.model_desk import ModelDesk, ModelWorld
from tests.emulators.model import Reply, completion, drops, fails, says, sends, stalls, truncates

REFUSED: dict[str, Reply] = {
    "400": fails(400, "invalid_request"),
    "401": fails(401, "invalid_api_key"),
    "403": fails(403),
    "404": fails(404, "model_not_found"),
    "no money left": fails(429, "insufficient_quota"),
    "patience longer than anybody has": fails(429, "rate_limit_exceeded", Retry_After="600"),
    "cut by length": says("Hello {{contact}}, this is", finish="length"),
    "held back by a filter": says("", finish="content_filter"),
    "a refusal": says(None, refusal="I can't help with that."),
    "a tool call": says(None, finish="tool_calls"),
}


@pytest.mark.parametrize("what", REFUSED)
def test_a_refusal_is_final_and_the_template_stays(model_desk: ModelDesk, what: str) -> None:
    model_desk.world.model.script.append(REFUSED[what])
    model_desk.asks()
    card = model_desk.li.hears("The language model could not be asked", "[Send]")
    assert card.quote is not None
    assert "We spoke on the phone on" in card.quote.words
    assert len(model_desk.world.model.asked) == 1
    assert "you sent" not in (model_desk.request.error or ""), "a server's words may repeat what it was asked"


PASSING: dict[str, Reply] = {
    "500": fails(500),
    "502": fails(502),
    "408": fails(408),
    "a dropped line": drops,
    "an answer cut in the middle": truncates,
    "a corrupt body": sends('{"choices": [{'),
    "another body": sends('"fine"'),
    "a list": sends("[]"),
    "an error with status 200": sends(json.dumps({"error": {"message": "overloaded", "code": 503}})),
    "no choices": sends(json.dumps(completion("x") | {"choices": []})),
    "null choices": sends(json.dumps(completion("x") | {"choices": None})),
    "no end": says("Hello {{contact}}, this is", finish=None),
    "nothing": says(""),
    "no content": says(None),
    "blanks": says(" \n "),
    "a stall": stalls,
}


@pytest.mark.parametrize("what", PASSING)
def test_a_passing_trouble_is_tried_again_by_the_outbox(model_desk: ModelDesk, what: str) -> None:
    if PASSING[what] is stalls:
        model_desk.world.grows_impatient()
    model_desk.world.model.script.append(PASSING[what])
    model_desk.asks()
    assert len(model_desk.world.model.asked) == 1, "one attempt on the wire for one claim"
    model_desk.li.hears("A language model is writing a version")
    model_desk.world.wait(seconds=2, step=timedelta(seconds=1))
    assert len(model_desk.world.model.asked) == 2
    model_desk.li.hears("A language model wrote these words")


def test_too_many_questions_wait_as_long_as_the_server_asks(model_desk: ModelDesk) -> None:
    model_desk.world.model.script.append(fails(429, "rate_limit_exceeded", Retry_After="7"))
    model_desk.asks()
    model_desk.world.wait(seconds=6, step=timedelta(seconds=1))
    assert len(model_desk.world.model.asked) == 1
    model_desk.world.wait(seconds=1)
    assert len(model_desk.world.model.asked) == 2
    model_desk.li.hears("A language model wrote these words")


def test_a_model_that_never_recovers_is_late_after_ninety_seconds(model_desk: ModelDesk) -> None:
    model_desk.world.model.script.extend([fails(500)] * 9)
    model_desk.asks()
    model_desk.world.wait(seconds=89, step=timedelta(seconds=1))
    model_desk.li.hears("A language model is writing a version")
    model_desk.world.wait(seconds=2, step=timedelta(seconds=1))
    model_desk.li.hears("did not answer in time", "[Send]")
    assert len(model_desk.world.model.asked) == 4, "at 0, 2, 12 and 57 seconds"


def test_a_server_that_is_not_there_costs_no_answer(database: Database) -> None:
    world = ModelWorld(database, url="http://127.0.0.1:9/v1")
    try:
        desk = ModelDesk(world)
        desk.asks()
        assert desk.request.error == "no connection"
        desk.world.wait(seconds=91, step=timedelta(seconds=1))
        desk.li.hears("did not answer in time")
    finally:
        world.end()
