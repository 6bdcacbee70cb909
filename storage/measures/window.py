"""A window: whose cases a number counts, and from when until when; questions are made once and asked of any window."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, time, timedelta
from typing import Any, Final
from zoneinfo import ZoneInfo

from sqlalchemy import BindParameter, ColumnElement, and_, bindparam, case, or_, select, true

from storage.columns import Moment
from storage.customers import customers
from storage.feedback import feedback
from storage.staff import Scope, staff
from storage.tickets import tickets

WEEK = timedelta(days=7)
SINCE: Final = bindparam("since", type_=Moment)
UNTIL: Final = bindparam("until", type_=Moment)
NOW: Final = bindparam("now", type_=Moment)
OWNERS: Final[BindParameter[Any]] = bindparam("owners", expanding=True)
GROUPS: Final[BindParameter[Any]] = bindparam("groups", expanding=True)


@dataclass(frozen=True, slots=True)
class Sight:
    """The shape of what somebody sees: everything, or what they and theirs look after, and who leads the ownerless too.

    Its conditions name the values that a window fills in, so that a question is put together once for all who see alike.
    `zones` are those in which people work.
    """

    everything: bool
    leads: bool
    zones: tuple[str, ...]

    def holds(self, at: ColumnElement[Any]) -> ColumnElement[bool]:
        """Say that a moment lies in the period."""
        return and_(at >= SINCE, at < UNTIL)

    def customers(self) -> ColumnElement[bool]:
        """Say that the customer of a row is in sight."""
        if self.everything:
            return true()
        mine = [customers.c.owner_id.in_(OWNERS), customers.c.group_id.in_(GROUPS)]
        return or_(*mine, customers.c.owner_id.is_(None)) if self.leads else or_(*mine)

    def tickets(self) -> ColumnElement[bool]:
        """Say that a ticket is in sight: its customer is, one of the scope answers for it, or it is nobody's."""
        asked = tickets.c.status != "dismissed"  # what never was a request counts nowhere
        if self.everything:
            return asked
        sight = or_(
            tickets.c.owner_id.in_(OWNERS),
            and_(tickets.c.customer_id.is_not(None), self.customers()),
            and_(tickets.c.customer_id.is_(None), tickets.c.owner_id.is_(None)),
        )
        return and_(asked, sight)

    def feedback(self) -> ColumnElement[bool]:
        """Say that a piece of feedback is in sight: its customer is, or it came from somebody not known yet."""
        return or_(feedback.c.customer_id.is_(None), and_(customers.c.id.is_not(None), self.customers()))

    def owned(self, owner: ColumnElement[Any]) -> list[ColumnElement[bool]]:
        """Say that somebody of the scope looks after it, or that it wants an owner; each part has its index."""
        mine: list[ColumnElement[bool]] = [owner.in_(select(staff.c.id)) if self.everything else owner.in_(OWNERS)]
        return [*mine, owner.is_(None)] if self.everything or self.leads else mine

    def their_day(self) -> ColumnElement[Any]:
        """Tell when the day began that it is now where the member of staff of a row works."""
        begins = {zone: bindparam(f"day{n}", type_=Moment) for n, zone in enumerate(self.zones)}
        here = bindparam("day", type_=Moment)
        return case(begins, value=staff.c.zone, else_=here) if begins else here


@dataclass(frozen=True, slots=True)
class Window:
    """A half-open period, `since` included and `until` not, as one person sees it at the moment `now`.

    `zone` is the company's: the day of a customer whom nobody looks after ends there.
    """

    scope: Scope
    since: datetime
    until: datetime
    now: datetime
    zone: str
    zones: tuple[str, ...] = ()

    @property
    def sight(self) -> Sight:
        return Sight(self.scope.everything, self.scope.person.role == "manager", self.zones)

    @property
    def values(self) -> dict[str, Any]:
        """Give what fills the conditions of a sight."""
        days = {f"day{n}": self._day(zone) for n, zone in enumerate(self.zones)}
        whose = {"owners": sorted(self.scope.owners), "groups": sorted(self.scope.groups)}
        return {"since": self.since, "until": self.until, "now": self.now, "day": self._day(self.zone), **days, **whose}

    @property
    def weeks(self) -> int:
        """Count the weeks to go back so that the same stretch does not overlap with itself."""
        return max(1, -(-(self.until - self.since) // WEEK))

    @property
    def before(self) -> Window:
        """Give the same stretch, from the same weekday on, as many whole weeks ago as it takes."""
        return replace(self, since=self.since - self.weeks * WEEK, until=self.until - self.weeks * WEEK)

    def _day(self, zone: str) -> datetime:
        try:
            here = ZoneInfo(zone)
        except (KeyError, ValueError, OSError):
            here = ZoneInfo(self.zone)
        return datetime.combine(self.now.astimezone(here).date(), time(), here)
