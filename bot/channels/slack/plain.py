"""Plain words: Slack's own marks become readable text on the way in, and lose their power on the way out."""

from __future__ import annotations

import re

from bot.channels.clean import clean_text

_MARK = re.compile(r"<([^<>|]+)(?:\|([^<>]*))?>")
_POWERS = {"&": "&amp;", "<": "&lt;", ">": "&gt;"}


def escaped(text: str) -> str:
    """Take the power from what Slack would read as a mention or a link."""
    return "".join(_POWERS.get(character, character) for character in text)


def readable(text: str) -> str:
    """Give what somebody typed in Slack as they saw it: links and names without marks."""
    shown = _MARK.sub(lambda mark: _shown(mark[1], mark[2] or ""), text)
    for character, written in reversed(_POWERS.items()):
        shown = shown.replace(written, character)
    return clean_text(shown)


def _shown(target: str, label: str) -> str:
    if target[0] in "@#!":
        return f"{'#' if target[0] == '#' else '@'}{label.lstrip('@#') or target[1:]}"
    bare = target.removeprefix("mailto:").removeprefix("tel:")
    return bare if label in ("", bare) or bare.endswith(f"://{label}") else f"{label} ({bare})"
