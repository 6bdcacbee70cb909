"""Due touches: when a customer that was just sorted into a tier is to be contacted next, on today's calendar."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from scheduler.cadence import Diary
from scheduler.policy.cadence import is_new, next_touch, spread
from scheduler.policy.document import Policy
from storage.customers import Customer
from storage.orders import Totals
from storage.staff import Person

Due = tuple[datetime, datetime]
"""When a touch is due, and when the first reminder of it is said."""
DueDays = Callable[[str, datetime], Mapping[datetime, int]]


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
    owners: Mapping[str, Person]
    due_days: DueDays | None = None
    """Counts the touches that will fall due with an owner, by moment; without it no day is ever full."""
    _diaries: dict[str | None, Diary] = field(default_factory=dict)
    _worked_out: dict[tuple[str | None, str, date | None, date], datetime] = field(default_factory=dict)
    _loads: dict[str, Counter[date]] = field(default_factory=dict)

    def of(self, customer: Customer, tier: str, totals: Totals | None) -> Due:
        """Give the due moment and its first reminder: if it is overdue already, on the owner's next morning."""
        diary = self._diary(customer.owner_id)
        last = customer.last_touch_at or self._today(totals.last_at if totals else None)
        since = self._since(customer, totals, diary)
        key = (customer.owner_id, tier, last and diary.day(last), diary.day(since))
        # It depends on local days alone, and thousands of customers share theirs.
        if key not in self._worked_out:
            self._worked_out[key] = self._due(diary, tier, last, since)
        due = self._placed(customer, diary, self._worked_out[key])
        first = diary.ladder(due)[0].at
        return due, first if first > self.now else diary.next_morning(self.now)

    def on_rung(self, customer: Customer, due: datetime, rung: int) -> dict[str, Any]:
        """Say where a ladder goes on that was climbed so far for this moment before."""
        diary = self._diary(customer.owner_id)
        coming = diary.next_at(due, rung)
        at = coming if coming is None or coming > self.now else diary.next_morning(self.now)
        return {"touch_rung": rung, "touch_next_at": at}

    def _placed(self, customer: Customer, diary: Diary, due: datetime) -> datetime:
        """Take a full day's touch earlier, and keep count of what falls on which day in this run."""
        if customer.owner_id is None or self.due_days is None or due <= self.now:
            return due
        if customer.owner_id not in self._loads:
            self._loads[customer.owner_id] = diary.days(self.due_days(customer.owner_id, self.now))
        load = self._loads[customer.owner_id]
        if customer.touch_due_at is not None:
            load[diary.day(customer.touch_due_at)] -= 1
        at = spread(self.policy, due, load, diary.calendar, diary.zone, after=self.now)
        load[diary.day(at)] += 1
        return at

    def _diary(self, owner_id: str | None) -> Diary:
        if owner_id not in self._diaries:
            self._diaries[owner_id] = Diary.of(self.policy, self.owners.get(owner_id or ""))
        return self._diaries[owner_id]

    def _since(self, customer: Customer, totals: Totals | None, diary: Diary) -> datetime:
        """Give since when somebody is a customer, for the rhythm of new ones.

        The weekly touches of first days that are over can no longer be made: who was never touched and is new no more
        has the rhythm of the tier.
        """
        since = self._today(totals.first_at if totals else None) or customer.since or self.now
        if customer.last_touch_at or is_new(self.policy, customer_since=since, now=self.now, zone=diary.zone):
            return since
        return since - self.policy.cadence.new_customers.first

    def _today(self, ordered_at: datetime | None) -> datetime | None:
        return ordered_at and ordered_at + self.laid

    def _due(self, diary: Diary, tier: str, last: datetime | None, since: datetime) -> datetime:
        return next_touch(
            self.policy,
            tier=tier,
            last_touch=last,
            customer_since=since,
            calendar=diary.calendar,
            zone=diary.zone,
        )
