"""Rendering: a card as WeChat shows it to a customer: words, a menu to tap, nothing that could be read as markup.

A customer who wrote may be answered five times, so a card takes as few messages as it can: its menu carries the words.
Nothing can be changed once it is said; of a card that changed only what is new is said.

Source: developer.work.weixin.qq.com/document/path/94677 (send_msg: text 2,048 bytes; msgmenu: head and tail 1,024,
an item's id and words 128).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Any, Final

from bot.channels.cutting import cut, split
from bot.channels.fitting import FIRST_WIDE, Abilities, colon
from bot.channels.shown import shown
from handlers.cards import Button, Card

LONGEST: Final = 2048
LONGEST_HEAD: Final = 1024
LONGEST_ITEM: Final = 128
ITEMS: Final = 10
MESSAGES: Final = 3
"""A card fills so many messages at most: three of the five leave room for what is said next."""
_TAG: Final = re.compile(r"<(?=[A-Za-z/!])")
Body = dict[str, Any]


def utf8_bytes(words: str) -> int:
    """Count as WeCom does."""
    return len(words.encode("utf-8", "surrogatepass"))


ABILITIES: Final = Abilities(
    rows=False,
    forms=False,
    pictures=False,
    files=True,
    buttons=ITEMS,
    longest=LONGEST * (MESSAGES - 1) + LONGEST_HEAD,
    goes_on=0,
    weigh=utf8_bytes,
)
"""`goes_on` 0: every card is told what stands in its place, because only what is new can be said."""


def render(card: Card, stood: Card | None = None) -> list[Body]:
    """Give the messages of a fitted card; none, if all of it was said with the card that stood there."""
    before = set(_blocks(stood)) if stood else set()
    blocks = [block for block in _blocks(card) if block not in before]
    words = "\n".join(blocks)
    offered = () if card.plain or _offers(stood) == _offers(card) else card.buttons
    if not offered:
        return [_text(part) for part in _parts(words, LONGEST)] if words.strip() else []
    *texts, head = _parts(words, LONGEST, last=LONGEST_HEAD) if words.strip() else [_title(card)]
    return [*(_text(part) for part in texts), _menu(head, offered)]


def text_of(words: str) -> Body:
    """Say a line of its own."""
    return _text(cut(_plain(words), LONGEST, utf8_bytes))


def _offers(card: Card | None) -> tuple[str, ...]:
    return tuple(button.id for button in card.buttons) if card else ()


def _title(card: Card) -> str:
    """Stand above a menu that is all that is new."""
    return cut(_plain(card.title or card.text), LONGEST_HEAD, utf8_bytes)


def _parts(words: str, most: int, last: int | None = None) -> Sequence[str]:
    """Cut where a reader pauses; the last part weighs at most `last`."""
    parts, rest = [], words
    while utf8_bytes(rest) > (last or most):
        part, rest = split(rest, min(most, max(last or most, utf8_bytes(rest) - (last or 0))), utf8_bytes)
        parts.append(part.strip("\n"))
    return [part for part in (*parts, rest.strip("\n")) if part.strip()]


def _blocks(card: Card) -> Iterable[str]:
    """Give the parts of a card, in their order, those that are not there left out."""
    yield from _said(_speaker(card) + _plain(card.title))
    yield from _said(_plain(card.text))
    for field in card.fields:
        yield from _said(f"{_plain(field.label)}{colon(card)}{_plain(field.value)}")
    if card.quote:
        yield from _said(f"“{_plain(card.quote.words)}”")
    for line in (*card.lines, card.footer):
        yield from _said(_plain(line))


def _speaker(card: Card) -> str:
    """Name the colleague who speaks, a Chinese name as Chinese apps show it."""
    name = _plain(card.from_person)
    if not name:
        return ""
    return f"【{name}】" if any(sign > FIRST_WIDE for sign in name) else f"{name}:"


def _said(words: str) -> Iterable[str]:
    if words.strip():
        yield words


def _plain(words: str) -> str:
    """Leave nothing that an app could take for a link that does something."""
    return _TAG.sub("＜", shown(words).text)


def _text(words: str) -> Body:
    return {"msgtype": "text", "text": {"content": words}}


def _menu(head: str, buttons: Sequence[Button]) -> Body:
    items = [
        {"type": "click", "click": {"id": b.id, "content": cut(_plain(b.label), LONGEST_ITEM, utf8_bytes)}}
        for b in buttons
    ]
    return {"msgtype": "msgmenu", "msgmenu": {"head_content": head, "list": items}}
