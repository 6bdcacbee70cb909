"""The menu under the slash reads as its reader does, also where the language on record is not their app's."""

from __future__ import annotations

import pytest

from prompts.phrases import phrases
from tests.telegram.stage import Client, Stage


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
