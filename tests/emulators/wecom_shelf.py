"""What lies at WeCom: files that were handed over, and the chat of a group's robot."""

from __future__ import annotations

import itertools
import json
from collections import Counter
from collections.abc import Callable
from typing import Any

from aiohttp import web

from tests.emulators.wecom_phones import Bubble
from tests.emulators.wecom_rules import Refusal, Said
from tests.emulators.wecom_wire import Fault, answer, answers, fails_before

LARGEST = {"image": 10, "voice": 2, "video": 10, "file": 20}
"""Documented: megabytes of a file by its kind; none has 5 bytes or less."""
ROBOT_KEY = "emulated-robot-key"
ROBOT = {"text": 2048, "markdown": 4096}
"""Documented: bytes of what a robot says."""


class Shelf:
    """Files and the robot."""

    fault: Callable[[str, Said], Fault]
    counts: Counter[str]
    chats: dict[str, list[Bubble]]
    media: dict[str, tuple[str, str, bytes]]
    _ids: itertools.count[int]

    def _check_token(self, query: Any) -> None:
        raise NotImplementedError

    async def _upload(self, request: web.Request) -> web.StreamResponse:
        """Take a file for three days."""
        self.counts["media/upload"] += 1
        kind = request.query.get("type", "")
        try:
            form = await request.post()
            fault = self.fault("media/upload", {"type": kind})
            broken = fails_before(request, fault)
            if broken is not None:
                return broken
            self._check_token(request.query)
            name, content = _checked(kind, form.get("media"))
            id_ = f"media-{next(self._ids)}"
            self.media[id_] = (kind, name, content)
            return await answers(request, {"type": kind, "media_id": id_, "created_at": "1"}, fault)
        except Refusal as refusal:
            return answer(refusal.body)

    async def _download(self, request: web.Request) -> web.StreamResponse:
        self.counts["media/get"] += 1
        fault = self.fault("media/get", {})
        broken = fails_before(request, fault)
        if broken is not None:
            return broken
        try:
            self._check_token(request.query)
        except Refusal as refusal:
            return answer(refusal.body)
        if request.query.get("media_id") not in self.media:
            return answer({"errcode": 40007, "errmsg": "invalid media_id"})  # documented number
        kind, name, content = self.media[request.query["media_id"]]
        headers = {"Content-Disposition": f'attachment; filename="{name}"'}
        return web.Response(
            body=content, headers=headers, content_type="image/jpeg" if kind == "image" else "application/octet-stream"
        )

    async def _webhook(self, request: web.Request) -> web.StreamResponse:
        """Documented (path/99110): 20 a minute a key; text 2048 bytes, markdown 4096, beyond that 40058."""
        key = request.query.get("key", "")
        body = json.loads(await request.text())
        self.counts["webhook"] += 1
        fault = self.fault("webhook/send", body)
        broken = fails_before(request, fault)
        if broken is not None:
            return broken
        if key != ROBOT_KEY:
            return answer({"errcode": 93000, "errmsg": "invalid webhook url"})  # documented number
        kind = body.get("msgtype")
        words = body.get(kind, {}).get("content", "") if isinstance(kind, str) else ""
        if not words or len(words.encode()) > ROBOT.get(str(kind), 0):
            return answer({"errcode": 40058, "errmsg": "content exceed max length"})
        self.chats.setdefault("robot", []).append(Bubble(f"robot-{next(self._ids)}", str(kind), words))
        return await answers(request, {}, fault)


def _checked(kind: str, part: Any) -> tuple[str, bytes]:
    if not isinstance(part, web.FileField) or kind not in LARGEST:
        raise Refusal(40004, "invalid media type")
    content = part.file.read()
    if not 5 < len(content) <= LARGEST[kind] * 1024 * 1024:
        raise Refusal(40006, "invalid media size")
    return part.filename, content
