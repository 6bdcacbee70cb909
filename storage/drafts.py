"""Drafts: personal outreach that waits for a person's yes."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import (
    Column,
    ForeignKey,
    Index,
    Integer,
    Select,
    Table,
    and_,
    bindparam,
    column,
    exists,
    func,
    or_,
    select,
    table,
    true,
    update,
)

from storage.columns import Id, Moment, Short, metadata
from storage.customers import customers
from storage.rows import Rows, in_chunks
from storage.staff import Scope, staff
from storage.vault import Sealed, SealedJson

drafts = Table(
    "drafts",
    metadata,
    Column("id", Id, primary_key=True),
    Column("customer_id", Id, ForeignKey("customers.id"), nullable=False),
    Column("contact_id", Id, ForeignKey("contacts.id"), nullable=False),
    Column("staff_id", Id, ForeignKey("staff.id"), nullable=False),
    Column("channel", Short, nullable=False),
    Column("purpose", Short, nullable=False),
    Column("words", Sealed, nullable=False),
    Column("original", Sealed, nullable=False),
    Column("facts", SealedJson, nullable=False),
    Column("state", Short, nullable=False, default="open"),
    Column("made_at", Moment, nullable=False),
    Column("expires_at", Moment, nullable=False),
    Column("decided_by", Id, ForeignKey("staff.id")),
    Column("decided_at", Moment),
    Column("version", Integer, nullable=False, default=1),
    Column("writer", Short, nullable=False, server_default="template"),
    Column("tone", Short),
    Column("length", Short),
    Column("kept_percent", Integer),
    Column("leaves_at", Moment),
    Column("left_at", Moment),
    Column("came_as", Id),
)
Index("ix_drafts_contact", drafts.c.contact_id, drafts.c.state)
Index("ix_drafts_expiry", drafts.c.state, drafts.c.expires_at)
Index("ix_drafts_staff", drafts.c.staff_id, drafts.c.state, drafts.c.made_at)
Index("ix_drafts_decided", drafts.c.decided_at)


@dataclass(frozen=True, slots=True)
class Draft:
    """Words for one contact, and the facts they were made from; `state` is open, sent, dropped, overtaken or expired."""

    id: str
    customer_id: str
    contact_id: str
    staff_id: str
    channel: str
    purpose: str
    words: str
    original: str
    facts: dict[str, Any]
    made_at: datetime
    expires_at: datetime
    state: str = "open"
    decided_by: str | None = None
    decided_at: datetime | None = None
    version: int = 1
    writer: str = "template"
    """Whose words these are: template, asked (a model is at it), model, late, failed, unusable (no help came from it),
    edited, or model-edited."""
    tone: str | None = None
    length: str | None = None
    kept_percent: int | None = None
    """How much of the first words was sent, in percent; set when it is sent."""
    leaves_at: datetime | None = None
    """When its message is to leave, once somebody said yes."""
    left_at: datetime | None = None
    """When its message was last let go; it counts towards what a contact may get from then on."""

    @property
    def counts_at(self) -> datetime | None:
        """Tell when it counts towards what a contact may get: once it left or, until then, is to leave."""
        return self.left_at or self.leaves_at or self.decided_at


_columns = tuple(drafts.c[name] for name in Draft.__dataclass_fields__)
_for_contact = select(*_columns).where(drafts.c.contact_id == bindparam("contact"))
_open_for = _for_contact.where(drafts.c.state == "open")
_sent_since = _for_contact.where(drafts.c.state == "sent", drafts.c.decided_at > bindparam("since")).order_by(
    drafts.c.decided_at.desc()
)


_counts_at = func.coalesce(drafts.c.left_at, drafts.c.leaves_at, drafts.c.decided_at)
_underway = (
    select(*_columns)
    .where(drafts.c.contact_id.in_(bindparam("contacts", expanding=True)), drafts.c.state == "sent")
    .where(drafts.c.purpose.in_(bindparam("purposes", expanding=True)), _counts_at > bindparam("since", type_=Moment))
    .order_by(_counts_at, drafts.c.id)
)
_has_drafts = exists().where(drafts.c.staff_id == staff.c.id, drafts.c.state.in_(("open", "expired")))


@dataclass
class Outcomes:
    """What became of drafts: how many of each, and how much of their first words was sent."""

    unchanged: int = 0
    """Sent with the words that were offered."""
    edited: int = 0
    dropped: int = 0
    expired: int = 0
    overtaken: int = 0
    kept: Counter[int] = field(default_factory=Counter)
    """How many of the sent ones kept so many percent of their first words."""

    @property
    def sent(self) -> int:
        return self.unchanged + self.edited

    @property
    def median_kept(self) -> int | None:
        """Give the percentage that at least half of the sent drafts reached; None if none was sent."""
        all_kept = sorted(self.kept.elements())
        return all_kept[(len(all_kept) - 1) // 2] if all_kept else None

    def note(self, state: str, writer: str, kept: int | None, count: int = 1) -> None:
        """Count drafts that ended in this state; what is open is none of them."""
        if state == "sent":
            self.edited += count if writer.endswith("edited") else 0
            self.unchanged += 0 if writer.endswith("edited") else count
            self.kept[kept if kept is not None else 100] += count
        elif state in ("dropped", "expired", "overtaken"):
            setattr(self, state, getattr(self, state) + count)

    def __add__(self, other: Outcomes) -> Outcomes:
        counts = {name: getattr(self, name) + getattr(other, name) for name in Outcomes.__dataclass_fields__}
        return Outcomes(**counts)


_occasions = table("occasions", column("draft_id"))
_of_occasion = exists(select(_occasions.c.draft_id).where(_occasions.c.draft_id == drafts.c.id))
_of_people = select(*_columns).where(drafts.c.staff_id.in_(bindparam("people", expanding=True)))
_waiting = _of_people.where(drafts.c.state == "open").order_by(drafts.c.made_at).limit(bindparam("most"))
_waiting_asked_for = _waiting.where(~_of_occasion)
_expired_since = _of_people.where(
    drafts.c.state == "expired",
    drafts.c.decided_at >= bindparam("since", type_=Moment),
    or_(drafts.c.purpose != "greeting", ~_of_occasion),
).order_by(drafts.c.made_at)
_left_with_drafts = select(staff.c.id).where(staff.c.active.is_(False), _has_drafts)


def _within(scope: Scope | None, statement: Select[Any]) -> Select[Any]:
    """Leave out what is about customers whom somebody does not see, or not any more."""
    if scope is None or scope.everything:
        return statement
    return statement.join(customers).where(scope.clause(customers.c.owner_id, customers.c.group_id))


IDS_AT_ONCE = 500
"""So many ids are named in one statement; SQLite's oldest builds take 999 values."""


_stale = (drafts.c.state == "open", drafts.c.expires_at <= bindparam("now", type_=Moment))
_expired = select(*_columns).where(*_stale).limit(bindparam("most"))


class Drafts(Rows):
    """Outreach that waits for a yes."""

    def add(self, draft: Draft) -> None:
        self._add(drafts, **{name: getattr(draft, name) for name in Draft.__dataclass_fields__})

    def get(self, id_: str) -> Draft | None:
        return self._first(Draft, select(*_columns).where(drafts.c.id == id_), drafts)

    def many(self, ids: Sequence[str]) -> dict[str, Draft]:
        """Read drafts by their ids, in as few questions as may be."""
        found: dict[str, Draft] = {}
        for chunk in in_chunks(ids, IDS_AT_ONCE):
            statement = select(*_columns).where(drafts.c.id.in_(chunk))
            found |= {draft.id: draft for draft in self._all(Draft, statement, drafts)}
        return found

    def open_for(self, contact_id: str) -> list[Draft]:
        return self._all(Draft, _open_for, contact=contact_id)

    def sent_since(self, contact_id: str, since: datetime) -> list[Draft]:
        """Give what was sent to a contact since then, the newest first."""
        return self._all(Draft, _sent_since, contact=contact_id, since=since)

    def underway(self, contact_ids: Collection[str], purposes: Iterable[str], since: datetime) -> list[Draft]:
        """Give what left to these contacts since then or is still to leave, for some purposes; the first to leave first."""
        asked = {"contacts": list(contact_ids), "purposes": sorted(purposes), "since": since}
        return self._all(Draft, _underway, drafts, **asked)

    def let_go(self, id_: str, at: datetime) -> None:
        """Note that a draft's message leaves now; its version stays, for its message is named by it."""
        self._execute(update(drafts).where(drafts.c.id == id_).values(left_at=at), drafts)

    def put_off(self, id_: str, until: datetime) -> None:
        """Note that a draft's message leaves later than was said."""
        self._execute(update(drafts).where(drafts.c.id == id_).values(leaves_at=until, left_at=None), drafts)

    def listed(
        self, staff_ids: set[str], limit: int = 20, *, seen: Scope | None = None, asked_for: bool = False
    ) -> list[Draft]:
        """List these people's drafts that wait, the oldest first.

        With `seen` only those about customers whom it shows, with `asked_for` without those that an occasion brought.
        """
        waiting = _waiting_asked_for if asked_for else _waiting
        return self._all(Draft, _within(seen, waiting), drafts, customers, people=[*staff_ids], most=limit)

    def expired_since(self, staff_ids: set[str], since: datetime, *, seen: Scope) -> list[Draft]:
        """Give these people's drafts about visible customers that nobody sent in time, from then on, the oldest first.

        Greetings whose day is over are none: whoever did not say yes to them knows it.
        """
        statement = _within(seen, _expired_since)
        return self._all(Draft, statement, drafts, customers, people=[*staff_ids], since=since)

    def hand_over(self, customer_id: str, before: str, after: str) -> None:
        """Give somebody's drafts that wait for a yes about a customer to whoever looks after that customer now."""
        theirs = (drafts.c.customer_id == customer_id, drafts.c.staff_id == before, drafts.c.state == "open")
        self._execute(update(drafts).where(*theirs).values(staff_id=after), drafts)

    def of_absent(self) -> set[str]:
        """Name the people who left while drafts of theirs wait or ended untold; few, so that they are looked through."""
        return {row.id for row in self._select(_left_with_drafts, drafts, staff)}

    def tally(self, scope: Scope, since: datetime, until: datetime) -> dict[str, Outcomes]:
        """Count by purpose what became of drafts decided from `since` on and before `until`, of those whom a scope names."""
        mine = true() if scope.everything else drafts.c.staff_id.in_(scope.owners)
        where = (drafts.c.decided_at >= since, drafts.c.decided_at < until, mine)
        found = select(drafts.c.purpose, drafts.c.state, drafts.c.writer, drafts.c.kept_percent, func.count())
        grouped = found.where(*where).group_by(*found.selected_columns[:4])
        tallies: dict[str, Outcomes] = defaultdict(Outcomes)
        for purpose, state, writer, kept, count in self._select(grouped, drafts):
            tallies[purpose].note(state, writer, kept, count)
        return dict(sorted(tallies.items()))

    def expired(self, now: datetime, limit: int) -> list[Draft]:
        return self._all(Draft, _expired, drafts, now=now, most=limit)

    def change(self, draft: Draft, **values: Any) -> None:
        """Change a draft.

        Raises:
            Conflict: somebody else changed it since it was read.
        """
        same = and_(drafts.c.id == draft.id, drafts.c.version == draft.version)
        self._change(update(drafts).where(same).values(values | {"version": draft.version + 1}), drafts)
