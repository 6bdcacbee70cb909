"""Showing pictures and files in WeCom: handed over first, which nobody sees; then sent by the id of what was handed over."""

from __future__ import annotations

from collections import OrderedDict
from datetime import timedelta
from typing import Final

from bot.channels.files import Files
from bot.channels.magic import bare_name, kind_of
from bot.channels.port import TryLater, WontWork
from bot.channels.wecom.client import Client
from bot.channels.wecom.rendering import Said, plain
from bot.pictures.easel import Busy, Easel
from handlers.cards import Attachment, Card
from handlers.pictures import Picture

LARGEST: Final = {"image": 10 * 1024 * 1024, "file": 20 * 1024 * 1024}
SMALLEST: Final = 6
"""Bytes of what WeCom takes (developer.work.weixin.qq.com/document/path/90253)."""
IMAGES: Final = frozenset({"image/png", "image/jpeg"})
A_MOMENT: Final = timedelta(seconds=1)
KNOWN: Final = 500


class Showing:
    """One app's way to show pictures and files; what was handed over for a message serves when it is said again."""

    def __init__(self, client: Client, files: Files, easel: Easel | None = None) -> None:
        self._client, self._files, self._easel = client, files, easel or Easel()
        self._handed: OrderedDict[str, Said] = OrderedDict()

    def pictures(self, card: Card) -> list[Picture]:
        """Give the picture that a card is about."""
        return [card.picture] if card.is_drawn and card.picture and not card.plain else []

    async def made(self, message: Said | Picture | Attachment, key: str) -> Said:
        """Make a message ready; a file that cannot be shown is said by its label.

        Raises:
            TryLater, NotSent: not now.
            WontWork: never, as nothing will leave.
        """
        if isinstance(message, dict):
            return message
        if key not in self._handed:
            self._handed[key] = await (
                self._drawn(message) if isinstance(message, Picture) else self._passed_on(message)
            )
            while len(self._handed) > KNOWN:
                self._handed.popitem(last=False)
        return self._handed[key]

    async def _drawn(self, picture: Picture) -> Said:
        """Draw a picture and hand it over; where that does not work, its sentence is said."""
        try:
            drawn = await self._easel.draw(picture)
        except Busy as busy:
            raise TryLater(A_MOMENT) from busy
        if drawn is None:
            raise WontWork("not drawn", "content")
        return await self._handed_over("image", "picture.png", drawn)

    async def _passed_on(self, file: Attachment) -> Said:
        try:
            content = await self._files.fetch(file)
            return await self._handed_over(*_as_sent(file, content), content)
        except WontWork as refusal:
            if refusal.kind == "auth":
                raise
            return {"msgtype": "text", "text": {"content": plain(f"📎 {file.label}")}}

    async def _handed_over(self, kind: str, name: str, content: bytes) -> Said:
        media = await self._client.upload(kind, name, content)
        return {"msgtype": kind, kind: {"media_id": media}}


def _as_sent(file: Attachment, content: bytes) -> tuple[str, str]:
    """Tell as what a file is sent, by what it is and not by what it is called.

    Raises:
        WontWork: WeCom takes none of this size.
    """
    media = kind_of(content)[1]
    kind = "image" if media in IMAGES and len(content) <= LARGEST["image"] else "file"
    if not SMALLEST <= len(content) <= LARGEST[kind]:
        raise WontWork("no file for WeCom", "content")
    return kind, bare_name(file.name, "picture.png" if kind == "image" else "file")
