"""A window: whose cases a number counts, and from when until when."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, and_, case, literal, or_, select, true

from storage.columns import Moment
from storage.customers import customers
from storage.feedback import feedback
from storage.staff import Scope, staff
from storage.tickets import tickets

WEEK = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Window:
    """A half-open period, `since` included and `until` not, as one person sees it at the moment `now`.

    `zone` is the company's: the day of a customer whom nobody looks after ends there; `zones` are those of its people.
    """

    scope: Scope
    since: datetime
    until: datetime
    now: datetime
    zone: str
    zones: tuple[str, ...] = ()

    @property
    def weeks(self) -> int:
        """Count the weeks to go back so that the same stretch does not overlap with itself."""
        return max(1, -(-(self.until - self.since) // WEEK))

    @property
    def before(self) -> Window:
        """Give the same stretch, from the same weekday on, as many whole weeks ago as it takes."""
        return replace(self, since=self.since - self.weeks * WEEK, until=self.until - self.weeks * WEEK)

    def holds(self, at: ColumnElement[datetime]) -> ColumnElement[bool]:
        return and_(at >= self.since, at < self.until)

    def customers(self) -> ColumnElement[bool]:
        """Say that the customer of a row is in sight."""
        return self.scope.clause(customers.c.owner_id, customers.c.group_id)

    def tickets(self) -> ColumnElement[bool]:
        """Say that a ticket is in sight: its customer is, one of the scope answers for it, or it is nobody's."""
        if self.scope.everything:
            return true()
        return or_(
            tickets.c.owner_id.in_(self.scope.owners),
            and_(tickets.c.customer_id.is_not(None), self.customers()),
            and_(tickets.c.customer_id.is_(None), tickets.c.owner_id.is_(None)),
        )

    def feedback(self) -> ColumnElement[bool]:
        """Say that a piece of feedback is in sight: its customer is, or it came from somebody not known yet."""
        return or_(feedback.c.customer_id.is_(None), and_(customers.c.id.is_not(None), self.customers()))

    def owned(self, owner: ColumnElement[str | None]) -> list[ColumnElement[bool]]:
        """Say that somebody of the scope looks after it, or that it wants an owner; each part has its index."""
        if self.scope.everything:
            return [owner.in_(select(staff.c.id)), owner.is_(None)]
        mine: list[ColumnElement[bool]] = [owner.in_(self.scope.owners)]
        return [*mine, owner.is_(None)] if self.scope.person.role == "manager" else mine

    def their_day(self) -> ColumnElement[datetime]:
        """Tell when the day began that it is now where the member of staff of a row works."""
        begins = {zone: literal(self._day(zone), Moment()) for zone in self.zones}
        here = literal(self._day(self.zone), Moment())
        return case(begins, value=staff.c.zone, else_=here) if begins else here

    def _day(self, zone: str) -> datetime:
        try:
            here = ZoneInfo(zone)
        except (KeyError, ValueError, OSError):
            here = ZoneInfo(self.zone)
        return datetime.combine(self.now.astimezone(here).date(), time(), here)
