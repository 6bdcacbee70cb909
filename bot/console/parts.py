"""The two live parts of every page: the feed of a chat's posts, and the composer where words are typed."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping, Sequence
from pathlib import Path
from typing import Any, Final

from nicegui import ui
from nicegui.events import GenericEventArguments
from pydantic import BaseModel, ValidationError

from bot.channels.webchat.deeds import Command, Correction, Press, Withdrawal, Words, complaint
from handlers.cards import Choice
from prompts.phrases import Phrases

STATIC: Final = Path(__file__).parent / "static"
Deed = Callable[[Any], Awaitable[None]]
"""Stores what somebody did; raises `NotTaken` with a sentence if it cannot."""
FEED_WORDS = (
    "all",
    "less",
    "optional",
    "choose",
    "required",
    "form_sent",
    "cancel",
    "quoted",
    "older",
    "newest",
    "edited",
    "left_out_why",
    "reply",
    "download",
    "deeds",
    "edit",
    "save",
    "take_back",
)

COMPOSER_WORDS = ("send", "sending", "again", "take_back", "attach", "file_failed", "remove")


class NotTaken(Exception):
    """What somebody did was not stored; says why, in their language."""


def words_for(t: Phrases, names: Sequence[str]) -> dict[str, str]:
    return {name: t(f"web-{name.replace('_', '-')}") for name in names}


class _Live(ui.element):
    """An element whose events are deeds: each is checked, stored, and answered with its fate."""

    def _listen(self, event: str, kind: type[BaseModel], deed: Deed, t: Phrases) -> None:
        async def happen(args: GenericEventArguments) -> None:
            id_ = args.args.get("id") if isinstance(args.args, dict) else None
            if not isinstance(id_, str):
                return
            fate = {id_: await _do(kind, args.args, deed, t)}
            self._props["fates"] = dict(list(self._props["fates"].items())[-20:]) | fate
            self.update()

        self.on(event, happen)


async def _do(kind: type[BaseModel], given: dict[str, Any], deed: Deed, t: Phrases) -> str:
    """Do what a page asks; give the sentence that says why not, or nothing."""
    try:
        await deed(kind.model_validate(given))
    except ValidationError as error:
        key, field = complaint(error)
        return t(key, field=field)
    except NotTaken as why:
        return str(why)
    return ""


class Composer(_Live, component=STATIC / "composer.js", dependencies=[STATIC / "ids.js"]):
    """Where words are typed; what is not stored yet survives a lost connection."""

    def __init__(self, t: Phrases, place: str, placeholder: str, send: Deed, *, upload: str = "") -> None:
        """Make it; files go to `upload`, and without one it takes none."""
        super().__init__()
        self._props["box"] = self.box
        self._props |= {"place": place, "placeholder": placeholder, "words": words_for(t, COMPOSER_WORDS)}
        self._props |= {"commands": [], "eager": False, "fates": {}, "upload": upload}
        self._listen("send", Words, send, t)

    @property
    def box(self) -> str:
        """Name the field where words are typed, as a link of the page finds it."""
        return f"words-{self.id}"

    def focus(self) -> None:
        """Let whoever came by keyboard or mouse type at once."""
        self.run_method("here")

    def turn_to(
        self, place: str, placeholder: str, commands: Sequence[dict[str, Any]] = (), *, eager: bool = False
    ) -> None:
        """Type for another place; `eager` offers commands without a slash too."""
        self._props |= {"place": place, "placeholder": placeholder, "commands": list(commands), "eager": eager}
        self.update()

    def write_to(self, placeholder: str, *, upload: str) -> None:
        """Say who reads what is typed, and whether files may come with it."""
        if (placeholder, upload) != (self._props["placeholder"], self._props["upload"]):
            self._props |= {"placeholder": placeholder, "upload": upload}
            self.update()


class Feed(_Live, component=STATIC / "feed.js", dependencies=[STATIC / "cards.js", STATIC / "ids.js"]):
    """The posts of one chat, one thread, or one whisper; `look` is chat, team, thread or whisper."""

    def __init__(self, t: Phrases, look: str, *, press: Deed, submit: Deed, empty: str = "") -> None:
        super().__init__()
        words = words_for(t, FEED_WORDS) | {"empty": empty}
        self._props["files"] = ""
        self._props |= {
            "colleagues": {},
            "posts": [],
            "look": look,
            "words": words,
            "older": False,
            "loading": True,
            "fates": {},
        }
        self._listen("press", Press, press, t)
        self._listen("submit", Command, submit, t)

    def on_second_thoughts(self, take_back: Deed, correct: Deed, t: Phrases) -> None:
        """Let people take back and change what they wrote here themselves."""
        self._props["deeds"] = True
        self._listen("withdraw", Withdrawal, take_back, t)
        self._listen("correct", Correction, correct, t)

    def turn_to(self, empty: str) -> None:
        """Say what an empty place is for."""
        self._props["words"] |= {"empty": empty}
        self.update()

    def show(self, posts: list[dict[str, Any]], *, older: bool = False) -> None:
        """Show these posts; the browser redraws those that differ."""
        if posts != self._props["posts"] or self._props["loading"] or older != self._props["older"]:
            self._props |= {"posts": posts, "older": older, "loading": False}
            self.update()

    def offer(self, colleagues: Mapping[str, Sequence[Choice]]) -> None:
        """Suggest these, group by group, where a form asks for a colleague."""
        known = {key: [choice.model_dump() for choice in choices] for key, choices in colleagues.items()}
        if known != self._props["colleagues"]:
            self._props["colleagues"] = known
            self.update()

    def fetch_from(self, address: str) -> None:
        """Fetch the files of its cards from there."""
        self._props["files"] = address
        self.update()

    def start(self) -> None:
        """Begin another chat, at its end."""
        self._props |= {"posts": [], "loading": True}
        self.update()
        self.run_method("start")

    def home(self, slot: str = "") -> None:
        """Put the focus back where something was pressed, or on its card."""
        self.run_method("home", *([slot] if slot else []))

    def on_thread(self, open_: Callable[[str], None]) -> None:
        self.on("thread", lambda event: open_(event.args) if isinstance(event.args, str) else None)

    def on_older(self, more: Callable[[], None]) -> None:
        self.on("older", lambda _: more())
