"""Rendering: a card as Telegram shows it, HTML with everything escaped, and a keyboard of two or three in a row."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from html import escape
from itertools import groupby

from telegram import InlineKeyboardButton, InlineKeyboardMarkup

from bot.channels.cutting import END, cut, split, utf16_units
from bot.channels.fitting import Abilities
from bot.channels.shown import shown
from handlers.cards import Attachment, Button, Card, Quote
from storage.rows import in_chunks

LONGEST = 4096
"""UTF-16 units of one message after the tags are read; Bot API, sendMessage."""
MESSAGES = 11
"""A card fills about so many messages at most: 20,000 characters of the widest, and what stands around them."""
SHORTEST_START = 256
"""If less than this of the longest part fits beside the others, the card is cut where it is full instead."""
ABILITIES = Abilities(
    rows=False,
    forms=False,
    buttons=24,
    longest=LONGEST * MESSAGES,
    goes_on=LONGEST * 3 // 4,
    weigh=utf16_units,
)
"""Forms become the line that is typed: one message with all the answers can be taken back to and changed, a dialogue
of questions cannot, and it would have to be remembered between two messages."""
SIGNS = {"good": "✅ ", "warn": "🟡 ", "alarm": "🔴 ", "plain": ""}
LABEL = 40
"""Characters of what a button or a field is called."""
WIDTHS = ((7, 5), (12, 3), (20, 2))
"""Labels up to so wide stand so many in a row; wider ones alone. A Chinese sign is two wide."""


SCALE = 4
"""Labels up to so wide are the marks of a scale, which stands in rows of its own: 1 2 3 4 5."""


@dataclass(frozen=True)
class Rendered:
    """One message for the wire: `html` with tags to be read, unless it is empty; `words` are the same without."""

    words: str
    html: str = ""
    keyboard: InlineKeyboardMarkup | None = None


Part = Rendered | Attachment
"""What one message of a card shows: words, or one file."""


@dataclass(frozen=True)
class _Block:
    """A part of a card: words in a frame of tags, and a label before them."""

    words: str
    frame: str = "{}"
    label: str = ""

    @property
    def plain(self) -> str:
        return f"{self.label} {self.words}" if self.label else self.words

    @property
    def html(self) -> str:
        label = f"<b>{_safe(self.label)}</b> " if self.label else ""
        return label + self.frame.format(_safe(self.words))

    @property
    def weight(self) -> int:
        return utf16_units(self.plain) + 1

    def split(self, room: int) -> tuple[_Block, _Block]:
        """Give what weighs at most so much, and the rest, which needs no label any more."""
        start, rest = split(self.words, room - 1 - (self.weight - 1 - utf16_units(self.words)), utf16_units)
        return replace(self, words=start), replace(self, words=rest, label="")


def parts(card: Card) -> list[Part]:
    """Give what a card that was fitted is said in: its words, then its files, each a message of its own."""
    says_nothing = not card.buttons and not any(block.plain.strip() for block in _blocks(card))
    return [*([] if card.files and says_nothing else render(card)), *card.files]


def render(card: Card) -> list[Rendered]:
    """Render a card that was fitted: the first message has its buttons; what has no room there follows, all of it."""
    blocks = [block for block in _blocks(card) if block.plain.strip()] or [_Block(END)]
    messages = [_message(blocks, html=not card.plain) for blocks in _laid_out(blocks)]
    keyboard = None if card.plain else _keyboard(card.buttons)
    return [replace(messages[0], keyboard=keyboard), *messages[1:]]


def _message(blocks: Sequence[_Block], *, html: bool) -> Rendered:
    return Rendered("\n".join(b.plain for b in blocks), "\n".join(b.html for b in blocks) if html else "")


def _laid_out(blocks: Sequence[_Block]) -> list[list[_Block]]:
    """Keep a card whole and let only its longest part go on below, so that what changes stands in the first message."""
    over = sum(block.weight for block in blocks) - LONGEST
    if over <= 0:
        return [list(blocks)]
    longest = max(blocks, key=lambda block: block.weight)
    room = longest.weight - over - len(END)
    if room < SHORTEST_START:
        return list(_filled(blocks))
    start, rest = longest.split(room)
    start = replace(start, words=start.words.rstrip() + END)
    return [[start if block is longest else block for block in blocks], *_filled([rest])]


def _filled(blocks: Sequence[_Block]) -> Iterator[list[_Block]]:
    """Fill one message after the other; whatever is longer than one is cut where a reader pauses."""
    waiting, message, room = list(blocks), list[_Block](), LONGEST
    while waiting:
        block = waiting.pop(0)
        if not block.plain.strip():
            continue
        if block.weight > LONGEST:
            waiting[:0] = block.split(LONGEST)
            continue
        if block.weight > room:
            yield message
            message, room = [], LONGEST
        message.append(block)
        room -= block.weight
    if message:
        yield message


def _blocks(card: Card) -> Iterable[_Block]:
    yield _block(card.from_person, "<b>{}</b>")
    yield _block(SIGNS[card.tone] + card.title if card.title else "", "<b>{}</b>")
    yield _block(card.text)
    for field in card.fields:
        yield _Block(shown(field.value).text, label=cut(shown(f"{field.label}:").text, LABEL))
    if card.quote:
        yield from _quoted(card.quote)
    for line in card.lines:
        yield _block(line)
    yield _block(card.footer, "<i>{}</i>")


def _block(words: str, frame: str = "{}") -> _Block:
    return _Block(shown(words).text, frame)


def _quoted(quote: Quote) -> Iterable[_Block]:
    """Set somebody's own words apart from ours, however long they are."""
    yield _block(quote.who, "<b>{}</b>")
    yield _block(quote.words, "<blockquote>{}</blockquote>")


def _safe(words: str) -> str:
    """Escape what Telegram would read as a tag; what hides or reorders was taken out before."""
    return escape(words, quote=False)


def _keyboard(buttons: Sequence[Button]) -> InlineKeyboardMarkup | None:
    """Lay buttons out; the data of a press is the deed's id, 16 characters of the 64 bytes that there are."""
    if not buttons:
        return None
    rows: list[list[InlineKeyboardButton]] = []
    for _, some in groupby(buttons, lambda button: _width(button.label) <= SCALE):
        alike = list(some)
        widest = max(_width(button.label) for button in alike)
        across = next((across for width, across in WIDTHS if widest <= width), 1)
        rows += in_chunks((InlineKeyboardButton(_label(b.label), callback_data=b.id) for b in alike), across)
    return InlineKeyboardMarkup(rows)


def _label(words: str) -> str:
    """Shorten a label; of one that says nothing at least a button is left to press."""
    label = cut(shown(words).text, LABEL)
    return label if label.strip() else END


def _width(label: str) -> int:
    return sum(2 if unicodedata.east_asian_width(char) in "WF" else 1 for char in label)
