"""What Slack refuses: the limits of Block Kit and of messages, as far as they are published or known.

Documented (docs.slack.dev/reference/block-kit: each block's, element's and composition object's own page): the numbers of
blocks, elements, fields and options; the lengths of texts, labels, hints, values and ids; which text may be markup; that
ids differ within a message, and that an initial option is one of the options. Documented (Views; views.open; Home tab):
24 signs of a title, 3000 of private metadata, a modal with inputs has a submit button, `view_too_large`. Documented
(chat.postMessage): 40,000 signs of text, `metadata` with its two fields. Assumed: that each of it is refused as
`invalid_blocks` or `invalid_arguments` alone, where Slack says more beside it; and what is marked so below.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

MOST_BLOCKS = {"message": 50, "modal": 100, "home": 100}
ALL_BLOCKS_TEXT = 13_200
"""Undocumented: so many characters over all blocks are too long (bolt-js issue 2509)."""
LONGEST_TEXT = 40_000
LARGEST_VIEW = 250_000
"""Bytes; the published error view_too_large says 250 kB."""
CONTROL = re.compile(r"<(?:[!@#][^>]*|(?:https?|mailto|tel):[^>]*)>", re.IGNORECASE)
Piece = dict[str, Any]


class Wrong(Exception):
    """A part that the platform does not take; says which."""


def refusal(blocks: list[Piece], where: str = "message") -> str | None:
    """Tell why blocks are refused, as the platform's error code; None if they are fine."""
    try:
        _check_all(blocks, where)
    except Wrong:
        return "invalid_blocks"
    return "msg_blocks_too_long" if sum(len(t["text"]) for t in texts(blocks)) > ALL_BLOCKS_TEXT else None


def texts(part: Any) -> Iterator[Piece]:
    """Walk every piece that has words, in any depth."""
    if isinstance(part, dict):
        if part.get("type") in ("mrkdwn", "plain_text", "text") and isinstance(part.get("text"), str):
            yield part
        for value in part.values():
            yield from texts(value)
    elif isinstance(part, list):
        for value in part:
            yield from texts(value)


# documented: Formatting text; assumed: that nothing else comes to life
def alive(message: Piece) -> list[str]:
    """Find what Slack would bring to life: control sequences and markup, wherever markup is read."""
    read = [piece["text"] for piece in texts(message.get("blocks", [])) if piece["type"] == "mrkdwn"]
    found = [match for text in [*read, message.get("text", "")] for match in CONTROL.findall(text)]
    kinds = {str(piece.get("type")) for piece in _pieces(message.get("blocks", []))}
    return found + sorted(kinds & {"link", "user", "usergroup", "broadcast", "channel"})


def _pieces(part: Any) -> Iterator[Piece]:
    if isinstance(part, dict):
        yield part
        for value in part.values():
            yield from _pieces(value)
    elif isinstance(part, list):
        for value in part:
            yield from _pieces(value)


def _check_all(blocks: list[Piece], where: str) -> None:
    _that(isinstance(blocks, list) and len(blocks) <= MOST_BLOCKS[where], "number of blocks")
    ids = [block["block_id"] for block in blocks if "block_id" in block]
    _that(len(ids) == len(set(ids)) and all(0 < len(id_) <= 255 for id_ in ids), "block_id")
    for block in blocks:
        check = BLOCKS.get(block.get("type", ""))
        _that(check is not None, f"block {block.get('type')}")
        assert check is not None
        check(block)


def _that(holds: bool, what: str) -> None:  # noqa: FBT001 - reads as a sentence
    if not holds:
        raise Wrong(what)


def _text(piece: Any, longest: int, kinds: tuple[str, ...] = ("plain_text", "mrkdwn")) -> None:
    _that(isinstance(piece, dict) and piece.get("type") in kinds, f"text object {piece}")
    _that(0 < len(piece.get("text", "")) <= longest, f"length of {piece}")
    _that(piece["type"] == "plain_text" or "emoji" not in piece, "emoji")


def _section(block: Piece) -> None:
    _that("text" in block or "fields" in block, "empty section")
    if "text" in block:
        _text(block["text"], 3000)
    fields = block.get("fields", [])
    _that(len(fields) <= 10 and ("fields" not in block or bool(fields)), "fields")
    for field in fields:
        _text(field, 2000)


def _header(block: Piece) -> None:
    _text(block["text"], 150, ("plain_text",))


def _context(block: Piece) -> None:
    _that(0 < len(block["elements"]) <= 10, "elements of context")
    for element in block["elements"]:
        _text(element, 3000)


def _actions(block: Piece) -> None:
    _that(0 < len(block["elements"]) <= 25, "elements of actions")
    ids = [element["action_id"] for element in block["elements"]]
    _that(len(ids) == len(set(ids)) and all(0 < len(id_) <= 255 for id_ in ids), "action_id")
    for element in block["elements"]:
        _that(element.get("type") in ELEMENTS, f"element {element.get('type')}")
        ELEMENTS[element["type"]](element)


def _button(element: Piece) -> None:
    _text(element["text"], 75, ("plain_text",))
    _that(len(element.get("value", "")) <= 2000, "value")
    _that(element.get("style", "primary") in ("primary", "danger"), "style")


def _options(element: Piece, most: int) -> None:
    _that(0 < len(element["options"]) <= most, "options")
    for option in element["options"]:
        _text(option["text"], 75)
        _that(0 < len(option["value"]) <= 150, "value of an option")


def _overflow(element: Piece) -> None:
    _options(element, 5)


def _select(element: Piece) -> None:
    _options(element, 100)
    chosen = element.get("initial_option")
    _that(chosen is None or chosen in element["options"], "initial_option")
    if "placeholder" in element:
        _text(element["placeholder"], 150, ("plain_text",))


def _checkboxes(element: Piece) -> None:
    _options(element, 10)


def _line(element: Piece) -> None:
    longest = element.get("max_length", 3000)
    _that(1 <= longest <= 3000 and len(element.get("initial_value", "")) <= longest, "initial_value")
    if "placeholder" in element:
        _text(element["placeholder"], 150, ("plain_text",))


def _number(element: Piece) -> None:
    _that(isinstance(element.get("is_decimal_allowed"), bool), "is_decimal_allowed")


def _input(block: Piece) -> None:
    _text(block["label"], 2000, ("plain_text",))
    if "hint" in block:
        _text(block["hint"], 2000, ("plain_text",))
    _that(block["element"].get("type") in INPUTS, f"input {block['element'].get('type')}")
    INPUTS[block["element"]["type"]](block["element"])


def _rich(block: Piece) -> None:
    _that(bool(block["elements"]), "empty rich text")
    for part in block["elements"]:
        _that(part["type"] in ("rich_text_section", "rich_text_quote", "rich_text_preformatted"), part["type"])
        _that(bool(part["elements"]), "empty part of rich text")
        for element in part["elements"]:
            # documented types; assumed: an empty part or text is refused
            known = element["type"] in ("text", "link", "user", "emoji", "broadcast", "channel", "usergroup")
            _that(known and (element["type"] != "text" or bool(element["text"])), "element of rich text")


def _divider(_block: Piece) -> None:
    return


BLOCKS = {
    "section": _section,
    "header": _header,
    "context": _context,
    "actions": _actions,
    "input": _input,
    "rich_text": _rich,
    "divider": _divider,
}
ELEMENTS = {"button": _button, "overflow": _overflow, "static_select": _select}
INPUTS = {"plain_text_input": _line, "static_select": _select, "number_input": _number, "checkboxes": _checkboxes}


def view_refusal(view: Piece, kind: str = "modal") -> str | None:
    """Tell why a modal or a home tab is refused."""
    try:
        _that(view.get("type") == kind, f"a view of type {view.get('type')}")
        _that(bool(view.get("blocks")), "no blocks")
        if kind == "modal":
            _modal(view)
        else:
            _that(not {"title", "submit", "close"} & view.keys(), "a home tab has no frame")
        _that(len(view.get("private_metadata", "")) <= 3000, "private_metadata")
        _check_all(view["blocks"], kind)
    except Wrong:
        return "invalid_arguments"
    return "view_too_large" if len(json.dumps(view, ensure_ascii=False).encode()) > LARGEST_VIEW else None


def _modal(view: Piece) -> None:
    for name in ("title", "submit", "close"):
        if name in view:
            _text(view[name], 24, ("plain_text",))
    _that("title" in view, "title")
    inputs = any(block.get("type") == "input" for block in view["blocks"])
    _that("submit" in view or not inputs, "submit")  # documented: required with an input block


def metadata_refusal(metadata: Any) -> str | None:
    metadata = json.loads(metadata) if isinstance(metadata, str) else metadata
    if metadata and not {"event_type", "event_payload"} <= metadata.keys():
        return "invalid_metadata_format"
    return None
