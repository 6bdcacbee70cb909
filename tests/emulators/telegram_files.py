"""Files of the emulated Telegram: what people sent, by ids of one kind each, and what the bot shows of them."""

from __future__ import annotations

import itertools
from dataclasses import dataclass
from typing import Any

from aiohttp import web

from tests.emulators.telegram_rules import LARGEST_DOWNLOAD, LARGEST_UPLOAD, bad, read_photo

Params = dict[str, Any]


@dataclass(frozen=True)
class Held:
    """A file as Telegram holds it; its id can be sent again as this kind alone (documented)."""

    kind: str
    content: bytes
    name: str = ""
    path: str = ""


class Drawer:
    """Everything that was sent, by id."""

    def __init__(self) -> None:
        self.held: dict[str, Held] = {}
        self.asked: list[str] = []
        self.paths: dict[str, str] = {}
        """Where the server says that a file lies, if it says something odd."""
        self._ids = itertools.count(1)

    def hold(self, kind: str, content: bytes, name: str = "") -> str:
        id_ = f"AgAC-{kind}-{next(self._ids)}"
        self.held[id_] = Held(kind, content, name, f"{kind}s/file_{next(self._ids)}")
        return id_

    def described(self, id_: str, **more: Any) -> Params:
        """Describe a file as an update does."""
        found = self.held[id_]
        about: Params = {"file_id": id_, "file_unique_id": f"u{id_}", "file_size": len(found.content)}
        return about | ({"file_name": found.name} if found.name else {}) | more

    def get(self, params: Params) -> Params:
        found = self.held.get(str(params["file_id"]))
        if found is None:
            raise bad("wrong file_id or the file is temporarily unavailable")
        if len(found.content) > LARGEST_DOWNLOAD:
            raise bad("file is too big")
        path = self.paths.get(str(params["file_id"]), found.path)
        return {"file_id": params["file_id"], "file_unique_id": "u", "file_size": len(found.content), "file_path": path}

    async def serve(self, request: web.Request) -> web.StreamResponse:
        self.asked.append(request.path)
        path = request.match_info["path"]
        found = next((held for held in self.held.values() if held.path == path), None)
        return web.Response(body=found.content) if found else web.Response(status=404)

    def taken(self, kind: str, what: Any) -> Held:
        """Check what a bot wants to show.

        Raises:
            Refusal: the id is of another kind, or nothing, or too large; or no picture, where one should be.
        """
        if isinstance(what, str):
            found = self.held.get(what)
            if found is None:
                raise bad("wrong file identifier/HTTP URL specified")
            if found.kind != kind:
                raise bad(f"type of file mismatch, can't use file of type {found.kind} as {kind}")
            return found
        if not isinstance(what, bytes) or not what:
            raise bad("file must be non-empty")
        if len(what) > LARGEST_UPLOAD:
            raise bad("file is too big")
        return Held(kind, read_photo(what) if kind == "photo" else what)
