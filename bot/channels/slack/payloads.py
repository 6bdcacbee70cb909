"""Payloads: what Slack sends, read into what happened; nothing here asks anybody or touches the network."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from bot.channels.slack.forms import Filled, filled
from bot.channels.slack.plain import readable
from bot.channels.slack.seats import NAME, answering, home_of, provider_id
from storage.inbox import Event

Payload = dict[str, Any]
SPOKEN = (None, "file_share", "thread_broadcast")
"""Kinds of message that are somebody's words; the others tell of edits, joins and the like."""


@dataclass(frozen=True)
class Said:
    """Words in direct messages, behind the slash command, or in a thread: `under` is the id of its first message."""

    event: Event
    under: str = ""


@dataclass(frozen=True)
class Line:
    """A slash command; the trigger opens a form for three seconds."""

    event: Event
    trigger: str


@dataclass(frozen=True)
class HomeOpened:
    """Somebody looks at our home tab."""

    event: Event


@dataclass(frozen=True)
class Pressed:
    """A button of the card that stands in a slot; `asks` if a form comes first, `at_home` on a home tab."""

    event: Event
    trigger: str
    place: str
    slot: str
    deed: str
    asks: bool
    at_home: bool

    @property
    def events(self) -> list[Event]:
        return with_home(self.event, at_home=self.at_home)


@dataclass(frozen=True)
class Submitted:
    """A form that came back."""

    event: Event
    form: Filled

    @property
    def events(self) -> list[Event]:
        return with_home(self.event, at_home=self.form.at_home)


Happened = Said | Line | HomeOpened | Pressed | Submitted | None


def read(body: Payload) -> Happened:
    """Read a payload; None for what is none of our business.

    Raises:
        LookupError, TypeError, ValueError, AttributeError: it is not what Slack has ever sent.
    """
    kind = body.get("type")
    if kind == "event_callback":
        return _happened(body)
    if kind == "block_actions":
        return _pressed(body)
    if kind == "view_submission":
        return _submitted(body)
    return _line(body) if body.get("command") else None


def _happened(body: Payload) -> Said | HomeOpened | None:
    kind = body["event"].get("type")
    if kind == "app_home_opened":
        return _home_opened(body)
    return _message(body) if kind == "message" else None


def _home_opened(body: Payload) -> HomeOpened | None:
    event = body["event"]
    if event.get("tab") != "home":
        return None  # the same is told of the tab of direct messages
    user = event["user"]
    return HomeOpened(_event(f"event:{body['event_id']}", "home opened", user, home_of(user)))


def with_home(event: Event, *, at_home: bool) -> list[Event]:
    """Give what was done; on a home tab also that its owner looks at it, so that it is said anew afterwards."""
    if not at_home:
        return [event]
    opened = _event(f"home:{event.external_id}", "home opened", event.sender, home_of(event.address))
    return [event, opened]


def _message(body: Payload) -> Said | None:
    event = body["event"]
    spoken = event.get("subtype") in SPOKEN and event.get("user") and not event.get("bot_id")
    text = readable(event.get("text") or "").strip() if spoken else ""
    if not text:
        return None
    user = sender(event["user"], event.get("user_team") or event.get("source_team"), body.get("team_id"))
    talk, thread = event["channel"], event.get("thread_ts") or ""
    if talk.startswith("D"):
        return Said(_event(f"event:{body['event_id']}", "words", user, event["user"], text=text, place=event["user"]))
    if not thread:
        return None
    address = answering(talk, event["user"], thread)
    said = _event(f"event:{body['event_id']}", "words", user, address, text=text, place=talk)
    return Said(replace(said, conversation=f"{NAME}:{talk}:{thread}"), provider_id(talk, thread))


def sender(user: str, team: str | None, home: str | None) -> str:
    """Name who acts; somebody of another company's workspace gets a name that no colleague has."""
    return f"{team}:{user}" if team and home and team != home else str(user)


def _line(body: Payload) -> Line:
    user, trigger = body["user_id"], body["trigger_id"]
    address = answering(body["channel_id"], user)
    text = readable(body.get("text") or "").strip()
    return Line(_event(f"line:{trigger}", "words", user, address, text=text, place=address), trigger)


def _pressed(body: Payload) -> Pressed | None:
    action = body["actions"][0]
    _, place, slot = action["block_id"].split("|", 2)
    asks, _, deed = str(action.get("value") or action["selected_option"]["value"]).partition(":")
    user = body["user"]["id"]
    acts = sender(user, body["user"].get("team_id"), (body.get("team") or {}).get("id"))
    id_ = f"press:{body['trigger_id']}:{action['action_ts']}"
    event = _event(id_, "press", acts, _answered_at(body), place=place, slot=slot, button=deed)
    return Pressed(event, body["trigger_id"], place, slot, deed, asks == "form", place == home_of(user))


def _answered_at(body: Payload) -> str:
    """Tell where the answer to a press goes: of a home tab, which is no conversation, to direct messages."""
    user, container = body["user"]["id"], body["container"]
    if container["type"] == "view":
        return str(user)
    thread = container.get("thread_ts") or ""
    return answering(container["channel_id"], user, thread if thread != container.get("message_ts") else "")


def _submitted(body: Payload) -> Submitted:
    view, form = body["view"], filled(body["view"])
    user = body["user"]["id"]
    acts = sender(user, body["user"].get("team_id"), (body.get("team") or {}).get("id"))
    id_ = f"form:{view['id']}:{view.get('hash', '')}"
    return Submitted(_event(id_, "command", acts, form.place, command=form.command, args=form.args), form)


def _event(id_: str, kind: str, acts: str, address: str, **body: Any) -> Event:
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
