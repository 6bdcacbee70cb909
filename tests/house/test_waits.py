"""The account of waiting: late answers are named, and only what a request took in quietly is left out."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, cast

import pytest

from storage.database import Database
from tests.emulators.telegram import Call
from tests.house.cast import Company, gather
from tests.house.crowd import Act
from tests.house.house import House
from tests.house.waits import NEVER, Waits, added_quietly
from tests.house.workday import Guest

NO_RESTART = (-1.0, -1.0)


@pytest.fixture
def company(database: Database) -> Iterator[Company]:
    house = House(database)
    yield gather(house)
    house.end()


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_only_what_joins_a_known_request_without_an_answer_wants_none(company: Company, database: Database) -> None:
    chen, house = company.chen, company.house
    chen.writes(f"{company.lines.complaint} [chen.1]")
    chen.writes("And the box had no label. [chen.2]")
    house.wait(minutes=11)
    chen.writes("The label is missing on the other box, too. [chen.3]")
    chen.writes("Both boxes stand in the hall. [chen.4]")
    assert added_quietly(database) == {"[chen.2]", "[chen.4]"}


def counted(heard: float | None, added: set[str], down: tuple[float, float] = NO_RESTART) -> Waits:
    """Count one question, asked at 10 s."""
    guest = Guest(cast("Any", None), "chen", id=7, asked=[(Act("[chen.1]", "words", "1", acked=True), "When?", 10.0)])
    said = [] if heard is None else [Call("sendMessage", {"chat_id": 7}, "ok", heard)]
    waits = Waits()
    waits.count([guest], [*said, Call("sendMessage", {"chat_id": 8}, "ok", 10.1)], down, added)
    return waits


def test_a_late_answer_is_named_and_one_that_never_came_too() -> None:
    assert counted(11.5, set()) == Waits(running=[1.5])
    assert counted(12.5, set()) == Waits(running=[2.5], slow=["chen, 2.5 s: When?"])
    assert counted(None, set()) == Waits(running=[NEVER], slow=["chen, 300.0 s: When?"])


def test_who_wrote_while_the_bot_was_away_is_counted_apart_and_who_wants_no_answer_not_at_all() -> None:
    assert counted(14, set(), down=(9, 13)) == Waits(restart=[4.0])
    assert counted(14, {"[chen.1]"}) == Waits(added=1)
