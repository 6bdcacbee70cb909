"""Payloads: what Slack sends, read into what happened; nothing here asks anybody or touches the network."""

from __future__ import annotations

from dataclasses import dataclass

from bot.channels.slack.actors import Payload, event_of, home_team, sender, teams_of
from bot.channels.slack.forms import Filled, filled
from bot.channels.slack.messages import Amended, Reacted, Said, message_of, reaction_of
from bot.channels.slack.plain import readable
from bot.channels.slack.seats import answering, home_of
from bot.channels.slack.shortcuts import Wished, wished
from storage.inbox import Event


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
        return with_home(self.event, at_home=self.at_home, pressed=self.deed)


@dataclass(frozen=True)
class Submitted:
    """A form that came back."""

    event: Event
    form: Filled

    @property
    def events(self) -> list[Event]:
        return with_home(self.event, at_home=self.form.at_home, pressed="")


Happened = Said | Amended | Reacted | Line | HomeOpened | Pressed | Submitted | Wished | None


def read(body: Payload, home: str = "") -> Happened:
    """Read a payload, for a workspace that we know to be ours or take to be; None for what is none of our business.

    Raises:
        LookupError, TypeError, ValueError, AttributeError: it is not what Slack has ever sent.
    """
    kind, home = body.get("type"), home or home_team(body)
    if kind == "event_callback":
        return _happened(body, home)
    if kind == "block_actions":
        return _pressed(body, home)
    if kind == "view_submission":
        return _submitted(body, home)
    if kind in ("message_action", "shortcut"):
        return wished(body, home)
    return _line(body, home) if body.get("command") else None


def _happened(body: Payload, home: str) -> Said | Amended | Reacted | HomeOpened | None:
    kind = body["event"].get("type")
    if kind == "app_home_opened":
        return _home_opened(body)
    if kind in ("reaction_added", "reaction_removed"):
        return reaction_of(body, home)
    return message_of(body, home) if kind == "message" else None


def _home_opened(body: Payload) -> HomeOpened | None:
    event = body["event"]
    if event.get("tab") != "home":
        return None  # the same is told of the tab of direct messages
    user = event["user"]
    return HomeOpened(event_of(f"event:{body['event_id']}", "home opened", user, home_of(user)))


def with_home(event: Event, *, at_home: bool, pressed: str) -> list[Event]:
    """Give what was done; on a home tab also that its owner looks at it, so that it is said anew afterwards.

    What was pressed there tells which page of it is looked at.
    """
    if not at_home:
        return [event]
    opened = event_of(f"home:{event.external_id}", "home opened", event.sender, home_of(event.address), pressed=pressed)
    return [event, opened]


def _line(body: Payload, home: str) -> Line:
    user, trigger = body["user_id"], body["trigger_id"]
    address = answering(body["channel_id"], user)
    text = readable(body.get("text") or "").strip()
    acts = sender(user, (body.get("team_id"),), home)
    return Line(event_of(f"line:{trigger}", "words", acts, address, text=text, place=address), trigger)


def _pressed(body: Payload, home: str) -> Pressed | None:
    action = body["actions"][0]
    _, place, slot = action["block_id"].split("|", 2)
    asks, _, deed = str(action.get("value") or action["selected_option"]["value"]).partition(":")
    user = body["user"]["id"]
    acts = sender(user, teams_of(body), home)
    id_ = f"press:{body['trigger_id']}:{action['action_ts']}"
    event = event_of(id_, "press", acts, _answered_at(body), place=place, slot=slot, button=deed)
    return Pressed(event, body["trigger_id"], place, slot, deed, asks == "form", place == home_of(user))


def _answered_at(body: Payload) -> str:
    """Tell where the answer to a press goes: of a home tab, which is no conversation, to direct messages."""
    user, container = body["user"]["id"], body["container"]
    if container["type"] == "view":
        return str(user)
    thread = container.get("thread_ts") or ""
    return answering(container["channel_id"], user, thread if thread != container.get("message_ts") else "")


def _submitted(body: Payload, home: str) -> Submitted:
    view, form = body["view"], filled(body["view"])
    user = body["user"]["id"]
    acts = sender(user, teams_of(body), home)
    id_ = f"form:{view['id']}:{view.get('hash', '')}"
    return Submitted(event_of(id_, "command", acts, form.place, command=form.command, args=form.args), form)
