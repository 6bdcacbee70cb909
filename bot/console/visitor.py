"""The visitor: which colleague looks at a page, and in which language."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass

from starlette.requests import Request

from bot.app import Bot
from bot.channels.webchat.tongue import LANGUAGE_COOKIE, language_of
from bot.console import doors
from bot.console.demo import Demo
from bot.console.staff_sessions import Seat, StaffSession
from storage.staff import Person
from storage.store import Store


@dataclass(frozen=True)
class Visitor:
    """Tells who visits: by their cookie; in the demo, where anybody may be anybody, by the page's address."""

    bot: Bot
    demo: Demo | None = None

    async def seat(self, request: Request) -> Seat | None:
        """Find the colleague who asks for a page; None if nobody who works here and is signed in does."""
        played = await self._played(request)
        session = StaffSession.of(request.cookies)
        if played is not None or session is None:
            return Seat(played) if played else None
        return await asyncio.to_thread(self.bot.read, lambda store: _seated(store, session.used_now()))

    async def _played(self, request: Request) -> Person | None:
        """Find whom the demo's visitor plays, and seat them."""
        chosen = request.query_params.get("person", "")
        if self.demo is None or not chosen:
            return None
        known = {one.staff_id for one in await asyncio.to_thread(self.demo.people)}
        return await self.bot.writer.do(lambda store: doors.seat(store, chosen)) if chosen in known else None

    def language(self, request: Request, person: Person) -> str:
        """Give the language that was chosen, or else the colleague's own."""
        chosen = request.cookies.get(LANGUAGE_COOKIE) or request.query_params.get("lang")
        return language_of(request) if chosen else person.language

    def keep(self, request: Request) -> dict[str, str]:
        """Give what the links of a page take along: in the demo, whom the visitor plays."""
        chosen = request.query_params.get("person", "")
        return {"person": chosen} if self.demo is not None and chosen else {}


def _seated(store: Store, session: StaffSession) -> Seat | None:
    person = store.staff.get(session.staff_id)
    seat = Seat(person, session) if person else None
    return seat if seat and seat.holds(store) else None
