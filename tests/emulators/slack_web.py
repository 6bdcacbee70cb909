"""The Web API of the emulated workspace: what each method does, and when it says no."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from tests.emulators import slack_files
from tests.emulators.slack_rules import LONGEST_TEXT, Piece, metadata_refusal, refusal, view_refusal

if TYPE_CHECKING:
    from tests.emulators.slack import SlackEmulator

TEAM, APP, BOT_USER, BOT_ID = "T0HOME", "A0RAPPORT", "U0BOT", "B0BOT"
TRIGGER_LIFE = 3.0
EMOJI = ("ticket", "admission_tickets", "eyes", "white_check_mark", "heavy_check_mark", "rotating_light", "tada")
SCOPES = (
    "commands", "chat:write", "files:read", "files:write", "im:write", "im:history", "channels:history",
    "groups:history", "reactions:read", "reactions:write",
)  # fmt: skip
"""What a workspace grants that installed the app from its manifest."""
NEEDED = {
    "chat.postMessage": "chat:write",
    "chat.postEphemeral": "chat:write",
    "chat.update": "chat:write",
    "files.getUploadURLExternal": "files:write",
    "files.completeUploadExternal": "files:write",
    "files.delete": "files:write",
    "files.info": "files:read",
    "reactions.add": "reactions:write",
    "reactions.remove": "reactions:write",
    "conversations.open": "im:write",
    "users.info": "users:read",
}


@dataclass
class Talk:
    """A channel or a direct conversation, with what stands in it."""

    id: str
    name: str = ""
    members: set[str] = field(default_factory=set)
    messages: list[Piece] = field(default_factory=list)
    whispers: list[Piece] = field(default_factory=list)
    """Ephemeral messages; each names its only reader."""
    is_private: bool = False

    def refuse_strangers(self) -> None:
        """Say that the bot is not in here; of a private channel not even that it exists."""
        if BOT_USER not in self.members:
            raise No("channel_not_found" if self.is_private else "not_in_channel")


class No(Exception):
    """A call is refused, with this code."""


def _refuse_if(code: str | None) -> None:
    if code:
        raise No(code)


def _check_message(args: Piece) -> None:
    if not args.get("text") and not args.get("blocks"):
        raise No("no_text")
    if len(args.get("text") or "") > LONGEST_TEXT:
        raise No("msg_too_long")
    _refuse_if(refusal(args.get("blocks") or []))
    _refuse_if(metadata_refusal(args.get("metadata")))


def needed(slack: SlackEmulator, method: str, args: Piece) -> str | None:
    """Name the scope that a call lacks; a conversation is read with the scope of its kind."""
    scope = NEEDED.get(method)
    if method in ("conversations.history", "conversations.replies"):
        talk = slack.talks.get(str(args.get("channel")))
        direct = str(args.get("channel")).startswith("D")
        scope = "im:history" if direct else "groups:history" if talk and talk.is_private else "channels:history"
    return scope if scope and scope not in slack.scopes else None


def _auth(slack: SlackEmulator, _args: Piece) -> Piece:
    known = {"team_id": TEAM, "user_id": BOT_USER, "user": "rapport", "url": "https://home.slack.com/", "team": "Home"}
    return known | ({"bot_id": BOT_ID} if slack.is_bot_token else {})


def _open_socket(slack: SlackEmulator, _args: Piece) -> Piece:
    ticket = f"t{next(slack._count)}"
    slack._links[ticket] = time.monotonic()
    return {"url": f"ws://127.0.0.1:{slack.port}/link?ticket={ticket}"}


def _post(slack: SlackEmulator, args: Piece) -> Piece:
    talk = slack.talk(args.get("channel"))
    if BOT_USER not in talk.members:
        raise No("not_in_channel")
    _check_message(args)
    if args.get("thread_ts") and not any(m["ts"] == args["thread_ts"] for m in talk.messages):
        raise No("thread_not_found")
    message = {**_shown(args), "ts": slack.next_ts(), "user": BOT_USER, "bot_id": BOT_ID}
    talk.messages.append(message)
    return {"channel": talk.id, "ts": message["ts"], "message": message}


def _shown(args: Piece) -> Piece:
    names = ("text", "blocks", "thread_ts", "metadata", "unfurl_links", "unfurl_media", "link_names", "parse")
    return {name: args[name] for name in names if args.get(name) is not None}


def _whisper(slack: SlackEmulator, args: Piece) -> Piece:
    talk = slack.talk(args.get("channel"))
    if BOT_USER not in talk.members:
        raise No("channel_not_found")
    if args.get("user") not in talk.members:
        raise No("user_not_in_channel")
    _check_message(args)
    message = {**_shown(args), "ts": slack.next_ts(), "to": args["user"]}
    talk.whispers.append(message)
    return {"message_ts": message["ts"]}


def _update(slack: SlackEmulator, args: Piece) -> Piece:
    talk = slack.talk(args.get("channel"))
    _check_message(args)
    standing = next((m for m in talk.messages if m["ts"] == args.get("ts")), None)
    if standing is None:
        raise No("message_not_found")
    if standing.get("bot_id") != BOT_ID:
        raise No("cant_update_message")
    standing.pop("blocks", None)
    standing.update({**_shown(args), "edited": {"user": BOT_USER}})
    return {"channel": talk.id, "ts": standing["ts"]}


def _exchange(slack: SlackEmulator, args: Piece) -> str:
    user, born = slack._triggers.pop(str(args.get("trigger_id")), ("", 0.0))
    if not user:
        raise No("exchanged_trigger_id" if args.get("trigger_id") else "invalid_arguments")
    if time.monotonic() - born > TRIGGER_LIFE:
        raise No("expired_trigger_id")
    return user


def _open_view(slack: SlackEmulator, args: Piece) -> Piece:
    user = _exchange(slack, args)
    _refuse_if(view_refusal(args["view"]))
    id_ = f"V{next(slack._count):06d}"
    slack.views[id_] = {**args["view"], "id": id_, "hash": f"h{next(slack._count)}", "user": user}
    return {"view": slack.views[id_]}


def _update_view(slack: SlackEmulator, args: Piece) -> Piece:
    standing = slack.views.get(str(args.get("view_id")))
    if standing is None:
        raise No("not_found")
    if args.get("hash") not in (None, standing["hash"]):
        raise No("hash_conflict")
    _refuse_if(view_refusal(args["view"]))
    standing |= {**args["view"], "hash": f"h{next(slack._count)}"}
    return {"view": standing}


def _publish(slack: SlackEmulator, args: Piece) -> Piece:
    user = str(args.get("user_id"))
    if user not in slack.users:
        raise No("user_not_found")
    if not slack.home_tab:
        raise No("not_enabled")
    standing = slack.homes.get(user, {"id": f"VH{user}"})
    if args.get("hash") not in (None, standing.get("hash")):
        raise No("hash_conflict")
    _refuse_if(view_refusal(args["view"], "home"))
    slack.homes[user] = {**args["view"], "id": standing["id"], "hash": f"h{next(slack._count)}"}
    return {"view": slack.homes[user]}


def _open_talk(slack: SlackEmulator, args: Piece) -> Piece:
    user = str(args.get("users"))
    if user not in slack.users:
        raise No("user_not_found")
    id_ = f"D{user}"
    slack.talks.setdefault(id_, Talk(id_, members={user, BOT_USER}))
    return {"channel": {"id": id_}}


def _listed(messages: list[Piece], args: Piece) -> Piece:
    keep = str(args.get("include_all_metadata")).lower() in ("true", "1")
    found = [m for m in messages if str(args.get("oldest") or "0") <= m["ts"]][-int(args.get("limit") or 100) :]
    return {"messages": [m if keep else {k: v for k, v in m.items() if k != "metadata"} for m in found]}


def _history(slack: SlackEmulator, args: Piece) -> Piece:
    talk = slack.talk(args.get("channel"))
    talk.refuse_strangers()
    listed = _listed([m for m in talk.messages if not m.get("thread_ts")], args)
    return {"messages": listed["messages"][::-1], "has_more": False}


def _replies(slack: SlackEmulator, args: Piece) -> Piece:
    messages = slack.talk(args.get("channel")).messages
    return _listed([m for m in messages if args.get("ts") in (m["ts"], m.get("thread_ts"))], args)


def _user(slack: SlackEmulator, args: Piece) -> Piece:
    if args.get("user") not in slack.users:
        raise No("user_not_found")
    return {"user": slack.users[str(args["user"])]}


def _marked(slack: SlackEmulator, args: Piece) -> dict[str, list[str]]:
    """Find the reactions of a message: who put which sign there."""
    talk = slack.talk(args.get("channel"))
    message = next((m for m in talk.messages if m["ts"] == args.get("timestamp")), None)
    if message is None:
        raise No("message_not_found")
    found: dict[str, list[str]] = message.setdefault("reactions", {})
    return found


def _react(slack: SlackEmulator, args: Piece) -> Piece:
    """Documented: reactions.add answers `already_reacted`, and `invalid_name` for signs that do not exist."""
    if args.get("name") not in EMOJI:
        raise No("invalid_name")
    people = _marked(slack, args).setdefault(str(args["name"]), [])
    if BOT_USER in people:
        raise No("already_reacted")
    people.append(BOT_USER)
    return {}


def _unreact(slack: SlackEmulator, args: Piece) -> Piece:
    """Documented: reactions.remove answers `no_reaction` where the caller has put none."""
    people = _marked(slack, args).get(str(args.get("name")), [])
    if BOT_USER not in people:
        raise No("no_reaction")
    people.remove(BOT_USER)
    return {}


def _file(step: Callable[[SlackEmulator, Piece], Piece | str]) -> Callable[[SlackEmulator, Piece], Piece]:
    """Make a method of a step of uploading."""

    def method(slack: SlackEmulator, args: Piece) -> Piece:
        answer = step(slack, args)
        if isinstance(answer, str):
            raise No(answer)
        return answer

    return method


METHODS: dict[str, Callable[[SlackEmulator, Piece], Piece]] = {
    "auth.test": _auth,
    "apps.connections.open": _open_socket,
    "chat.postMessage": _post,
    "chat.postEphemeral": _whisper,
    "chat.update": _update,
    "views.open": _open_view,
    "views.update": _update_view,
    "views.publish": _publish,
    "conversations.open": _open_talk,
    "conversations.history": _history,
    "conversations.replies": _replies,
    "users.info": _user,
    "files.getUploadURLExternal": _file(slack_files.asked_for),
    "files.completeUploadExternal": _file(slack_files.shared),
    "files.delete": _file(slack_files.deleted),
    "files.info": _file(slack_files.told),
    "reactions.add": _react,
    "reactions.remove": _unreact,
}
