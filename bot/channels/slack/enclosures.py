"""Enclosures: files that people sent, shown below a card in its thread; one that cannot be shown is named."""

from __future__ import annotations

import asyncio
import mimetypes
from typing import Final

import structlog
from aiohttp import ClientError
from slack_sdk.errors import SlackApiError

from bot.channels.files import Files
from bot.channels.magic import bare_name, kind_of
from bot.channels.port import NotSent, Outgoing, TryLater, WontWork
from bot.channels.slack.refusals import AUTH, code_of
from bot.channels.slack.seats import is_file
from bot.channels.slack.uploads import SECONDS, Uploads
from handlers.cards import Attachment, Card

log = structlog.get_logger()
TRIES: Final = 3
"""After so many a file is named instead: the words of a customer do not wait for it."""
SCOPE: Final = "missing_scope"
ONLY_FILES: Final = frozenset({"files", "said"})


class NotShown(Exception):
    """A file cannot be shown here: its name has to do."""


class Enclosures:
    """One app's way to show other people's files."""

    def __init__(self, uploads: Uploads, files: Files) -> None:
        self._uploads, self._files = uploads, files

    async def hand_over(self, file: Attachment, outgoing: Outgoing) -> str:
        """Fetch a file and give it to Slack, where nobody sees it yet; give its id there.

        Raises:
            NotShown: it cannot be had, may not be passed on, or Slack does not take it.
            NotSent: it did not work this time.
        """
        try:
            async with asyncio.timeout(SECONDS):
                content = await self._files.fetch(file)
                if not content:
                    raise NotShown
                return await self._uploads.hand_over(_name(file, content), content)
        except WontWork as refusal:
            raise NotShown from refusal
        except SlackApiError as error:
            raise _judged(error, outgoing) from error
        except (NotSent, TryLater, ClientError, OSError, TimeoutError) as error:
            raise _not_yet(outgoing, type(error).__name__) from error

    async def share(self, id_: str, file: Attachment, talk: str, thread: str, outgoing: Outgoing) -> None:
        """Show what was handed over.

        Raises:
            NotShown: Slack will not.
            NotSent: Slack asks for patience.
            Exception: nobody knows whether it is shown.
        """
        try:
            await self._uploads.share(id_, file.label, talk, thread)
        except SlackApiError as error:
            if code_of(error):
                raise _judged(error, outgoing) from error
            raise


def new_files(outgoing: Outgoing) -> tuple[Attachment, ...]:
    """Give the files that a card shows and the one in its place did not."""
    before = outgoing.replaces.files if outgoing.replaces else ()
    return tuple(file for file in outgoing.card.files if file not in before)


def only_files(card: Card) -> bool:
    return card.kept().keys() <= ONLY_FILES


def reached(said: tuple[str, ...]) -> tuple[int, str]:
    """Tell which file is next, and its id if it was handed over already, by the ids of what was done for files so far."""
    index, handed = 0, ""
    for id_ in said:
        if handed or not is_file(id_):
            index, handed = index + 1, ""
        else:
            handed = id_
    return index, handed


def _name(file: Attachment, content: bytes) -> str:
    """Name a file by its own name, without folders; one that has none by what it is."""
    ending = mimetypes.guess_extension(kind_of(content)[1]) or ".bin"
    return bare_name(file.name, f"{file.kind}{ending}")


def _not_yet(outgoing: Outgoing, why: str) -> Exception:
    """Try again, as nobody saw anything; a few times."""
    log.warning("file not passed on", channel="slack", why=why)
    return NotSent(why) if outgoing.message.attempts < TRIES else NotShown(why)


def _judged(error: SlackApiError, outgoing: Outgoing) -> Exception:
    code = code_of(error)
    if code == SCOPE:
        log.warning("files are named only", channel="slack", why="Slack has not granted files:write")
        return NotShown(code)
    return WontWork(code, "auth") if code in AUTH else _not_yet(outgoing, code)
