"""What waits for somebody who leaves, or goes on leave, comes to whoever takes their place."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot.hands import Hands
from bot.people import remove_person, send_away
from scheduler.policy.document import default_text, parse
from storage.database import Database
from tests.occasions.house import House
from tests.team import Team, make_team, shanghai
from tests.world import World

BEAT = timedelta(minutes=30)
EVE, FESTIVAL = "2026-09-24", "2026-09-25"


@pytest.fixture
def house(database: Database) -> House:
    return House(database)


@pytest.fixture
def team(world: World) -> Team:
    return make_team(world)


def hands(world: World) -> Hands:
    return Hands(world.change, world.ask, world.clock.now, lambda: parse(default_text()))


def leaves(world: World, name: str) -> None:
    remove_person(hands(world), name=name)


def test_what_somebody_was_called_for_and_never_heard_is_heard_by_their_manager(team: Team) -> None:
    team.world.change(lambda store: store.staff.change(team.sun.person.id, manager_id=team.wang.person.id))
    team.world.change(lambda store: store.staff.change(team.sun.person.id, away_until=shanghai("11-30 00:00")))
    team.world.until(shanghai("11-27 12:00"), step=BEAT)
    assert team.calls(team.sun) == [("11-27 08:30", 3, "")], "called on leave, not heard"
    leaves(team.world, "Sun Bo")
    team.world.wait(hours=1, step=BEAT)
    assert team.calls(team.sun) == []
    assert [rung for _, rung, heard in team.calls(team.wang) if heard] == [3]
    team.wang.hears("Acme Ltd")


def test_with_nobody_to_take_their_place_it_is_said_where_that_goes(team: Team) -> None:
    team.world.change(lambda store: store.staff.change(team.sun.person.id, away_until=shanghai("11-30 00:00")))
    team.world.until(shanghai("11-27 12:00"), step=BEAT)
    leaves(team.world, "Sun Bo")
    team.world.wait(hours=1, step=BEAT)
    assert team.world.ask(lambda store: store.reminders.unheard()) == {}
    assert any("Acme Ltd" in str(post.card) for post in team.world.posts("#rapport"))


def greeted_company(house: House) -> None:
    house.begin("2026-09-14", "09:00")
    house.customer("客户", "联系人", language="zh-CN")


def test_a_list_of_somebody_who_leaves_in_the_night_goes_to_their_manager(house: House) -> None:
    greeted_company(house)
    house.at(EVE, "00:05")
    leaves(house.world, "Li Na")
    house.at(EVE)
    house.wang.hears("1 greeting for the Mid-Autumn Festival")
    house.li.hears_nothing("Mid-Autumn")


def test_a_list_that_was_read_goes_to_the_manager_when_its_reader_leaves(house: House) -> None:
    greeted_company(house)
    house.at(EVE)
    house.li.hears("Mid-Autumn")
    house.wang.hears_nothing("greetings for the Mid-Autumn")
    leaves(house.world, "Li Na")
    house.at(EVE, "10:00")
    house.wang.hears("1 greeting for the Mid-Autumn Festival")
    house.wang.presses("Send it at 09:00 their time")
    house.at(FESTIVAL, "09:01")
    assert {house.draft(one).state for one in house.festival("mid_autumn")} == {"sent"}


@pytest.mark.parametrize("clock", ["00:05", "08:31"])
def test_a_leave_that_begins_after_the_list_was_written_brings_it_to_the_deputy(house: House, clock: str) -> None:
    greeted_company(house)
    house.at(EVE, clock)
    send_away(hands(house.world), name="Li Na", until="2026-10-01", deputy="Sun Bo")
    house.at(EVE, "08:45")
    house.sun.hears("1 greeting for the Mid-Autumn Festival")
    if clock == "00:05":
        house.li.hears_nothing("Mid-Autumn")


def test_a_deputy_who_leaves_passes_on_whose_list_they_were_to_decide(house: House) -> None:
    greeted_company(house)
    send_away(hands(house.world), name="Li Na", until="2026-10-01", deputy="Sun Bo")
    house.at(EVE)
    house.sun.hears("1 greeting for the Mid-Autumn Festival")
    leaves(house.world, "Sun Bo")
    house.at(EVE, "10:00")
    house.wang.hears("1 greeting for the Mid-Autumn Festival")
