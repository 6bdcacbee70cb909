"""The tongue of a browser: what the person chose on a page, or else what their browser asks for."""

from __future__ import annotations

import re
from typing import Final

from starlette.requests import HTTPConnection

from prompts.phrases import LANGUAGES

LANGUAGE_COOKIE: Final = "rapport_language"
NAMES: Final = {"en": "English", "zh-CN": "中文"}
_WISH = re.compile(r"\s*([A-Za-z]{1,8})(?:-[A-Za-z0-9-]{0,32})?\s*(?:;\s*q=([01](?:\.\d{0,3})?))?\s*")


def language_of(browser: HTTPConnection, fallback: str = "en") -> str:
    """Tell in which of our languages to speak to a browser."""
    chosen = browser.query_params.get("lang") or browser.cookies.get(LANGUAGE_COOKIE)
    if chosen in LANGUAGES:
        return str(chosen)
    return asked_for(browser.headers.get("accept-language", "")) or fallback


def asked_for(header: str) -> str | None:
    """Read an Accept-Language header: the first of our languages by weight, None if there is none of them."""
    wishes: list[tuple[float, str]] = []
    for part in header[:400].split(","):
        wish = _WISH.fullmatch(part)
        known = wish and next((ours for ours in LANGUAGES if ours.split("-")[0] == wish[1].casefold()), None)
        if wish and known and float(wish[2] or 1) > 0:
            wishes.append((float(wish[2] or 1), known))
    return max(wishes, key=lambda weighted: weighted[0])[1] if wishes else None
