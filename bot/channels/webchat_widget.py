"""The widget: one script that puts the chat on any page of the company's, with its words in both languages."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Final

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from bot.app import Bot
from prompts.phrases import LANGUAGES, phrases

STATIC: Final = Path(__file__).parents[1] / "console" / "static"
PLACE: Final = "/*WORDS*/"
WORDS: Final = (
    "open", "title", "close", "empty", "placeholder", "send", "sending", "waiting", "not-sent", "again", "take-back",
    "offline", "unreachable", "unread", "log", "attach", "attached", "remove", "too-large", "loading", "download",
    "menu", "elsewhere", "elsewhere-about", "elsewhere-copy", "elsewhere-copied", "back", "choose", "required",
    "optional", "sent", "today", "newest", "edited", "quoted", "late", "failed",
)  # fmt: skip
"""The phrases that the script shows, each under `widget-…`; what a server says comes with its answers."""


class Widget:
    """The door of the script; any site may load it, and hears from the other doors whether it may speak."""

    def __init__(self, bot: Bot) -> None:
        self._bot = bot
        self._script = (STATIC / "widget.js").read_text(encoding="utf-8")

    def router(self) -> APIRouter:
        router = APIRouter(include_in_schema=False)
        router.add_api_route("/webchat/widget.js", self._give, methods=["GET"])
        return router

    async def _give(self, request: Request) -> Response:
        company = self._bot.policies.current.company.name
        script = self._script.replace(PLACE, json.dumps(words(company), separators=(",", ":")) + " ??")
        mark = f'"{hashlib.sha256(script.encode()).hexdigest()[:16]}"'
        headers = {"etag": mark, "cache-control": "public, max-age=300", "access-control-allow-origin": "*"}
        if request.headers.get("if-none-match") == mark:
            return Response(status_code=304, headers=headers)
        return Response(script, media_type="text/javascript; charset=utf-8", headers=headers)


def words(company: str) -> dict[str, dict[str, str]]:
    """Give what the script says, by language; none of it is markup where it is shown."""
    return {language: _words(language, company) for language in LANGUAGES}


def _words(language: str, company: str) -> dict[str, str]:
    t = phrases(language)
    return {name.replace("-", "_"): t(f"widget-{name}", company=company) for name in WORDS}
