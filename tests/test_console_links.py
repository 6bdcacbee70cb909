"""Links to the console: who gets one, for whom, and what is said where none can be made."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from bot.console import doors
from handlers.cards import Card
from storage.inbox import Event
from storage.store import Store
from tests.world import Colleague, World, all_words

ADDRESS = "https://crm.example"


@pytest.fixture
def office(world: World) -> World:
    dispatch = world.bot.pump.dispatch
    world.bot.pump.dispatch = replace(dispatch, around=replace(dispatch.around, address=ADDRESS))
    return world


def link(card: Card) -> str:
    return next(field.value for field in card.fields)


def opens(world: World, found: str) -> str:
    """Use a link; give who is signed in by it."""
    entered = world._runner.run(doors.enter(world.bot, found.partition("code=")[2]))
    return entered[0].name if entered else ""


@pytest.mark.parametrize(
    "typed", ["console", "/crm console", "console link", "rapport console link", "log in", "工作台", "/crm 登录"]
)
def test_every_colleague_gets_their_own_by_a_word(office: World, typed: str) -> None:
    li = office.colleague("Li Na")
    li.types(typed)
    said = li.hears("signs you in to the console", "10 minutes")
    assert link(said).startswith(f"{ADDRESS}/console/enter?code={li.person.id}.")
    assert opens(office, link(said)) == "Li Na"


def test_it_is_said_in_the_colleagues_language(office: World) -> None:
    li = office.colleague("李娜", language="zh-CN")
    li.types("工作台")
    li.hears("10 分钟内有效", "请勿转发")


def test_a_newer_one_ends_the_older_and_ten_minutes_end_it_too(office: World, monkeypatch: pytest.MonkeyPatch) -> None:
    li = office.colleague("Li Na")
    li.types("console")
    older = link(li.cards()[-1])
    li.types("console")
    newer = link(li.cards()[-1])
    assert opens(office, older) == ""
    later = datetime.now(UTC) + timedelta(minutes=10, seconds=1)
    with monkeypatch.context() as patch:
        patch.setattr(Store, "machine_now", lambda _: later)
        assert opens(office, newer) == ""


def test_what_a_platform_brings_twice_is_one_link(office: World) -> None:
    li = office.colleague("Li Na")
    event = Event("web", "twice", "words", li.address, li.address, {"side": "staff", "text": "console"}, "web:li")
    office.hands_in(event)
    (first,) = [link(card) for card in li.cards() if card.fields]
    office.hands_in(replace(event))
    assert [link(card) for card in li.cards() if card.fields] == [first]
    assert opens(office, first) == "Li Na"


def test_an_administrator_gets_one_for_a_colleague_by_name(office: World) -> None:
    shen, li = office.colleague("Shen Yue", "admin"), office.colleague("Li Na")
    office.colleague("Li Bo")
    shen.types("console Li Na")
    assert opens(office, link(shen.hears("signs Li Na in"))) == "Li Na"
    assert not li.cards()
    shen.types("console Nobody")
    shen.hears("Nobody here is called “Nobody”")
    shen.types("console Li")
    shen.hears("Several people match")
    shen.types("/crm console colleague:Shen Yue")
    assert opens(office, link(shen.hears("signs you in to the console"))) == "Shen Yue"


def test_who_left_gets_none(office: World) -> None:
    shen = office.colleague("Shen Yue", "admin")
    office.colleague("Gone Girl", active=False)
    shen.types("console Gone Girl")
    shen.hears("Gone Girl doesn't work here any more")
    shen.types("console Gone")
    shen.hears("Nobody here is called “Gone”")


@pytest.mark.parametrize("role", ["rep", "service", "engineer", "manager"])
def test_for_everybody_else_a_colleague_is_as_good_as_nobody(office: World, role: str) -> None:
    who = office.colleague("Pat", role)
    office.colleague("Li Na")
    said = []
    for name in ("Li Na", "Nobody"):
        who.types(f"console {name}")
        said.append(all_words(who.cards()[-1]))
    assert said[0] == said[1]
    assert "Only administrators" in said[0]
    who.types("console Pat")
    assert opens(office, link(who.cards()[-1])) == "Pat"


def test_where_nobody_said_how_browsers_get_here_it_says_so(world: World) -> None:
    li = world.colleague("Li Na")
    li.types("console")
    li.hears("RAPPORT_ADDRESS", "rapport console link")


def test_it_is_never_said_where_others_read(office: World) -> None:
    li = office.colleague("Li Na")
    room = Colleague(office, "#service", li.person)
    said = {"side": "staff", "text": "console"}
    office.hands_in(Event("web", "aloud", "words", li.address, room.address, said, "web:#service"))
    assert "nobody else reads along" in all_words(room.cards()[-1])
    assert not [card for card in (*room.cards(), *li.cards()) if card.fields]
