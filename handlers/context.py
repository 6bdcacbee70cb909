"""The context of one event: who acts, what is known, and the ways to answer; it never touches the network."""

from __future__ import annotations

import random
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import cached_property
from typing import Any

from handlers.cards import Card
from handlers.routing import Routes
from prompts.phrases import Phrases, phrases
from prompts.reader.reading import Reader
from scheduler.policy.document import Policy
from scheduler.policy.habits import LEARNED_FROM, habitual_channel
from storage.contacts import Contact
from storage.customers import Customer
from storage.identities import identity_of
from storage.inbox import Event
from storage.messages import Kind, Message
from storage.staff import Person, Scope
from storage.store import Store
from storage.windows import ReplyWindow


class Refused(Exception):
    """What was asked cannot be done; the phrase says why and what to do instead. Nothing has changed."""

    def __init__(self, key: str, **values: Any) -> None:
        super().__init__(key)
        self.key, self.values = key, values


@dataclass(frozen=True)
class Place:
    """Where something is said: a channel and an address there.

    `whose` it is to be is asked again when the message leaves: chats are joined to somebody, and split off again.
    """

    channel: str
    address: str
    whose: str = field(default="", compare=False)

    @classmethod
    def read(cls, text: str) -> Place:
        """Read a place as the policy writes it: `slack:#service`."""
        channel, _, address = text.partition(":")
        return cls(channel, address)


@dataclass(frozen=True)
class Surroundings:
    """What is the same for every event of a moment."""

    policy: Policy
    routes: Routes
    reader: Reader
    channels: frozenset[str]
    windows: Mapping[str, ReplyWindow] = field(default_factory=dict)
    """The channels that take nothing but answers to what a customer wrote lately."""
    recalls: Mapping[str, timedelta] = field(default_factory=dict)
    """The channels on which something can be taken back from where it stands, and for how long."""
    address: str = ""
    """Where browsers reach our pages, as scheme and host; nothing where nobody said so."""
    randomness: random.Random = field(default_factory=random.SystemRandom)


@dataclass
class Context:
    """One event being answered, in the transaction of its store."""

    store: Store
    now: datetime
    event: Event
    around: Surroundings
    staff: Person | None = None
    contact: Contact | None = None
    notes: list[tuple[str, dict[str, Any]]] = field(default_factory=list)
    said: list[str] = field(default_factory=list)

    @property
    def policy(self) -> Policy:
        return self.around.policy

    @property
    def me(self) -> Person:
        """The colleague who acts.

        Raises:
            Refused: a customer or a stranger acts.
        """
        if self.staff is None:
            raise Refused("not-for-you")
        return self.staff

    @property
    def role(self) -> str:
        """Say as what somebody acts: a colleague's role, or a customer."""
        return self.staff.role if self.staff else "customer"

    @cached_property
    def scope(self) -> Scope:
        return self.store.staff.scope(self.me, self.now)

    @cached_property
    def mine(self) -> Scope:
        """Narrow the view to what one looks after oneself, and what those do for whom one stands in."""
        absent = self.store.staff.replaced_by(self.me, self.now)
        return Scope(self.me, frozenset({self.me.id, *(person.id for person in absent)}), frozenset())

    @cached_property
    def t(self) -> Phrases:
        """The phrases of the person who acts."""
        return phrases(self.language)

    @property
    def language(self) -> str:
        actor = self.staff or self.contact
        return actor.language if actor else str(self.event.body.get("language") or self.policy.company.language)

    @property
    def zone(self) -> str:
        return self.staff.zone if self.staff else self.zone_of(self.contact)

    def zone_of(self, contact: Contact | None, customer: Customer | None = None) -> str:
        known = (contact and contact.zone) or (customer and customer.zone)
        return known or self.policy.company.zone.key

    def team_phrases(self, team: str | None) -> Phrases:
        """Give the phrases of a team's channel; of the fallback place if there is no team."""
        return phrases(self.policy.routes.language_of(team) or self.policy.company.language)

    def note(self, kind: str, **facts: Any) -> None:
        """Leave a note for another subject; it is answered in the same transaction, after this handler."""
        self.notes.append((kind, facts))

    def say(
        self,
        place: Place,
        card: Card,
        kind: Kind = Kind.REPLY,
        *,
        slot: str = "",
        thread: str | None = None,
        guards: tuple[str, ...] = (),
        receipt: bool = False,
        key: str | None = None,
        not_before: datetime | None = None,
        expires_at: datetime | None = None,
    ) -> str:
        """Leave a message in the outbox; its key follows from the event, so that a second run says the same."""
        key = key or f"e{self.event.id}.{len(self.said)}"
        self.said.append(key)
        message = Message(
            key=key,
            channel=place.channel,
            address=place.address,
            card=card.kept(),
            kind=kind,
            slot=slot or key,
            thread=thread or self._asked_under(place, kind),
            guards=(*_theirs(place), *guards),
            receipt=receipt,
            not_before=not_before,
            expires_at=expires_at,
        )
        self.store.outbox.say(message, self.now)
        return key

    def _asked_under(self, place: Place, kind: Kind) -> str | None:
        """Tell under what an answer hangs where several people talk; nothing in a chat of two."""
        here = place == Place(self.event.channel, self.event.address) and kind is Kind.REPLY
        return self.event.body.get("under") if here else None

    def reply(self, card: Card | str, *, expires_at: datetime | None = None) -> None:
        """Answer the person who acts, where only they see it."""
        card = card if isinstance(card, Card) else Card(text=card)
        self.say(Place(self.event.channel, self.event.address), card, key=self._aside(), expires_at=expires_at)

    def _aside(self) -> str | None:
        """Name an answer that leaves the group in which somebody asked, so that it is said there if it cannot arrive."""
        body = self.event.body
        if "aside" not in body:
            return None
        return f"aside:{self.event.id}.{len(self.said)}:{body['place']}:{body['aside']}"

    def tell(self, person: Person, card: Card, kind: Kind = Kind.REMINDER, **how: Any) -> bool:
        """Say something to a colleague directly; false if they have left or no running channel reaches them."""
        place = self.place_of(person)
        if place is None:
            return False
        self.say(place, card, kind, **how)
        return True

    def place_of(self, person: Person) -> Place | None:
        """Tell where a colleague is spoken to: where they want it, if that runs here; nowhere, once they have left."""
        if not person.active:
            return None
        addresses = self.store.staff.addresses(person.id)
        here = self.around.channels & addresses.keys()
        for channel in sorted(here, key=lambda channel: (channel != person.spoken_to_on, *_homeliness(channel))):
            return Place(channel, addresses[channel])
        return None

    def team_place(self, team: str | None) -> Place:
        """Tell where a team's cards stand; a channel that does not run here gives way to the console."""
        place = Place.read(self.policy.routes.address_of(team))
        return place if place.channel in self.around.channels else Place("web", place.address)

    def contact_place(self, contact: Contact, channel: str | None = None) -> Place | None:
        """Tell where a contact is reached: here if they write now; else on that channel, where they like it, anywhere.

        Where they like it somebody said, or it is where they mostly write.

        Of several addresses it is the one they wrote from last.
        """
        if self.contact is not None and self.contact.id == contact.id and channel == self.event.channel:
            return Place(channel, self.event.address, contact.id)
        known = self.store.contacts.channels(contact.id)
        liked = contact.preferred_channel
        if channel is None and liked is None and len(known) > 1:
            liked = habitual_channel(self.store.entries.moments(contact.id, self.now - LEARNED_FROM), self.now)
        for wish in (channel, liked, *known):
            if wish in known and wish in self.around.channels:
                return Place(wish, self.store.contacts.address(contact.id, wish) or "", contact.id)
        return None


def _theirs(place: Place) -> tuple[str, ...]:
    """Guard what is for one person in a chat that may turn out to be another's; nothing of the address is in it."""
    return (f"theirs:{place.whose}:{identity_of(place.channel, place.address)}",) if place.whose else ()


def _homeliness(channel: str) -> tuple[bool, str]:
    """The console is where people look last."""
    return channel == "web", channel
