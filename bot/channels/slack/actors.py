"""Actors: who did something in Slack, and the event of it."""

from __future__ import annotations

from typing import Any

from bot.channels.slack.seats import NAME
from storage.inbox import Event

Payload = dict[str, Any]


def home_team(body: Payload) -> str:
    """Name the workspace for which a payload was sent; ours, where the app is installed."""
    for authorization in body.get("authorizations") or ():
        if authorization.get("team_id"):
            return str(authorization["team_id"])
    team = body.get("team")
    return str((team.get("id") if isinstance(team, dict) else "") or body.get("team_id") or "")


def teams_of(body: Payload) -> tuple[str | None, ...]:
    """Name the workspaces of whoever interacts, as far as a payload tells them."""
    return body["user"].get("team_id"), (body.get("team") or {}).get("id")


def sender(user: str, teams: tuple[str | None, ...], home: str) -> str:
    """Name who acts; somebody of another company's workspace gets a name that no colleague has."""
    foreign = next((team for team in teams if team and home and team != home), None)
    return f"{foreign}:{user}" if foreign else str(user)


def event_of(id_: str, kind: str, acts: str, address: str, **body: Any) -> Event:
    """Make the event of something that one person did.

    Raises:
        TypeError: an id is none.
    """
    if not (isinstance(acts, str) and isinstance(address, str)):
        raise TypeError("an id is a text")
    return Event(
        channel=NAME,
        external_id=id_,
        kind=kind,
        sender=acts,
        address=address,
        body={"side": "staff", "language": "", **body},
        conversation=f"{NAME}:{acts}",
    )
