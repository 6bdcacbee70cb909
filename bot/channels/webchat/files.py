"""Files of the web chat: handed over by a page, kept sealed; handed out to whoever's chat shows them, never to be run."""

from __future__ import annotations

import asyncio
from functools import partial
from typing import Final
from urllib.parse import quote

from starlette.responses import Response

from bot.app import Bot
from bot.channels.files import LARGEST, Files
from bot.channels.magic import OTHER, bare_name, is_program, kind_of
from bot.channels.port import NotSent, TryLater, WontWork
from bot.channels.webchat.asking import Busy, Wrong
from bot.channels.webchat.channel import WebChat
from bot.channels.webchat.deeds import NAME
from handlers.cards import Attachment, Card
from storage.columns import new_id
from storage.posts import Post
from storage.store import Store
from storage.uploads import PART, UNSENT, Upload
from storage.vault import vault

LARGEST_UPLOAD: Final = 10 * 1024 * 1024
"""Bytes of one file that a page may hand over."""
A_DAY: Final = 100 * 1024 * 1024
"""Bytes that one guest may hand over in a day."""
SHOWN: Final = frozenset({"image/png", "image/jpeg", "image/gif", "image/webp"})
"""Types that a page shows as a picture; everything else is only handed out to be kept."""
HANDED_OUT: Final = {
    "content-security-policy": "default-src 'none'; sandbox",
    "x-content-type-options": "nosniff",
    "cache-control": "private, max-age=600",
}


async def keep(bot: Bot, owner: str, content: bytes, name: str) -> Upload:
    """Keep a file that somebody handed over, in transactions of half a megabyte.

    Raises:
        Wrong: it is empty, a program, or more than this guest may hand over in a day.
        Busy: the database does not take it.
    """
    if not content:
        raise Wrong(422, "web-file-empty")
    if is_program(content):
        raise Wrong(415, "web-file-program")
    kind, _ = kind_of(content)
    upload = Upload(new_id(), bare_name(name, kind), kind, len(content))
    try:
        await _write(bot, owner, content, upload)
    except Wrong:
        raise
    except Exception as error:
        raise Busy from error
    return upload


async def _write(bot: Bot, owner: str, content: bytes, upload: Upload) -> None:
    now = bot.clock.now()
    held = await asyncio.to_thread(bot.read, lambda store: store.uploads.held_for(owner, now - UNSENT))
    if held + len(content) > A_DAY:
        raise Wrong(429, "web-file-day")
    await bot.writer.do(lambda store: store.uploads.forget(now))
    await bot.writer.do(lambda store: store.uploads.begin(upload, owner, now))
    for place, start in enumerate(range(0, len(content), PART)):
        sealed = await asyncio.to_thread(vault.seal, content[start : start + PART])
        await bot.writer.do(partial(_put, upload.id, place, sealed))
    await bot.writer.do(lambda store: store.uploads.finish(upload.id, now))


def _put(upload_id: str, place: int, sealed: bytes, store: Store) -> None:
    store.uploads.put(upload_id, place, sealed)


def files_of(bot: Bot) -> Files:
    """Give whoever fetches files for our pages."""
    channel = bot.channels.get(NAME)
    return channel.files if isinstance(channel, WebChat) else Files()


def shown_in(post: Post | None, place: int) -> Attachment:
    """Find a file of a card.

    Raises:
        Wrong: there is no such file here.
    """
    files = Card.model_validate(post.card).files if post else ()
    if not 0 <= place < len(files):
        raise Wrong(404, "web-nothing-here")
    return files[place]


async def hand_out(bot: Bot, file: Attachment) -> Response:
    """Give a file's bytes as something to keep: a picture by its type, anything else without one.

    Raises:
        Wrong: nobody has it any more, or whoever holds it does not answer.
    """
    try:
        content = await files_of(bot).fetch(file)
    except WontWork:
        raise Wrong(404, "web-file-gone") from None
    except (TryLater, NotSent):
        raise Wrong(503, "web-busy") from None
    if len(content) > LARGEST:
        raise Wrong(404, "web-file-gone")
    _, media = kind_of(content)
    name = bare_name(file.name or file.label, file.kind)
    saying = {"content-disposition": f"attachment; filename*=UTF-8''{quote(name, safe='')}"}
    return Response(content, media_type=media if media in SHOWN else OTHER, headers=HANDED_OUT | saying)
