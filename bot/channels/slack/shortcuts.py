"""Shortcuts: deeds that Slack offers in the menu of every message and of the whole app."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final

from bot.channels.slack.actors import Payload, event_of, sender, teams_of
from bot.channels.slack.plain import readable
from bot.channels.slack.seats import answering, provider_id
from storage.inbox import Event

ON_MESSAGES: Final = {
    "ticket_from_message": "ticket new",
    "feedback_from_message": "feedback add",
    "contact_from_message": "log",
}
EVERYWHERE: Final = {"my_day": "day", "new_ticket": "ticket new", "log_contact": "log", "all_commands": "commands"}
"""Each shortcut with the command that it runs; what the command needs is asked in a form. Slack takes five of each kind:
what has none of its own is one press further, among all commands."""


@dataclass(frozen=True)
class Wished:
    """A command chosen from a menu: what is known for it, and a trigger to ask for the rest."""

    event: Event
    trigger: str
    command: str
    given: dict[str, str] = field(default_factory=dict)
    place: str = ""
    under: tuple[str, ...] = ()
    """The message on which it was chosen and the first of its thread, by which its ticket may be known."""


def wished(body: Payload, home: str) -> Wished | None:
    """Read a shortcut; None for one that is none of ours."""
    on_message = body["type"] == "message_action"
    command = (ON_MESSAGES if on_message else EVERYWHERE).get(str(body["callback_id"]))
    if command is None:
        return None
    user, trigger, given = body["user"]["id"], str(body["trigger_id"]), {}
    address, place, under = user, "", tuple[str, ...]()
    if on_message:
        message = body["message"]
        given = {"words": readable(message.get("text") or "").strip()}
        talk, thread = body["channel"]["id"], message.get("thread_ts") or ""
        address, place = answering(talk, user, thread), user if talk.startswith("D") else talk
        under = tuple(provider_id(talk, ts) for ts in (thread, message.get("ts")) if ts)
    acts = sender(user, teams_of(body), home)
    event = event_of(f"shortcut:{trigger}", "command", acts, address, command=command, args=given)
    return Wished(event, trigger, command, given, place, under)
