"""Showing: a post as a browser may have it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from bot.channels.shown import shown
from bot.channels.webchat.lines import is_theirs
from bot.channels.webchat.squares import squares
from handlers.cards import Button, Card, Field, Form, Row
from storage.posts import Post


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
    """Give a form with its values as they are: they come back as they were sent; who may be named stands apart."""
    asks = [ask.model_dump(exclude={"among"}) | {"among": ask.among.key if ask.among else ""} for ask in form.asks]
    return form.model_dump() | {"title": words(form.title), "submit": words(form.submit), "asks": asks}
