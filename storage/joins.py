"""Joins: contacts that turned out to be one person, and how each is given back what came with it when they are split."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final

from sqlalchemy import JSON, Column, ForeignKey, Index, Table, and_, case, exists, func, or_, select, update

from storage.claims import contact_claims
from storage.columns import Id, Moment, Name, Short, metadata, new_id
from storage.contacts import Contact, consents, contacts
from storage.customers import Customer
from storage.drafts import drafts
from storage.entries import entries
from storage.feedback import feedback
from storage.identities import identities
from storage.invitations import invitations
from storage.occasions import occasions
from storage.rows import Rows
from storage.tickets import OPEN, tickets
from storage.touches import touches

MOVED: Final = (
    identities, consents, entries, tickets, feedback, touches, drafts, occasions, invitations, contact_claims
)  # fmt: skip
"""What belongs to a contact and goes along: each row remembers as whose it came (`came_as`), and goes back so."""
OF_A_CUSTOMER: Final = (entries, tickets, feedback)
"""What a stranger may have; with a proof it becomes their customer's."""
FILLED: Final = ("name", "phone", "email", "zone", "birthday", "birthday_mark", "culture")
"""What is known of one and not of the other is known of both while they are joined."""

contact_joins = Table(
    "contact_joins",
    metadata,
    Column("id", Id, primary_key=True),
    Column("into_id", Id, ForeignKey("contacts.id"), nullable=False),
    Column("from_id", Id, ForeignKey("contacts.id"), nullable=False),
    Column("state", Short, nullable=False),
    Column("how", Short, nullable=False),
    Column("by", Name, nullable=False),
    Column("at", Moment, nullable=False),
    Column("ended_by", Name),
    Column("ended_at", Moment),
    Column("detail", JSON, nullable=False),
)
Index("ix_contact_joins_into", contact_joins.c.into_id, contact_joins.c.state)
Index("ix_contact_joins_from", contact_joins.c.from_id, contact_joins.c.state)


@dataclass(frozen=True, slots=True)
class Join:
    """Two contacts taken for one person: `from_id` has been `into_id` since.

    `state` is joined, split (it was a mistake), or apart (a colleague said that they are two; nothing was ever joined).
    `how` is code, identity (a company's own server vouched) or person; `by` is who proved or confirmed it.
    """

    id: str
    into_id: str
    from_id: str
    state: str
    how: str
    by: str
    at: datetime
    ended_by: str | None = None
    ended_at: datetime | None = None
    detail: dict[str, Any] = field(default_factory=dict)
    """`filled`: what `into_id` learned from it, by name; `given`: tickets that got an owner by it; `left`: marks of
    addresses that were left for it. Never anybody's words or addresses."""


_columns = tuple(contact_joins.c[name] for name in Join.__dataclass_fields__)
_joined = contact_joins.c.state == "joined"


class Joins(Rows):
    """Who is one person."""

    def get(self, id_: str) -> Join | None:
        return self._first(Join, select(*_columns).where(contact_joins.c.id == id_), contact_joins)

    def of(self, contact_id: str) -> list[Join]:
        """List what was joined to a contact, directly or by way of another, the newest first."""
        parts = [contact_id, *self.parts(contact_id)]
        where = (_joined, contact_joins.c.into_id.in_(parts))
        found = self._all(Join, select(*_columns).where(*where), contact_joins)
        return sorted(found, key=lambda join: (join.at, join.id), reverse=True)

    def are_apart(self, one: str, other: str) -> bool:
        """Tell whether a colleague said that these are two people."""
        both = (one, other)
        where = (contact_joins.c.state == "apart", contact_joins.c.into_id.in_(both), contact_joins.c.from_id.in_(both))
        return bool(self._select(select(contact_joins.c.id).where(*where).limit(1), contact_joins))

    def keep_apart(self, one: str, other: str, by: str, now: datetime) -> None:
        """Write down that two contacts are two people."""
        if not self.are_apart(one, other):
            self._add(
                contact_joins,
                id=new_id(),
                into_id=one,
                from_id=other,
                state="apart",
                how="person",
                by=by,
                at=now,
                detail={},
            )

    def join(
        self,
        side: Contact,
        into: Contact,
        customer: Customer | None,
        owner_id: str | None,
        *,
        how: str,
        by: str,
        now: datetime,
        left: Sequence[str] = (),
    ) -> Join:
        """Make one contact of two: everything of `side` is `into`'s from now on; open tickets of nobody get this owner.

        Of what both said about messages unasked the stricter counts.
        """
        filled = [name for name in FILLED if getattr(into, name) is None and getattr(side, name) is not None]
        given = self._unowned(side.id) if owner_id else []
        detail: dict[str, Any] = {"filled": filled, "given": dict.fromkeys(given, owner_id), "left": [*left]}
        made = Join(new_id(), into.id, side.id, "joined", how, by, now, detail=detail)
        self._keep_own(into)
        self._add(contact_joins, **{name: getattr(made, name) for name in Join.__dataclass_fields__})
        self._tell_apart(side.id, self.parts(side.id))
        for table in MOVED:
            came_as = {"came_as": func.coalesce(table.c.came_as, table.c.contact_id), "contact_id": into.id}
            self._execute(update(table).where(table.c.contact_id == side.id).values(came_as), table)
        if side.customer_id is None and customer is not None:
            self._take_over(into.id, customer, given, owner_id)
        theirs = or_(contacts.c.id == side.id, contacts.c.joined_to == side.id)
        self._execute(update(contacts).where(theirs).values(joined_to=into.id), contacts)
        self._agree(into, side, filled, now)
        return made

    def split(self, join: Join, by: str, now: datetime) -> Contact:
        """Undo a join: give back all that came with it, and what was said since from the addresses that go.

        Whoever wants to be left alone while joined is left alone as both. Gives the contact that stands alone again.
        """
        whole, side = self._contact(join.into_id, whole=True), self._contact(join.from_id)
        parts = [side.id, *self.parts(side.id)]
        ended = {"state": "split", "ended_by": by, "ended_at": now}
        self._execute(update(contact_joins).where(contact_joins.c.id == join.id).values(ended), contact_joins)
        self._tell_apart(whole.id, parts)
        for table in MOVED:
            came_as = {"contact_id": side.id, "came_as": func.nullif(table.c.came_as, side.id)}
            back = and_(table.c.contact_id == whole.id, table.c.came_as.in_(parts))
            self._execute(update(table).where(back).values(came_as), table)
        if side.customer_id is None:
            self._hand_back(side.id, join)
        self._execute(update(contacts).where(contacts.c.id == side.id).values(joined_to=None), contacts)
        others = and_(contacts.c.id.in_(parts), contacts.c.id != side.id)
        self._execute(update(contacts).where(others).values(joined_to=side.id), contacts)
        self._reach_again(join)
        self._disagree(whole, side, join, now)
        return self._contact(side.id)

    def _contact(self, id_: str, *, whole: bool = False) -> Contact:
        columns = tuple(contacts.c[name] for name in Contact.__dataclass_fields__)
        found = self._first(Contact, select(*columns).where(contacts.c.id == id_), contacts)
        assert found is not None  # noqa: S101 - contacts are never deleted, and a join refers to both
        return self._contact(found.joined_to) if whole and found.joined_to else found

    def parts(self, contact_id: str) -> list[str]:
        """Name the contacts that were joined to one, directly or by way of another."""
        found: list[str] = []
        level = [contact_id]
        while level:
            where = (_joined, contact_joins.c.into_id.in_(level))
            level = [row.from_id for row in self._select(select(contact_joins.c.from_id).where(*where), contact_joins)]
            found += level
        return found

    def _unowned(self, contact_id: str) -> list[str]:
        where = (tickets.c.contact_id == contact_id, tickets.c.owner_id.is_(None), tickets.c.status.in_(OPEN))
        return [row.number for row in self._select(select(tickets.c.number).where(*where), tickets)]

    def _take_over(self, contact_id: str, customer: Customer, given: Collection[str], owner_id: str | None) -> None:
        """Let what a stranger said and asked for be their customer's."""
        for table in OF_A_CUSTOMER:
            strange = and_(table.c.contact_id == contact_id, table.c.customer_id.is_(None))
            values: dict[str, Any] = {"customer_id": customer.id}
            if table is tickets:
                got = case((tickets.c.number.in_(given), owner_id), else_=tickets.c.owner_id)
                values |= {"group_id": customer.group_id, "owner_id": got, "version": tickets.c.version + 1}
            self._execute(update(table).where(strange).values(values), table)

    def _hand_back(self, contact_id: str, join: Join) -> None:
        """Let what a stranger said and asked for be a stranger's again; what somebody took meanwhile stays theirs."""
        for table in OF_A_CUSTOMER:
            values: dict[str, Any] = {"customer_id": None}
            if table is tickets:
                values |= {"group_id": None, "version": tickets.c.version + 1}
            self._execute(update(table).where(table.c.contact_id == contact_id).values(values), table)
        for number, owner_id in join.detail["given"].items():
            still = (tickets.c.number == number, tickets.c.owner_id == owner_id, tickets.c.status == "new")
            self._execute(update(tickets).where(*still).values(owner_id=None), tickets)

    def _tell_apart(self, whole_id: str, parts: Collection[str]) -> None:
        """Write down as whom it was said what was said since they are one; requests and feedback go with their words."""
        if not parts:
            return
        home = func.coalesce(identities.c.came_as, identities.c.contact_id)
        said = and_(identities.c.blind == entries.c.identity, identities.c.contact_id == whole_id, home.in_(parts))
        here = and_(entries.c.contact_id == whole_id, entries.c.came_as.is_(None), entries.c.identity.is_not(None))
        from_there = select(home).where(said).limit(1).scalar_subquery()
        self._execute(update(entries).where(here, exists().where(said)).values(came_as=from_there), entries, identities)
        words = entries.alias("words")
        for table, about in (
            (tickets, and_(words.c.ticket == tickets.c.number, words.c.at == tickets.c.opened_at)),
            (feedback, words.c.key == feedback.c.source),
        ):
            new = and_(table.c.contact_id == whole_id, table.c.came_as.is_(None))
            theirs = and_(about, words.c.flow == "in", words.c.came_as.in_(parts))
            came_as = select(words.c.came_as).where(theirs).limit(1).scalar_subquery()
            self._execute(update(table).where(new, exists().where(theirs)).values(came_as=came_as), table, entries)
        asked = and_(tickets.c.number == entries.c.ticket, tickets.c.came_as.in_(parts))
        answered = and_(entries.c.contact_id == whole_id, entries.c.came_as.is_(None), entries.c.flow != "in")
        came_as = select(tickets.c.came_as).where(asked).scalar_subquery()
        self._execute(update(entries).where(answered, exists().where(asked)).values(came_as=came_as), entries, tickets)

    def _reach_again(self, join: Join) -> None:
        """Open the addresses again that were left for the one that goes."""
        where = (identities.c.blind.in_(join.detail["left"]), identities.c.reachable.is_(False))
        self._execute(update(identities).where(*where).values(reachable=True), identities)

    def _keep_own(self, into: Contact) -> None:
        """Keep what a contact said for themselves, before anybody is joined to them."""
        if not self.parts(into.id):
            own = {"own_opted_out_at": into.opted_out_at, "own_agreed_at": into.agreed_at}
            self._execute(update(contacts).where(contacts.c.id == into.id).values(own), contacts)

    def _agree(self, into: Contact, side: Contact, filled: Collection[str], now: datetime) -> None:
        """Know of both what is known of one; an opt-out of either is both's."""
        values: dict[str, Any] = {name: getattr(side, name) for name in filled}
        if side.opted_out_at is not None and into.opted_out_at is None:
            values |= {"opted_out_at": side.opted_out_at, "agreed_at": None}
            self._note(into.id, "joined", now)
        elif into.opted_out_at is None:
            values |= {"agreed_at": max((at for at in (into.agreed_at, side.agreed_at) if at), default=None)}
        if values:
            self._execute(update(contacts).where(contacts.c.id == into.id).values(values), contacts)

    def _disagree(self, whole: Contact, side: Contact, join: Join, now: datetime) -> None:
        """Take back what was only thought to be known or agreed to; an opt-out stays with both."""
        if whole.opted_out_at is not None and side.opted_out_at is None:
            self._note(side.id, "split", now)
            out = {"opted_out_at": whole.opted_out_at, "agreed_at": None}
            self._execute(update(contacts).where(contacts.c.id == side.id).values(out), contacts)
        above: Join | None = join
        while above is not None:
            known = self._contact(above.into_id)
            learned = [name for name in above.detail["filled"] if name in join.detail["filled"]]
            values = {name: None for name in learned if getattr(known, name) == getattr(side, name)}
            values |= self._own_word(known.id) if known.opted_out_at is None else {}
            if values:
                self._execute(update(contacts).where(contacts.c.id == known.id).values(values), contacts)
            onward = (_joined, contact_joins.c.from_id == known.id)
            above = self._first(Join, select(*_columns).where(*onward), contact_joins)

    def _own_word(self, contact_id: str) -> dict[str, Any]:
        """Work out what holds of a contact who is not opted out: what they and those still joined to them agreed to."""
        own = select(contacts.c.own_agreed_at).where(contacts.c.id == contact_id)
        agreed = [row.own_agreed_at for row in self._select(own, contacts)]
        still = (_joined, contact_joins.c.into_id == contact_id, contacts.c.id == contact_joins.c.from_id)
        theirs = select(contacts.c.agreed_at).where(*still)
        agreed += [row.agreed_at for row in self._select(theirs, contacts, contact_joins)]
        return {"agreed_at": max((at for at in agreed if at), default=None)}

    def _note(self, contact_id: str, method: str, now: datetime) -> None:
        self._add(consents, id=new_id(), contact_id=contact_id, purpose="proactive", given=False, method=method, at=now)
