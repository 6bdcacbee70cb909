"""The entrance: how a colleague comes into the console, and leaves it."""

from __future__ import annotations

import structlog
from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from bot.app import Bot
from bot.channels.webchat.porch import Threshold, page, paragraph, spoken
from bot.console import doors, staff_sessions
from bot.console.staff_sessions import StaffSession

log = structlog.get_logger()


class Entrance:
    """`/` where no demo runs, `/console/enter`, `/console/here` and `/console/leave`."""

    def __init__(self, bot: Bot, *, greets_visitors: bool) -> None:
        self._bot = bot
        self._greets_visitors = greets_visitors

    def router(self) -> APIRouter:
        router = APIRouter(include_in_schema=False)
        if self._greets_visitors:
            router.add_api_route("/", self._front, methods=["GET"])
        Threshold(self._bot, "/console/enter", "web-enter", self._enter).add_to(router)
        router.add_api_route("/console/here", self._here, methods=["GET"])
        router.add_api_route("/console/leave", self._leave, methods=["POST"])
        return router

    async def _front(self, request: Request) -> Response:
        t = spoken(self._bot, request)
        company = self._bot.policies.current.company.name
        return page(t, t("web-front", company=company), "".join(
            paragraph(t(key)) for key in ("web-front-team", "web-front-customer")
        ))  # fmt: skip

    async def _enter(self, request: Request, code: str) -> Response | None:
        entered = await doors.enter(self._bot, code)
        if entered is None:
            return None
        person, now = entered
        response = RedirectResponse("/console", 303)
        StaffSession.begin(person.id, now).set(response, secure=request.url.scheme == "https")
        return response

    async def _here(self) -> Response:
        """Hear from an open page that it is used; the gate has signed its session anew."""
        return Response(status_code=204)

    async def _leave(self, request: Request) -> Response:
        """End the session everywhere: a copy of its cookie, or a page that is still open, is worth nothing either.

        Only pages of ours may ask for it: the cookie does not come with what others send, and would be let go all the same.
        """
        if request.headers.get("sec-fetch-site", "same-origin") != "same-origin":
            t = spoken(self._bot, request)
            return page(t, t("web-not-from-there"), status=403)
        session = StaffSession.of(request.cookies)
        if session is not None:
            try:
                await self._bot.writer.do(lambda store: store.ended_sessions.end(session.id, store.machine_now()))
            except Exception as error:  # noqa: BLE001 - the database does not answer
                log.warning("session not ended", error=type(error).__name__)
                t = spoken(self._bot, request)
                return page(t, t("web-busy"), status=503)
        response = RedirectResponse("/", 303)
        response.delete_cookie(staff_sessions.COOKIE)
        return response
