"""Rooms: the places a colleague can look at in the console, as the policy and their tickets name them."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any, Literal

from bot.channels.webchat.deeds import NAME
from handlers.arguments import usage
from handlers.context import Place
from handlers.routing import Command, Routes
from handlers.ticket_cards import slot_of
from prompts.phrases import LANGUAGES, Phrases, phrases
from scheduler.policy.document import Policy
from storage.staff import Person
from storage.store import Store


@dataclass(frozen=True)
class Room:
    """A place in the console; a ticket is the thread of its card in its team's channel."""

    kind: Literal["own", "team", "ticket"]
    address: str
    title: str
    about: str = ""
    thread: str | None = None

    @property
    def key(self) -> str:
        return f"{self.address} {self.thread or ''}"


def team_addresses(policy: Policy, channels: Collection[str]) -> list[str]:
    """Give the team channels that stand in the console: those whose own platform does not run here."""
    routes = policy.routes
    places = [Place.read(address) for address in (*(team.address for team in routes.teams), routes.fallback)]
    here = [place.address for place in places if place.channel == NAME or place.channel not in channels]
    return list(dict.fromkeys(here))


def rooms_of(store: Store, policy: Policy, channels: Collection[str], person: Person, t: Phrases) -> list[Room]:
    """List a colleague's rooms: their own talk with the bot, the teams' channels, their open tickets."""
    teams = team_addresses(policy, channels)
    rooms = [Room("own", f"staff:{person.id}", t("web-own-room"))]
    rooms += [Room("team", address, address) for address in teams]
    for ticket in store.tickets.listed(store.staff.scope(person), owner_id=person.id, limit=20):
        address = Place.read(policy.routes.address_of(ticket.team)).address
        if address in teams:
            customer = store.customers.get(ticket.customer_id)
            about = customer.name if customer else t("web-stranger")
            rooms.append(Room("ticket", address, ticket.number, about, slot_of(ticket.number)))
    return rooms


def offers(routes: Routes, role: str, t: Phrases) -> list[dict[str, Any]]:
    """Give what the composer completes: a role's commands, how each is typed in any language, and what it does."""
    return [
        {
            "name": c.name,
            "spellings": _spellings(c),
            "usage": usage(c.args, c.name, t, role),
            "help": t.maybe(c.key) or "",
        }
        for c in routes.allowed(role)
    ]


def _spellings(command: Command) -> list[str]:
    found = [command.name]
    for language in LANGUAGES:
        alias = phrases(language).maybe(f"{command.key}.alias") or ""
        found += [spelling.strip().casefold() for spelling in alias.split("|") if spelling.strip()]
    return found
