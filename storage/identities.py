"""Identities: the addresses of a contact on each channel, by which we know them and mostly can reach them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from sqlalchemy import (
    Boolean,
    Column,
    ForeignKey,
    Index,
    PrimaryKeyConstraint,
    String,
    Table,
    and_,
    bindparam,
    or_,
    select,
    update,
)

from storage.columns import Id, Moment, Short, metadata
from storage.rows import Rows
from storage.vault import Sealed, vault

WEB_USER: Final = "web-user"
"""The ids by which the company's site knows people: identities that are proven, and never spoken to."""
SILENT: Final = (WEB_USER, "wecom-contact")
"""By these we know who somebody is; nothing is ever said there."""
LOCK: Final = 7_311

identities = Table(
    "identities",
    metadata,
    Column("channel", Short, nullable=False),
    Column("blind", String(32), nullable=False),
    Column("address", Sealed, nullable=False),
    Column("contact_id", Id, ForeignKey("contacts.id"), nullable=False, index=True),
    Column("reachable", Boolean, nullable=False, default=True),
    Column("last_heard_at", Moment),
    Column("came_as", Id),
    Column("known_as", String(32)),
    PrimaryKeyConstraint("channel", "blind"),
)
Index("ix_identities_contact_channel", identities.c.contact_id, identities.c.channel)
Index("ix_identities_known_as", identities.c.known_as)


@dataclass(frozen=True, slots=True)
class Identity:
    """One address of a contact; `came_as` is the contact it was, if that one was joined to this since.

    A row remembers as whom its platform knows them elsewhere, too (`known_as`, the mark of an address): a sign that
    two are one, of which a colleague is asked.
    """

    channel: str
    blind: str
    address: str
    contact_id: str
    reachable: bool
    came_as: str | None


def identity_of(channel: str, address: str) -> str:
    """Give the mark of an address: the same for the same address, telling nothing of it."""
    return vault.blind(f"{channel}:{address}")


_speakable = identities.c.channel.not_in(SILENT)
_reachable = select(identities.c.reachable).where(
    identities.c.channel == bindparam("channel"), identities.c.blind == bindparam("blind")
)
_reached = (identities.c.contact_id == bindparam("id"), identities.c.reachable, _speakable)
_newest_first = identities.c.last_heard_at.desc().nulls_last()
_vouched = (
    select(identities.c.blind)
    .where(identities.c.contact_id == bindparam("id"), identities.c.channel == WEB_USER)
    .limit(1)
)
_has = select(identities.c.channel).where(
    identities.c.contact_id == bindparam("id"), identities.c.blind == bindparam("mark")
)
_came_as = select(identities.c.came_as).where(
    identities.c.channel == bindparam("channel"), identities.c.blind == bindparam("blind")
)
_known_as = select(identities.c.known_as).where(
    identities.c.channel == bindparam("channel"), identities.c.blind == bindparam("blind")
)
_twin = identities.alias("twin")
_alike = and_(
    _twin.c.contact_id != identities.c.contact_id,
    or_(_twin.c.blind == identities.c.known_as, _twin.c.known_as == identities.c.known_as),
)
_on = identities.c.channel == bindparam("channel")
_address = select(identities.c.address).where(*_reached, _on).order_by(_newest_first).limit(1)
_channels = select(identities.c.channel).where(*_reached).order_by(_newest_first, identities.c.channel)


class Identities(Rows):
    """Where contacts are reached."""

    def bind(self, contact_id: str, channel: str, address: str, now: datetime | None = None) -> None:
        """Make an address this contact's, the one they use `now`; it has one owner, the latest proven one."""
        values = {"address": address, "contact_id": contact_id, "reachable": True, "last_heard_at": now}
        values |= {"came_as": None}
        statement = self._insert(identities).values(channel=channel, blind=identity_of(channel, address), **values)
        statement = statement.on_conflict_do_update(index_elements=["channel", "blind"], set_=values)
        self._execute(statement, identities)

    def identities(self, contact_id: str) -> list[Identity]:
        """List all addresses of a contact, those by which we only know them too."""
        columns = tuple(identities.c[name] for name in Identity.__dataclass_fields__)
        statement = select(*columns).where(identities.c.contact_id == contact_id)
        return self._all(Identity, statement.order_by(identities.c.channel, identities.c.blind), identities)

    def has_address(self, contact_id: str, mark: str) -> bool:
        """Tell whether the address of this mark is a contact's."""
        return bool(self._select(_has, identities, id=contact_id, mark=mark))

    def came_as(self, channel: str, address: str) -> str | None:
        """Tell which contact an address was of before that one was joined to somebody; None where it is as it came."""
        found = self._select(_came_as, identities, channel=channel, blind=identity_of(channel, address))
        return next((row.came_as for row in found), None)

    def one_at_a_time(self) -> None:
        """Let nobody else meet somebody until this transaction ends: one person would be met twice, or taken for two."""
        self._one_at_a_time(LOCK)

    def learn(self, channel: str, address: str, also: tuple[str, str]) -> bool:
        """Remember where else a platform knows whoever has an address (channel and id); true if that is new to us."""
        mark, blind = identity_of(*also), identity_of(channel, address)
        known = self._select(_known_as, identities, channel=channel, blind=blind)
        if not known or known[0].known_as == mark:
            return False
        here = and_(identities.c.channel == channel, identities.c.blind == blind)
        self._execute(update(identities).where(here).values(known_as=mark), identities)
        return True

    def known_alike(self, one: str, other: str) -> list[str]:
        """Name the channels that know two contacts by the same id, there or elsewhere."""
        both = (one, other)
        here = (identities.c.contact_id.in_(both), _twin.c.contact_id.in_(both))
        found = self._select(select(identities.c.channel).join(_twin, _alike).where(*here), identities)
        return sorted({row.channel for row in found})

    def is_vouched_for(self, contact_id: str) -> bool:
        """Tell whether the company's site ever said who a contact is."""
        return bool(self._select(_vouched, identities, id=contact_id))

    def used_now(self, channel: str, address: str, now: datetime) -> None:
        """Remember that of all addresses of a contact it is this one that they use now."""
        here = and_(identities.c.channel == channel, identities.c.blind == identity_of(channel, address))
        self._execute(update(identities).where(here).values(last_heard_at=now), identities)

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
        here = (identities.c.contact_id == contact_id, identities.c.reachable.is_(False), _speakable)
        found = self._select(select(identities.c.channel).where(*here).order_by(identities.c.channel), identities)
        return sorted({row.channel for row in found} - set(self.channels(contact_id)))

    def is_closed(self, channel: str, address: str) -> bool:
        """Tell whether we believe that nothing arrives at this address."""
        found = self._select(_reachable, channel=channel, blind=identity_of(channel, address))
        return any(not row.reachable for row in found)

    def leave_others(self, contact_id: str, channel: str, address: str) -> list[str]:
        """Reach a contact at this address of a channel and at no other there; give those that were left."""
        theirs = and_(identities.c.contact_id == contact_id, identities.c.channel == channel, identities.c.reachable)
        others = and_(theirs, identities.c.blind != identity_of(channel, address))
        left = update(identities).where(others).values(reachable=False).returning(identities.c.address)
        return [row.address for row in self._execute(left, identities)]

    def set_reachable(self, channel: str, address: str, *, reachable: bool) -> bool:
        """Write down whether what is sent to an address arrives; false if that is what we knew."""
        here = and_(identities.c.channel == channel, identities.c.blind == identity_of(channel, address))
        news = update(identities).where(here, identities.c.reachable.is_not(reachable)).values(reachable=reachable)
        return self._execute(news, identities).rowcount == 1
