"""Live: what somebody did through one replica stands on the pages of another one about a second later."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Iterator

import pytest

from bot.app import Bot
from bot.channels.webchat.channel import WebChat
from bot.channels.webchat.watch import PAUSE, Watch
from bot.console.desk import POLL
from bot.console.looking import Look, Seen, see
from bot.console.rooms import rooms_of
from bot.console.staff_sessions import Seat
from prompts.phrases import phrases
from storage.database import Database
from tests.conftest import KEY
from tests.world import Colleague, World

pytestmark = pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
SERVICE = "#service"
PATIENCE = 10.0
"""Seconds that a page would wait without news."""


@pytest.fixture
def elsewhere(world: World, database_url: str) -> Iterator[Bot]:
    """Another replica, with connections of its own, which serves the pages."""
    database = Database(database_url, KEY)
    bot = Bot(database, [WebChat()], clock=world.clock)
    yield bot
    bot.writer.stop()
    database.close()


class Desk:
    """A colleague's page in the console, with a ticket's thread open."""

    def __init__(self, bot: Bot, whose: Colleague, slot: str) -> None:
        self._bot, self._whose, self._t = bot, whose.person, phrases("en")
        rooms = bot.read(lambda store: rooms_of(store, bot.policies.current, bot.channels, self._whose, self._t))
        self._look = Look(next(room for room in rooms if room.address == SERVICE), thread=slot)

    def looks(self) -> Seen | None:
        return self._bot.read(lambda store: see(self._bot, store, Seat(self._whose), self._look, self._t))

    def reads(self, *words: str) -> bool:
        """Look once, as the page does at every poll, and tell whether something new says this."""
        seen = self.looks()
        said = str([post.card for post in (*seen.posts, *seen.thread)]) if seen else ""
        return bool(seen) and all(word in said for word in words)


def test_two_colleagues_on_one_ticket_see_each_others_deeds_at_the_next_look(world: World, elsewhere: Bot) -> None:
    mia = world.colleague("Mia Wong", "manager")
    li = world.colleague("Li Na", manager_id=mia.person.id)
    world.customer("Galaxy Ltd", contact="Chen Wei", owner=li).writes("My order arrived damaged, I want to complain!")
    number = world.ticket.number
    desks = [Desk(elsewhere, one, f"ticket:{number}") for one in (li, mia)]
    for desk in desks:
        assert desk.looks() is not None
        assert desk.looks() is None
    world.wait(seconds=1)
    li.types(f"/crm ticket take {number}")
    assert [desk.reads("Owner", "Li Na") for desk in desks] == [True, True]
    world.wait(seconds=1)
    mia.types(f"/crm ticket note {number} The warehouse has two left")
    assert [desk.reads("Mia Wong", "The warehouse has two left") for desk in desks] == [True, True]
    assert POLL <= 1.0


def test_a_visitors_page_hears_what_another_replica_wrote_long_before_it_would_ask_again(
    world: World, elsewhere: Bot
) -> None:
    chen = world.customer("Galaxy Ltd", contact="Chen Wei")
    chen.writes("My order arrived damaged, I want to complain!")
    known = elsewhere.read(lambda store: store.posts.version("web", [chen.address]))

    async def wait_for_news() -> float:
        page = asyncio.ensure_future(Watch(elsewhere).change(chen.address, known, PATIENCE))
        await asyncio.sleep(0)
        began = time.monotonic()
        await world.bot.writer.do(lambda store: store.posts.move("web", chen.address, chen.address + "x"))
        await page
        return time.monotonic() - began

    assert world._runner.run(wait_for_news()) < PATIENCE / 2
    assert PAUSE <= 1.0
