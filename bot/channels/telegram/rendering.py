"""Rendering: a card as Telegram shows it, HTML with everything escaped, and a keyboard of two or three in a row."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from html import escape

from telegram import InlineKeyboardButton, InlineKeyboardMarkup

from bot.channels.cutting import END, cut, utf16_units
from bot.channels.fitting import Abilities
from bot.console.shown import shown
from handlers.cards import Button, Card, Quote

LONGEST = 4096
"""UTF-16 units of one message after the tags are read; Bot API, sendMessage."""
MARGIN = 160
"""What fitting does not count: colons, blank lines, the marks of a tone."""
ABILITIES = Abilities(rows=False, forms=False, buttons=24, longest=LONGEST - MARGIN, weigh=utf16_units)
"""Forms become the line that is typed: one message with all the answers can be taken back to and changed, a dialogue
of questions cannot, and it would have to be remembered between two messages."""
SIGNS = {"good": "✅ ", "warn": "🟡 ", "alarm": "🔴 ", "plain": ""}
LABEL = 40
WIDTHS = ((7, 5), (12, 3), (20, 2))
"""Labels up to so wide stand so many in a row; wider ones alone. A Chinese sign is two wide."""


@dataclass(frozen=True)
class Rendered:
    """A message for the wire: `html` tells whether tags are to be read."""

    text: str
    html: bool
    keyboard: InlineKeyboardMarkup | None


@dataclass(frozen=True)
class _Block:
    html: str
    weight: int
    kept: bool = False


def render(card: Card) -> Rendered:
    """Render a card that was fitted; what still is too long loses its last lines, never a half tag."""
    if card.plain:
        return Rendered(cut(_plain(card) or END, LONGEST, utf16_units), html=False, keyboard=None)
    blocks = _as_many([block for block in _blocks(card) if block.html.strip()])
    return Rendered("\n".join(block.html for block in blocks) or END, html=True, keyboard=_keyboard(card.buttons))


def _blocks(card: Card) -> Iterable[_Block]:
    if card.from_person:
        yield _block(card.from_person, "<b>{}</b>", kept=True)
    if card.title:
        yield _block(SIGNS[card.tone] + card.title, "<b>{}</b>", kept=True)
    if card.text:
        yield _block(card.text, kept=True)
    for field in card.fields:
        label, value = _safe(f"{field.label}:"), _safe(field.value)
        yield _Block(f"<b>{label}</b> {value}", utf16_units(f"{field.label}: {field.value}") + 1)
    if card.quote:
        yield _quoted(card.quote)
    for line in card.lines:
        yield _block(line)
    if card.footer:
        yield _block(card.footer, "<i>{}</i>")


def _block(words: str, frame: str = "{}", *, kept: bool = False) -> _Block:
    return _Block(frame.format(_safe(words)), utf16_units(words) + 1, kept)


def _quoted(quote: Quote) -> _Block:
    html = f"<b>{_safe(quote.who)}</b>\n<blockquote>{_safe(quote.words)}</blockquote>"
    return _Block(html, utf16_units(quote.who + quote.words) + 2, kept=True)


def _safe(words: str) -> str:
    """Take out what hides or reorders, and escape what Telegram would read as a tag."""
    return escape(shown(words).text, quote=False)


def _as_many(blocks: Sequence[_Block]) -> list[_Block]:
    room = LONGEST - sum(block.weight for block in blocks if block.kept)
    left = []
    for block in blocks:
        if not block.kept:
            room -= block.weight
        if block.kept or room >= 0:
            left.append(block)
    return left


def _plain(card: Card) -> str:
    parts = (card.from_person, card.title, card.text, *card.lines, card.footer)
    return "\n".join(shown(part).text for part in parts if part)


def _keyboard(buttons: Sequence[Button]) -> InlineKeyboardMarkup | None:
    """Lay buttons out; the data of a press is the deed's id, 16 characters of the 64 bytes that there are."""
    if not buttons:
        return None
    widest = max(_width(button.label) for button in buttons)
    across = next((across for width, across in WIDTHS if widest <= width), 1)
    keys = [InlineKeyboardButton(cut(shown(b.label).text, LABEL) or END, callback_data=b.id) for b in buttons]
    return InlineKeyboardMarkup([keys[start : start + across] for start in range(0, len(keys), across)])


def _width(label: str) -> int:
    return sum(2 if unicodedata.east_asian_width(char) in "WF" else 1 for char in label)
