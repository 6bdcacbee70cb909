"""Cadence kept: an owner's diary of due touches and reminders, and what a real touch changes in it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from functools import partial
from typing import Any, Final
from zoneinfo import ZoneInfo

from scheduler.policy.cadence import Rung, counts_as_touch, is_new, next_touch, rungs, spread
from scheduler.policy.calendars import Calendar, calendar_of, moment
from scheduler.policy.document import Policy
from scheduler.policy.sections import Rhythm
from scheduler.policy.units import TouchKind, zone_of
from storage.columns import new_id
from storage.customers import Customer
from storage.rounds import Round
from storage.staff import Person
from storage.store import Store
from storage.touches import Touch

AS_POLICY_SAYS: Final[dict[str, TouchKind]] = {
    "call": "call",
    "visit": "visit",
    "meeting": "meeting",
    "message": "chat",
    "greeting": "greeting",
}
"""What people log, in the words of the policy; of a kind that stands in no list nothing is known."""


@dataclass(frozen=True)
class Diary:
    """The mornings and working days of one owner: when touches fall due, and when reminders may be said."""

    policy: Policy
    calendar: Calendar
    zone: ZoneInfo
    begins: time | None = None
    """When the owner's own mornings begin, where that is not as the policy says."""
    _ladders: dict[datetime, tuple[Rung, ...]] = field(default_factory=dict, repr=False, compare=False)

    @classmethod
    def of(cls, policy: Policy, owner: Person | None) -> Diary:
        """Open the diary of an owner; what has no owner goes by the company's own calendar."""
        zone = (zone_of(owner.zone) if owner else None) or policy.company.zone
        return cls(policy, _calendar_in(policy, zone), zone, _own_morning(owner))

    def ladder(self, due: datetime) -> tuple[Rung, ...]:
        """Give the reminders of a touch due then; thousands of customers share a few due days, so days are kept."""
        found = self._ladders.get(due)
        if found is None:
            found = self._ladders[due] = rungs(self.policy, due, self.calendar, self.zone, self.begins)
        return found

    def reached(self, due: datetime, now: datetime) -> int:
        """Count the rungs of a due touch that have come by now."""
        return sum(rung.at <= now for rung in self.ladder(due))

    def next_at(self, due: datetime, said: int) -> datetime | None:
        """Tell when the rung after the `said` first ones comes; None at the top of the ladder."""
        ladder = self.ladder(due)
        return ladder[said].at if said < len(ladder) else None

    def speaks_at(self, now: datetime) -> datetime:
        """Tell when a reminder found due now may be said: now in working hours, otherwise the next working morning.

        A calendar's hours are read on the owner's own clock; one that closes at 24:00 closes on the next date.
        """
        local = now.astimezone(self.zone)
        shifts = self.calendar.shifts(local.date()) if self.calendar.is_working_day(local.date()) else ()
        begins = self._begins(local.date())
        if not shifts or now < begins:
            return begins
        closes = shifts[-1][1].astimezone(self.calendar.zone)
        return now if local.replace(tzinfo=None) < closes.replace(tzinfo=None) else self.next_morning(now)

    def morning(self, day: date) -> datetime:
        """Give the morning of that day if it is worked, otherwise of the next working day."""
        return moment(self.zone, self.calendar.next_working_day(day), self.policy.reminders.morning)

    def next_morning(self, now: datetime) -> datetime:
        """Give when the owner's next working day after today begins."""
        return self._begins(now.astimezone(self.zone).date() + timedelta(days=1))

    def _begins(self, day: date) -> datetime:
        """Give when the owner is first spoken to on that day, or on the next working one.

        A morning of their own that would begin after work is that of the policy.
        """
        day = self.calendar.next_working_day(day)
        if self.begins is None:
            return self.morning(day)
        closes = self.calendar.shifts(day)[-1][1].astimezone(self.calendar.zone).replace(tzinfo=None)
        own = datetime.combine(day, self.begins)
        return moment(self.zone, day, self.begins) if own < closes else self.morning(day)

    def horizon(self, now: datetime) -> datetime:
        """Tell until when a day looks ahead: to the end of the due day for which the first rung has come."""
        ahead = max(0, -min(entry.working_days for entry in self.policy.reminders.ladder))
        last = self.calendar.shift_working_days(self.day(now), ahead)
        return moment(self.zone, last + timedelta(days=1), time()) - timedelta(microseconds=1)

    def day(self, at: datetime) -> date:
        """Tell which day it is with the owner at a moment."""
        return at.astimezone(self.zone).date()

    def days(self, moments: Mapping[datetime, int]) -> Counter[date]:
        """Add up what falls on each day of the owner."""
        found: Counter[date] = Counter()
        for at, count in moments.items():
            found[self.day(at)] += count
        return found

    def due(self, customer: Customer, last_touch: datetime | None, now: datetime) -> datetime:
        """Tell when a customer is due for the next touch, from the last real one."""
        since = customer.since or customer.first_order_at or last_touch or now
        return next_touch(
            self.policy,
            tier=customer.tier,
            last_touch=last_touch,
            customer_since=since,
            calendar=self.calendar,
            zone=self.zone,
        )

    def is_new(self, customer: Customer, now: datetime) -> bool:
        since = customer.since or customer.first_order_at
        return since is not None and is_new(self.policy, customer_since=since, now=now, zone=self.zone)


def _own_morning(owner: Person | None) -> time | None:
    return time.fromisoformat(owner.begins) if owner and owner.begins else None


def _calendar_in(policy: Policy, zone: ZoneInfo) -> Calendar:
    """Find the calendar of the place where somebody works; the company's where none is written down for it."""
    company = calendar_of(policy)
    if company.zone == zone:
        return company
    name = next((name for name, entry in policy.calendars.items() if entry.zone == zone), None)
    return calendar_of(policy, name)


def is_at_work(policy: Policy, person: Person, now: datetime) -> bool:
    """Tell whether somebody may be spoken to: in their own working hours, from their morning on, and not on leave."""
    return not is_away(person, now) and Diary.of(policy, person).speaks_at(now) <= now


def is_away(person: Person, now: datetime) -> bool:
    return person.away_until is not None and person.away_until > now


Placing = Callable[[datetime], datetime]
"""Moves a due moment off a day that is full."""


def plan(
    diary: Diary, customer: Customer, last_touch: datetime | None, now: datetime, place: Placing | None = None
) -> dict[str, Any]:
    """Work out what a customer's row says about the next touch: the due moment, what was said, what is said next.

    What is overdue already is said on the owner's next working morning, not in the middle of a day; a due moment that
    stays the same keeps what was said about it.
    """
    due = diary.due(customer, last_touch, now)
    return {"last_touch_at": last_touch, **due_at(diary, customer, place(due) if place else due, now)}


def due_at(diary: Diary, customer: Customer, due: datetime, now: datetime) -> dict[str, Any]:
    """Work out what a customer's row says about a touch that is due then."""
    if due == customer.touch_due_at:
        return {"touch_due_at": due, "touch_rung": customer.touch_rung, "touch_next_at": customer.touch_next_at}
    first = diary.next_at(due, 0)
    assert first is not None  # noqa: S101 - a ladder has a rung: the policy checks it
    return {"touch_due_at": due, "touch_rung": 0, "touch_next_at": first if first > now else diary.next_morning(now)}


def placed(store: Store, diary: Diary, customer: Customer, now: datetime, due: datetime) -> datetime:
    """Give when a touch is due that would be due then: a little earlier if that day of its owner is full."""
    if customer.owner_id is None or due <= now:
        return due
    day = due.astimezone(diary.zone).date()
    first = diary.calendar.shift_working_days(day, -diary.policy.cadence.spread.earlier)
    since, until = moment(diary.zone, min(first, day), time()), moment(diary.zone, day + timedelta(days=1), time())
    load = diary.days(store.customers.due_days(customer.owner_id, since, until))
    if customer.touch_due_at is not None:
        load[customer.touch_due_at.astimezone(diary.zone).date()] -= 1  # it leaves that day
    return spread(diary.policy, due, load, diary.calendar, diary.zone, after=now)


def counts(diary: Diary, customer: Customer, kind: str, now: datetime) -> bool:
    """Tell whether such a touch is a real one for this customer, and so moves the next due date."""
    rhythm = rhythm_of(diary, customer, now)
    policy_kind = AS_POLICY_SAYS.get(kind)
    if policy_kind is None:
        return rhythm.counts is None
    return counts_as_touch(diary.policy, policy_kind, tier=customer.tier, new=diary.is_new(customer, now))


def rhythm_of(diary: Diary, customer: Customer, now: datetime) -> Rhythm:
    """Give the rhythm in which a customer is contacted at the moment."""
    cadence = diary.policy.cadence
    if diary.is_new(customer, now):
        return cadence.new_customers
    return next((line for line in cadence.tiers if line.tier == customer.tier), cadence.otherwise)


def keep_touch(
    store: Store, policy: Policy, customer: Customer, touch: Touch, *, again_on: date | None = None
) -> datetime | None:
    """Keep a touch; if it is a real one, move the customer's due date and give it.

    A follow-up that was promised for `again_on` is due then, if that is earlier than what the rhythm says.

    Raises:
        Conflict: somebody else changed the customer since it was read.
    """
    store.touches.add(touch)
    return move_due(store, policy, customer, touch, again_on=again_on)


def move_due(
    store: Store, policy: Policy, customer: Customer, touch: Touch, *, again_on: date | None = None
) -> datetime | None:
    """Move the due date by a touch that is kept already; None if it is no real one for this customer.

    The round that it ends is written down. A touch older than the last real one changes nothing.
    """
    diary = Diary.of(policy, store.staff.get(customer.owner_id))
    again_at = diary.morning(again_on) if again_on else None
    if not counts(diary, customer, touch.kind, touch.at):
        _bring_forward(store, diary, customer, again_at, touch.at)
        return None
    if customer.last_touch_at is not None and touch.at < customer.last_touch_at:
        return customer.touch_due_at
    values = plan(diary, customer, touch.at, touch.at, partial(placed, store, diary, customer, touch.at))
    if again_at is not None and again_at < values["touch_due_at"]:
        values |= due_at(diary, customer, again_at, touch.at)
    store.customers.change(customer, **values)
    _end_round(store, diary, customer, touch)
    due: datetime = values["touch_due_at"]
    return due


def _bring_forward(store: Store, diary: Diary, customer: Customer, at: datetime | None, now: datetime) -> None:
    """Let a touch be due earlier: nobody was reached, and it is tried again then."""
    if at is not None and at > now and (customer.touch_due_at is None or at < customer.touch_due_at):
        store.customers.change(customer, **due_at(diary, customer, at, now))


def _end_round(store: Store, diary: Diary, customer: Customer, touch: Touch) -> None:
    """Write down how a due touch ended: kept by the end of its day on the owner's clock, or late.

    Several touches on one day end one round.
    """
    due = customer.touch_due_at
    day = diary.day(touch.at)
    if due is None or (customer.last_touch_at is not None and diary.day(customer.last_touch_at) == day):
        return
    outcome = "kept" if day <= diary.day(due) else "late"
    store.rounds.add(_round(customer, due, touch.at, outcome, touch_id=touch.id))


def put_off(store: Store, diary: Diary, customer: Customer, due: datetime, now: datetime, reason: str = "") -> None:
    """Put a customer's due touch off; what comes before the due day is taken as said, that day itself is not.

    Raises:
        Conflict: somebody else changed the customer since it was read.
    """
    said = max(0, diary.reached(due, due) - 1)
    store.customers.change(customer, touch_due_at=due, touch_rung=said, touch_next_at=due)
    before = customer.touch_due_at
    if before is not None:
        store.rounds.add(_round(customer, before, now, "put_off", reason=reason or None))


def _round(customer: Customer, due: datetime, now: datetime, outcome: str, **more: Any) -> Round:
    counted = min(due, now)
    return Round(new_id(), customer.id, customer.owner_id, customer.tier, due, counted, now, outcome, **more)
