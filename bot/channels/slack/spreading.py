"""Spreading: a card that is more than one message of Slack takes becomes several; not a word of it is lost.

What changes stands in the first: only somebody's long words go on below. A long list goes on where it is full.
"""

from __future__ import annotations

import bisect
from collections.abc import Callable, Iterator, Sequence
from typing import Any, Final

from bot.channels.cutting import END, split, utf16_units
from handlers.cards import Card, Row

PIECE: Final = 9000
"""Of words that go on, so much stands in one message."""
SHORTEST_START: Final = 300
"""If less than this of the words fits beside the rest, the card is cut where it is full instead."""
TITLE, VALUE, TEXT = 140, 2000, 3000
"""Characters of a header with its sign, a field, a section."""
Fits = Callable[[Card], bool]


def spread(card: Card, fits: Fits, over: int) -> list[Card]:
    """Give the messages of a card, the first with its buttons; `over` is how much too long it is for one."""
    card = _normal(card)
    if fits(card):
        return [card]
    return _words_below(card, fits, over) or _filled(card, fits)


def _normal(card: Card) -> Card:
    """Let nothing of the card be longer than its place: what is said once more in full stands where there is room."""
    changed: dict[str, Any] = {}
    if utf16_units(card.title) > TITLE:
        changed["text"] = "\n".join(part for part in (card.title, card.text) if part)
    long = [field for field in card.fields if utf16_units(field.value) > VALUE]
    if long:
        changed["fields"] = tuple(field for field in card.fields if field not in long)
        changed["lines"] = (*(f"{field.label}: {field.value}" for field in long), *card.lines)
    if any(utf16_units(row.text) > TEXT for row in card.rows):
        changed["rows"] = tuple(piece for row in card.rows for piece in _row_pieces(row))
    return card.model_copy(update=changed) if changed else card


def _row_pieces(row: Row) -> Iterator[Row]:
    """Cut one thing of a list; what can be done about it stands below its end."""
    start, rest = split(row.text, TEXT, utf16_units)
    while rest:
        yield Row(text=start, heading=row.heading)
        start, rest = split(rest, TEXT, utf16_units)
    yield row.model_copy(update={"text": start})


def _words_below(card: Card, fits: Fits, over: int) -> list[Card]:
    """Let only the longest words go on below; nothing if that is not enough."""
    is_quote = card.quote is not None and utf16_units(card.quote.words) >= utf16_units(card.text)
    words = card.quote.words if card.quote and is_quote else card.text
    room = utf16_units(words) - max(over, 0) - 2 * len(END)
    if room < SHORTEST_START:
        return []
    start, rest = split(words, room, utf16_units)
    first = _saying(card, start.rstrip() + END, in_quote=is_quote)
    if not rest or not fits(first):
        return []
    bare = Card(quote=card.quote) if is_quote else Card()
    return [first, *(_saying(bare, piece, in_quote=is_quote) for piece in _pieces(rest, PIECE))]


def _saying(card: Card, words: str, *, in_quote: bool) -> Card:
    if card.quote and in_quote:
        return card.model_copy(update={"quote": card.quote.model_copy(update={"words": words})})
    return card.model_copy(update={"text": words})


def _filled(card: Card, fits: Fits) -> list[Card]:
    """Fill one message after the other; what stands around the list stays with the first."""
    bare = {"text": "", "fields": (), "quote": None, "rows": (), "lines": ()}
    frame, parts, messages = card.model_copy(update=bare), list(_parts(card)), list[Card]()
    while parts:
        taken = bisect.bisect_left(range(1, len(parts) + 1), True, key=lambda n: not fits(_joined(frame, parts[:n])))
        messages.append(_joined(frame, parts[: max(1, taken)]))
        frame, parts = Card(), parts[max(1, taken) :]
    return messages


def _parts(card: Card) -> Iterator[Card]:
    """Take a card to pieces that each fit a message, in the order in which they are read."""
    for piece in _pieces(card.text, TEXT):
        yield Card(text=piece)
    for field in card.fields:
        yield Card(fields=(field,))
    if card.quote:
        for piece in _pieces(card.quote.words or END, TEXT):
            yield Card(quote=card.quote.model_copy(update={"words": piece}))
    for row in card.rows:
        yield Card(rows=(row,))
    for line in card.lines:
        for piece in _pieces(line, TEXT):
            yield Card(lines=(piece,))


def _joined(frame: Card, parts: Sequence[Card]) -> Card:
    """Put pieces that follow one another into one message."""
    quotes = [part.quote for part in parts if part.quote]
    words = "".join(quote.words for quote in quotes)
    changed = {
        "text": "".join(part.text for part in parts),
        "fields": tuple(field for part in parts for field in part.fields),
        "quote": quotes[0].model_copy(update={"words": words}) if quotes else None,
        "rows": tuple(row for part in parts for row in part.rows),
        "lines": tuple(line for part in parts for line in part.lines),
    }
    return frame.model_copy(update=changed)


def _pieces(words: str, most: int) -> Iterator[str]:
    while words:
        piece, words = split(words, most, utf16_units)
        yield piece
