"""The channel: polls and stores before it confirms, answers presses at once, sends with one attempt on the wire."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable, Sequence
from contextlib import suppress
from datetime import timedelta
from typing import Any, TypeVar

import structlog
from telegram import LinkPreviewOptions, Message, ReplyParameters, Update
from telegram.error import BadRequest, Conflict, RetryAfter, TelegramError

from bot.channels.port import Accept, Outgoing, Pace, Receipt
from bot.channels.telegram import menu, wire
from bot.channels.telegram.pictures import Pictures
from bot.channels.telegram.rendering import ABILITIES, Rendered, render
from bot.channels.telegram.seat import LEASE, Seat, SeatTaken
from bot.channels.telegram.slowing import Slowing
from bot.channels.telegram.updates import NAME, WANTED, bare, event_of, unreadable
from storage.inbox import Event
from storage.store import Store

log = structlog.get_logger()

NO_PREVIEW = LinkPreviewOptions(is_disabled=True)
LONG_PAUSE = timedelta(minutes=1)
RIVALRY = timedelta(minutes=10)
"""Polls cut off twice within so long mean that another program reads."""
Said = TypeVar("Said")


class TelegramChannel:
    """One bot account: private chats with customers and colleagues."""

    name = NAME
    slots = 16
    patience = timedelta(seconds=15)
    abilities = ABILITIES
    repeatable = False

    def __init__(
        self,
        token: str,
        api_url: str = "https://api.telegram.org",
        *,
        pace: Pace | None = None,
        patience: timedelta = patience,
        pause: timedelta = timedelta(seconds=1),
        lease: timedelta = LEASE,
    ) -> None:
        self.pace = pace or Pace(chat_gap=timedelta(seconds=1), per_second=25, burst=5)
        self.patience = patience
        self.account = token.partition(":")[0]
        self._polling = wire.Polling(patience)
        self._bot = wire.connect(token, api_url, self._polling, slots=self.slots, patience=patience)
        self._pictures = Pictures(self._bot)
        self._pause = pause
        self._lease = lease
        self._slowing = Slowing()
        self._cut_off: float | None = None
        self._answering: set[asyncio.Task[None]] = set()

    async def listen(self, accept: Accept) -> None:
        """Poll until cancelled; an update is confirmed by the poll after the commit that stored it."""
        seat = Seat(self.account, self._lease)
        pause = self._pause
        opened = False
        try:
            while True:
                try:
                    await seat.take(accept)
                    opened = opened or await self._open(accept)
                    await self._read(seat, accept)
                    pause = self._pause
                except SeatTaken:
                    await asyncio.sleep(self._lease.total_seconds() / 6)
                except Conflict as rival:
                    await self._notice(seat, accept)
                    pause = await self._rest(rival, pause)
                except TelegramError as trouble:
                    pause = await self._rest(trouble, pause)
        finally:
            with suppress(Exception):
                async with asyncio.timeout(1):
                    await seat.leave(accept)

    async def close(self) -> None:
        """Let go of the connections."""
        await asyncio.gather(*self._answering, return_exceptions=True)
        await self._bot.shutdown()
        for request in self._bot._request:  # noqa: SLF001 - shutdown leaves them open if nobody asked who we are
            await request.shutdown()

    async def _open(self, accept: Accept) -> bool:
        """Make sure that polling is what this account does, and remember its name for links to it."""
        await self._bot.delete_webhook(drop_pending_updates=False)
        me = await self._bot.get_me()

        def remember(store: Store) -> None:
            store.settings.set("telegram name", me.username)

        await accept([], along=remember)
        with suppress(TelegramError):
            await menu.publish(self._bot)
        return True

    async def _read(self, seat: Seat, accept: Accept) -> None:
        """Poll, and store what came, until the silence lasts a third of the lease."""
        while updates := await self._poll(seat.offset):
            updates.sort(key=lambda update: update["update_id"])
            events = [event for update in updates if (event := self._event(update)) is not None]
            await seat.store(accept, events, max(updates[-1]["update_id"] + 1, seat.offset or 0))
            self._answer(updates)

    async def _poll(self, offset: int | None) -> list[dict[str, Any]]:
        """Ask for updates, as they came."""
        await self._bot.get_updates(offset, timeout=self._lease / 3, allowed_updates=WANTED)
        return self._polling.updates()

    def _event(self, raw: dict[str, Any]) -> Event | None:
        """Make an event; what cannot be understood is named for people, or kept for them, and holds nothing up."""
        for readable in (raw, bare(raw)):
            try:
                return event_of(Update.de_json(readable, self._bot), self.account)
            except Exception:
                log.exception("unreadable update", id=raw["update_id"])
        return unreadable(raw, self.account)

    async def _notice(self, seat: Seat, accept: Accept) -> None:
        """Remember that somebody else reads; a single time it may be our own last poll, from before a restart."""
        cut_off, self._cut_off = self._cut_off, time.monotonic()
        if cut_off is not None and self._cut_off - cut_off < RIVALRY.total_seconds():
            await seat.note_rival(accept)

    async def _rest(self, trouble: TelegramError, pause: timedelta) -> timedelta:
        """Wait before the next poll, longer each time; give the next pause."""
        log.warning("not polling", channel=NAME, why=type(trouble).__name__)
        if isinstance(trouble, RetryAfter):
            pause = wire.pause(trouble)
        await asyncio.sleep(pause.total_seconds())
        return min(pause * 2, LONG_PAUSE)

    def _answer(self, updates: Sequence[dict[str, Any]]) -> None:
        """Tell the apps that their presses arrived, beside everything else."""
        for update in updates:
            query = update.get("callback_query")
            if isinstance(query, dict) and isinstance(query.get("id"), str):
                task = asyncio.create_task(self._answer_press(query["id"]))
                self._answering.add(task)
                task.add_done_callback(self._answering.discard)

    async def _answer_press(self, query: str) -> None:
        with suppress(TelegramError):  # the app stops waiting by itself
            await self._bot.answer_callback_query(query)

    async def send(self, outgoing: Outgoing) -> Receipt:
        """Say the next message of a card, or change the one that shows it; one that cannot be changed is said anew."""
        messages, said = render(outgoing.card), len(outgoing.card.said)
        try:
            if outgoing.card.menu:
                await menu.set_for(self._bot, outgoing.message.address, outgoing.card.menu)
                return Receipt()
            if outgoing.card.is_drawn:
                return Receipt(await self._show(outgoing))
            if outgoing.edits and not said and await self._edit(outgoing, messages[0]):
                return Receipt(outgoing.edits, more=_goes_on_differently(outgoing, messages))
            following = messages[min(said, len(messages) - 1)]
            stands = await self._say(outgoing, following)
        except RetryAfter as slow:
            raise self._slowing.later(outgoing.message.address, wire.pause(slow)) from None
        except TelegramError as error:
            raise wire.verdict(error) from None
        return Receipt(str(stands.message_id), more=said + 1 < len(messages))

    async def _show(self, outgoing: Outgoing) -> str:
        """Show a picture, in the place of the one that stands."""
        chat, standing = outgoing.message.address, outgoing.edits
        if standing and await self._pictures.change(chat, standing, outgoing.card):
            return standing
        return str((await self._pictures.say(chat, outgoing.card, outgoing.under)).message_id)

    async def _say(self, outgoing: Outgoing, shown: Rendered) -> Message:
        under = outgoing.under
        reply = ReplyParameters(int(under), allow_sending_without_reply=True) if under else None

        async def say(**looks: Any) -> Message:
            return await self._bot.send_message(outgoing.message.address, reply_parameters=reply, **looks)

        return await _in_tags_or_bare(say, shown)

    async def _edit(self, outgoing: Outgoing, shown: Rendered) -> bool:
        """Change a message; false if it is not there to be changed any more, which leaves everything as it was."""

        async def change(**looks: Any) -> Message | bool:
            chat, message = outgoing.message.address, int(outgoing.edits or 0)
            return await self._bot.edit_message_text(chat_id=chat, message_id=message, **looks)

        try:
            await _in_tags_or_bare(change, shown)
        except BadRequest as refusal:
            if wire.says(refusal, *wire.NO_MESSAGE):
                return False
            if not wire.says(refusal, wire.SAME):
                raise
        return True


def _goes_on_differently(outgoing: Outgoing, messages: Sequence[Rendered]) -> bool:
    """Tell whether what follows the first message of a changed card has yet to be said: its buttons may be all."""
    stood = render(outgoing.replaces)[1:] if outgoing.replaces else []
    return len(messages) > 1 and [message.words for message in messages[1:]] != [message.words for message in stood]


async def _in_tags_or_bare(call: Callable[..., Awaitable[Said]], shown: Rendered) -> Said:
    """Send with tags; if Telegram cannot read them, it took nothing, and gets the same words without."""
    rest = {"reply_markup": shown.keyboard, "link_preview_options": NO_PREVIEW}
    if shown.html:
        try:
            return await call(text=shown.html, parse_mode="HTML", **rest)
        except BadRequest as refusal:
            if not wire.says(refusal, wire.BAD_TAGS):
                raise
            log.warning("tags refused", channel=NAME)
    return await call(text=shown.words, **rest)
