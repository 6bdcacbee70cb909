"""Contacts: the people at a customer, how they are reached, and what they agreed to; strangers have no customer yet."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import (
    Boolean,
    Column,
    ForeignKey,
    Index,
    PrimaryKeyConstraint,
    String,
    Table,
    UniqueConstraint,
    and_,
    bindparam,
    delete,
    exists,
    func,
    or_,
    select,
    update,
)

from storage.columns import Id, Moment, Short, metadata, new_id
from storage.customers import customers
from storage.rows import Rows
from storage.staff import Scope
from storage.vault import Sealed, vault

contacts = Table(
    "contacts",
    metadata,
    Column("id", Id, primary_key=True),
    Column("customer_id", Id, ForeignKey("customers.id"), index=True),
    Column("name", Sealed),
    Column("phone", Sealed),
    Column("email", Sealed),
    Column("language", Short, nullable=False, default="en"),
    Column("zone", Short),
    Column("preferred_channel", Short),
    Column("opted_out_at", Moment),
    Column("agreed_at", Moment),
    Column("met_at", Moment, nullable=False),
    Column("birthday", Sealed),
    Column("birthday_mark", String(32), index=True),
    Column("culture", Short),
)
identities = Table(
    "identities",
    metadata,
    Column("channel", Short, nullable=False),
    Column("blind", String(32), nullable=False),
    Column("address", Sealed, nullable=False),
    Column("contact_id", Id, ForeignKey("contacts.id"), nullable=False, index=True),
    Column("reachable", Boolean, nullable=False, default=True),
    Column("last_heard_at", Moment),
    PrimaryKeyConstraint("channel", "blind"),
)
marks = Table(
    "contact_marks",
    metadata,
    Column("mark", String(32), nullable=False),
    Column("contact_id", Id, ForeignKey("contacts.id"), nullable=False, index=True),
    UniqueConstraint("mark", "contact_id"),
)
consents = Table(
    "consents",
    metadata,
    Column("id", Id, primary_key=True),
    Column("contact_id", Id, ForeignKey("contacts.id"), nullable=False, index=True),
    Column("purpose", Short, nullable=False),
    Column("given", Boolean, nullable=False),
    Column("method", Short, nullable=False),
    Column("at", Moment, nullable=False),
)
Index("ix_identities_contact_channel", identities.c.contact_id, identities.c.channel)


@dataclass(frozen=True, slots=True)
class Contact:
    """A person who may write to us; without a customer they are a stranger."""

    id: str
    customer_id: str | None = None
    name: str | None = None
    phone: str | None = None
    email: str | None = None
    language: str = "en"
    zone: str | None = None
    preferred_channel: str | None = None
    opted_out_at: datetime | None = None
    agreed_at: datetime | None = None
    met_at: datetime | None = None
    birthday: str | None = None
    """`1986-05-24`, or `05-24` where the year is not known."""
    birthday_mark: str | None = None
    culture: str | None = None


_columns = tuple(contacts.c[name] for name in Contact.__dataclass_fields__)
_by_id = select(*_columns).where(contacts.c.id == bindparam("id"))
_here = (identities.c.channel == bindparam("channel"), identities.c.blind == bindparam("blind"))
_at = select(*_columns).join(identities, identities.c.contact_id == contacts.c.id).where(*_here)
_others = identities.alias("others")
_spoken_since = exists().where(
    _others.c.contact_id == identities.c.contact_id,
    _others.c.blind != identities.c.blind,
    or_(identities.c.last_heard_at.is_(None), _others.c.last_heard_at >= identities.c.last_heard_at),
)
_speaking = _at.add_columns(_spoken_since)
_reachable = select(identities.c.reachable).where(*_here)
_reached = (identities.c.contact_id == bindparam("id"), identities.c.reachable)
_newest_first = identities.c.last_heard_at.desc().nulls_last()
_on = identities.c.channel == bindparam("channel")
_address = select(identities.c.address).where(*_reached, _on).order_by(_newest_first).limit(1)
_channels = select(identities.c.channel).where(*_reached).order_by(_newest_first, identities.c.channel)


class Contacts(Rows):
    """People at customers, and strangers."""

    def add(self, contact: Contact, now: datetime) -> None:
        values = {name: getattr(contact, name) for name in Contact.__dataclass_fields__}
        self._add(contacts, **(values | {"met_at": contact.met_at or now}))
        for mark in _marks(contact):
            self._add(marks, mark=mark, contact_id=contact.id)

    def get(self, id_: str | None) -> Contact | None:
        if not id_:
            return None
        return self._once(contacts, id_, lambda: self._first(Contact, _by_id, id=id_))

    def at(self, channel: str, address: str) -> Contact | None:
        """Find who writes from this address, by its blind index."""
        blind = vault.blind(f"{channel}:{address}")
        return self._first(Contact, _at, channel=channel, blind=blind)

    def speaking(self, channel: str, address: str, now: datetime) -> Contact | None:
        """Find who writes from this address, and remember that of all their addresses it is the one they use now.

        What somebody with one address writes costs no change.
        """
        blind = vault.blind(f"{channel}:{address}")
        for *known, elsewhere in self._select(_speaking, channel=channel, blind=blind):
            if elsewhere:
                here = and_(identities.c.channel == channel, identities.c.blind == blind)
                self._execute(update(identities).where(here).values(last_heard_at=now), identities)
            return Contact(*known)
        return None

    def anybody(self) -> Contact | None:
        """Give some contact, if there is one."""
        return self._first(Contact, select(*_columns).limit(1), contacts)

    def of(self, customer_id: str) -> list[Contact]:
        statement = select(*_columns).where(contacts.c.customer_id == customer_id).order_by(contacts.c.met_at)
        return self._all(Contact, statement, contacts)

    def find(self, scope: Scope, words: str, limit: int = 10) -> list[Contact]:
        """Find contacts of visible customers by part of a name, by a whole phone or e-mail, or a phone's last four."""
        visible = scope.clause(customers.c.owner_id, customers.c.group_id)
        statement = select(*_columns).join(customers, customers.c.id == contacts.c.customer_id).where(visible)
        hashes = vault.bigrams(words) or {_exact(words)}
        every = (
            select(marks.c.contact_id)
            .where(marks.c.mark.in_(hashes))
            .group_by(marks.c.contact_id)
            .having(func.count() == len(hashes))
        )
        whole = select(marks.c.contact_id).where(marks.c.mark == _exact(words))
        statement = statement.where(contacts.c.id.in_(every.union(whole))).limit(limit)
        return self._all(Contact, statement, contacts, marks)

    def change(self, id_: str, **values: object) -> None:
        self._change(update(contacts).where(contacts.c.id == id_).values(values), contacts)

    def bind(self, contact_id: str, channel: str, address: str, now: datetime | None = None) -> None:
        """Make an address this contact's, the one they use `now`; it has one owner, the latest proven one."""
        values = {"address": address, "contact_id": contact_id, "reachable": True, "last_heard_at": now}
        blind = vault.blind(f"{channel}:{address}")
        statement = self._insert(identities).values(channel=channel, blind=blind, **values)
        statement = statement.on_conflict_do_update(index_elements=["channel", "blind"], set_=values)
        self._execute(statement, contacts, identities)

    def address(self, contact_id: str, channel: str) -> str | None:
        """Tell where a contact is reached on a channel: where they wrote last; None if nowhere that is open to us."""
        for row in self._select(_address, id=contact_id, channel=channel):
            address: str = row.address
            return address
        return None

    def channels(self, contact_id: str) -> list[str]:
        """Tell on which channels a contact is reached, the one they wrote on last first."""
        return list(dict.fromkeys(row.channel for row in self._select(_channels, id=contact_id)))

    def last_channel(self, contact_id: str) -> str | None:
        """Tell on which of the channels that reach them a contact wrote last."""
        return next(iter(self.channels(contact_id)), None)

    def closed_channels(self, contact_id: str) -> list[str]:
        """Tell on which channels a contact has closed the chat to us, and on no other address of theirs there."""
        here = (identities.c.contact_id == contact_id, identities.c.reachable.is_(False))
        found = self._select(select(identities.c.channel).where(*here).order_by(identities.c.channel), identities)
        return sorted({row.channel for row in found} - set(self.channels(contact_id)))

    def is_closed(self, channel: str, address: str) -> bool:
        """Tell whether we believe that nothing arrives at this address."""
        found = self._select(_reachable, channel=channel, blind=vault.blind(f"{channel}:{address}"))
        return any(not row.reachable for row in found)

    def leave_others(self, contact_id: str, channel: str, address: str) -> list[str]:
        """Reach a contact at this address of a channel and at no other there; give those that were left."""
        theirs = and_(identities.c.contact_id == contact_id, identities.c.channel == channel, identities.c.reachable)
        others = and_(theirs, identities.c.blind != vault.blind(f"{channel}:{address}"))
        left = update(identities).where(others).values(reachable=False).returning(identities.c.address)
        return [row.address for row in self._execute(left, identities)]

    def set_reachable(self, channel: str, address: str, *, reachable: bool) -> bool:
        """Write down whether what is sent to an address arrives; false if that is what we knew."""
        here = and_(identities.c.channel == channel, identities.c.blind == vault.blind(f"{channel}:{address}"))
        news = update(identities).where(here, identities.c.reachable.is_not(reachable)).values(reachable=reachable)
        return self._execute(news, identities).rowcount == 1

    def consent(self, contact_id: str, purpose: str, method: str, now: datetime, *, given: bool) -> None:
        """Write down what was agreed or taken back; a taken-back consent works from this commit on."""
        self._add(consents, id=new_id(), contact_id=contact_id, purpose=purpose, given=given, method=method, at=now)
        change = {"agreed_at": now, "opted_out_at": None} if given else {"opted_out_at": now, "agreed_at": None}
        self._execute(update(contacts).where(contacts.c.id == contact_id).values(change), contacts)

    def merge(self, stranger_id: str, into: str) -> None:
        """Give a stranger's addresses and consents to the contact they proved to be; of both, the last word counts."""
        for table in (identities, consents):
            moved = update(table).where(table.c.contact_id == stranger_id).values(contact_id=into)
            self._execute(moved, table)
        self._execute(delete(marks).where(marks.c.contact_id == stranger_id), marks)
        stranger, known = self.get(stranger_id), self.get(into)
        said, known_said = _said_at(stranger), _said_at(known)
        if stranger is not None and said is not None and (known_said is None or said >= known_said):
            self.change(into, opted_out_at=stranger.opted_out_at, agreed_at=stranger.agreed_at)

    def at_customers(self, customer_ids: Sequence[str]) -> list[Contact]:
        """List the contacts of these customers, those whom we know longest last."""
        statement = select(*_columns).where(contacts.c.customer_id.in_(customer_ids))
        return self._all(Contact, statement.order_by(contacts.c.met_at.desc(), contacts.c.id.desc()), contacts)

    def reached_at(self, customer_ids: Sequence[str]) -> set[str]:
        """Tell at which of these customers anybody is in some chat with us."""
        reached = identities.c.contact_id == contacts.c.id
        statement = select(contacts.c.customer_id).join(identities, and_(reached, identities.c.reachable))
        return {row.customer_id for row in self._select(statement.where(contacts.c.customer_id.in_(customer_ids)))}

    def add_marks(self, contact: Contact) -> None:
        """Let a contact be found by what was learned about them."""
        statement = self._insert(marks).on_conflict_do_nothing(index_elements=["mark", "contact_id"])
        rows = [{"mark": mark, "contact_id": contact.id} for mark in sorted(_marks(contact))]
        if rows:
            self._buffer.flush(contacts, marks)
            self._connection.execute(statement, rows)

    def many(self, ids: Sequence[str]) -> dict[str, Contact]:
        statement = select(*_columns).where(contacts.c.id.in_(ids))
        return {contact.id: contact for contact in self._all(Contact, statement, contacts)}


def _said_at(contact: Contact | None) -> datetime | None:
    """Tell when somebody last agreed or took it back."""
    return (contact.opted_out_at or contact.agreed_at) if contact else None


def _exact(value: str) -> str:
    return vault.blind(f"=:{value.strip().casefold()}")


def _marks(contact: Contact) -> set[str]:
    found = vault.bigrams(contact.name) if contact.name else set()
    if contact.name:
        found.add(_exact(contact.name))
    if contact.phone:
        found |= {_exact(contact.phone), _exact(contact.phone[-4:])}
    if contact.email:
        found.add(_exact(contact.email))
    return found
