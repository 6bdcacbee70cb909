"""The widget: one script that puts the chat on any page of the company's, with its words in both languages."""

from __future__ import annotations

import gzip
import hashlib
import json
from functools import lru_cache
from html import escape
from pathlib import Path
from string import Template
from typing import Final

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from bot.app import Bot
from bot.channels.webchat.tongue import language_of
from prompts.phrases import LANGUAGES, phrases
from storage.vault import vault

SCRIPT: Final = Path(__file__).parent / "script"
PARTS: Final = (
    "state", "elements", "wire", "sending", "cards", "log", "asking", "composing", "elsewhere", "panel", "opening",
)  # fmt: skip
"""The parts of the script as they run: the last one puts the chat on the page, when all that it does is known."""
PLACE: Final = "/*WORDS*/"
LOOKS: Final = "/*LOOKS*/"
WORDS: Final = (
    "open", "title", "close", "empty", "placeholder", "send", "sending", "waiting", "not-sent", "again", "take-back",
    "offline", "unreachable", "unread", "log", "attach", "attached", "remove", "too-large", "loading", "download",
    "elsewhere", "elsewhere-about", "elsewhere-copy", "elsewhere-copied", "back", "choose", "required",
    "optional", "sent", "today", "newest", "edited", "quoted", "failed",
    "deeds", "edit", "save", "leave-it", "changed", "colon",
    "asks", "asks-name", "asks-reach", "asks-agree", "asks-send", "asks-skip", "asks-thanks",
)  # fmt: skip
"""The phrases that the script shows, each under `widget-…`; what a server says comes with its answers."""


PAGE: Final = Template("""<!doctype html>
<html lang="$language"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>$company</title><link rel="icon" href="/assets/icon.svg"><link rel="stylesheet" href="/assets/console.css"></head>
<body><script src="/webchat/widget.js" data-page data-guest="$guest" data-company="$company" data-language="$language">\
</script></body></html>""")
PAGE_HEADERS: Final = {
    "cache-control": "no-store",
    "content-security-policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self' blob:; "
        "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
    ),
}


class Widget:
    """The doors of the script, which any site may load, and of `/chat`: the same chat as a page of our own."""

    def __init__(self, bot: Bot) -> None:
        self._bot = bot
        self._script = _joined()

    def router(self) -> APIRouter:
        router = APIRouter(include_in_schema=False)
        router.add_api_route("/webchat/widget.js", self._give, methods=["GET"])
        router.add_api_route("/chat", self._page, methods=["GET"])
        return router

    async def _give(self, request: Request) -> Response:
        company = self._bot.policies.current.company.name
        script, packed, mark = _made(self._script, company)
        headers = {"etag": mark, "cache-control": "public, max-age=300", "access-control-allow-origin": "*"}
        headers["vary"] = "Accept-Encoding"
        if request.headers.get("if-none-match") == mark:
            return Response(status_code=304, headers=headers)
        if "gzip" in request.headers.get("accept-encoding", ""):
            script, headers["content-encoding"] = packed, "gzip"
        return Response(script, media_type="text/javascript; charset=utf-8", headers=headers)

    async def _page(self, request: Request) -> Response:
        """Give the chat as a page; a mark says whose it is, so that nobody sends what another typed on this device."""
        company = self._bot.policies.current.company
        language, guest = language_of(request, company.language), vault.blind(f"page of {request.state.guest}")[:16]
        page = PAGE.substitute(language=language, company=escape(company.name), guest=guest)
        return HTMLResponse(page, headers=PAGE_HEADERS)


@lru_cache(maxsize=4)
def _made(script: str, company: str) -> tuple[bytes, bytes, str]:
    """Put the words into the script; give it plain and packed, and the mark by which a browser knows it has it."""
    plain = script.replace(PLACE, json.dumps(words(company), separators=(",", ":")) + " ??").encode()
    return plain, gzip.compress(plain, mtime=0), f'"{hashlib.sha256(plain).hexdigest()[:16]}"'


def _joined() -> str:
    """Make one script of the parts and the looks, so that a page loads it by one tag and one request."""
    parts = "\n".join(_bare(f"{name}.js") for name in PARTS)
    return _bare("widget.js").replace("/*PARTS*/", parts).replace(LOOKS, _bare("widget.css"))


def _bare(name: str) -> str:
    """Read a file without its indentation and whole-line comments."""
    lines = (line.strip() for line in (SCRIPT / name).read_text(encoding="utf-8").splitlines())
    return "\n".join(line for line in lines if line and not line.startswith("//"))


def words(company: str) -> dict[str, dict[str, str]]:
    """Give what the script says, by language; none of it is markup where it is shown."""
    return {language: _words(language, company) for language in LANGUAGES}


def _words(language: str, company: str) -> dict[str, str]:
    t = phrases(language)
    return {name.replace("-", "_"): t(f"widget-{name}", company=company) for name in WORDS}
