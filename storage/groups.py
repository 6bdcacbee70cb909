"""Groups: chats of several people that a colleague linked with a one-time code, to a customer or to an interest."""

from __future__ import annotations

import hashlib
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

from sqlalchemy import Column, ForeignKey, String, Table, UniqueConstraint, and_, or_, select, update

from storage.columns import Id, Moment, Name, Short, metadata, new_id
from storage.customers import customers
from storage.rows import Rows
from storage.staff import Scope
from storage.vault import Sealed, vault

CODE_LASTS: Final = timedelta(days=7)

chat_groups = Table(
    "chat_groups",
    metadata,
    Column("id", Id, primary_key=True),
    Column("code", String(64), nullable=False, unique=True),
    Column("customer_id", Id, ForeignKey("customers.id"), index=True),
    Column("topic", Name),
    Column("made_by", Id, ForeignKey("staff.id"), nullable=False),
    Column("expires_at", Moment, nullable=False),
    Column("channel", Short),
    Column("blind", String(32)),
    Column("address", Sealed),
    Column("contact_id", Id, ForeignKey("contacts.id"), index=True),
    Column("linked_by", Id, ForeignKey("staff.id")),
    Column("linked_at", Moment),
    Column("ended_at", Moment),
    UniqueConstraint("channel", "blind"),
)


@dataclass(frozen=True, slots=True)
class Group:
    """A group, or a code for one: `contact_id` speaks for all who write there; `topic` is an interest's name."""

    id: str
    customer_id: str | None
    topic: str | None
    made_by: str
    contact_id: str | None = None
    channel: str | None = None
    address: str | None = None
    linked_by: str | None = None
    linked_at: datetime | None = None


_columns = tuple(chat_groups.c[name] for name in Group.__dataclass_fields__)
_live = chat_groups.c.blind.is_not(None)


class Groups(Rows):
    """Groups that are linked, and codes that link one."""

    def offer(self, customer_id: str | None, topic: str | None, made_by: str, now: datetime) -> str:
        """Make a one-time code that links a group; only its hash is kept (128 bits)."""
        code = secrets.token_urlsafe(16)
        row = {"customer_id": customer_id, "topic": topic, "made_by": made_by, "expires_at": now + CODE_LASTS}
        self._add(chat_groups, id=new_id(), code=_hash(code), **row)
        return code

    def offered(self, code: str, now: datetime) -> Group | None:
        """Tell what a code would link, without using it up; None if it is good no more or never was."""
        good = and_(
            chat_groups.c.code == _hash(code), chat_groups.c.linked_at.is_(None), chat_groups.c.expires_at > now
        )
        return self._first(Group, select(*_columns).where(good), chat_groups)

    def link(self, id_: str, channel: str, address: str, contact_id: str, by: str, now: datetime) -> bool:
        """Link a group, which uses the code up; false if somebody else just did."""
        values = self._at(channel, address) | {"contact_id": contact_id, "linked_by": by, "linked_at": now}
        free = and_(chat_groups.c.id == id_, chat_groups.c.linked_at.is_(None))
        return self._execute(update(chat_groups).where(free).values(values), chat_groups).rowcount == 1

    def at(self, channel: str, address: str) -> Group | None:
        """Find what a group is linked to."""
        here = and_(chat_groups.c.channel == channel, chat_groups.c.blind == _blind(channel, address))
        return self._first(Group, select(*_columns).where(here), chat_groups)

    def get(self, id_: str) -> Group | None:
        """Find a group that is linked."""
        return self._first(Group, select(*_columns).where(chat_groups.c.id == id_, _live), chat_groups)

    def is_spoken_for(self, contact_id: str) -> bool:
        """Tell whether a contact is no person but all who write in a group, also if its link has ended."""
        where = chat_groups.c.contact_id == contact_id
        return bool(self._select(select(chat_groups.c.id).where(where).limit(1), chat_groups))

    def move(self, id_: str, channel: str, address: str) -> None:
        """Follow a group to its new address."""
        self._execute(
            update(chat_groups).where(chat_groups.c.id == id_).values(self._at(channel, address)), chat_groups
        )

    def end(self, id_: str, now: datetime) -> None:
        """End a link; the group may be linked again with another code."""
        gone: dict[str, Any] = {"blind": None, "address": None, "ended_at": now}
        self._execute(update(chat_groups).where(chat_groups.c.id == id_).values(gone), chat_groups)

    def listed(self, scope: Scope, limit: int = 50) -> list[Group]:
        """List the groups of visible customers, and those that somebody linked or made a code for; the newest first."""
        visible = scope.clause(customers.c.owner_id, customers.c.group_id)
        mine = or_(chat_groups.c.made_by == scope.person.id, chat_groups.c.linked_by == scope.person.id)
        statement = select(*_columns).outerjoin(customers, customers.c.id == chat_groups.c.customer_id)
        seen = statement.where(_live, or_(mine, and_(chat_groups.c.customer_id.is_not(None), visible)))
        return self._all(Group, seen.order_by(chat_groups.c.linked_at.desc()).limit(limit), chat_groups)

    def _at(self, channel: str, address: str) -> dict[str, Any]:
        return {"channel": channel, "blind": _blind(channel, address), "address": address}


def _blind(channel: str, address: str) -> str:
    return vault.blind(f"{channel}:{address}")


def _hash(code: str) -> str:
    return hashlib.sha256(code.strip().encode("utf-8", "replace")).hexdigest()
