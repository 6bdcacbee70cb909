"""Files in Telegram: fetched by the id under which it holds them, never by an address; shown, or said by their names."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any, Final

import httpx
import structlog
from telegram import InputFile, Message
from telegram.error import BadRequest, TelegramError

from bot.channels.files import Files
from bot.channels.port import NotSent, TryLater, WontWork
from bot.channels.shown import shown
from bot.channels.telegram import forum, wire
from bot.channels.telegram.messages import NAME
from bot.channels.trust import trusted
from handlers.cards import Attachment

log = structlog.get_logger()

LARGEST_PHOTO: Final = 10_000_000
"""Bytes of a picture that Telegram shows as one; larger ones go as files. Bot API, sendPhoto."""
PICTURES: Final = (b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n")
"""How a JPEG and a PNG begin, whatever the file is called."""
TRIES: Final = 2
"""After so many attempts a file is said by its label, so that what stands behind it does not wait for ever."""
A_MOMENT: Final = timedelta(seconds=5)


class Filing:
    """One account's way to files."""

    def __init__(self, line: wire.Line, files: Files) -> None:
        self._line, self._files = line, files

    async def fetch(self, ref: str, most: int) -> bytes:
        """Give a file that somebody sent to this account.

        Raises:
            TryLater: Telegram asks for patience.
            NotSent: it did not answer.
            WontWork: it does not give the file, or the file has more than `most` bytes.
        """
        account, _, id_ = ref.partition(":")
        if account != self._line.account or not id_:
            raise WontWork("sent to another account", "content")
        try:
            found = await self._line.bot.get_file(id_)
        except TelegramError as error:
            raise _unless_sure(wire.verdict(error)) from None
        if (found.file_size or 0) > most:
            raise WontWork("too large", "content")
        return await _read(self._address(found.file_path or ""), most)

    def _address(self, path: str) -> str:
        """Make sure that a file lies where the configured server keeps its files, whatever the server says."""
        root = f"{self._line.bot.base_file_url}/"
        if not path.startswith(root) or ".." in path:
            raise WontWork("kept elsewhere", "content")
        return path

    async def say(self, chat: str, file: Attachment, about: dict[str, Any], *, attempts: int) -> Message:
        """Show a file; one that cannot be had, or that Telegram refuses, is said by its label."""
        stands = None if file.kind == "document" else await self._from_here(chat, file, about)
        if stands is None and (content := await self._fetched(file, attempts)) is not None:
            stands = await self._from_here(chat, file, about) or await self._brought(chat, file, about, content)
        if stands is not None:
            return stands
        return await self._line.bot.send_message(chat, f"📎 {shown(file.label).text or file.kind}", **about)

    async def _from_here(self, chat: str, file: Attachment, about: dict[str, Any]) -> Message | None:
        """Show a file that lies here already, by its id; only a document, which may be anything, is looked at before."""
        account, _, id_ = file.ref.partition(":")
        if file.origin != NAME or account != self._line.account:
            return None
        return await _unless_refused(self._ways()[file.kind], chat, id_, about)

    async def _fetched(self, file: Attachment, attempts: int) -> bytes | None:
        """Give a file's bytes; None if nobody has them, or they may go nowhere."""
        try:
            return await self._files.fetch(file)
        except WontWork:
            return None
        except Exception as trouble:  # noqa: BLE001 - whatever it was, the rest of the card must not wait for ever
            if attempts <= TRIES:
                raise NotSent(type(trouble).__name__) from None
            log.warning("file not fetched", origin=file.origin, why=type(trouble).__name__)
            return None

    async def _brought(self, chat: str, file: Attachment, about: dict[str, Any], content: bytes) -> Message | None:
        """Show a file that another channel holds."""
        name = file.name or file.label
        bot = self._line.bot
        if content.startswith(PICTURES) and len(content) <= LARGEST_PHOTO and file.kind == "photo":
            as_photo = await _unless_refused(bot.send_photo, chat, InputFile(content, filename=name), about)
            if as_photo is not None:
                return as_photo
        return await _unless_refused(bot.send_document, chat, InputFile(content, filename=name), about)

    def _ways(self) -> dict[str, Callable[..., Any]]:
        bot = self._line.bot
        return {
            "photo": bot.send_photo,
            "video": bot.send_video,
            "voice": bot.send_voice,
            "audio": bot.send_audio,
            "document": bot.send_document,
        }


async def _unless_refused(way: Callable[..., Any], chat: str, what: Any, about: dict[str, Any]) -> Message | None:
    """Show a file; None if Telegram refuses the file, which says nothing about the chat."""
    try:
        stands: Message = await way(chat, what, **about)
    except BadRequest as refusal:
        if wire.says(refusal, *wire.NO_CHAT, *forum.NO_TOPIC):
            raise
        return None
    return stands


def _unless_sure(verdict: Exception) -> Exception:
    """Take what is not known to have failed for good as not answered: asking for a file again does no harm."""
    return verdict if isinstance(verdict, TryLater | NotSent | WontWork) else NotSent(type(verdict).__name__)


async def _read(address: str, most: int) -> bytes:
    """Read a file, no more of it than asked, and follow nobody elsewhere."""
    found = bytearray()
    try:
        async with (
            httpx.AsyncClient(timeout=httpx.Timeout(10), verify=trusted()) as client,
            client.stream("GET", address) as answer,
        ):
            _check(answer.status_code)
            async for part in answer.aiter_bytes():
                found += part
                if len(found) > most:
                    raise WontWork("too large", "content")
    except httpx.HTTPError as error:
        raise NotSent(type(error).__name__) from None
    return bytes(found)


def _check(status: int) -> None:
    if status == httpx.codes.TOO_MANY_REQUESTS:
        raise TryLater(A_MOMENT)
    if status >= httpx.codes.INTERNAL_SERVER_ERROR:
        raise NotSent(str(status))
    if status != httpx.codes.OK:
        raise WontWork(str(status), "content")
