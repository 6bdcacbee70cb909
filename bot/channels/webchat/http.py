"""The web chat over HTTP: a visit, words, presses, forms and files in; the posts of the visitor's chat out.

Every answer that is not 2xx carries a sentence in the person's language. Words count as taken only after the commit.
Pages of ours are known by a cookie, pages of the company's sites by a token that is good on their origin alone; what
comes from any other origin is refused.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Any, Final

from fastapi import APIRouter
from limits import RateLimitItem
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from bot.app import Bot
from bot.channels.magic import bare_name
from bot.channels.webchat import deeds, details, devices, guests
from bot.channels.webchat import files as webchat_files
from bot.channels.webchat import lines as webchat_lines
from bot.channels.webchat import rations as webchat_rations
from bot.channels.webchat.asking import Answer, Wrong, answered, ask, read, read_body, refusal, take
from bot.channels.webchat.origins import OWN, PREFLIGHT, Embedding, allowing, visitor_of
from bot.channels.webchat.rations import Rations, network_of
from bot.channels.webchat.showing import showable
from bot.channels.webchat.squares import squares
from bot.channels.webchat.tongue import language_of
from bot.channels.webchat.visits import Visit, hours, opens_at, proven_event
from bot.channels.webchat.watch import Watch, cursor, seconds_of
from handlers.cards import Attachment
from prompts.phrases import phrases
from storage.inbox import Event
from storage.posts import Post
from storage.store import Store

METHODS: Final = ["GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS"]


class WebChatHttp:
    """The doors of a customer's own page, for pages of ours and for pages of the company's."""

    def __init__(self, bot: Bot, embedding: Embedding | None = None, rations: Rations | None = None) -> None:
        self._bot = bot
        self._rations = rations or Rations()
        self._embedding = embedding or Embedding()
        self.watch = Watch(bot)

    def router(self) -> APIRouter:
        router = APIRouter(prefix="/webchat", include_in_schema=False)
        router.include_router(devices.Devices(self._bot).router())
        for path, answer, method in (
            ("/session", self._session, "POST"),
            ("/visit", self._visit, "POST"),
            ("/hours", self._hours, "GET"),
            ("/messages", self._messages, "POST"),
            ("/presses", self._presses, "POST"),
            ("/forms", self._forms, "POST"),
            ("/details", self._details, "POST"),
            ("/withdrawals", self._withdrawals, "POST"),
            ("/corrections", self._corrections, "POST"),
            ("/files", self._upload, "POST"),
            ("/files/{slot:path}/{place:int}", self._file, "GET"),
            ("/continuations", self._continue, "POST"),
            ("/posts", self._posts, "GET"),
        ):
            router.add_api_route(path, self._spoken(answer), methods=[method])
        router.add_api_route("/{rest:path}", self._spoken(_nothing_here), methods=METHODS)
        return router

    def _spoken(self, answer: Answer) -> Answer:
        """Let pages of allowed origins alone come through, and turn what goes wrong into a status and a sentence."""

        async def speak(request: Request) -> Response:
            origin = self._embedding.origin_of(request)
            if origin is None:
                return refusal(request, Wrong(403, "web-not-from-there"))
            request.state.origin = origin
            if origin != OWN and request.method == "OPTIONS":
                return Response(status_code=204, headers=PREFLIGHT | allowing(origin))
            response = await answered(answer, request)
            response.headers.update(allowing(origin))
            return response

        return speak

    async def _session(self, request: Request) -> Response:
        """Greet a guest of our own pages: the cookie they have, or a new one."""
        await read_body(request)
        if request.state.origin != OWN:
            raise Wrong(403, "web-not-from-there")
        known = guests.guest_of(request.cookies)
        if known is None:
            self._ration(webchat_rations.NEW_GUESTS, network_of(request))
        response = JSONResponse({"new": known is None}, 200 if known else 201)
        guests.set_guest(response, known or guests.Session(guests.new_guest()), secure=request.url.scheme == "https")
        return response

    async def _visit(self, request: Request) -> Response:
        """Greet a page that shows the chat: by the token it keeps, by who the company says it is, or as a new guest."""
        visit, origin = await read(request, Visit), request.state.origin
        before = guests.visitor_of(visit.token, origin) if visit.token else _seated(request)
        visitor = self._embedding.signed_in(visit.identity) if visit.identity else None
        if before is None:
            self._ration(webchat_rations.NEW_GUESTS, network_of(request), "web-rests")
        else:
            self._ration(webchat_rations.PER_GUEST, before.address, "web-rests")
        session, language = before or guests.Session(guests.new_guest()), language_of(request)
        if visitor:
            session = guests.proven(guests.proven_guest(visitor.id))
            await take(self._bot, proven_event(session.address, visitor, before, language), [])
        new = before is None or before.address != session.address
        answer = {"token": guests.visitor_token(session, origin), "new": new, "proven": visitor is not None}
        answer |= {"company": self._bot.policies.current.company.name}
        return JSONResponse(answer | await self._told(session, language, visit.zone), 201 if new else 200)

    async def _hours(self, request: Request) -> Response:
        """Tell a page that stays open what a new visit would hear of the hours by now."""
        self._ration(webchat_rations.READS, _speaker(request).address, "web-rests")
        zone = request.query_params.get("zone", "")
        return JSONResponse(await self._told(_session(request), language_of(request), zone))

    async def _told(self, session: guests.Session, language: str, zone: str) -> dict[str, Any]:
        """Say whether anybody works, and whether the page asks how its visitor is reached: nobody who is signed in."""
        told = hours(self._bot.policies.current, self._bot.clock.now(), phrases(language), zone)
        stranger = bool(told["away"]) and session.until is None
        return told | {"asks": stranger and await ask(self._bot, details.wanted_from(session.address))}

    async def _messages(self, request: Request) -> Response:
        who = self._guest(request)
        said = await read(request, deeds.Words)
        event = deeds.words_event(who, said, files=await self._theirs(who, said.files))
        now = self._bot.clock.now()
        return await self._take(
            event, [webchat_lines.line(event, now)], lambda store: store.uploads.sent(said.files, now)
        )

    async def _theirs(self, who: deeds.Speaker, ids: list[str]) -> list[Attachment]:
        """Find the files that somebody's words name, among those they handed over."""
        if not ids:
            return []
        found = await ask(self._bot, lambda bot: bot.read(lambda store: store.uploads.of(who.address, ids)))
        if len(found) != len(set(ids)):
            raise Wrong(422, "web-file-gone")
        return [deeds.attachment(found[id_]) for id_ in dict.fromkeys(ids)]

    async def _presses(self, request: Request) -> Response:
        who = self._guest(request)
        return await self._take(deeds.press_event(who, await read(request, deeds.Press)))

    async def _forms(self, request: Request) -> Response:
        who = self._guest(request)
        return await self._take(deeds.command_event(who, await read(request, deeds.Command)))

    async def _details(self, request: Request) -> Response:
        who = self._guest(request)
        return await self._take(details.details_event(who, await read(request, details.Details)))

    async def _withdrawals(self, request: Request) -> Response:
        who = self._guest(request)
        deed = await read(request, deeds.Withdrawal)
        line = await self._own_line(who, deed.slot)
        event, gone = webchat_lines.withdrawn(who, deed, line, self._bot.clock.now())
        return await self._take(event, along=lambda store: webchat_lines.show_instead(store, event, gone))

    async def _corrections(self, request: Request) -> Response:
        who = self._guest(request)
        deed = await read(request, deeds.Correction)
        line = await self._own_line(who, deed.slot)
        event, anew = webchat_lines.corrected(who, deed, line, self._bot.clock.now())
        return await self._take(event, along=lambda store: webchat_lines.show_instead(store, event, anew))

    async def _own_line(self, who: deeds.Speaker, slot: str) -> Post:
        """Find a guest's own words in their chat."""
        line = await self._standing(who, slot)
        if line is None or not webchat_lines.is_theirs(line):
            raise Wrong(404, "web-nothing-here")
        return line

    async def _upload(self, request: Request) -> Response:
        """Keep a file, whose bytes are the body and whose name is asked for; words that name it send it."""
        who = self._guest(request)
        self._ration(webchat_rations.FILES, who.address)
        content = await read_body(request, webchat_files.LARGEST_UPLOAD)
        name = bare_name(request.query_params.get("name", "")[:400], "")
        upload = await webchat_files.keep(self._bot, who.address, content, name)
        return JSONResponse({"id": upload.id, "name": upload.name, "kind": upload.kind, "size": upload.size}, 201)

    async def _file(self, request: Request) -> Response:
        """Hand out a file that stands in the guest's own chat."""
        who = _speaker(request)
        self._ration(webchat_rations.PER_GUEST, who.address)
        slot, place = request.path_params["slot"], request.path_params["place"]
        return await webchat_files.hand_out(self._bot, webchat_files.shown_in(await self._standing(who, slot), place))

    async def _standing(self, who: deeds.Speaker, slot: str) -> Post | None:
        if not deeds.is_slot(slot):
            return None
        here = deeds.NAME, who.address, slot
        return await ask(self._bot, lambda bot: bot.read(lambda store: store.posts.get(*here)))

    async def _continue(self, request: Request) -> Response:
        """Make a one-time link under which the same chat goes on, on another device."""
        who = self._guest(request)
        self._ration(webchat_rations.LINKS, who.address)
        await read_body(request)
        base = self._embedding.address or str(request.base_url)
        link = await devices.new_link(self._bot, _session(request), base)
        return JSONResponse({"link": link, "qr": squares(link)}, 201)

    def _guest(self, request: Request) -> deeds.Speaker:
        """Tell who sends something, as long as their ration lasts."""
        who = _speaker(request)
        self._ration(webchat_rations.PER_GUEST, who.address)
        return who

    def _ration(self, ration: RateLimitItem, who: str, said: str = "web-too-often") -> None:
        if seconds := self._rations.take(ration, who):
            raise Wrong(429, said, seconds=seconds)

    async def _take(
        self, event: Event, lines: list[Post] | None = None, along: Callable[[Store], None] | None = None
    ) -> Response:
        new = await take(self._bot, event, lines or [], along)
        return JSONResponse({"new": new}, 202 if new else 200)

    async def _posts(self, request: Request) -> Response:
        """Give what stands in the guest's chat; with `after`, what changed since that answer (or at its very moment).

        With `wait` the answer comes once something changed, or after so many seconds; `opens` tells the page that stays
        open when to ask for the hours anew.
        """
        who, known = _speaker(request), request.query_params.get("after", "")
        self._ration(webchat_rations.READS, who.address, "web-rests")
        since = cursor(known)
        if seconds := seconds_of(request.query_params.get("wait", "")):
            await self._news(request, who, known, seconds)
        version, posts = await ask(self._bot, lambda bot: bot.read(lambda store: (
            store.posts.version(deeds.NAME, [who.address]),
            store.posts.of(deeds.NAME, who.address),
        )))  # fmt: skip
        news = [post for post in posts if since is None or post.changed >= since]
        if version == known:
            news = []
        opens = opens_at(self._bot.policies.current, self._bot.clock.now())
        answer = {"posts": [showable(post) for post in news], "after": version}
        return JSONResponse(answer | {"opens": opens.isoformat() if opens else ""})

    async def _news(self, request: Request, who: deeds.Speaker, known: str, seconds: float) -> None:
        """Wait for news as long as the page is there."""
        if not self.watch.has_room(who.address):
            raise Wrong(429, "web-rests", seconds=5)
        waits = [
            asyncio.create_task(self.watch.change(who.address, known, seconds)),
            asyncio.create_task(_left(request)),
        ]
        await asyncio.wait(waits, return_when=asyncio.FIRST_COMPLETED)
        for task in waits:
            task.cancel()


async def _left(request: Request) -> None:
    """Wait until the page is gone."""
    while (await request.receive())["type"] != "http.disconnect":
        pass


def _speaker(request: Request) -> deeds.Speaker:
    return deeds.Speaker(_session(request).address, language_of(request))


def _session(request: Request) -> guests.Session:
    session = visitor_of(request, request.state.origin)
    if session is None:
        raise Wrong(401, "web-no-session")
    return session


def _seated(request: Request) -> guests.Session | None:
    """Tell whom the cookie of a page of ours proves, which has no token yet."""
    return guests.guest_of(request.cookies) if request.state.origin == OWN else None


async def _nothing_here(_request: Request) -> Response:
    raise Wrong(404, "web-nothing-here")
