"""Rendering: a card as WeCom shows it, words in a text, deeds on a card with buttons; all of it plain, nothing marked up.

Limits: a text 2048 bytes, beyond which WeCom cuts without a word; a card's title 36 signs, its words 160, a field's name
5 and value 30, a button 10 (all advice), six fields, six buttons (developer.work.weixin.qq.com/document/path/90236). That
two letters of the alphabet take the room of one Chinese sign is assumed. What a card has no room for follows it as text.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from itertools import accumulate
from typing import Any, Final

from bot.channels.cutting import END, cut, split
from bot.channels.fitting import Abilities, colon
from bot.channels.shown import shown
from handlers.cards import Button, Card, Field

Said = dict[str, Any]


def utf8_bytes(words: str) -> int:
    """Count as WeCom does: a Chinese sign counts three."""
    return len(words.encode(errors="replace"))


def width(words: str) -> int:
    """Count as a screen does: a Chinese sign is two wide."""
    return len(words) if words.isascii() else sum(map(_sign_width, words))


@lru_cache(maxsize=8192)
def _sign_width(sign: str) -> int:
    return 2 if unicodedata.east_asian_width(sign) in "WF" else 1


LONGEST: Final = 2048
MARK: Final = 48
"""Bytes kept for what tells apart two messages of the same words."""
MESSAGES: Final = 20
TITLE, WORDS, NAME, VALUE, QUOTE, LABEL, SOURCE = 72, 320, 16, 80, 600, 24, 40
"""Widths: a Chinese sign is two wide. A field's name and value may be somewhat longer than the advice: they wrap."""
FIELDS, BUTTONS = 6, 6
ABILITIES: Final = Abilities(
    rows=False, forms=False, buttons=BUTTONS, longest=(LONGEST - MARK) * MESSAGES, goes_on=0, weigh=utf8_bytes
)
"""Every changed card is compared with the one that stands, as many a change cannot be shown in place."""
SIGNS: Final = {"good": "✅ ", "warn": "🟡 ", "alarm": "🔴 ", "plain": ""}
DONE: Final = "✓"
"""Stands grey where a decided card had its buttons; no language needs it said otherwise."""
NO_DEED: Final = "-"
MORE: Final = "\n…"
_TAG: Final = re.compile(r"<(?=[A-Za-z/!?])")
_BITS: Final = ("\u200b", "\u200c")


def render(card: Card, heading: str = "") -> list[Said]:
    """Give the messages of a card that was fitted; the first has its buttons. `heading` names the thing it is about."""
    if card.buttons and not card.plain:
        return [{"msgtype": "template_card", "template_card": _card(card, heading)}, *_following(card, heading)]
    return _texts([heading, *_parts(card)]) or _texts([END])


def after(card: Card, heading: str = "") -> list[Said]:
    """Give what shows a card in the place of one with buttons: itself; without deeds, a grey sign for them."""
    if card.buttons and not card.plain:
        return render(card, heading)
    undone = _card(card, heading) | {"button_list": [{"text": DONE, "key": NO_DEED}], "replace_text": DONE}
    return [{"msgtype": "template_card", "template_card": undone}, *_following(card, heading)]


def _following(card: Card, heading: str) -> list[Said]:
    """Give what a card with buttons had no room for, below its name."""
    left = list(_left(card))
    is_whole = not left and width(_title(card)) <= TITLE
    return [] if is_whole else _texts([heading, _title(card), *left])


def marked(message: Said, key: str) -> Said:
    """Make a text unlike any other of the same words, by signs that nobody sees: WeCom shows the same text once only.

    The same message is always marked the same, so that one which is sent twice is shown once.
    """
    if message["msgtype"] != "text":
        return message
    bits = "".join(_BITS[int(bit)] for bit in f"{int(key[:3], 16):012b}")
    return {"msgtype": "text", "text": {"content": message["text"]["content"] + bits}}


def plain(words: str) -> str:
    """Give words in which WeCom reads no link: `<a href=…>` in a text would be one."""
    return _TAG.sub("＜", shown(words).text)


def _texts(parts: list[str]) -> list[Said]:
    rest = "\n".join(part for part in parts if part.strip())
    pieces = []
    while rest.strip():
        piece, rest = split(rest, LONGEST - MARK, utf8_bytes)
        if piece.strip():
            pieces.append({"msgtype": "text", "text": {"content": piece.rstrip()}})
    return pieces


def _parts(card: Card) -> Iterator[str]:
    """Give all that a card says, in the order in which it is read."""
    yield plain(card.from_person)
    yield plain(SIGNS[card.tone] + card.title if card.title else "")
    yield plain(card.text)
    yield from (_field(card, field) for field in card.fields)
    yield _quoted(card)
    yield from (plain(line) for line in card.lines)
    yield plain(card.footer)


def _field(card: Card, field: Field) -> str:
    return plain(f"{field.label}{colon(card)}{field.value}")


def _quoted(card: Card) -> str:
    """Set somebody's own words apart from ours."""
    if card.quote is None:
        return ""
    return plain(f"💬 {card.quote.who}\n") + "\n".join(f"┃ {plain(line)}" for line in card.quote.words.splitlines())


def _card(card: Card, heading: str) -> Said:
    made: Said = {"card_type": "button_interaction", "main_title": {"title": cut(_title(card), TITLE, width)}}
    source = " · ".join(part for part in (heading, card.from_person) if part)
    if source:
        made["source"] = {"desc": cut(plain(source), SOURCE, width)}
    if _words(card):
        made["sub_title_text"] = _shortened(_words(card))
    if card.fields:
        made["horizontal_content_list"] = [
            {"keyname": cut(plain(f.label), NAME, width) or END, "value": cut(plain(f.value), VALUE, width)}
            for f in card.fields[:FIELDS]
        ]
    if card.quote:
        who, said = plain(card.quote.who), plain(card.quote.words)
        made["quote_area"] = {"type": 0, "title": cut(who, TITLE, width), "quote_text": cut(said, QUOTE, width)}
    return made | {"button_list": [_button(button) for button in card.buttons[:BUTTONS]]}


def _title(card: Card) -> str:
    """Give a card's title; one that has none begins with its first words."""
    first = next((part for part in (card.title, card.text, *card.lines) if part.strip()), END)
    return plain(SIGNS[card.tone] + first.strip().splitlines()[0])


def _words(card: Card) -> str:
    """Give what stands below the title, with the fields for which there is no row."""
    rest = [part for part in (card.text, *card.lines) if part.strip()]
    if rest and not card.title:
        rest[0] = "\n".join(rest[0].strip().splitlines()[1:])
    more = [_field(card, field) for field in card.fields[FIELDS:]]
    return plain("\n".join(part for part in (*rest, *more, card.footer) if part.strip()))


def _shortened(words: str) -> str:
    """Give the lines for which a card has room; below it the others follow. One that is too long alone is cut."""
    whole = _in_sight(words)
    return words if whole == words else f"{whole}{MORE}" if whole else cut(words, WORDS, width)


def _in_sight(words: str) -> str:
    """Give those lines for which a card has room, whole."""
    lines = words.splitlines()
    if width("\n".join(lines)) <= WORDS:
        return "\n".join(lines)
    ends = accumulate(width(line) + 1 for line in lines)
    return "\n".join(line for line, end in zip(lines, ends, strict=True) if end - 1 <= WORDS - width(MORE))


def _left(card: Card) -> Iterator[str]:
    """Give what a card with buttons had no room for, whole."""
    words = _words(card)
    if width(words) > WORDS:
        yield words.removeprefix(_in_sight(words)).lstrip("\n")
    for field in card.fields[:FIELDS]:
        if width(field.label) > NAME or width(field.value) > VALUE:
            yield _field(card, field)
    if card.quote and (width(card.quote.words) > QUOTE or width(card.quote.who) > TITLE):
        yield _quoted(card)
    if width(card.from_person) > SOURCE // 2:
        yield plain(card.from_person)


def _button(button: Button) -> Said:
    label = cut(shown(button.label).text, LABEL, width)
    return {"text": label if label.strip() else END, "key": button.id}
