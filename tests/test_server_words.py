"""What is done in a terminal is not guessed at in a chat: a colleague hears what it is, where it is done, and whom to ask."""

from __future__ import annotations

import pytest
from typer.main import get_command

from bot.cli import cli
from handlers.contents import ROUTERS
from handlers.routing import Routes
from handlers.server_words import ON_THE_SERVER
from tests.world import World

IN_THE_CHAT = {"run", "demo", "list", "console"}
"""They start the bot, which runs where this is asked; lists and links to the console are asked for in the chat."""


def test_everything_of_the_terminal_is_known_and_nothing_of_the_chat() -> None:
    commands = set(getattr(get_command(cli), "commands"))  # noqa: B009 - a group, as typer types it not
    assert commands - IN_THE_CHAT == set(ON_THE_SERVER)
    assert not [name for name in ON_THE_SERVER if Routes(ROUTERS).find(name)]


@pytest.mark.parametrize("typed", ["people", "/crm people", "rapport people list", "人员", "People add"])
def test_who_types_the_servers_word_hears_where_it_is_done_and_whom_to_ask(world: World, typed: str) -> None:
    world.colleague("Shen Yue", "admin")
    world.colleague("Gone Girl", "admin", active=False)
    li = world.colleague("Li Na")
    li.types(typed)
    said = li.hears("rapport people")
    assert said.text == (
        "Who works here, in which role and for whom is set on the server, in a terminal: rapport people\n"
        "Please ask Shen Yue."
    )


def test_an_administrator_is_sent_to_nobody(world: World) -> None:
    shen = world.colleague("沈悦", "admin", language="zh-CN")
    shen.types("策略 检查")
    assert shen.hears("rapport policy").text.endswith("在服务器终端里设置：rapport policy")


def test_what_only_sounds_like_it_is_still_guessed_at(world: World) -> None:
    li = world.colleague("Li Na")
    li.types("poeple")
    li.hears("I don't know “poeple”")
