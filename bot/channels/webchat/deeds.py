"""Deeds: what a browser may send, checked, and the event that each becomes."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Annotated, Any, Final, Literal, Self
from zoneinfo import ZoneInfo

from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    StringConstraints,
    ValidationError,
    model_validator,
)
from pydantic_core import PydanticCustomError

from bot.channels.clean import clean_text
from handlers.cards import Attachment
from storage.inbox import Event
from storage.uploads import Upload
from storage.vault import vault

NAME = "web"
LONGEST_WORDS = 20_000
MOST_FILES = 10
LATEST = 7 * 24 * 3600
GUEST = re.compile(r"guest:[A-Za-z0-9_-]{22}")
STAFF = re.compile(r"staff:[A-Za-z0-9_-]{1,64}")


def _cleaned(value: object) -> object:
    return clean_text(value) if isinstance(value, str) else value


def _not_blank(value: object) -> object:
    text = _cleaned(value)
    return "" if isinstance(text, str) and not text.strip() else text


ClientId = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9_-]{1,64}$")]
"""Made by the page for each deed, so that a repeated request is the same deed."""
FileId = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{32}$")]
_SLOT: Final = r"[^\x00-\x1f\x7f\ud800-\udfff]{1,200}"
Slot = Annotated[str, StringConstraints(pattern=r"^[^\x00-\x1f\x7f]{1,200}$")]
ArgName = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]{0,40}$")]
ArgValue = Annotated[str, BeforeValidator(_cleaned), StringConstraints(max_length=LONGEST_WORDS)]


class Deed(BaseModel):
    """Something done on a page, under an id that the page made."""

    model_config = ConfigDict(strict=True, extra="forbid", frozen=True, hide_input_in_errors=True)

    id: ClientId


class Words(Deed):
    """Somebody typed something, or sent files; `files` are the ids that our pages got for them."""

    text: Annotated[str, BeforeValidator(_not_blank), StringConstraints(max_length=LONGEST_WORDS)]
    files: Annotated[list[FileId], Field(max_length=MOST_FILES)] = []
    zone: Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9_+/-]{0,60}$")] = ""
    """The time zone of the page's clock."""
    late: Annotated[int, Field(ge=0, le=LATEST)] = 0
    """Seconds for which the page kept the words because it had no connection."""

    @model_validator(mode="after")
    def _says_something(self) -> Self:
        if not self.text and not self.files:
            raise PydanticCustomError("too_short", "nothing is said")
        return self


class Press(Deed):
    """Somebody pressed a button of the card in a slot."""

    slot: Slot
    button: Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{16}$")]


class Withdrawal(Deed):
    """Somebody takes back words of their own, those in a slot."""

    slot: Slot


class Correction(Deed):
    """Somebody says words of their own anew, those in a slot."""

    slot: Slot
    text: Annotated[str, BeforeValidator(_not_blank), StringConstraints(min_length=1, max_length=LONGEST_WORDS)]


class Command(Deed):
    """Somebody filled in a form."""

    command: Annotated[str, StringConstraints(pattern=r"^[a-z][a-z ]{0,60}$")]
    args: Annotated[dict[ArgName, ArgValue], Field(max_length=30)] = {}


_COMPLAINTS: Final = {
    "missing": "web-missing",
    "too_short": "web-empty",
    "too_long": "web-too-long",
    "string_too_long": "web-too-long",
    "string_too_short": "web-empty",
}
_DETAILS: Final = ("name", "reach", "agreed")
"""What is wrong about these is said in words of their own: they stand beside a field that a visitor filled in."""
_FIELDS: Final = ("id", "text", "files", "late", "zone", "slot", "button", "command", "args", *_DETAILS)


def complaint(error: ValidationError) -> tuple[str, str]:
    """Give the phrase that says what is wrong, and the field; nothing that a stranger sent is repeated."""
    first = error.errors(include_input=False, include_url=False, include_context=False)[0]
    field = str(first["loc"][0]) if first["loc"] else ""
    if first["type"] == "too_short" and not field:
        field = "text"
    if field not in _FIELDS:
        return "web-wrong-somewhere", ""
    own = f"web-details-{field}" if field in _DETAILS else "web-wrong"
    return _COMPLAINTS.get(first["type"], own) if own == "web-wrong" else own, field


@dataclass(frozen=True)
class Speaker:
    """Who acts on a page, as the page knows for certain: a guest by their cookie, a colleague by theirs."""

    address: str
    language: str = ""

    @property
    def side(self) -> Literal["customer", "staff"]:
        return "staff" if self.address.startswith("staff:") else "customer"

    def __post_init__(self) -> None:
        if not (GUEST.fullmatch(self.address) or STAFF.fullmatch(self.address)):
            raise ValueError("neither a guest nor a colleague")


def attachment(upload: Upload) -> Attachment:
    """Name a file that was handed over as a card shows it."""
    return Attachment.model_validate(
        {"kind": upload.kind, "origin": NAME, "ref": upload.id, "label": upload.name, "name": upload.name}
        | {"size": upload.size}
    )


def words_event(
    who: Speaker, said: Words, place: str = "", thread: str | None = None, files: Sequence[Attachment] = ()
) -> Event:
    """Make the event of typed words; a colleague's belong to the place, and the thread, in which they were typed.

    `files` are those that the words name, found to be the speaker's own.
    """
    body: dict[str, Any] = {"side": who.side, "text": said.text, "language": who.language, "message": said.id}
    if is_zone(said.zone):
        body["zone"] = said.zone
    if said.late:
        body["late"] = said.late
    if files:
        body["files"] = [file.model_dump(exclude_defaults=True) for file in files]
        body["unread"] = not said.text
    if who.side == "customer":
        return event_of(who, said.id, "words", body, f"{NAME}:{who.address}")
    place = place or who.address
    conversation = f"{NAME}:{place}:{thread}" if thread else f"{NAME}:{who.address}"
    return event_of(who, said.id, "words", body | {"place": place, "thread": thread}, conversation)


def press_event(who: Speaker, press: Press, place: str = "") -> Event:
    """Make the event of a pressed button."""
    place = place if who.side == "staff" and place else who.address
    body: dict[str, Any] = {
        "side": who.side,
        "place": place,
        "slot": press.slot,
        "button": press.button,
        "language": who.language,
    }
    return event_of(who, press.id, "press", body, f"{NAME}:{who.address}")


def command_event(who: Speaker, form: Command) -> Event:
    """Make the event of a filled-in form."""
    body: dict[str, Any] = {"side": who.side, "command": form.command, "args": form.args, "language": who.language}
    return event_of(who, form.id, "command", body, f"{NAME}:{who.address}")


def is_slot(said: str) -> bool:
    """Tell whether a browser names what could be a slot; with NULs or half signs no database is asked."""
    return bool(re.fullmatch(_SLOT, said))


def is_zone(zone: str) -> bool:
    """Tell whether there is a time zone of this name."""
    try:
        return bool(zone and ZoneInfo(zone))
    except (ValueError, OSError, LookupError):
        return False


def event_of(who: Speaker, id_: str, kind: str, body: dict[str, Any], conversation: str) -> Event:
    """Make an event of what somebody did on a page; the same deed is the same event."""
    return Event(
        channel=NAME,
        external_id=f"{vault.blind(who.address)[:16]}:{id_}",
        kind=kind,
        sender=who.address,
        address=who.address,
        body=body,
        conversation=conversation,
    )
