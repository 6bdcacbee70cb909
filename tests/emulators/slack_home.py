"""What Slack tells of a home tab: that somebody looks at it, and what they press there, in no conversation at all."""

from __future__ import annotations

from typing import Any

from tests.emulators.slack import SlackEmulator
from tests.emulators.slack_rules import Piece
from tests.emulators.slack_web import APP, TEAM


def opened(user: str, tab: str = "home") -> Piece:
    """Make the event of somebody who opens the app; the tab of direct messages tells of itself as well."""
    return {"type": "app_home_opened", "user": user, "channel": f"D{user}", "tab": tab}


def pressed(slack: SlackEmulator, user: str, block: Piece, element: Piece, **more: Any) -> Piece:
    """Make the payload of a button on the home that stands now: a view, no channel, no message."""
    view = slack.homes[user]
    assert block in view["blocks"], "only what is shown can be pressed"
    return {
        "type": "block_actions",
        "api_app_id": APP,
        "team": {"id": TEAM, "domain": "home"},
        "user": {"id": user, "username": user.lower(), "team_id": TEAM},
        "container": {"type": "view", "view_id": view["id"]},
        "trigger_id": slack.trigger(user),
        "view": {**view, "team_id": TEAM, "private_metadata": "", "state": {"values": {}}},
        "actions": [_action(block, element)],
        **more,
    }


def _action(block: Piece, element: Piece) -> Piece:
    action: Piece = {"type": element.get("type", "overflow"), "block_id": block["block_id"], "action_ts": "1.0"}
    if "action_id" in element:
        return action | {"action_id": element["action_id"], "value": element["value"]}
    return action | {"selected_option": element}
