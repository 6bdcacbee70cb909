"""Files to customers: what a file is by its own first bytes, handed over for three days, shown as what it is.

Source: developer.work.weixin.qq.com/document/path/90253 (upload of temporary material: image JPG and PNG to 10 MB,
voice AMR to 2 MB, video MP4 to 10 MB, any file to 20 MB; none under five bytes).
"""

from __future__ import annotations

from typing import Any, Final

from bot.channels.files import Files
from bot.channels.port import WontWork
from bot.channels.wecom.client import Client
from bot.channels.wecom.kf_rendering import text_of
from handlers.cards import Attachment

SMALLEST: Final = 6
LARGEST: Final = {"image": 10 << 20, "voice": 2 << 20, "video": 10 << 20, "file": 20 << 20}


def kind_of(content: bytes) -> str:
    """Tell what WeChat can show a file as.

    Raises:
        WontWork: it is too small or too large for all.
    """
    if content.startswith((b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff")):
        kind = "image"
    elif content.startswith(b"#!AMR"):
        kind = "voice"
    elif content[4:8] == b"ftyp":
        kind = "video"
    else:
        kind = "file"
    fitting = kind if len(content) <= LARGEST[kind] else "file"
    if not SMALLEST <= len(content) <= LARGEST[fitting]:
        raise WontWork("no size for WeCom", "content")
    return fitting


async def shown_as(file: Attachment, files: Files, client: Client) -> dict[str, Any]:
    """Give the message that shows a file; one that cannot be had, or is refused, is said by its label.

    Raises:
        TryLater, NotSent: whoever holds it, or WeCom, asks for patience.
    """
    try:
        content = await files.fetch(file)
        kind = kind_of(content)
        media = await client.upload(kind, file.name or file.label or kind, content)
    except WontWork as refusal:
        if refusal.kind == "auth":
            raise
        return text_of(f"📎 {file.label}")
    return {"msgtype": kind, kind: {"media_id": media}}
