"""The menu under the slash reads as its reader does, also where the language on record is not their app's."""

from __future__ import annotations

from datetime import timedelta

import pytest

from prompts.phrases import phrases
from scheduler.policy.document import default_text
from tests.telegram.stage import Client, Stage
from tests.telegram.team import TEAM, Team, at_the_group
from tests.telegram.test_groups import Cast


def does(stage: Stage, who: Client, command: str, app: str) -> str:
    """Read what a command does, as this person's app shows it."""
    shown = {entry["command"]: entry["description"] for entry in stage.telegram.menu(who.id, app)}
    return shown.get(command, "")


def stop(language: str) -> str:
    return phrases(language)("command-stop")


def test_a_stranger_finds_the_menu_of_their_app_until_they_write_another_language(stage: Stage) -> None:
    someone = stage.someone("Lin", "en")
    someone.starts()
    assert does(stage, someone, "stop", "en") == stop("en")
    assert stage.telegram.chat_menus == {}, "the menu for everybody is right already"
    someone.writes("你好，我的水泵坏了，请派人来修一下。")
    assert does(stage, someone, "stop", "en") == stop("zh-CN")
    someone.writes("Sorry, in English please: the pump in hall 3 is broken and we need somebody today.")
    assert does(stage, someone, "stop", "en") == stop("en")


@pytest.mark.parametrize(("record", "app"), [("zh-CN", "en"), ("en", "zh"), ("zh-CN", "ru")])
def test_a_customer_finds_the_language_on_record_when_the_chat_is_opened(stage: Stage, record: str, app: str) -> None:
    chen = stage.known("Acme", "Chen Wei", language=record)
    chen.language = app
    chen.starts()
    assert does(stage, chen, "stop", app) == stop(record)


def test_a_chat_that_is_bound_reads_as_its_owner_does(stage: Stage) -> None:
    li = stage.worker("Li Na")
    stage.known("星河科技", "陈伟", owner=li.person, language="zh-CN")
    li.writes("/customer invite 星河科技")
    code = li.hears("?start=").text.partition("?start=")[2].split()[0]
    phone = stage.someone("陈伟", "en")
    phone.starts(code)
    assert does(stage, phone, "status", "en") == phrases("zh-CN")("command-status")


def test_a_colleague_finds_their_own_commands(stage: Stage) -> None:
    li = stage.worker("李娜", language="zh-CN")
    li.starts()
    assert does(stage, li, "ticket_list", "en") == phrases("zh-CN")("command-ticket-list")
    assert does(stage, li, "stop", "en") == ""


def test_a_menu_that_cannot_be_set_holds_nothing_up(stage: Stage) -> None:
    stage.telegram.fault = lambda method, _: "slow-down" if method == "setMyCommands" else "ok"
    someone = stage.someone("Lin", "en")
    someone.writes("你好，我的水泵坏了，请派人来修一下。")
    someone.hears(stage.ticket.number)


def offered(team: Team) -> dict[str, str]:
    """Read what the group's slash offers."""
    return {entry["command"]: entry["description"] for entry in team.stage.telegram.menu(TEAM, "en")}


@pytest.mark.parametrize("language", ["en", "zh-CN"])
def test_where_a_team_works_the_slash_offers_what_colleagues_do_in_the_teams_language(
    stage: Stage, language: str
) -> None:
    team = Team(stage)
    stage.adopt(at_the_group(default_text().replace("language: zh-CN", f"language: {language}")))
    stage.beat()
    assert offered(team)["ticket_list"] == phrases(language)("command-ticket-list")
    assert not {"stop", "human", "group_place"} & offered(team).keys(), "neither customers' deeds nor managers' alone"
    sets = len(stage.telegram.said("setMyCommands"))
    stage.wait(days=2, step=timedelta(hours=12))
    assert len(stage.telegram.said("setMyCommands")) == sets, "it is set once"


def test_a_group_in_which_the_team_no_longer_works_offers_what_any_chat_does(stage: Stage) -> None:
    team = Team(stage)
    stage.beat()
    stage.adopt(default_text().replace("language: zh-CN", "language: en"))
    stage.beat()
    assert TEAM not in stage.telegram.chat_menus
    assert offered(team)["stop"] == stop("en")


def test_a_menu_that_a_group_did_not_take_is_offered_again_the_next_day_and_alarms_nobody(stage: Stage) -> None:
    team = Team(stage)
    stage.telegram.refusals[TEAM] = (400, "Bad Request: chat not found", {})
    stage.beat()
    assert TEAM not in stage.telegram.chat_menus
    stage.telegram.refusals.clear()
    stage.wait(hours=25, step=timedelta(hours=5))
    assert offered(team)["ticket_list"] == phrases("en")("command-ticket-list")
    assert team.general == []


def test_a_customers_group_never_reads_what_colleagues_may_do(stage: Stage) -> None:
    cast = Cast(stage).linked()
    stage.adopt(at_the_group(default_text().replace("language: zh-CN", "language: en"), cast.group.id))
    stage.beat()
    assert cast.group.id not in stage.telegram.chat_menus
