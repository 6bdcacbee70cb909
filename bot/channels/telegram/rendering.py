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
    words: str
    html: str
    kept: bool = False
    """Whether the message makes no sense without it; fitting keeps these short enough."""

    @property
    def weight(self) -> int:
        return utf16_units(self.words) + 1


def render(card: Card) -> Rendered:
    """Render a card that was fitted; what still is too long loses its last lines, never a half tag."""
    if card.plain:
        return Rendered(_short(_plain(card)), html=False, keyboard=None)
    blocks = _as_many([block for block in _blocks(card) if block.words.strip()])
    keyboard = _keyboard(card.buttons)
    if not blocks or sum(block.weight for block in blocks) > LONGEST:
        words = "\n".join(block.words for block in blocks)
        return Rendered(escape(_short(words), quote=False), html=True, keyboard=keyboard)
    return Rendered("\n".join(block.html for block in blocks), html=True, keyboard=keyboard)


def _short(words: str) -> str:
    return cut(words, LONGEST, utf16_units) if words.strip() else END


def _blocks(card: Card) -> Iterable[_Block]:
    yield _block(card.from_person, "<b>{}</b>", kept=True)
    yield _block(SIGNS[card.tone] + card.title if card.title else "", "<b>{}</b>", kept=True)
    yield _block(card.text, kept=True)
    for field in card.fields:
        label, value = shown(f"{field.label}:").text, shown(field.value).text
        yield _Block(f"{label} {value}", f"<b>{_safe(label)}</b> {_safe(value)}")
    if card.quote:
        yield _quoted(card.quote)
    for line in card.lines:
        yield _block(line)
    yield _block(card.footer, "<i>{}</i>")


def _block(words: str, frame: str = "{}", *, kept: bool = False) -> _Block:
    words = shown(words).text
    return _Block(words, frame.format(_safe(words)), kept)


def _quoted(quote: Quote) -> _Block:
    who, words = shown(quote.who).text, shown(quote.words).text
    html = f"<b>{_safe(who)}</b>\n<blockquote>{_safe(words)}</blockquote>"
    return _Block(f"{who}\n{words}", html, kept=True)


def _safe(words: str) -> str:
    """Escape what Telegram would read as a tag; what hides or reorders was taken out before."""
    return escape(words, quote=False)


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
    keys = [InlineKeyboardButton(_label(b.label), callback_data=b.id) for b in buttons]
    return InlineKeyboardMarkup([keys[start : start + across] for start in range(0, len(keys), across)])


def _label(words: str) -> str:
    """Shorten a label; of one that says nothing at least a button is left to press."""
    label = cut(shown(words).text, LABEL)
    return label if label.strip() else END


def _width(label: str) -> int:
    return sum(2 if unicodedata.east_asian_width(char) in "WF" else 1 for char in label)
