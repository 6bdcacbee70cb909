"""The manifest: what Slack has to allow, generated from what the channel uses."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Final

from bot.channels.slack.seats import PATH
from bot.channels.slack.shortcuts import EVERYWHERE, ON_MESSAGES
from prompts.phrases import Phrases

COMMAND = "/crm"
SCOPES: Final = {
    "commands": "the slash command",
    "chat:write": "chat.postMessage, chat.postEphemeral, chat.update",
    "im:write": "conversations.open",
    "files:read": "files.info, and the bytes of files that colleagues share in a ticket's thread",
    "reactions:read": "reaction_added, reaction_removed",
    "reactions:write": "reactions.add, reactions.remove",
    "files:write": "files.getUploadURLExternal, files.completeUploadExternal, files.delete",
    "im:history": "message.im; conversations.history in direct messages",
    "channels:history": "message.channels; conversations.history and .replies",
    "groups:history": "message.groups; the same in private channels",
}
"""Each scope with what needs it."""
EVENTS: Final = (
    "app_home_opened",
    "message.channels",
    "message.groups",
    "message.im",
    "reaction_added",
    "reaction_removed",
)


def lacking(headers: Mapping[str, str]) -> list[str]:
    """Name what a workspace has not granted, by the headers of its answer; one that tells nothing lacks nothing."""
    said = {name.lower(): value for name, value in headers.items()}.get("x-oauth-scopes")
    granted = {scope.strip() for scope in (said or "").split(",")}
    return [] if said is None else [scope for scope in SCOPES if scope not in granted]


def manifest(t: Phrases, url: str = "") -> dict[str, Any]:
    """Give the manifest of an app: one that calls us at this address, or with none one that speaks Socket Mode."""
    address = f"{url.rstrip('/').removesuffix(PATH)}{PATH}" if url else ""
    return {
        "display_information": {"name": "Rapport", "description": t("slack-about")},
        "features": _features(t, address),
        "oauth_config": {"scopes": {"bot": list(SCOPES)}},
        "settings": _settings(address),
    }


def _features(t: Phrases, address: str) -> dict[str, Any]:
    command = {
        "command": COMMAND,
        "description": t("slack-command"),
        "usage_hint": t("slack-usage"),
        "should_escape": False,
    }
    return {
        "app_home": {"home_tab_enabled": True, "messages_tab_enabled": True, "messages_tab_read_only_enabled": False},
        "bot_user": {"display_name": "Rapport", "always_online": True},
        "slash_commands": [command | ({"url": address} if address else {})],
        "shortcuts": [*_shortcuts(t, "message", ON_MESSAGES), *_shortcuts(t, "global", EVERYWHERE)],
    }


def _settings(address: str) -> dict[str, Any]:
    door = {"request_url": address} if address else {}
    return {
        "event_subscriptions": {**door, "bot_events": list(EVENTS)},
        "interactivity": {"is_enabled": True, **door},
        "org_deploy_enabled": False,
        "socket_mode_enabled": not address,
        "token_rotation_enabled": False,
    }


def _shortcuts(t: Phrases, kind: str, ids: Iterable[str]) -> Iterator[dict[str, str]]:
    """Name the entries of a menu of Slack's; a name has at most 24 characters, a description 150."""
    for id_ in ids:
        stem = f"slack-shortcut-{id_.replace('_', '-')}"
        yield {"name": t(stem), "type": kind, "callback_id": id_, "description": t(f"{stem}.about")}
