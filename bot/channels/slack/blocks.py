"""Blocks: a card as Slack shows it. Every word is plain text, so nothing that anybody wrote comes to life.

Limits: 50 blocks a message and 100 a home, header 150, section 3000, field 2000 and ten of them, button 75, overflow five options
(docs.slack.dev, reference of Block Kit); about 13,200 characters over all blocks (slackapi/bolt-js issue 2509).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, Final, TypeVar

from bot.channels.cutting import cut, split, utf16_units
from bot.channels.fitting import Abilities
from bot.channels.slack.plain import escaped
from bot.channels.slack.spreading import spread
from handlers.cards import Button, Card, Field, Form, Quote, Row

Block = dict[str, Any]
T = TypeVar("T")
ABILITIES: Final = Abilities(buttons=25, longest=60_000, goes_on=2500, weigh=utf16_units, marks=True)
"""A card goes on in further messages; one that is shorter than `goes_on` never does, unless it is a list."""
MOST_BLOCKS, MOST_AT_HOME = 50, 100
LONGEST, PLAIN = 12_000, 8000
HEADER, SECTION, VALUE, LABEL, FALLBACK = 150, 3000, 2000, 75, 300
IN_SIGHT = 5
"""So many buttons are seen at once; the others fold into menus of five."""
SIGNS: Final = {"plain": "", "good": "✅ ", "warn": "🟡 ", "alarm": "🔴 "}
TICK = "✓"
CARD_FORM = "card"
"""Names the form that a card carries itself, where a button's form is named by the button."""


def shown(card: Card, place: str, slot: str) -> list[Block]:
    """Give text and blocks of each message of a card; its buttons say in which place and slot they stand."""
    if card.plain:
        return [{"text": escaped(piece)} for piece in _pieces(_in_words(card), PLAIN)]

    def blocks(part: Card) -> list[Block]:
        return _all_blocks(part, place, slot)

    over = _size(blocks(card)) - LONGEST
    messages = spread(card, lambda part: _fit(blocks(part)), over)
    return [{"text": _fallback(part), "blocks": blocks(part)} for part in messages]


def _fit(blocks: list[Block]) -> bool:
    return len(blocks) <= MOST_BLOCKS and _size(blocks) <= LONGEST


def _all_blocks(card: Card, place: str, slot: str) -> list[Block]:
    return [*_body(card, place, slot), *_ends(card, place, slot)] or [_section("…")]


def _ends(card: Card, place: str, slot: str) -> list[Block]:
    return [*_deeds(card.buttons, place, slot, 0), *_own_form(card.form, place, slot), *_footer(card)]


def home(card: Card, place: str, slot: str) -> Block:
    """Give the view of somebody's home tab; publishing it again changes nothing."""
    if card.plain:
        return {"type": "home", "blocks": [_section(piece) for piece in _pieces(_in_words(card), SECTION)]}
    ends = _ends(card, place, slot)
    return {"type": "home", "blocks": [*_within(list(_body(card, place, slot)), ends), *ends] or [_section("…")]}


def _in_words(card: Card) -> str:
    return "\n".join(part for part in (card.title, card.text, *card.lines, card.footer) if part) or "…"


def _body(card: Card, place: str, slot: str) -> Iterator[Block]:
    if card.title:
        yield {"type": "header", "text": _text(_cut(f"{SIGNS[card.tone]}{card.title}", HEADER))}
    for piece in _pieces(_signed(card), SECTION):
        yield _section(piece)
    for fields in _groups(card.fields, 5):
        yield {"type": "section", "fields": [part for field in fields for part in _field(field)]}
    if card.quote:
        yield _quote(card.quote)
    for number, row in enumerate(card.rows, start=1):
        yield _row(row)
        yield from _deeds(row.buttons, place, slot, number)
    for piece in _pieces("\n".join(line for line in card.lines if line), SECTION):
        yield _section(piece)


def _signed(card: Card) -> str:
    """Let a card without a title wear its sign before its words, unless they begin with a tick of their own."""
    wears_none = card.title or not card.text or card.text.startswith(TICK)
    return card.text if wears_none else f"{SIGNS[card.tone]}{card.text}"


def _field(field: Field) -> tuple[Block, Block]:
    """Set label and value side by side: only the label, which is ours, is bold."""
    label = {"type": "mrkdwn", "text": f"*{escaped(_cut(field.label, LABEL))}*", "verbatim": True}
    return label, _text(_cut(field.value, VALUE) or "–")


def _quote(quote: Quote) -> Block:
    """Fence somebody's words off: their name and a bar in front of every line; Slack reads no marks in it."""
    who = {"type": "rich_text_section", "elements": [_words(f"💬 {quote.who}", bold=True)]}
    said = {"type": "rich_text_quote", "elements": [_words(quote.words or "…")]}
    return {"type": "rich_text", "elements": [who, said]}


def _row(row: Row) -> Block:
    """Say one thing of a list, or name those below; what names it is bold, and no marks are read in it."""
    head, _, rest = _cut(row.text, SECTION).partition("\n")
    if not head or not (rest or row.heading):
        return _section(_cut(row.text, SECTION))
    said = [_words(head, bold=True), *([_words(f"\n{rest}")] if rest else [])]
    return {"type": "rich_text", "elements": [{"type": "rich_text_section", "elements": said}]}


def _words(text: str, **style: bool) -> Block:
    return {"type": "text", "text": text, **({"style": style} if style else {})}


def _deeds(buttons: Sequence[Button], place: str, slot: str, number: int) -> Iterator[Block]:
    if not buttons:
        return
    seen, folded = buttons[:IN_SIGHT], buttons[IN_SIGHT:]
    elements = [_button(button, f"{number}.{index}") for index, button in enumerate(seen)]
    menus = [_menu(group, f"{number}.more{index}") for index, group in enumerate(_groups(folded, 5))]
    yield {"type": "actions", "block_id": f"{number}|{place}|{slot}", "elements": [*elements, *menus]}


def _button(button: Button, id_: str) -> Block:
    made: Block = {"type": "button", "action_id": id_, "text": _text(_cut(button.label, LABEL)), "value": deed(button)}
    return made if button.style == "plain" else made | {"style": button.style}


def _menu(buttons: Sequence[Button], id_: str) -> Block:
    options = [{"text": _text(_cut(button.label, LABEL)), "value": deed(button)} for button in buttons]
    return {"type": "overflow", "action_id": id_, "options": options}


def _own_form(form: Form | None, place: str, slot: str) -> Iterator[Block]:
    if form:
        value = f"form:{CARD_FORM}"
        button = {"type": "button", "action_id": "form", "text": _text(_cut(form.title, LABEL)), "value": value}
        yield {"type": "actions", "block_id": f"form|{place}|{slot}", "elements": [button | {"style": "primary"}]}


def deed(button: Button) -> str:
    """Say what a press carries: whether it asks first, and the button's id."""
    return f"{'form' if button.form else 'press'}:{button.id}"


def _footer(card: Card) -> list[Block]:
    said = [part for part in (card.from_person, card.footer) if part]
    return [{"type": "context", "elements": [_text(_cut(part, VALUE)) for part in said]}] if said else []


def _within(body: list[Block], ends: list[Block]) -> list[Block]:
    """Keep as much of the body as a home takes; a sign stands for the rest."""
    room = LONGEST - sum(map(_size, ends))
    for index, block in enumerate(body):
        room -= _size(block)
        if room < 0 or index + len(ends) >= MOST_AT_HOME:
            return [*body[: max(0, index - 1)], _section("…")]
    return body


def _size(part: Any) -> int:
    if isinstance(part, dict):
        own = utf16_units(part["text"]) if isinstance(part.get("text"), str) else 0
        return own + sum(map(_size, part.values()))
    return sum(map(_size, part)) if isinstance(part, list) else 0


def _fallback(card: Card) -> str:
    """Say the card in a notification's length."""
    quote = f"{card.quote.who}: {card.quote.words}" if card.quote else ""
    if card.text and not card.title:
        return escaped(_cut(_signed(card), FALLBACK))
    said = next((part for part in (card.title, quote, *card.lines) if part), "…")
    return escaped(_cut(f"{SIGNS[card.tone]}{said}", FALLBACK))


def _section(text: str) -> Block:
    return {"type": "section", "text": _text(text or "…")}


def _text(text: str, *, emoji: bool = False) -> Block:
    return {"type": "plain_text", "text": text, "emoji": emoji}


def _pieces(text: str, longest: int) -> Iterator[str]:
    """Cut a text where a reader pauses; blank pieces, which Slack does not take, are left out."""
    while text:
        piece, text = split(text, longest, utf16_units)
        if piece.strip():
            yield piece


def _groups(things: Sequence[T], size: int) -> Iterator[Sequence[T]]:
    for start in range(0, len(things), size):
        yield things[start : start + size]


def _cut(text: str, longest: int) -> str:
    return cut(text, longest, utf16_units)
