"""Staff: who works here, in which role, for whom, and what they may see."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import (
    Boolean,
    Column,
    ColumnElement,
    ForeignKey,
    PrimaryKeyConstraint,
    String,
    Table,
    UniqueConstraint,
    bindparam,
    delete,
    or_,
    select,
    true,
    update,
)

from storage.columns import Id, Moment, Name, Short, metadata, new_id
from storage.rows import Rows

ROLES = ("rep", "service", "engineer", "manager", "admin")

staff = Table(
    "staff",
    metadata,
    Column("id", Id, primary_key=True),
    Column("name", Name, nullable=False),
    Column("role", Short, nullable=False),
    Column("language", Short, nullable=False, default="en"),
    Column("zone", Short, nullable=False, default="UTC"),
    Column("manager_id", Id, ForeignKey("staff.id")),
    Column("deputy_id", Id, ForeignKey("staff.id")),
    Column("active", Boolean, nullable=False, default=True),
    Column("away_until", Moment),
    Column("morning_at", Moment, index=True),
    Column("begins", String(5)),
    Column("spoken_to_on", Short),
)
staff_identities = Table(
    "staff_identities",
    metadata,
    Column("channel", Short, nullable=False),
    Column("address", Name, nullable=False),
    Column("staff_id", Id, ForeignKey("staff.id"), nullable=False, index=True),
    PrimaryKeyConstraint("channel", "address"),
)
groups = Table(
    "groups",
    metadata,
    Column("id", Id, primary_key=True),
    Column("name", Name, nullable=False, unique=True),
)
group_members = Table(
    "group_members",
    metadata,
    Column("group_id", Id, ForeignKey("groups.id"), nullable=False),
    Column("staff_id", Id, ForeignKey("staff.id"), nullable=False, index=True),
    UniqueConstraint("group_id", "staff_id"),
)


@dataclass(frozen=True, slots=True)
class Person:
    """Someone who works here."""

    id: str
    name: str
    role: str
    language: str = "en"
    zone: str = "UTC"
    manager_id: str | None = None
    deputy_id: str | None = None
    active: bool = True
    away_until: datetime | None = None
    morning_at: datetime | None = None
    """When the next morning's message is due."""
    begins: str | None = None
    """When their mornings begin, as `07:30` on their own clock; none where it is as the policy says."""
    spoken_to_on: str | None = None
    """On which channel they want what is for them; none leaves it to where they are."""


@dataclass(frozen=True, slots=True)
class Scope:
    """Whose customers a person may see: theirs, their groups', their teams'; or everyone's."""

    person: Person
    owners: frozenset[str]
    groups: frozenset[str]
    everything: bool = False

    def clause(self, owner: ColumnElement[str | None], group: ColumnElement[str | None]) -> ColumnElement[bool]:
        """Say the scope as a condition on an owner column and a group column."""
        return or_(*self.parts(owner, group))

    def parts(self, owner: ColumnElement[str | None], group: ColumnElement[str | None]) -> list[ColumnElement[bool]]:
        """Say the scope as conditions of which one is enough; each can be answered by an index of its own."""
        if self.everything:
            return [true()]
        mine: list[ColumnElement[bool]] = [owner.in_(self.owners), group.in_(self.groups)]
        if self.person.role == "manager":
            mine.append(owner.is_(None))  # somebody has to give the ownerless a home
        return mine

    def covers(self, owner_id: str | None, group_id: str | None) -> bool:
        if self.everything or owner_id in self.owners or group_id in self.groups:
            return True
        return owner_id is None and self.person.role == "manager"


_columns = tuple(staff.c[name] for name in Person.__dataclass_fields__)
_by_id = select(*_columns).where(staff.c.id == bindparam("id"))
_at = (
    select(*_columns)
    .join(staff_identities, staff_identities.c.staff_id == staff.c.id)
    .where(
        staff_identities.c.channel == bindparam("channel"),
        staff_identities.c.address == bindparam("address"),
        staff.c.active,
    )
)
_addresses = select(staff_identities.c.channel, staff_identities.c.address).where(
    staff_identities.c.staff_id == bindparam("id")
)

_wakes_at = update(staff).where(staff.c.id == bindparam("which")).values(morning_at=bindparam("at", type_=Moment))
_replaced = select(*_columns).where(
    staff.c.deputy_id.in_(bindparam("deputies", expanding=True)), staff.c.away_until > bindparam("now", type_=Moment)
)


_come = or_(staff.c.morning_at.is_(None), staff.c.morning_at <= bindparam("now", type_=Moment))
_mornings_due = select(*_columns).where(staff.c.active, _come).order_by(staff.c.morning_at).limit(bindparam("most"))


def called(name: str, people: Sequence[Person]) -> list[Person]:
    """Find those of some people who have this name, whole or else in part, whatever the case."""
    wanted = name.strip().casefold().lstrip("@")
    exact = [person for person in people if person.name.casefold() == wanted]
    return exact or [person for person in people if wanted and wanted in person.name.casefold()]


class Staff(Rows):
    """The people who work here."""

    def add(self, person: Person, addresses: dict[str, str]) -> None:
        """Write a person down, with their address on each channel."""
        self._execute(staff.insert().values({name: getattr(person, name) for name in Person.__dataclass_fields__}))
        for channel, address in addresses.items():
            self.bind(person.id, channel, address)

    def bind(self, staff_id: str, channel: str, address: str) -> None:
        statement = self._insert(staff_identities).values(channel=channel, address=address, staff_id=staff_id)
        statement = statement.on_conflict_do_update(index_elements=["channel", "address"], set_={"staff_id": staff_id})
        self._execute(statement)

    def rebind(self, staff_id: str, channel: str, address: str) -> None:
        """Make this a person's one address on a channel; from any other there they are nobody."""
        theirs = (staff_identities.c.staff_id == staff_id, staff_identities.c.channel == channel)
        self._execute(delete(staff_identities).where(*theirs))
        self.bind(staff_id, channel, address)

    def get(self, id_: str | None) -> Person | None:
        if not id_:
            return None
        return self._once(staff, id_, lambda: self._first(Person, _by_id, id=id_))

    def at(self, channel: str, address: str) -> Person | None:
        """Find who writes from this address; someone who left is nobody."""
        return self._first(Person, _at, channel=channel, address=address)

    def address(self, id_: str, channel: str) -> str | None:
        where = (staff_identities.c.staff_id == id_, staff_identities.c.channel == channel)
        for row in self._select(select(staff_identities.c.address).where(*where)):
            address: str = row.address
            return address
        return None

    def addresses(self, id_: str) -> dict[str, str]:
        found = self._once(
            staff_identities, id_, lambda: {r.channel: r.address for r in self._select(_addresses, id=id_)}
        )
        return dict(found)

    def every_address(self, id_: str) -> list[tuple[str, str]]:
        """Give each address from which a person is recognized, with its channel."""
        found = self._select(_addresses.order_by(staff_identities.c.channel, staff_identities.c.address), id=id_)
        return [(row.channel, row.address) for row in found]

    def named(self, name: str) -> list[Person]:
        """Find active people by name, whole or in part, whatever the case."""
        return called(name, self.everyone())

    def everyone(self, role: str | None = None) -> list[Person]:
        statement = select(*_columns).where(staff.c.active).order_by(staff.c.name)
        wanted = statement.where(staff.c.role == role) if role else statement
        return list(self._once(staff, ("everyone", role), lambda: self._all(Person, wanted)))

    def mornings_due(self, now: datetime, limit: int) -> list[Person]:
        """Find who works here and whose morning has come, or who never had one."""
        return self._all(Person, _mornings_due, now=now, most=limit)

    def wakes_at(self, id_: str, at: datetime) -> None:
        """Write down when somebody's next morning is."""
        self._run(_wakes_at, which=id_, at=at)

    def has_reports(self, person: Person) -> bool:
        """Tell whether anybody who works here reports to this person."""
        return any(other.manager_id == person.id for other in self.everyone())

    def ever(self) -> list[Person]:
        """Give everybody who works here or did."""
        return self._all(Person, select(*_columns).order_by(staff.c.active.desc(), staff.c.name))

    def change(self, id_: str, **values: object) -> None:
        self._change(update(staff).where(staff.c.id == id_).values(values))

    def scope(self, person: Person, now: datetime | None = None) -> Scope:
        """Work out what a person may see, from roles and the reporting line as they are at this moment.

        With `now`, whoever stands in for people who are away sees their customers as well.
        """
        if person.role == "admin":
            return Scope(person, frozenset(), frozenset(), everything=True)
        team = self._behind(person)
        for absent in self.replaced_by(person, now) if now else ():
            team |= self._behind(absent)
        rows = self._select(select(group_members.c.group_id).where(group_members.c.staff_id.in_(team)))
        return Scope(person, frozenset(team), frozenset(row.group_id for row in rows))

    def _behind(self, person: Person) -> set[str]:
        return self.team(person) if person.role == "manager" else {person.id}

    def replaced_by(self, deputy: Person, now: datetime) -> list[Person]:
        """Tell for whom a person stands in at the moment, also where one absent person was to stand in for another."""
        return list(self._once(staff, ("replaced", deputy.id, now), lambda: self._replaced_by(deputy, now)))

    def _replaced_by(self, deputy: Person, now: datetime) -> list[Person]:
        found: dict[str, Person] = {}
        edge = [deputy.id]
        while edge:
            absent = self._all(Person, _replaced, deputies=edge, now=now)
            edge = [person.id for person in absent if person.id not in found]
            found |= {person.id: person for person in absent}
        return [person for id_, person in found.items() if id_ != deputy.id]

    def team(self, person: Person) -> set[str]:
        """Everyone below a person in the reporting line, and the person."""
        team, edge = {person.id}, {person.id}
        while edge:
            rows = self._select(select(staff.c.id).where(staff.c.manager_id.in_(edge)))
            edge = {row.id for row in rows} - team
            team |= edge
        return team

    def add_group(self, name: str, members: Iterable[str]) -> str:
        id_ = new_id()
        self._execute(groups.insert().values(id=id_, name=name))
        for member in members:
            self._execute(group_members.insert().values(group_id=id_, staff_id=member))
        return id_

    def in_group(self, group_id: str | None) -> list[Person]:
        statement = select(*_columns).join(group_members, group_members.c.staff_id == staff.c.id)
        return self._all(Person, statement.where(group_members.c.group_id == group_id, staff.c.active))

    def stand_in(self, person: Person | None, now: datetime) -> Person | None:
        """Give the person, or the deputy while they are away, or the manager once they have left; nobody who left."""
        asked: set[str] = set()
        while person is not None and person.id not in asked:
            asked.add(person.id)
            away = person.away_until is not None and person.away_until > now
            deputy = self.get(person.deputy_id) if away else None
            if deputy is not None and deputy.active:
                person = deputy
            elif person.active:
                return person
            else:
                person = self.get(person.manager_id)
        return person if person and person.active else None
