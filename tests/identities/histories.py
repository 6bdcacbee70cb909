"""Random histories of people who write, ask, refuse, are joined and split, with a ledger of who said what beside them."""

from __future__ import annotations

import random
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from typing import Any, Final

from sqlalchemy import select

from storage.claims import Claim, contact_claims
from storage.columns import new_id
from storage.contacts import Contact, contacts
from storage.customers import Customer
from storage.entries import Entry, entries
from storage.feedback import Feedback, feedback
from storage.identities import identities, identity_of
from storage.joins import MOVED, Join
from storage.staff import Person
from storage.store import Store
from storage.tickets import Ticket, tickets
from storage.touches import Touch, touches

START: Final = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)
CHANNELS: Final = ("web", "telegram", "wecom-kf")


@dataclass
class Ledger:
    """What is so whatever is joined: as whom each thing was said, and which edges hold."""

    home: dict[tuple[str, str], str] = field(default_factory=dict)
    """By kind and key: the contact as whom it came."""
    above: dict[str, str] = field(default_factory=dict)
    """Whom a contact was joined to, as long as it is."""
    out: set[str] = field(default_factory=set)
    """Who wants to be left alone, as themselves."""

    def root(self, contact: str) -> str:
        return self.root(self.above[contact]) if contact in self.above else contact

    def one(self, contact: str) -> set[str]:
        """Everybody who is the same person as this contact."""
        return {other for other in self.people if self.root(other) == self.root(contact)}

    @property
    def people(self) -> set[str]:
        return {home for (kind, _), home in self.home.items() if kind == "contact"}


class History:
    """A company with one customer, three of its people, and strangers; what happens next is drawn from a seed."""

    def __init__(self, store: Store, seed: int) -> None:
        self.store, self.random, self.now, self.ledger = store, random.Random(seed), START, Ledger()
        self.joins: dict[str, Join] = {}
        self.customer = Customer(id=new_id(), name="Galaxy", owner_id="li", group_id=None, since=START)
        store.staff.add(Person("li", "Li Na", "rep"), {})
        store.customers.add(self.customer)
        for n in range(6):
            self._meets(self.customer.id if n < 3 else None)
        store.flush()

    def _meets(self, customer_id: str | None) -> None:
        person = Contact(id=new_id(), customer_id=customer_id, name=f"P{len(self.ledger.home)}", met_at=self.now)
        person = person if self.random.random() < 0.5 else self._known_better(person)
        self.store.contacts.add(person, self.now)
        self.ledger.home["contact", person.id] = person.id
        for channel in self.random.sample(CHANNELS, self.random.randint(1, 2)):
            address = f"{channel}-{person.id}"
            self.store.contacts.bind(person.id, channel, address)
            self.ledger.home["identity", f"{channel}:{address}"] = person.id

    def _known_better(self, person: Contact) -> Contact:
        return replace(person, phone=f"+86{self.random.randrange(10**8)}", zone="Asia/Shanghai")

    def goes_on(self, deeds: int, *, refusing: bool = True) -> None:
        """Let so many things happen, one after another."""
        acts = [self.writes, self.writes, self.writes, self.joins_somebody, self.splits, self.calls, self.claims]
        for _ in range(deeds):
            self.now += timedelta(minutes=self.random.randint(1, 600))
            self.random.choice([*acts, self.refuses] if refusing else acts)()

    def writes(self) -> None:
        """Somebody writes from one of their addresses, and perhaps wants something, and hears an answer."""
        kind, address = self.random.choice(sorted(key for key in self.ledger.home if key[0] == "identity"))
        home = self.ledger.home[kind, address]
        contact = self.store.contacts.get(home)
        assert contact is not None
        channel, _, bare = address.partition(":")
        key, number = f"{channel}:{new_id()}", f"T-{len(self.ledger.home):05}" if self.random.random() < 0.4 else None
        if number:
            self._asks(number, channel, contact)
            self.ledger.home["ticket", number] = home
        said: dict[str, Any] = {"contact_id": contact.id, "customer_id": contact.customer_id, "ticket": number}
        who = identity_of(channel, bare)
        self.store.entries.add(Entry(key, "in", contact.id, channel, "words", self.now, **said, identity=who))
        self.ledger.home["entry", key] = home
        if number:
            answer = f"reply:{key}"
            self.store.entries.add(Entry(answer, "out", "li", channel, "answer", self.now, **said))
            self.ledger.home["entry", answer] = home
        if self.random.random() < 0.3:
            piece = Feedback(new_id(), "praise", "other", "good", "low", "words", key, self.now)
            self.store.feedback.add(_of(piece, contact))
            self.ledger.home["feedback", piece.id] = home

    def _asks(self, number: str, channel: str, contact: Contact) -> None:
        due = self.now + timedelta(hours=1)
        ticket = Ticket(number, channel, "inquiry", "normal", "words", self.now, due, due)
        owner = "li" if contact.customer_id or self.random.random() < 0.3 else None
        self.store.tickets.add(_of(ticket, contact, owner_id=owner))

    def claims(self) -> None:
        """Somebody says in one of their chats how they are reached."""
        kind, address = self.random.choice(sorted(key for key in self.ledger.home if key[0] == "identity"))
        home, (channel, _, bare) = self.ledger.home[kind, address], address.partition(":")
        contact, reach = self.store.contacts.get(home), f"+86{len(self.ledger.home):08}"
        assert contact is not None
        self.store.claims.add(contact.id, Claim(reach), self.now, self.store.contacts.came_as(channel, bare))
        self.ledger.home["claim", reach] = home

    def calls(self) -> None:
        """Li Na calls somebody of the customer who is not joined to anybody: it is known whom she spoke to."""
        alone = [c for c in self._singles() if self._contact(c).customer_id]
        if alone:
            who = self.random.choice(alone)
            touch = Touch(new_id(), self.customer.id, "call", "words", self.now, staff_id="li", contact_id=who)
            self.store.touches.add(touch)
            self.ledger.home["touch", touch.id] = who

    def refuses(self) -> None:
        who = self.random.choice(sorted(self.ledger.people))
        self.store.contacts.consent(self.ledger.root(who), "proactive", "words", self.now, given=False)
        self.ledger.out |= self.ledger.one(who)

    def joins_somebody(self) -> None:
        """Two who are not one yet are found to be; strangers become the known one, never the other way round."""
        roots = sorted({self.ledger.root(contact) for contact in self.ledger.people})
        if len(roots) > 1:
            one, other = self.random.sample(roots, 2)
            side, into = self._contact(one), self._contact(other)
            if side.customer_id and not into.customer_id:
                side, into = into, side
            made = self.store.joins.join(
                side, into, self.customer if into.customer_id else None, "li", how="person", by="li", now=self.now
            )
            self.joins[made.id] = made
            self.ledger.above[side.id] = into.id

    def splits(self) -> None:
        if self.joins:
            join = self.joins.pop(self.random.choice(sorted(self.joins)))
            if self.ledger.out & self.ledger.one(join.from_id):
                self.ledger.out |= {self.ledger.root(join.from_id), join.from_id}
            self.store.joins.split(join, "li", self.now)
            del self.ledger.above[join.from_id]

    def _singles(self) -> list[str]:
        return sorted(contact for contact in self.ledger.people if self.ledger.one(contact) == {contact})

    def _contact(self, id_: str) -> Contact:
        found = self.store.contacts.as_known(id_)
        assert found is not None
        return found

    def wrong(self) -> list[str]:
        """Compare the store with the ledger: everything is with whoever the one who said it is now."""
        self.store.flush()
        found = []
        for (kind, key), home in self.ledger.home.items():
            if kind == "contact":
                continue
            whose = self._whose(kind, key)
            if whose != self.ledger.root(home):
                found.append(f"{kind} {key}: with {whose}, belongs to {self.ledger.root(home)}")
        for person in self.ledger.people:
            known = self._contact(person)
            root = self.ledger.root(person)
            if (known.joined_to or person) != root:
                found.append(f"{person} is taken for {known.joined_to}, is {root}")
            is_out = bool(self.ledger.out & self.ledger.one(person))
            if person == root and (known.opted_out_at is not None) != is_out:
                found.append(f"{person} is left alone: {known.opted_out_at}; said so: {is_out}")
        return found

    def _whose(self, kind: str, key: str) -> str:
        if kind == "claim":  # it is sealed
            said = self.store.connection.execute(select(contact_claims.c.contact_id, contact_claims.c.reach))
            return str(next(row.contact_id for row in said if row.reach == key))
        found = self.store.connection.execute(select(COLUMN[kind]).where(KEY[kind] == _key(kind, key)))
        return str(found.scalar_one())

    def picture(self) -> dict[str, list[Any]]:
        """Give all that is on record of people, free of what only tells that something was changed."""
        self.store.flush()
        aside = {"version", "own_opted_out_at", "own_agreed_at", "came_as"}
        return {
            table.name: sorted(
                repr([value for name, value in row._mapping.items() if name not in aside])
                for row in self.store.connection.execute(select(table))
            )
            for table in (contacts, *MOVED)
        }


def _of(thing: Any, contact: Contact, **more: Any) -> Any:
    return replace(thing, contact_id=contact.id, customer_id=contact.customer_id, **more)


def _key(kind: str, key: str) -> str:
    return identity_of(*key.split(":", 1)) if kind == "identity" else key


COLUMN: Final = {
    "identity": identities.c.contact_id,
    "entry": entries.c.contact_id,
    "ticket": tickets.c.contact_id,
    "feedback": feedback.c.contact_id,
    "touch": touches.c.contact_id,
}
KEY: Final = {
    "identity": identities.c.blind,
    "entry": entries.c.key,
    "ticket": tickets.c.number,
    "feedback": feedback.c.id,
    "touch": touches.c.id,
}
