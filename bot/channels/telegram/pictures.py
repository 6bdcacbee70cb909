"""Pictures in Telegram: a photo with its words below, the sentence that says what it shows among them."""

from __future__ import annotations

from datetime import timedelta
from typing import Any, Final

from telegram import Bot, InputMediaPhoto, Message
from telegram.error import BadRequest

from bot.channels.cutting import cut, utf16_units
from bot.channels.port import TryLater, WontWork
from bot.channels.shown import shown
from bot.channels.telegram import wire
from bot.pictures.easel import Busy, Easel
from handlers.cards import Card

LONGEST: Final = 1024
"""UTF-16 units of a caption; Bot API, sendPhoto."""
A_MOMENT: Final = timedelta(seconds=1)


class Pictures:
    """One account's way to show pictures."""

    def __init__(self, bot: Bot, easel: Easel | None = None) -> None:
        self._bot, self._easel = bot, easel or Easel()

    async def drawn(self, card: Card) -> bytes:
        """Draw a card's picture.

        Raises:
            WontWork: it cannot be drawn: its words have to do.
            TryLater: another one is being drawn.
        """
        try:
            drawn = await self._easel.draw(card.picture) if card.picture else None
        except Busy as busy:
            raise TryLater(A_MOMENT) from busy
        if drawn is None:
            raise WontWork("not drawn", "content")
        return drawn

    async def say(self, chat: str, card: Card, placed: dict[str, Any]) -> Message:
        """Show a picture."""
        return await self._bot.send_photo(chat, await self.drawn(card), caption=caption(card), **placed)

    async def change(self, chat: str, message: str, card: Card) -> bool:
        """Put a picture in another's place; false if there is none to be changed, which leaves everything as it was."""
        media = InputMediaPhoto(await self.drawn(card), caption=caption(card))
        try:
            await self._bot.edit_message_media(media, chat_id=chat, message_id=int(message))
        except BadRequest as refusal:
            if wire.says(refusal, *wire.NO_MESSAGE):
                return False
            if not wire.says(refusal, wire.SAME):
                raise
        return True


def caption(card: Card) -> str:
    """Give what stands below: the card's words, and what the picture shows, for whoever cannot see it."""
    said = (card.title, card.text, *card.lines, card.picture.alt if card.picture else "")
    return cut(shown("\n".join(part for part in said if part)).text, LONGEST, utf16_units)
