"""Doors: the links that let a colleague into the console, each once and for ten minutes, and their seat in it."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from bot.app import Bot
from bot.channels.webchat.deeds import NAME
from bot.once import Once
from handlers.console_links import LINKS_TO_CONSOLE, link_to_console
from storage.staff import Person
from storage.store import Store

LINKS: Final = Once(LINKS_TO_CONSOLE)


async def console_link(bot: Bot, staff_id: str, base: str = "http://127.0.0.1:8000") -> str:
    """Make a link that opens the console once, within ten minutes; `base` is how people reach this server."""
    return await bot.writer.do(lambda store: new_link(store, staff_id, base))


def new_link(store: Store, staff_id: str, base: str) -> str:
    """Make a one-time link; a newer one ends the older."""
    return link_to_console(store, staff_id, base)


async def enter(bot: Bot, code: str) -> tuple[Person, datetime] | None:
    """Use up a link's code and seat the colleague from that moment on; None if it is wrong, used, too old, or they left.

    Whatever ends their sessions after that moment ends this one too.
    """
    redeemed = await LINKS.redeem(bot, code)
    if redeemed is None:
        return None
    person = await bot.writer.do(lambda store: seat(store, redeemed.place))
    return (person, redeemed.at) if person else None


def withdraw_links(store: Store, *staff_ids: str) -> None:
    """Let the links that these colleagues may have open nothing any more."""
    store.codes.withdraw(*map(LINKS.named, staff_ids))


def seat(store: Store, staff_id: str) -> Person | None:
    """Give a colleague their address in the console; None if nobody active has this id."""
    person = store.staff.get(staff_id)
    if person is None or not person.active:
        return None
    if store.staff.address(staff_id, NAME) is None:
        store.staff.bind(staff_id, NAME, f"staff:{staff_id}")
    return person
