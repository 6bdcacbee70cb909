"""The control socket: whatever becomes of an operation, whoever asked hears it."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Any

import pytest

from bot import control
from bot.config import Config, read_config
from bot.operations import OperationRefused
from tests.conftest import KEY
from tests.world import World

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


@pytest.fixture
def config(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Config:
    """Where the running bot's socket stands."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("RAPPORT_DATA", str(tmp_path / "data"))
    monkeypatch.setenv("RAPPORT_KEY", KEY)
    return read_config()


def asked(world: World, config: Config, name: str, args: dict[str, Any]) -> Any:
    """Ask the running bot from another thread, as a command does."""

    async def ask() -> Any:
        server = await control.serve(world.bot, control.socket_path(config))
        pump = asyncio.create_task(world.bot.pump.run())
        try:
            return await asyncio.to_thread(control.perform, config, name, **args)
        finally:
            server.close()
            pump.cancel()

    return world._runner.run(ask())


def test_what_the_running_bot_can_do_is_answered(world: World, config: Config) -> None:
    assert asked(world, config, "list_people", {}) == []


@pytest.mark.parametrize(
    ("name", "args"),
    [("no_such_thing", {}), ("list_tickets", {"limit": "x"}), ("list_people", {"colour": "blue"})],
)
def test_an_error_of_an_operation_is_said_to_who_asked(
    world: World, config: Config, name: str, args: dict[str, Any]
) -> None:
    with pytest.raises(OperationRefused) as refusal:
        asked(world, config, name, args)
    assert refusal.value.key == "operator-failed"


def test_a_bot_that_ends_before_it_answers_is_named_as_the_reason(world: World, config: Config) -> None:
    async def hang_up(_: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.close()

    async def ask() -> Any:
        path = control.socket_path(config)
        await asyncio.to_thread(path.parent.mkdir, parents=True)
        server = await asyncio.start_unix_server(hang_up, path)
        try:
            return await asyncio.to_thread(control.perform, config, "list_people")
        finally:
            server.close()

    with pytest.raises(OperationRefused) as refusal:
        world._runner.run(ask())
    assert refusal.value.key == "operator-no-answer"
