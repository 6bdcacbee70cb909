"""The door of files for colleagues: what stands in a chat they may look at, and what they hand over themselves."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from bot.app import Bot
from bot.channels.magic import bare_name
from bot.channels.webchat import files as webchat_files
from bot.channels.webchat.asking import Busy, Wrong, ask, read_body
from bot.channels.webchat.deeds import GUEST, NAME, is_slot
from bot.channels.webchat.rations import FILES, Rations
from bot.channels.webchat.tongue import language_of
from bot.console.demo import Demo
from bot.console.looking import foreign
from bot.console.rooms import team_addresses
from bot.console.visitor import Visitor
from prompts.phrases import phrases
from storage.posts import Post
from storage.staff import Person
from storage.store import Store


@dataclass(frozen=True)
class Whose:
    """Who asks, and in whose name: a colleague in their own, in the demo also as a sample guest."""

    address: str
    person: Person | None = None


class FileDoor:
    """`/console/files`."""

    def __init__(self, bot: Bot, demo: Demo | None) -> None:
        self._bot, self._demo = bot, demo
        self._visitor, self._rations = Visitor(bot, demo), Rations()

    def router(self) -> APIRouter:
        router = APIRouter(include_in_schema=False)
        router.add_api_route("/console/files", self._give, methods=["GET"])
        router.add_api_route("/console/files", self._take, methods=["POST"])
        return router

    async def _give(self, request: Request) -> Response:
        """Hand out the file `n` of the card in a `slot` of a `place`."""
        try:
            whose, asked = await self._whose(request), request.query_params
            place = asked.get("place", whose.address)
            post = await ask(self._bot, lambda bot: bot.read(lambda store: self._seen(store, whose, place, request)))
            n = asked.get("n", "")
            at = int(n) if n.isascii() and n.isdigit() and len(n) < len("100") else -1
            return await webchat_files.hand_out(self._bot, webchat_files.shown_in(post, at))
        except (Wrong, Busy) as wrong:
            return _refusal(request, wrong)

    async def _take(self, request: Request) -> Response:
        """Keep a file that a colleague hands over; only pages of ours may bring it."""
        if request.headers.get("sec-fetch-site", "same-origin") != "same-origin":
            return _refusal(request, Wrong(403, "web-not-from-there"))
        try:
            whose = await self._whose(request)
            if seconds := self._rations.take(FILES, whose.address):
                return _refusal(request, Wrong(429, "web-too-often", seconds=seconds))
            content = await read_body(request, webchat_files.LARGEST_UPLOAD)
            name = bare_name(request.query_params.get("name", "")[:400], "")
            upload = await webchat_files.keep(self._bot, whose.address, content, name)
            return JSONResponse({"id": upload.id, "name": upload.name, "kind": upload.kind, "size": upload.size}, 201)
        except (Wrong, Busy) as wrong:
            return _refusal(request, wrong)

    async def _whose(self, request: Request) -> Whose:
        played = request.query_params.get("as", "")
        if self._demo is not None and GUEST.fullmatch(played):
            known = {guest.address for guest in await asyncio.to_thread(self._demo.guests)}
            if played in known or played == getattr(request.state, "guest", ""):
                return Whose(played)
        seat = await self._visitor.seat(request)
        if seat is None:
            raise Wrong(401, "web-signed-out")
        return Whose(f"staff:{seat.person.id}", seat.person)

    def _seen(self, store: Store, whose: Whose, place: str, request: Request) -> Post | None:
        """Find a card where this person may look: their own chat, or a team's, but for tickets foreign to them."""
        slot = request.query_params.get("slot", "")
        teams = team_addresses(self._bot.policies.current, self._bot.channels) if whose.person else []
        if not is_slot(slot) or place not in (whose.address, *teams):
            return None
        post = store.posts.get(NAME, place, slot)
        if post is None or whose.person is None or place == whose.address:
            return post
        hidden = foreign(store, whose.person, [post], self._bot.clock.now())
        return None if (post.thread or post.slot) in hidden else post


def _refusal(request: Request, wrong: Wrong | Busy) -> Response:
    found = wrong if isinstance(wrong, Wrong) else Wrong(503, "web-busy")
    return JSONResponse({"error": phrases(language_of(request))(found.key, **found.values)}, found.status)
