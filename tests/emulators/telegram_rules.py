"""What Telegram insists on: lengths in UTF-16 units, its few HTML tags, keyboards that fit; anything else is a 400.

Documented (core.telegram.org/bots/api): 4096 and 1024 signs after entities are parsed (sendMessage, sendPhoto), counted in
UTF-16 units (MessageEntity); the tags, that they nest, and that quotes do not (Formatting options, HTML style); photos of
10 MB, 10,000 pixels of both sides, a ratio of 20 (sendPhoto); 64 bytes of callback data, one deed a button
(InlineKeyboardButton); commands of 32 signs and descriptions of 256 (BotCommand). Known from answers of the platform, not
documented: the descriptions of the refusals. Assumed: 100 buttons a message.
"""

from __future__ import annotations

import re
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from html import unescape
from typing import Any

LONGEST_TEXT = 4096
LONGEST_CAPTION = 1024
LARGEST_PHOTO = 10_000_000
LARGEST_SIDES = 10_000
"""Width and height together; neither may be over twenty times the other."""
LONGEST_DATA = 64
TAGS = frozenset({"b", "strong", "i", "em", "u", "ins", "s", "strike", "del", "code", "pre", "a", "blockquote"})
_TOKEN = re.compile(r"<(?P<close>/?)(?P<tag>[a-zA-Z][\w-]*)(?P<attributes>[^<>]*)>|(?P<bad><)|(?P<text>[^<]+)")
_ENTITY = re.compile(r"&(?:lt|gt|amp|quot|#\d+|#x[0-9a-fA-F]+);")


class Refusal(Exception):
    """The Bot API answers with this code and description."""

    def __init__(self, code: int, description: str, **parameters: Any) -> None:
        super().__init__(description)
        self.code, self.description, self.parameters = code, description, parameters


@dataclass
class Formatted:
    """A text as it is shown, and what stands inside which tag."""

    text: str
    parts: list[tuple[str, str]] = field(default_factory=list)


def moment() -> int:
    """Give the time as Telegram dates what happens now: whole seconds since 1970."""
    return int(time.time())


KEPT = 24 * 3600
"""Seconds that an update is kept for us; documented: getting updates."""


def check_dates(what: dict[str, Any]) -> None:
    """Let nothing happen that is dated as no real update can be: of tomorrow, or kept for longer than Telegram keeps it.

    What it answers or forwards may be as old as it likes.
    """
    happened = what.get("edit_date", what.get("date"))
    assert happened is None or happened >= moment() - KEPT, f"kept for over a day: {happened}"
    assert all(date <= moment() for date in _dates(what)), f"of tomorrow: {what}"


def _dates(what: dict[str, Any]) -> Iterator[int]:
    yield from (what[name] for name in ("date", "edit_date") if name in what)
    for part in what.values():
        if isinstance(part, dict):
            yield from _dates(part)


def bad(description: str) -> Refusal:
    return Refusal(400, f"Bad Request: {description}")


def units(text: str) -> int:
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def read_text(text: str, parse_mode: str | None) -> Formatted:
    """Read a text as Telegram does.

    Raises:
        Refusal: it is empty, too long, or not the HTML it claims to be.
    """
    shown = read_html(text) if parse_mode == "HTML" else Formatted(text)
    if not shown.text.strip():
        raise bad("message text is empty")
    if units(shown.text) > LONGEST_TEXT:
        raise bad("message is too long")
    return shown


def read_caption(text: str) -> str:
    if units(text) > LONGEST_CAPTION:
        raise bad("message caption is too long")
    return text


JPEG = b"\xff\xd8\xff"
LARGEST_UPLOAD = 50_000_000
LARGEST_DOWNLOAD = 20_000_000
"""Both documented: sending files, getFile."""


def read_photo(body: Any) -> bytes:
    """Check a PNG by its first chunk; a JPEG by how it begins.

    Raises:
        Refusal: it is none, or too large.
    """
    if isinstance(body, bytes) and body.startswith(JPEG) and len(body) <= LARGEST_PHOTO:
        return body
    if not isinstance(body, bytes) or not body.startswith(b"\x89PNG\r\n\x1a\n"):
        raise bad("IMAGE_PROCESS_FAILED")
    width, height = int.from_bytes(body[16:20], "big"), int.from_bytes(body[20:24], "big")
    if width + height > LARGEST_SIDES or max(width, height) > 20 * min(width, height) or len(body) > LARGEST_PHOTO:
        raise bad("PHOTO_INVALID_DIMENSIONS")
    return body


def read_html(text: str) -> Formatted:
    shown, open_tags = Formatted(""), list[tuple[str, int]]()
    for token in _TOKEN.finditer(text):
        if token["bad"]:
            raise bad("can't parse entities: Unexpected end tag or unescaped '<'")
        if token["text"]:
            shown.text += _ENTITY.sub(lambda entity: unescape(entity[0]), token["text"])
        elif token["close"]:
            if not open_tags or open_tags[-1][0] != token["tag"].lower():
                raise bad(f"can't parse entities: Unmatched end tag </{token['tag']}>")
            tag, start = open_tags.pop()
            shown.parts.append((tag, shown.text[start:]))
        else:
            _check_tag(token["tag"].lower(), token["attributes"], [tag for tag, _ in open_tags])
            open_tags.append((token["tag"].lower(), len(shown.text)))
    if open_tags:
        raise bad(f"can't parse entities: Can't find end tag corresponding to start tag {open_tags[-1][0]}")
    return shown


def _check_tag(tag: str, attributes: str, around: list[str]) -> None:
    if tag not in TAGS:
        raise bad(f'can\'t parse entities: Unsupported start tag "{tag}"')
    if attributes.strip() and tag not in {"a", "code", "pre", "blockquote"}:
        raise bad(f"can't parse entities: Unexpected attributes of {tag}")
    if tag == "blockquote" and "blockquote" in around:
        raise bad("can't parse entities: blockquotes can't be nested")


def read_keyboard(markup: dict[str, Any] | None) -> list[list[dict[str, str]]]:
    """Check an inline keyboard.

    Raises:
        Refusal: a button has no text, no deed, or data that is too long.
    """
    rows: list[list[dict[str, str]]] = (markup or {}).get("inline_keyboard", [])
    for button in (button for row in rows for button in row):
        if not button.get("text", "").strip():
            raise bad("can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard")
        if not 1 <= len(button.get("callback_data", "").encode()) <= LONGEST_DATA:
            raise bad("BUTTON_DATA_INVALID")
    if sum(map(len, rows)) > 100:
        raise bad("reply markup is too long")
    return rows


def check_commands(commands: list[dict[str, str]]) -> None:
    for command in commands:
        if not re.fullmatch(r"[a-z0-9_]{1,32}", command["command"]):
            raise bad("BOT_COMMAND_INVALID")
        if not 1 <= len(command["description"]) <= 256:
            raise bad("BOT_COMMAND_DESCRIPTION_INVALID")
