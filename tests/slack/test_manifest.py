"""The manifest asks for what the channel uses, and for nothing else."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from typer.testing import CliRunner

import bot.channels.slack.channel as slack_channel
from bot.channels.slack.manifest import EVENTS, SCOPES, manifest
from bot.cli import cli
from prompts.phrases import LANGUAGES, phrases

NEEDED = {
    "chat_postMessage": "chat:write",
    "chat_postEphemeral": "chat:write",
    "chat_update": "chat:write",
    "files_getUploadURLExternal": "files:write",
    "files_completeUploadExternal": "files:write",
    "files_delete": "files:write",
    "files_info": "files:read",
    "reactions_add": "reactions:write",
    "reactions_remove": "reactions:write",
    "conversations_open": "im:write",
    "conversations_history": "channels:history",
    "conversations_replies": "channels:history",
    "views_open": None,
    "views_update": None,
    "views_publish": None,
}
"""Methods of the Web API with the scope that each needs."""
HEARD = {
    "app_home_opened": None,
    "message.channels": "channels:history",
    "message.groups": "groups:history",
    "message.im": "im:history",
    "reaction_added": "reactions:read",
    "reaction_removed": "reactions:read",
}


def test_every_method_that_is_called_has_its_scope() -> None:
    folder = Path(str(slack_channel.__file__)).parent
    source = "".join(file.read_text(encoding="utf-8") for file in folder.glob("*.py"))
    called = set(re.findall(r"_?client\.((?:chat|conversations|views|users|files|pins|reactions)_\w+)", source))
    assert called == NEEDED.keys()
    needed = {NEEDED[name] for name in called} | {HEARD[event] for event in EVENTS} | {"commands"}
    assert needed - {None} == SCOPES.keys()


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_manifest_keeps_slacks_limits(language: str) -> None:
    made = manifest(phrases(language))
    assert len(made["display_information"]["description"]) <= 140
    (command,) = made["features"]["slash_commands"]
    assert (len(command["description"]) <= 100, len(command["usage_hint"]) <= 100) == (True, True)
    for shortcut in made["features"]["shortcuts"]:
        assert 0 < len(shortcut["name"]) <= 24, shortcut
        assert 0 < len(shortcut["description"]) <= 150, shortcut
    offered = made["features"]["shortcuts"]
    assert len({shortcut["callback_id"] for shortcut in offered}) == len(offered)
    assert all(sum(shortcut["type"] == kind for shortcut in offered) <= 5 for kind in ("message", "global"))


def test_the_command_line_prints_it() -> None:
    printed = CliRunner().invoke(cli, ["slack-manifest"])
    assert printed.exit_code == 0
    assert json.loads(printed.stdout)["settings"]["socket_mode_enabled"] is True


def test_over_http_everything_is_sent_to_one_path() -> None:
    for given in ("https://crm.example", "https://crm.example/", "https://crm.example/slack/events"):
        made = json.loads(CliRunner().invoke(cli, ["slack-manifest", "--url", given]).stdout)
        door = "https://crm.example/slack/events"
        assert made["features"]["slash_commands"][0]["url"] == door
        assert made["settings"]["event_subscriptions"]["request_url"] == door
        assert made["settings"]["interactivity"]["request_url"] == door
        assert made["settings"]["socket_mode_enabled"] is False
