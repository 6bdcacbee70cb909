"""The check-up of groups in which teams work: are we there, have they topics, may we manage them, is no customer inside?"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from telegram import Bot, ChatMemberAdministrator
from telegram.error import TelegramError

from bot.channels.telegram.messages import NAME
from bot.findings import Finding, Patient, bad, good, warn

GROUP: Final = re.compile(r"-\d{1,20}", re.ASCII)


@dataclass(frozen=True)
class Place:
    """What Telegram says about a group; nothing if it does not let us look."""

    address: str
    title: str = ""
    is_there: bool = False
    is_forum: bool = False
    is_admin: bool = False
    manages_topics: bool = False


def addresses(patient: Patient) -> list[str]:
    """Give the places in Telegram that the policy names."""
    if patient.policy is None:
        return []
    routes = patient.policy.routes
    named = (*(team.address for team in routes.teams), routes.fallback)
    return list(dict.fromkeys(one.partition(":")[2] for one in named if one.partition(":")[0] == NAME))


async def look(bot: Bot, me: int, places: Iterable[str]) -> tuple[Place, ...]:
    return tuple([await _look(bot, me, place) for place in places])


async def _look(bot: Bot, me: int, address: str) -> Place:
    if not GROUP.fullmatch(address):
        return Place(address)
    try:
        chat, member = await bot.get_chat(address), await bot.get_chat_member(address, me)
    except TelegramError:
        return Place(address)
    admin = member if isinstance(member, ChatMemberAdministrator) else None
    manages = bool(admin and admin.can_manage_topics)
    return Place(address, chat.title or address, True, bool(chat.is_forum), admin is not None, manages)


def told(patient: Patient, places: Iterable[Place]) -> Iterator[Finding]:
    """Say of each place what is missing for a topic a ticket."""
    for place in places:
        about = {"place": f"{NAME}:{place.address}", "title": place.title}
        if not place.is_there:
            yield bad("doctor-telegram-place-away", **about)
        elif _is_customers(patient, place.address):
            yield bad("doctor-telegram-place-linked", **about)
        elif not place.is_forum:
            yield warn("doctor-telegram-place-plain", **about)
        elif not place.manages_topics:
            yield warn("doctor-telegram-place-rights", **about, admin="yes" if place.is_admin else "no")
        else:
            yield good("doctor-telegram-place", **about)


def _is_customers(patient: Patient, address: str) -> bool:
    return patient.database is not None and bool(patient.ask(lambda store: store.groups.at(NAME, address)))
