"""A colleague asks for a link to the console wherever they work: it is said to them alone, and opens once."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import suppress

import pytest
from sqlalchemy import select
from structlog.testing import capture_logs

from bot.console import doors
from storage.database import Database
from storage.posts import posts
from storage.store import Store
from tests.contract.listed import PAIRS
from tests.contract.scene import ADDRESS, Hand, MakeVenue, Scene
from tests.contract.venues import Web

TEAMS = list(dict.fromkeys(pair.team for pair in PAIRS))
LINK = re.compile(re.escape(ADDRESS) + r"/console/enter\?code=([A-Za-z0-9_.-]+)")


@pytest.fixture(params=TEAMS, ids=lambda make: str(getattr(make, "__name__", make)))
def team(request: pytest.FixtureRequest, database: Database) -> Iterator[Scene]:
    make: MakeVenue = request.param
    scene = Scene(database, make, Web)
    yield scene
    scene.end()


def codes(hand: Hand) -> list[str]:
    """Give the codes of the links that somebody reads, oldest first."""
    return LINK.findall("\n".join(shown.words for shown in hand.seat.reads()))


def opens(scene: Scene, code: str) -> str:
    """Use a link's code; give who is signed in by it."""
    entered = scene.run(doors.enter(scene.bot, code))
    return entered[0].name if entered else ""


def where_links_stand(store: Store) -> set[str]:
    """Give every chat in which such a link stands, whosever it is."""
    rows = store.connection.execute(select(posts.c.address, posts.c.card))
    return {row.address for row in rows if LINK.search(str(row.card))}


def test_it_is_said_to_who_asked_and_to_nobody_else_and_opens_once(team: Scene) -> None:
    li, mo, shen = team.hires("Li Na"), team.hires("Mo Yan"), team.hires("Shen Yue", "admin")
    with capture_logs() as logs:
        li.seat.writes("console")
        with suppress(NotImplementedError):
            team.run(li.seat.told_again())
            team.settle()
        (code,) = codes(li)
        assert [codes(mo), codes(shen)] == [[], []]
        assert len(team.ask(where_links_stand)) == 1
        assert opens(team, code) == "Li Na"
        assert opens(team, code) == ""
    assert code not in str(logs)


def test_an_administrator_gets_one_to_hand_on_and_nobody_else_does(team: Scene) -> None:
    li, mo, shen = team.hires("Li Na"), team.hires("Mo Yan"), team.hires("Shen Yue", "admin")
    shen.seat.writes("console Mo Yan")
    (code,) = codes(shen)
    assert codes(mo) == []
    li.seat.writes("console Mo Yan")
    li.seat.hears("Only administrators")
    assert codes(li) == []
    assert opens(team, code) == "Mo Yan"
