"""Files: what people sent, fetched from the channel that holds it when another channel shows it; a program goes nowhere."""

from __future__ import annotations

from collections.abc import Iterable

from bot.channels.magic import is_program
from bot.channels.port import Holder, WontWork
from handlers.cards import Attachment

LARGEST = 20 * 1024 * 1024
"""Bytes of a file that is passed on; Telegram's bots can fetch no more (Bot API, getFile)."""


class Files:
    """The channels of this process that hold files."""

    def __init__(self) -> None:
        self._holders: dict[str, Holder] = {}

    def held_by(self, channels: Iterable[object]) -> None:
        """Learn which channels hold files, once all of them are there."""
        self._holders = {channel.name: channel for channel in channels if isinstance(channel, Holder)}

    async def fetch(self, file: Attachment) -> bytes:
        """Give a file's bytes.

        Raises:
            TryLater: whoever holds it asks for patience.
            NotSent: whoever holds it does not answer.
            WontWork: nobody here holds it any more, it is too large, or would run on somebody's machine: its label has
                to do.
        """
        holder = self._holders.get(file.origin)
        if holder is None:
            raise WontWork("nobody here holds it", "content")
        if file.size is not None and file.size > LARGEST:
            raise WontWork("too large", "content")
        content = await holder.fetch(file.ref, LARGEST)
        if is_program(content):
            raise WontWork("a program", "content")
        return content
