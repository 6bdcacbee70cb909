"""Cards: what we say, free of any channel; each channel renders them and says what it cannot show."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from typing import Any, Final, Literal

from pydantic import BaseModel, ConfigDict

from handlers.pictures import Picture

Tone = Literal["plain", "good", "warn", "alarm"]
Mark = Literal["ticket", "mine", "done", "urgent"]
BESIDE_A_PICTURE: Final = frozenset({"picture", "title", "text", "lines", "said"})


class _Piece(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Choice(_Piece):
    """One answer to choose from: what is sent, and how it reads."""

    value: str
    label: str


@dataclass(frozen=True)
class Colleagues:
    """Colleagues of whom one is named; they are looked up as the question is shown, so that nobody who left is offered."""

    roles: tuple[str, ...] = ()
    """In which roles they work; without any, in whichever."""
    here: bool = False
    """Only who is not away."""

    @property
    def key(self) -> str:
        """Name the same colleagues alike wherever they are asked for."""
        return "-".join(("colleagues", *self.roles, *(["here"] if self.here else [])))


class Ask(_Piece):
    """One question of a form."""

    name: str
    label: str
    kind: Literal["line", "words", "choice", "number", "flag"] = "line"
    choices: tuple[Choice, ...] = ()
    """All that can be answered if it is a choice; elsewhere what is suggested."""
    among: Colleagues | None = None
    """Who may be the answer; where nobody can be suggested, a name is typed."""
    value: str = ""
    hint: str = ""
    required: bool = True


class Form(_Piece):
    """Questions whose answers run a command."""

    title: str
    command: str
    asks: tuple[Ask, ...]
    submit: str
    fixed: dict[str, str] = {}


class Button(_Piece):
    """A press runs a command; with `form` it first asks for what the command still needs."""

    label: str
    command: str
    args: dict[str, str] = {}
    style: Literal["plain", "primary", "danger"] = "plain"
    form: Form | None = None

    @property
    def id(self) -> str:
        """Name the deed, so that a press on an old card never means another deed that took its place."""
        deed = json.dumps([self.command, self.args], sort_keys=True)
        return hashlib.sha256(deed.encode()).hexdigest()[:16]


class Field(_Piece):
    """A labelled value; both are ours, the value may hold a customer's or company's name."""

    label: str
    value: str
    scanned: bool = False
    """A link that may be meant for another device: where a page can paint it, a camera reads it too."""


class Row(_Piece):
    """One thing of a list with what can be done about it; the first of several lines is its heading."""

    text: str
    buttons: tuple[Button, ...] = ()
    heading: bool = False
    """Names the rows below instead of being one of them."""


class Quote(_Piece):
    """Somebody's own words: shown apart from ours, always as plain text."""

    who: str
    words: str


class Attachment(_Piece):
    """A file somebody sent: which channel holds it under which id of its own; its bytes are fetched when it is shown."""

    kind: Literal["photo", "video", "voice", "audio", "document"] = "document"
    origin: str
    """The channel that holds it."""
    ref: str
    """The id by which that channel finds it; never an address on the net."""
    label: str
    """What people read where the file itself cannot be shown: its name, or what it is."""
    name: str = ""
    size: int | None = None
    """Bytes, as the channel says."""


class Topic(_Piece):
    """What a card's thread is called where each has a place of its own in a chat, and whether it is over."""

    name: str
    closed: bool = False


class Card(_Piece):
    """A title, some text, labelled values, a quotation, rows, lines, buttons; every part is optional."""

    title: str = ""
    text: str = ""
    tone: Tone = "plain"
    fields: tuple[Field, ...] = ()
    quote: Quote | None = None
    rows: tuple[Row, ...] = ()
    lines: tuple[str, ...] = ()
    buttons: tuple[Button, ...] = ()
    form: Form | None = None
    footer: str = ""
    files: tuple[Attachment, ...] = ()
    """Shown below the rest, in this order; where a channel cannot show a file, its label is read."""
    marks: tuple[Mark, ...] = ()
    """How the thing that this card shows stands, as signs beside the card where a channel has such; never the only way
    to read it."""
    picture: Picture | None = None
    """Drawn where a card has nothing else but words beside it; on any other its sentence is read."""
    topic: Topic | None = None
    """Not said: the place of its own that this card's thread has, where a chat gives threads such."""
    from_person: str = ""
    """The name of the colleague who speaks, where a person does."""
    personal: bool = False
    """Not said: a colleague's own words or files stand in it, though it is the bot that speaks."""
    menu: tuple[Choice, ...] | None = None
    """Not said, but set: the commands that this chat offers from now on, each with what it does; without any, those that
    every chat offers."""
    hands_to: str = ""
    """Not said, but done: the id, on this channel, of the colleague who goes on with this chat in person; words beside it
    are said with that, or not at all."""
    hands_back: bool = False
    """Not said, but done: ends a colleague's part in this chat; words beside it are said with that, or not at all."""
    recalled: bool = False
    """Not said, but done: what stands in its place is taken back; where it cannot vanish, the words beside this stand
    instead."""
    errand: dict[str, Any] = {}
    """Not said, but done: what is asked of a channel in which nobody is spoken to; its answer comes as an event."""
    plain: bool = False
    """Set by delivery when a platform refused the rich form: send as plain text."""
    said: tuple[str, ...] = ()
    """Set by delivery while a card that fills several messages is under way: the ids of those that stand already."""

    @property
    def every_button(self) -> tuple[Button, ...]:
        """Give the buttons of the rows, then the card's own."""
        return (*(button for row in self.rows for button in row.buttons), *self.buttons)

    @property
    def is_drawn(self) -> bool:
        """Tell whether there is nothing but a picture and words about it."""
        return self.picture is not None and self.kept().keys() <= BESIDE_A_PICTURE

    @property
    def is_named_alone(self) -> bool:
        """Tell whether nothing is said, but a thread's place is to be called otherwise, closed or opened."""
        return self.topic is not None and self.kept().keys() <= {"topic", "plain", "said"}

    def button(self, id_: str) -> Button | None:
        """Find a button by the id that its press carries."""
        return next((button for button in self.every_button if button.id == id_), None)

    def kept(self) -> dict[str, Any]:
        """Give the form in which a card is stored: only what is said."""
        return self.model_dump(exclude_defaults=True)
