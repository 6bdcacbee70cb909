"""The entrance: how a colleague comes into the console, and leaves it."""

from __future__ import annotations

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from bot.app import Bot
from bot.console import doors
from bot.console.porch import Threshold, page, paragraph, spoken


class Entrance:
    """`/` where no demo runs, `/console/enter`, and `/console/leave`."""

    def __init__(self, bot: Bot, *, greets_visitors: bool) -> None:
        self._bot = bot
        self._greets_visitors = greets_visitors

    def router(self) -> APIRouter:
        router = APIRouter(include_in_schema=False)
        if self._greets_visitors:
            router.add_api_route("/", self._front, methods=["GET"])
        Threshold(self._bot, "/console/enter", "web-enter", self._enter).add_to(router)
        router.add_api_route("/console/leave", self._leave, methods=["POST"])
        return router

    async def _front(self, request: Request) -> Response:
        t = spoken(self._bot, request)
        company = self._bot.policies.current.company.name
        return page(t, t("web-front", company=company), "".join(
            paragraph(t(key)) for key in ("web-front-team", "web-front-customer")
        ))  # fmt: skip

    async def _enter(self, request: Request, code: str) -> Response | None:
        person = await doors.enter(self._bot, code)
        if person is None:
            return None
        response = RedirectResponse("/console", 303)
        doors.set_staff(response, person.id, secure=request.url.scheme == "https")
        return response

    async def _leave(self, request: Request) -> Response:
        response = RedirectResponse("/", 303)
        response.delete_cookie(doors.STAFF_COOKIE)
        return response
