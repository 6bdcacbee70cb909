"""The postman of the emulated Telegram: brings updates to a webhook, and again until somebody says that they are kept."""

from __future__ import annotations

import asyncio
import re
import time
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, Literal

import aiohttp

from tests.emulators.telegram_rules import bad

if TYPE_CHECKING:
    from tests.emulators.telegram import Telegram

Mishap = Literal["ok", "twice", "lost-answer"]
SECRET = re.compile(r"[A-Za-z0-9_-]{1,256}")
"""Documented: setWebhook, secret_token."""


class Postman:
    """Brings what is reported to the address that was named; `door` is where that host stands in this test."""

    def __init__(self, telegram: Telegram) -> None:
        self.door = ""
        self.secret = ""
        self.mishap: Callable[[dict[str, Any]], Mishap] = lambda _: "ok"
        self.again = 0.02
        """Seconds until a refused update is brought again; assumed: Telegram's own pauses grow, to minutes."""
        self.orderly = True
        """Assumed: one after the other within a chat; false brings everything side by side."""
        self.answers: list[tuple[int, int, bytes]] = []
        """Update, status and body of every answer."""
        self.wanted: list[str] = []
        self.at_once = 40
        self._telegram = telegram
        self._working: asyncio.Task[None] | None = None

    def take(self, params: dict[str, Any]) -> None:
        """Check what setWebhook names; all of it is documented.

        Raises:
            Refusal: the address is not HTTPS, or the secret has other signs than it may.
        """
        if not str(params["url"]).startswith("https://"):
            raise bad("bad webhook: An HTTPS URL must be provided for webhook")
        if not SECRET.fullmatch(str(params.get("secret_token") or "x")):
            raise bad("secret token contains unallowed characters")
        self.secret, self.at_once = str(params.get("secret_token") or ""), int(params.get("max_connections") or 40)
        self.wanted = params.get("allowed_updates") or []

    def start(self) -> None:
        if self._working is None or self._working.done():
            self._working = asyncio.create_task(self._work())

    async def stop(self) -> None:
        if self._working is not None:
            self._working.cancel()
            await asyncio.gather(self._working, return_exceptions=True)
            self._working = None

    async def _work(self) -> None:
        under_way: dict[asyncio.Task[None], tuple[int, Any]] = {}
        async with aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=20)) as session:
            while True:
                changed = asyncio.ensure_future(self._telegram.changed())  # from now on, before looking
                for update in self._next(under_way.values()):
                    task = asyncio.create_task(self._bring(session, update))
                    under_way[task] = (update["update_id"], _chat(update))
                await asyncio.wait({changed, *under_way}, return_when=asyncio.FIRST_COMPLETED)
                changed.cancel()
                under_way = {task: which for task, which in under_way.items() if not task.done()}

    def _next(self, under_way: Any) -> list[dict[str, Any]]:
        """Choose what to bring now: nothing twice at once, and within a chat one after the other."""
        ids, chats = {id_ for id_, _ in under_way}, {chat for _, chat in under_way}
        chosen: list[dict[str, Any]] = []
        for update in self._telegram.updates:
            wanted = not self.wanted or bool(set(self.wanted) & update.keys())
            if not wanted or update["update_id"] in ids or (self.orderly and _chat(update) in chats):
                continue
            if len(ids) < self.at_once:
                chosen.append(update)
                ids.add(update["update_id"])
                chats.add(_chat(update))
        return chosen

    async def _bring(self, session: aiohttp.ClientSession, update: dict[str, Any]) -> None:
        mishap = self.mishap(update)
        statuses = [await self._post(session, update) for _ in range(2 if mishap == "twice" else 1)]
        if all(200 <= status < 300 for status in statuses) and mishap != "lost-answer":
            self._telegram.taken(update)
            return
        self._telegram.webhook_error = {
            "last_error_date": int(time.time()),
            "last_error_message": f"Wrong response from the webhook: {statuses[-1]}",
        }
        await asyncio.sleep(self.again)

    async def _post(self, session: aiohttp.ClientSession, update: dict[str, Any]) -> int:
        path = self._telegram.webhook.partition("://")[2].partition("/")[2]
        signature = {"X-Telegram-Bot-Api-Secret-Token": self.secret} if self.secret else {}
        try:
            async with session.post(f"{self.door}/{path}", json=update, headers=signature) as answer:
                self.answers.append((update["update_id"], answer.status, await answer.read()))
                return answer.status
        except (OSError, aiohttp.ClientError, TimeoutError):
            return 0


def _chat(update: dict[str, Any]) -> Any:
    """Tell in which chat something happened, however spoiled it is."""
    for what in update.values():
        if isinstance(what, dict):
            within = what.get("message") if isinstance(what.get("message"), dict) else what
            chat = within.get("chat") if isinstance(within, dict) else None
            return chat.get("id") if isinstance(chat, dict) else None
    return None
