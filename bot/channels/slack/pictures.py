"""Pictures in Slack: drawn and handed over first, which nobody sees; then shared, which is the message.

The id that Slack gives to what was handed over is kept in between, so that a sharing of which nobody knows whether it
happened is looked for, and a picture never stands twice. Slack shares in its own time and names no message (slackapi,
bolt-js issue 2115): a picture is known by its file.
"""

from __future__ import annotations

import asyncio
from datetime import timedelta
from typing import Any, Final

import structlog
from aiohttp import ClientError
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.channels.port import NotSent, Outgoing, TryLater, WontWork
from bot.channels.slack.plain import escaped
from bot.channels.slack.refusals import GONE, code_of, judged
from bot.channels.slack.uploads import Uploads
from bot.pictures.easel import Busy, Easel
from handlers.cards import Card
from prompts.phrases import phrases

log = structlog.get_logger()
SECONDS: Final = 9.0
"""To draw and hand over; less than a message may take, so that it is certain that nobody saw anything."""
TRIES: Final = 3
"""After so many the sentence is said instead: words reach people by another way than files."""
A_MOMENT: Final = timedelta(seconds=1)
SCOPE: Final = "missing_scope"


class NotAllowed(Exception):
    """The app may not hand over files: it was installed before that was asked for."""


class Pictures:
    """One app's way to show pictures."""

    def __init__(self, client: AsyncWebClient, uploads: Uploads, easel: Easel | None = None) -> None:
        self._client, self._uploads, self._easel = client, uploads, easel or Easel()
        self._explained = False

    async def hand_over(self, outgoing: Outgoing) -> str:
        """Draw a picture and give it to Slack, where nobody sees it yet; give its id.

        Raises:
            NotAllowed: Slack lacks a permission.
            WontWork: it cannot be drawn or handed over: its words have to do.
            TryLater: another one is being drawn.
            NotSent: it did not work this time.
        """
        try:
            async with asyncio.timeout(SECONDS):
                return await self._handed_over(outgoing)
        except Busy as busy:
            raise TryLater(A_MOMENT) from busy
        except SlackApiError as error:
            if code_of(error) == SCOPE:
                raise NotAllowed from error
            raise _not_yet(outgoing, code_of(error)) from error
        except (ClientError, OSError, TimeoutError) as error:
            raise _not_yet(outgoing, type(error).__name__) from error

    async def _handed_over(self, outgoing: Outgoing) -> str:
        picture = outgoing.card.picture
        drawn = await self._easel.draw(picture) if picture else None
        if picture is None or drawn is None:
            raise WontWork("not drawn", "content")
        return await self._uploads.hand_over("picture.png", drawn, picture.alt)

    async def share(self, file: str, talk: str, thread: str, outgoing: Outgoing) -> None:
        """Show what was handed over, with its words above it.

        Raises:
            NotSent: Slack asks for patience with files; messages may go on.
            WontWork: it never will: its words have to do.
            Exception: nobody knows whether it is shown.
        """
        picture = outgoing.card.picture
        title = picture.title if picture else None
        try:
            await self._uploads.share(file, title, talk, thread, caption(outgoing.card))
        except SlackApiError as error:
            raise _verdict(error, outgoing) from error

    async def take_away(self, file: str) -> None:
        """Take a picture away for which a newer one stands; if that fails, both stand."""
        try:
            await self._client.files_delete(file=file)
        except Exception as error:  # noqa: BLE001 - the newer one stands, and that is what was asked for
            log.warning("old picture stays", why=type(error).__name__)

    def excused(self, card: Card) -> Card:
        """Say what the picture shows, and the first time also why it is not there."""
        said = in_words(card)
        if card.picture is None or self._explained:
            return said
        self._explained = True
        log.warning("pictures are said in words", why="Slack has not granted files:write")
        why = phrases(card.picture.language)("picture-not-allowed")
        return said.model_copy(update={"lines": (*said.lines, why)})


def in_words(card: Card) -> Card:
    """Say what the picture shows."""
    lines = (*card.lines, card.picture.alt) if card.picture else card.lines
    return card.model_copy(update={"picture": None, "lines": lines})


def caption(card: Card) -> str:
    return escaped("\n".join(part for part in (card.title, card.text, *card.lines) if part))


def shares(message: dict[str, Any], file: str) -> bool:
    """Tell whether a message of a conversation shows this file."""
    return any(shown.get("id") == file for shown in message.get("files") or [])


def _not_yet(outgoing: Outgoing, why: str) -> Exception:
    """Try again, as nobody saw anything; a few times."""
    return NotSent(why) if outgoing.message.attempts < TRIES else WontWork(f"not handed over: {why}", "content")


def _verdict(error: SlackApiError, outgoing: Outgoing) -> Exception:
    """Say what a refused sharing means: other than of a message, patience is asked for with files alone."""
    found = judged(error)
    if isinstance(found, TryLater):
        return _not_yet(outgoing, code_of(error))
    if isinstance(found, WontWork) and code_of(error) not in GONE:
        return WontWork(code_of(error), "content")
    return found
