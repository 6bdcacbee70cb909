"""A mistyped command: what was meant is one press away, with all that was typed after it."""

from __future__ import annotations

import pytest

from tests.slack.office import Mate, Office, labels, words
from tests.slack.test_home import due


@pytest.fixture
def li(office: Office) -> Mate:
    li = office.mate("U0LI", "Li Na", "rep")
    due(office, "Galaxy Ltd", li, days=3)
    return li


@pytest.mark.parametrize(
    ("line", "meant"),
    [
        ("lgo Galaxy Ltd called, all is well", "log Galaxy Ltd called, all is well"),
        ("Tickt  lst", "ticket list"),
        ("ticket nwe Galaxy Ltd complaint It leaks", "ticket new Galaxy Ltd complaint It leaks"),
        ("跟近 Galaxy Ltd 打电话要报价", "跟进 Galaxy Ltd 打电话要报价"),
        ("跟进Galaxy Ltd 打电话要报价", "跟进 Galaxy Ltd 打电话要报价"),
        ("daft Galaxy Ltd", "draft Galaxy Ltd"),
    ],
)
def test_the_likest_command_stands_first_with_what_was_typed_after_it(li: Mate, line: str, meant: str) -> None:
    li.types(line)
    assert labels(li.hears("Did you mean"))[0] == meant


def test_one_press_runs_what_was_meant(li: Mate) -> None:
    li.types("lgo Galaxy Ltd called, all is well")
    said = li.hears("Did you mean", "/crm log")
    li.presses("log Galaxy Ltd called, all is well", said)
    li.hears("Galaxy Ltd", "Next contact by")


def test_what_is_missing_is_asked_in_a_form_that_holds_what_was_typed(office: Office, li: Mate) -> None:
    li.types("ticket nwe Galaxy")
    li.presses("ticket new Galaxy", li.hears("Did you mean"))
    asked = {block["block_id"]: block["element"] for block in li.view["blocks"]}
    assert asked["customer"]["initial_value"] == "Galaxy"
    assert li.submits(words=" ").answer["errors"].keys() >= {"words"}
    assert li.submits(type="complaint", words="It leaks").answer == {}
    assert office.ticket.words == "It leaks"


def test_a_command_of_another_role_is_not_offered_and_nonsense_is_told_so(li: Mate) -> None:
    li.types("policy shwo")
    li.types("qqqq zzzz")
    li.hears("I don't know “qqqq zzzz”. Type /crm help")
    offered = [label for said in li.whispers() for label in labels(said)]
    allowed = li.office.bot.routes.allowed("rep")
    assert set(offered) <= {command.name for command in allowed} | {"policy"}, words(li.whispers()[0])
