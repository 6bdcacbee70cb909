"""Contacts: the people at a customer, how they are reached, and what they agreed to; strangers have no customer yet."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final

from sqlalchemy import (
    Boolean,
    Column,
    ForeignKey,
    String,
    Table,
    UniqueConstraint,
    and_,
    bindparam,
    column,
    exists,
    func,
    or_,
    select,
    table,
    update,
)

from storage.columns import Id, Moment, Short, metadata, new_id
from storage.customers import customers
from storage.identities import SILENT, Identities, identities, identity_of
from storage.staff import Scope
from storage.vault import Sealed, vault

SAME_DIGITS: Final = 8
"""Two numbers that end in so many same digits are one number, written with or without its country."""

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
    Column("preferred_hours", Short),
    Column("joined_to", Id, index=True),
    Column("own_opted_out_at", Moment),
    Column("own_agreed_at", Moment),
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
    Column("came_as", Id),
)


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
    preferred_hours: str | None = None
    """`09:00-12:00` by their own clock, if somebody said so."""
    joined_to: str | None = None
    """Who they are now, if they were joined to another contact since; nobody but that one is shown."""


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
_shown = contacts.c.joined_to.is_(None)
_grouped = table("chat_groups", column("contact_id"))
_one_person = ~exists().where(_grouped.c.contact_id == contacts.c.id)
_parts = contacts.alias("parts")


class Contacts(Identities):
    """People at customers, and strangers."""

    def add(self, contact: Contact, now: datetime) -> None:
        values = {name: getattr(contact, name) for name in Contact.__dataclass_fields__}
        self._add(contacts, **(values | {"met_at": contact.met_at or now}))
        for mark in _marks(contact):
            self._add(marks, mark=mark, contact_id=contact.id)

    def get(self, id_: str | None) -> Contact | None:
        """Give a contact; one that was joined to another is that other."""
        if not id_:
            return None
        known = self.as_known(id_)
        return self.as_known(known.joined_to) if known and known.joined_to else known

    def as_known(self, id_: str) -> Contact | None:
        """Give a contact as it is on record, also if it was joined to another one since."""
        return self._once(contacts, id_, lambda: self._first(Contact, _by_id, id=id_))

    def at(self, channel: str, address: str) -> Contact | None:
        """Find who writes from this address, by its blind index."""
        blind = identity_of(channel, address)
        return self._first(Contact, _at, channel=channel, blind=blind)

    def known_as(self, also: tuple[str, str]) -> list[Contact]:
        """Find everybody whom a platform knows by this id (channel and id), those whom we know longest first."""
        mark = identity_of(*also)
        there = and_(identities.c.channel == also[0], identities.c.blind == mark)
        theirs = select(identities.c.contact_id).where(or_(there, identities.c.known_as == mark))
        statement = select(*_columns).where(contacts.c.id.in_(theirs))
        return self._all(Contact, statement.order_by(contacts.c.met_at, contacts.c.id), contacts, identities)

    def speaking(self, channel: str, address: str, now: datetime) -> Contact | None:
        """Find who writes from this address, and remember that of all their addresses it is the one they use now.

        What somebody with one address writes costs no change.
        """
        blind = identity_of(channel, address)
        for *known, elsewhere in self._select(_speaking, channel=channel, blind=blind):
            if elsewhere:
                self.used_now(channel, address, now)
            return Contact(*known)
        return None

    def anybody(self) -> Contact | None:
        """Give some contact, if there is one."""
        return self._first(Contact, select(*_columns).limit(1), contacts)

    def of(self, customer_id: str) -> list[Contact]:
        """List the people at a customer, each once, those whom we know longest first; a group is no person."""
        where = (contacts.c.customer_id == customer_id, _shown, _one_person)
        return self._all(Contact, select(*_columns).where(*where).order_by(contacts.c.met_at), contacts)

    def find(self, scope: Scope, words: str, limit: int = 10) -> list[Contact]:
        """Find contacts of visible customers by part of a name, by a whole phone or e-mail, or a phone's last four.

        Who was joined to another contact is found by either's.
        """
        visible = scope.clause(customers.c.owner_id, customers.c.group_id)
        statement = select(*_columns).join(customers, customers.c.id == contacts.c.customer_id).where(visible, _shown)
        hashes = vault.bigrams(words) or {_exact(words)}
        every = (
            select(marks.c.contact_id)
            .where(marks.c.mark.in_(hashes))
            .group_by(marks.c.contact_id)
            .having(func.count() == len(hashes))
        )
        whole = select(marks.c.contact_id).where(marks.c.mark == _exact(words))
        hits = every.union(whole)
        joined = select(_parts.c.joined_to).where(_parts.c.id.in_(hits), _parts.c.joined_to.is_not(None))
        statement = statement.where(or_(contacts.c.id.in_(hits), contacts.c.id.in_(joined))).limit(limit)
        return self._all(Contact, statement, contacts, marks)

    def with_phone(self, phone: str) -> list[Contact]:
        """Find the contacts of customers who have this number on record, written with or without its country."""
        digits = re.sub(r"\D", "", phone)[-SAME_DIGITS:]
        near = select(marks.c.contact_id).where(marks.c.mark == _exact(digits[-4:]))
        where = (contacts.c.id.in_(near), contacts.c.customer_id.is_not(None), _shown)
        found = self._all(Contact, select(*_columns).where(*where), contacts, marks)
        return [one for one in found if digits and re.sub(r"\D", "", one.phone or "")[-SAME_DIGITS:] == digits]

    def change(self, id_: str, **values: object) -> None:
        self._change(update(contacts).where(contacts.c.id == id_).values(values), contacts)

    def consent(self, contact_id: str, purpose: str, method: str, now: datetime, *, given: bool) -> None:
        """Write down what was agreed or taken back; a taken-back consent works from this commit on.

        Whoever is left alone is so as everybody whom they were joined from, also if those are split off again.
        """
        self._add(consents, id=new_id(), contact_id=contact_id, purpose=purpose, given=given, method=method, at=now)
        agreed, out = (now, None) if given else (None, now)
        own = {"own_agreed_at": agreed, "own_opted_out_at": out}
        whose = (
            contacts.c.id == contact_id
            if given
            else or_(contacts.c.id == contact_id, contacts.c.joined_to == contact_id)
        )
        self._execute(update(contacts).where(whose).values(agreed_at=agreed, opted_out_at=out, **own), contacts)

    def at_customers(self, customer_ids: Sequence[str]) -> list[Contact]:
        """List the contacts of these customers by every name they are known by, those whom we know longest last.

        One that was joined to another bears its id.
        """
        statement = select(*_columns).where(contacts.c.customer_id.in_(customer_ids))
        order = (_shown, contacts.c.met_at.desc(), contacts.c.id.desc())
        found = self._all(Contact, statement.order_by(*order), contacts)
        return [replace(one, id=one.joined_to) if one.joined_to else one for one in found]

    def reached_at(self, customer_ids: Sequence[str]) -> set[str]:
        """Tell at which of these customers anybody is in some chat with us."""
        reached = and_(identities.c.contact_id == contacts.c.id, identities.c.reachable)
        reached = and_(reached, identities.c.channel.not_in(SILENT))
        statement = select(contacts.c.customer_id).join(identities, reached)
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
