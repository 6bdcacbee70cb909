"""Fitting: a card as a channel can show it; what it cannot show becomes words, and nothing that was said is lost."""

from __future__ import annotations

import itertools
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Final

from bot.channels.cutting import Weigh, cut
from handlers.cards import Button, Card, Form

FIRST_WIDE: Final = "\u2e80"
"""From the CJK radicals on signs are wide, and so is their punctuation."""


@dataclass(frozen=True)
class Abilities:
    """What a channel can show. `longest` is a card's, counted by `weigh`; `buttons` how many a card may have.

    From about `goes_on` on a card fills more than one message.
    """

    fields: bool = True
    quotes: bool = True
    rows: bool = True
    forms: bool = True
    pictures: bool = True
    files: bool = True
    buttons: int = 100
    longest: int = 1_000_000
    goes_on: int = 1_000_000
    weigh: Weigh = len
    marks: bool = False
    """Whether signs can stand beside a card."""


EVERYTHING = Abilities()
WORDS_ONLY = Abilities(fields=False, quotes=False, rows=False, forms=False, pictures=False, files=False, buttons=0)


def fitted(card: Card, can: Abilities) -> Card:
    """Give the card as the channel can show it, the most important first: what is said, then what can be done.

    A card that a platform refused in its rich form (`plain`) is fitted to words alone.
    """
    if card.plain:
        can = replace(WORDS_ONLY, longest=can.longest, weigh=can.weigh)
    if can == EVERYTHING:
        return card
    card = card if can.rows else _unrowed(card)
    shown = card.model_copy(
        update={
            "lines": tuple(_lines(card, can)),
            "fields": card.fields if can.fields else (),
            "quote": card.quote if can.quotes else None,
            "form": card.form if can.forms else None,
            "picture": card.picture if _is_drawn(card, can) else None,
            "files": card.files if can.files else (),
            "buttons": card.buttons[: can.buttons],
        }
    )
    return _shortened(shown, can.longest, can.weigh)


def goes_on(card: Card, can: Abilities) -> bool:
    """Tell whether a fitted card may fill more than one message; a file is one of its own."""
    return bool(card.files) or _length(card, can.weigh) > can.goes_on


def _unrowed(card: Card) -> Card:
    """Say rows as lines and gather their deeds below; with several of them a number tells which belong together."""
    count = itertools.count(1)
    several = sum(not row.heading for row in card.rows) > 1
    rows = [(f"{next(count)} " if several and not row.heading else "", row) for row in card.rows]
    lines = tuple(mark.replace(" ", ". ") + row.text.replace("\n", " · ") for mark, row in rows)
    deeds = tuple(
        button.model_copy(update={"label": mark + button.label}) for mark, row in rows for button in row.buttons
    )
    return card.model_copy(update={"rows": (), "lines": lines + card.lines, "buttons": deeds + card.buttons})


def _is_drawn(card: Card, can: Abilities) -> bool:
    return can.pictures and card.is_drawn


def _lines(card: Card, can: Abilities) -> Iterable[str]:
    if not can.fields:
        yield from (f"{field.label}{colon(card)}{field.value}" for field in card.fields)
    if card.quote and not can.quotes:
        yield from (f"> {line}" for line in f"{card.quote.who}{colon(card)}{card.quote.words}".splitlines())
    yield from card.lines
    if not can.files:
        yield from (f"📎 {file.label}" for file in card.files)
    if card.picture and not _is_drawn(card, can):
        yield card.picture.alt
    if card.form and not can.forms:
        yield _typed(card.form)
    yield from (f"{button.label}{colon(card)}{_deed(button)}" for button in card.buttons[can.buttons :])


def colon(card: Card) -> str:
    """Give what stands between a label and its value in a card's language, which its labels tell: they alone are ours."""
    ours = [part.label for part in card.fields] or [part.label for part in card.every_button]
    return "：" if any(max(label, default="") > FIRST_WIDE for label in ours) else ": "


def _deed(button: Button) -> str:
    """Say how a deed is typed where it cannot be pressed."""
    return " ".join([f"/{button.command}", *button.args.values()])


def _typed(form: Form) -> str:
    asked = " ".join(ask.value or (f"<{ask.label}>" if ask.required else f"[{ask.label}]") for ask in form.asks)
    return " ".join(part for part in (f"/{form.command}", *form.fixed.values(), asked) if part)


def _shortened(card: Card, longest: int, weigh: Weigh) -> Card:
    """Cut the longest part, somebody's words or our text, so that the rest of the card stays whole."""
    over = _length(card, weigh) - longest
    if over <= 0:
        return card
    if card.quote and weigh(card.quote.words) > over:
        quote = card.quote.model_copy(update={"words": _shorter(card.quote.words, over, weigh)})
        return card.model_copy(update={"quote": quote})
    if weigh(card.text) > over:
        return card.model_copy(update={"text": _shorter(card.text, over, weigh)})
    room = max(0, longest - _length(card.model_copy(update={"lines": ()}), weigh))
    return card.model_copy(update={"lines": tuple(_as_many(card.lines, room, weigh))})


def _as_many(lines: Iterable[str], room: int, weigh: Weigh) -> Iterable[str]:
    """Give the lines from the start for which there is room, the last of them cut."""
    for line in lines:
        kept = line if weigh(line) < room else cut(line, room - 1, weigh)
        if kept:
            yield kept
        room -= weigh(kept) + 1
        if room <= 1:
            return


def _shorter(words: str, over: int, weigh: Weigh) -> str:
    return cut(words, weigh(words) - over, weigh)


def _length(card: Card, weigh: Weigh) -> int:
    quote = (card.quote.who, card.quote.words) if card.quote else ()
    fields = [part for field in card.fields for part in (field.label, field.value)]
    rows = [row.text for row in card.rows]
    parts = (card.title, card.text, *quote, *fields, *rows, *card.lines, card.footer)
    return sum(weigh(part) + 1 for part in parts if part)
