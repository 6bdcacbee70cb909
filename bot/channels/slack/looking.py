"""Looking: what the channel has to know within three seconds, read from the database and never written."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final, TypeVar

from bot.channels.slack.seats import NAME
from bot.clock import WallClock
from handlers.cards import Card, Form
from handlers.colleagues import Roster
from prompts.phrases import Phrases
from storage.database import Database
from storage.staff import Person
from storage.store import Store

T = TypeVar("T")
TICKET: Final = "ticket:"
"""Slots of tickets' cards begin with this."""


@dataclass(frozen=True)
class Looking:
    """Questions to the reading side."""

    database: Database
    now: Callable[[], datetime] = WallClock().now

    async def person(self, user: str) -> Person | None:
        return await self._ask(lambda store: store.staff.at(NAME, user))

    async def card(self, place: str, slot: str) -> Card | None:
        """Find the card that stands in a slot, as it stands now."""
        post = await self._ask(lambda store: store.posts.get(NAME, place, slot))
        return Card.model_validate(post.card) if post else None

    async def slot(self, place: str, provider_id: str) -> str | None:
        """Find the slot of the message that Slack knows by this id."""
        post = await self._ask(lambda store: store.posts.by_provider(NAME, place, provider_id))
        return post.slot if post else None

    async def customer(self, user: str, place: str, under: Sequence[str]) -> str:
        """Name the customer whose ticket's card or thread one of these messages is, if this person may see them."""
        return await self._ask(lambda store: _customer(store, user, place, under))

    async def offering(self, form: Form, t: Phrases) -> Form:
        """Offer in a form the colleagues who may be named at this moment."""
        if not any(ask.among for ask in form.asks):
            return form
        return await self._ask(lambda store: Roster.of(store, self.now()).filled(form, t))

    async def doubtful(self, place: str) -> bool:
        """Tell whether something of ours may stand there that we do not know of yet."""
        return await self._ask(lambda store: store.outbox.in_doubt(NAME, place))

    async def _ask(self, question: Callable[[Store], T]) -> T:
        return await asyncio.to_thread(self._read, question)

    def _read(self, question: Callable[[Store], T]) -> T:
        with self.database.reading() as connection:
            return question(Store(connection))


def _customer(store: Store, user: str, place: str, under: Sequence[str]) -> str:
    person = store.staff.at(NAME, user)
    posts = (store.posts.by_provider(NAME, place, id_) for id_ in under)
    slots = (slot for post in posts if post for slot in (post.slot, post.thread or ""))
    number = next((slot.removeprefix(TICKET) for slot in slots if slot.startswith(TICKET)), "")
    ticket = store.tickets.get(number) if person and number else None
    if person is None or ticket is None or ticket.customer_id is None:
        return ""
    found = store.customers.seen_by(store.staff.scope(person), ticket.customer_id)
    return found.name if found else ""
