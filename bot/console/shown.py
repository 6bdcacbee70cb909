"""Showing words: what is stored complete is shown without the characters that hide, reorder or impersonate."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from bot.channels.webchat.lines import is_theirs
from bot.console.squares import squares
from handlers.cards import Button, Card, Field, Form, Row
from storage.posts import Post

_FLAG = re.compile("\U0001f3f4[\U000e0030-\U000e007a]{2,6}\U000e007f")
"""England, Scotland, Wales: the only honest use of tag characters."""
_HIDDEN = re.compile(
    "[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\u3164\ufeff"
    "\uffa0\ufff0-\ufffb\U0001d173-\U0001d17a\U000e0000-\U000e0fff]"
)
_JOINER = re.compile("[\u200c\u200d]")
_MARKS_AT_MOST = 6
"""Vietnamese needs two on a letter, biblical Hebrew four; more only smears over its neighbours."""


@dataclass(frozen=True)
class Shown:
    """Words made safe to show, and how many characters were left out for it."""

    text: str
    left_out: int = 0


def shown(text: str) -> Shown:
    """Leave out controls of direction, invisible characters, tags, and piles of marks."""
    flags: list[str] = _FLAG.findall(text)
    bare = _HIDDEN.sub("", _FLAG.sub("\ue000", text.replace("\ue000", "")))
    bare = _JOINER.sub(lambda joiner: joiner[0] if _joins(bare, joiner.start()) else "", bare)
    bare = _thin_marks(bare)
    for flag in flags:
        bare = bare.replace("\ue000", flag, 1)
    return Shown(bare, len(text) - len(bare))


def _joins(text: str, at: int) -> bool:
    """Tell whether a joiner does its work: inside an emoji, or between letters of a script that joins."""
    before, after = text[at - 1 : at], text[at + 1 : at + 2]
    return bool(before and after) and ((_is_pictured(before) and _is_pictured(after)) or _is_cursive(before))


def _is_pictured(char: str) -> bool:
    return char == "\ufe0f" or "\U0001f3fb" <= char <= "\U0001f3ff" or unicodedata.category(char) == "So"


def _is_cursive(char: str) -> bool:
    """Arabic to Thai, without Hebrew: the scripts in which joiners change how letters look."""
    return "\u0600" <= char <= "\u0fff"


def _thin_marks(text: str) -> str:
    if text.isascii():
        return text
    kept: list[str] = []
    run = 0
    for char in text:
        run = run + 1 if unicodedata.category(char) in {"Mn", "Me"} else 0
        if run <= _MARKS_AT_MOST:
            kept.append(char)
    return "".join(kept)


def showable(post: Post) -> dict[str, Any]:
    """Give a post as a browser may have it: words made safe, buttons by their ids, nothing of what they run."""
    card = Card.model_validate(post.card)
    words = _Words()
    return {
        "slot": post.slot,
        "order": post.id,
        "mine": post.flow == "in",
        "at": post.at.isoformat(),
        "edited": post.edited and not card.recalled,
        "own": is_theirs(post),
        "card": _card(card, words),
        "left_out": words.left_out,
    }


class _Words:
    """Shows one text after the other and counts what was left out of them all."""

    def __init__(self) -> None:
        self.left_out = 0

    def __call__(self, text: str) -> str:
        found = shown(text)
        self.left_out += found.left_out
        return found.text


def _card(card: Card, words: _Words) -> dict[str, Any]:
    return {
        "title": words(card.title),
        "text": words(card.text),
        "tone": card.tone,
        "fields": [_field(field, words) for field in card.fields],
        "quote": {"who": words(card.quote.who), "words": words(card.quote.words)} if card.quote else None,
        "rows": [_row(row, words) for row in card.rows],
        "lines": [words(line) for line in (*card.lines, *([card.picture.alt] if card.picture else []))],
        "buttons": _buttons(card.buttons, words),
        "form": _form(card.form, words) if card.form else None,
        "files": [
            {"kind": file.kind, "label": words(file.label), "size": file.size, "place": place}
            for place, file in enumerate(card.files)
        ],
        "footer": words(card.footer),
        "from_person": words(card.from_person),
    }


def _field(field: Field, words: _Words) -> dict[str, Any]:
    said: dict[str, Any] = {"label": words(field.label), "value": words(field.value)}
    return said | ({"squares": squares(field.value)} if field.scanned else {})


def _row(row: Row, words: _Words) -> dict[str, Any]:
    return {"text": words(row.text), "buttons": _buttons(row.buttons, words), "heading": row.heading}


def _buttons(buttons: Sequence[Button], words: _Words) -> list[dict[str, Any]]:
    return [
        {"id": b.id, "label": words(b.label), "style": b.style, "form": _form(b.form, words) if b.form else None}
        for b in buttons
    ]


def _form(form: Form, words: _Words) -> dict[str, Any]:
    """Give a form with its values as they are: they come back as they were sent."""
    return form.model_dump() | {"title": words(form.title), "submit": words(form.submit)}
