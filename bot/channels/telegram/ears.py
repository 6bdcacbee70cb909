"""Ears: what Telegram reports, however it comes, made into events; presses are answered at once, beside everything."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Sequence
from contextlib import suppress
from typing import Any

import structlog
from telegram import Update
from telegram.error import TelegramError

from bot.channels.clean import storable
from bot.channels.lateness import with_lateness
from bot.channels.port import Accept
from bot.channels.telegram import menu, wire
from bot.channels.telegram.topic_updates import placed
from bot.channels.telegram.typing_sign import TypingSign
from bot.channels.telegram.updates import bare, event_of, unreadable
from storage.inbox import Event
from storage.store import Store

log = structlog.get_logger()


class Ears:
    """One account's way to understand its updates."""

    def __init__(self, line: wire.Line) -> None:
        self._line = line
        self.name = ""
        """The account's own, once Telegram told it; groups call it by that."""
        self.typing = TypingSign(line)
        self._answering: set[asyncio.Task[None]] = set()

    async def open(self, accept: Accept, mode: str) -> None:
        """Remember the account's name for links to it and how its news come, and publish its menu."""
        me = await self._line.bot.get_me()
        self.name = me.username or ""

        def remember(store: Store) -> None:
            store.settings.set("telegram name", me.username)
            store.settings.set(_mode(self._line.account), mode)

        await accept([], along=remember)
        with suppress(TelegramError):
            await menu.publish(self._line.bot)

    def events(self, updates: Iterable[dict[str, Any]]) -> list[Event]:
        """Make the events of updates; most are one event, some concern nobody."""
        return [event for update in updates if (event := self.event(update)) is not None]

    async def heard(self, accept: Accept, updates: Iterable[dict[str, Any]]) -> list[Event]:
        """Make the events of updates, once it is known which topics are ours."""
        return await placed(accept, self.events(updates))

    def event(self, raw: dict[str, Any]) -> Event | None:
        """Make an event; what cannot be understood is named for people, or kept for them, and holds nothing up."""
        raw = storable(raw)
        for readable in (raw, bare(raw)):
            try:
                update = Update.de_json(readable, self._line.bot)
                event = event_of(update, self._line.account, self.name)
                wrote = update.message.date.timestamp() if update.message else None
                return event and with_lateness(event, wrote, self._line.skew)
            except Exception:
                log.exception("unreadable update", id=raw["update_id"])
        return unreadable(raw, self._line.account)

    def answer(self, accept: Accept, updates: Sequence[dict[str, Any]], new: Iterable[Event]) -> None:
        """Tell the apps that their presses arrived, and let those who wait see that we are at it."""
        self.typing.heard(accept, new)
        for update in updates:
            query = update.get("callback_query")
            if isinstance(query, dict) and isinstance(query.get("id"), str):
                task = asyncio.create_task(self._answer_press(query["id"]))
                self._answering.add(task)
                task.add_done_callback(self._answering.discard)

    async def _answer_press(self, query: str) -> None:
        with suppress(TelegramError):  # the app stops waiting by itself
            await self._line.bot.answer_callback_query(query)

    async def close(self) -> None:
        """Let nothing go on."""
        await self.typing.close()
        await asyncio.gather(*self._answering, return_exceptions=True)


def mode(store: Store, account: str) -> str | None:
    """Tell how the bot that opened this account last wants its news: `polling` or `webhook`."""
    said: str | None = store.settings.get(_mode(account))
    return said


def _mode(account: str) -> str:
    return f"telegram:{account}:mode"
