"""What WeCom's message API takes and refuses; each rule says whether the documentation states it or we assume it.

Documentation: developer.work.weixin.qq.com/document/path/90236 (send), 94945 (update of cards), 90313 (error numbers).
"""

from __future__ import annotations

import re
from typing import Any, Final

Said = dict[str, Any]
TEXT: Final = 2048
"""Documented: bytes of a text or of markdown; what is beyond is cut off, without a word."""
BUTTONS: Final = 6
"""Documented: button_list, no more than 6."""
HORIZONTAL: Final = 6
"""Documented: horizontal_content_list, no more than 6."""
KEY: Final = 1024
"""Documented: bytes of a button's key; keys differ."""
TASK: Final = re.compile(r"[0-9A-Za-z_\-@]{1,128}")
"""Documented: letters, digits and _-@, 128 bytes, never twice in one app."""
ADVISED: Final = {"title": 36, "sub_title_text": 160, "keyname": 5, "value": 30, "button": 10}
"""Documented as advice ("建议不超过"), in Chinese signs: beyond it an app may show less. The title's is a rule here."""


class Refusal(Exception):
    """An answer with an error number."""

    def __init__(self, errcode: int, errmsg: str = "refused", **more: Any) -> None:
        super().__init__(errmsg)
        self.body = {"errcode": errcode, "errmsg": errmsg, **more}


def check_message(said: Said) -> None:
    """Check the content of a message by its kind."""
    kind = said.get("msgtype")
    part = said.get(kind) if isinstance(kind, str) else None
    if not isinstance(part, dict):
        raise Refusal(40008, "invalid message type")  # documented number
    if kind in ("text", "markdown"):
        _check_words(part)
    elif kind in ("image", "file", "voice", "video"):
        pass  # the media id is looked up by whoever keeps the files
    elif kind == "template_card":
        check_card(part)
    else:
        raise Refusal(40008, "invalid message type")


def _check_words(part: Said) -> None:
    words = part.get("content")
    if not isinstance(words, str) or not words.strip():
        raise Refusal(44004, "empty content")  # documented number
    part["content"] = words.encode()[:TEXT].decode(errors="ignore")  # documented: cut off, not refused


def check_card(card: Said, *, new: bool = True) -> None:
    """Check a card with buttons; the number of its refusal is assumed (40058, invalid parameter)."""
    if card.get("card_type") != "button_interaction":
        raise _bad("card_type")
    title = card.get("main_title", {}).get("title", "")
    if not isinstance(title, str) or not title or len(title.encode("gbk", "replace")) > 2 * ADVISED["title"]:
        raise _bad("main_title.title")
    if new and not TASK.fullmatch(str(card.get("task_id", ""))):
        raise _bad("task_id")
    _check_buttons(card.get("button_list"))
    rows = card.get("horizontal_content_list", [])
    if len(rows) > HORIZONTAL or any(not row.get("keyname") for row in rows):
        raise _bad("horizontal_content_list")


def _check_buttons(buttons: Any) -> None:
    if not isinstance(buttons, list) or not 1 <= len(buttons) <= BUTTONS:
        raise _bad("button_list")
    keys = [button.get("key") for button in buttons]
    if len(set(keys)) < len(keys) or any(not isinstance(key, str) or len(key.encode()) > KEY for key in keys):
        raise _bad("button_list.key")
    if any(not button.get("text") or button.get("style", 1) not in (1, 2, 3, 4) for button in buttons):
        raise _bad("button_list.text")


def _bad(where: str) -> Refusal:
    return Refusal(40058, f"invalid parameter: {where}")


def shown(card: Said) -> str:
    """Give what a person reads on a card."""
    quote = card.get("quote_area", {})
    parts = [card.get("source", {}).get("desc", ""), card["main_title"]["title"], card["main_title"].get("desc", "")]
    parts += [card.get("sub_title_text", ""), quote.get("title", ""), quote.get("quote_text", "")]
    parts += [f"{row['keyname']}: {row.get('value', '')}" for row in card.get("horizontal_content_list", [])]
    parts += [card.get("replace_text", "")]
    return "\n".join(part for part in parts if part)
