"""Due touches: when a customer that was just sorted into a tier is to be contacted next, on today's calendar."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from scheduler.policy.cadence import is_new, next_touch, rungs
from scheduler.policy.calendars import Calendar, calendar_of
from scheduler.policy.document import Policy
from scheduler.policy.units import zone_of
from storage.customers import Customer
from storage.orders import Totals
from storage.staff import Person

Due = tuple[datetime, datetime]
"""When a touch is due, and when the first reminder of it is."""


@dataclass(frozen=True)
class DueTouches:
    """Counts the next touch from the last real one; without any, from the last order.

    Orders are laid on today's calendar: figures that are as of a past day mean that this day is today, so a customer
    who was ten days overdue then is ten days overdue now, not ten days and fifteen years. `laid` is that distance, and
    nothing where figures are of today. Touches were made with this program and are where they are.
    """

    policy: Policy
    now: datetime
    laid: timedelta
    zones: Mapping[str, ZoneInfo]
    _worked_out: dict[tuple[str | None, date | None, date, ZoneInfo], Due] = field(default_factory=dict)

    def of(self, customer: Customer, tier: str, totals: Totals | None) -> Due:
        """Give the due moment and the first rung; the rungs that have passed are said in one bundle by the rule."""
        calendar = calendar_of(self.policy)
        zone = self.zones.get(customer.owner_id or "", calendar.zone)
        last = customer.last_touch_at or self._today(totals.last_at if totals else None)
        since = self._since(customer, totals, zone)
        key = (tier, last and last.astimezone(zone).date(), since.astimezone(zone).date(), zone)
        # Both depend on local days alone, and thousands of customers share theirs.
        if key not in self._worked_out:
            self._worked_out[key] = self._due(tier, last, since, calendar, zone)
        return self._worked_out[key]

    def _since(self, customer: Customer, totals: Totals | None, zone: ZoneInfo) -> datetime:
        """Give since when somebody is a customer, for the rhythm of new ones.

        The weekly touches of first days that are over can no longer be made: who was never touched and is new no more
        has the rhythm of the tier.
        """
        since = self._today(totals.first_at if totals else None) or customer.since or self.now
        if customer.last_touch_at or is_new(self.policy, customer_since=since, now=self.now, zone=zone):
            return since
        return since - self.policy.cadence.new_customers.first

    def _today(self, ordered_at: datetime | None) -> datetime | None:
        return ordered_at and ordered_at + self.laid

    def _due(self, tier: str, last: datetime | None, since: datetime, calendar: Calendar, zone: ZoneInfo) -> Due:
        due = next_touch(self.policy, tier=tier, last_touch=last, customer_since=since, calendar=calendar, zone=zone)
        return due, rungs(self.policy, due, calendar, zone)[0].at


def zones_of(people: list[Person]) -> dict[str, ZoneInfo]:
    """Give each person's zone; a name that nobody knows is left to the company's calendar."""
    zones = {person.id: zone_of(person.zone) for person in people}
    return {id_: zone for id_, zone in zones.items() if zone is not None}
