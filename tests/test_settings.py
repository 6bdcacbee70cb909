"""Settings: everybody says in which language, by whose clocks, from what hour and where they are spoken to."""

from __future__ import annotations

import pytest

from tests.world import World


def test_a_zone_is_a_city_in_either_language_and_a_near_miss_is_offered(world: World) -> None:
    ada = world.colleague("Ada")
    ada.types("/crm settings zone berlin")
    ada.hears("you go by the clocks of Europe/Berlin", "03:00 today")
    ada.types("/crm settings zone Berln")
    ada.hears("Did you mean Europe/Berlin?")
    ada.types("/crm settings zone 上海")
    ada.hears("you go by the clocks of Asia/Shanghai", "10:00 today")


def test_another_language_is_spoken_from_the_answer_on(world: World) -> None:
    ada = world.colleague("Ada")
    ada.types("/crm settings language zh-CN")
    ada.hears("以后我跟你说中文")
    ada.types("/crm 设置")
    ada.hears("语言", "中文", "一天从几点开始")


@pytest.mark.parametrize(("said", "heard"), [("4:59", "between 05:00 and 12:00"), ("12:01", "between 05:00 and 12:00")])
def test_what_is_no_morning_is_refused_beside_its_limits(world: World, said: str, heard: str) -> None:
    ada = world.colleague("Ada")
    ada.types(f"/crm settings morning {said}")
    ada.hears(heard)


@pytest.mark.parametrize("said", ["5:00", "12:00", "7：30"])
def test_an_own_morning_is_when_the_next_one_begins(world: World, said: str) -> None:
    ada = world.colleague("Ada")
    ada.types("/crm settings zone berlin")  # there it is three in the morning
    ada.types(f"/crm settings morning {said}")
    clock = said.replace("：", ":").zfill(5)
    ada.hears(f"your day begins at {clock}", f"{clock} today")
    (person,) = world.ask(lambda store: store.staff.everyone())
    assert person.begins == clock
    assert person.morning_at is not None
    ada.types("/crm settings morning 8:30")
    (person,) = world.ask(lambda store: store.staff.everyone())
    assert person.begins is None, "who wants the company's morning follows the company again"


def test_a_channel_where_nobody_knows_one_is_refused_and_says_whom_to_ask(world: World) -> None:
    ada = world.colleague("Ada")
    ada.types("/crm settings channel slack")
    ada.hears("I don't know you on Slack", "administrator")
    (person,) = world.ask(lambda store: store.staff.everyone())
    assert person.spoken_to_on is None
