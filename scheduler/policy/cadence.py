"""When a customer is due for the next real touch, and whom a due touch calls (触达频次)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from dateutil.relativedelta import relativedelta

from scheduler.policy.calendars import Calendar, moment
from scheduler.policy.document import Policy
from scheduler.policy.sections import Every, Rhythm
from scheduler.policy.units import Audience, TouchKind


@dataclass(frozen=True)
class Rung:
    """One step of the ladder of reminders: its name in the policy, when it is reached (UTC), and whom it calls."""

    name: str
    at: datetime
    audience: Audience


def next_touch(
    policy: Policy,
    *,
    tier: str | None,
    last_touch: datetime | None,
    customer_since: datetime,
    calendar: Calendar,
    zone: ZoneInfo | None = None,
) -> datetime:
    """Return when the next real touch is due: a morning, in UTC, on a working day of the owner's calendar.

    Counted from the last real touch, or from the day on which somebody became a customer. A new customer of any tier
    has the rhythm of new customers as long as that puts the next touch into their first days. `zone` is the owner's;
    without it, their calendar's.
    """
    zone = zone or calendar.zone
    since = customer_since.astimezone(zone).date()
    last = since if last_touch is None else max(last_touch.astimezone(zone).date(), since)
    rhythm = _rhythm(policy, tier, last, since, calendar)
    day = calendar.next_working_day(_later(last, rhythm.every, calendar))
    return moment(zone, day, policy.reminders.morning)


def spread(
    policy: Policy,
    due: datetime,
    load: Mapping[date, int],
    calendar: Calendar,
    zone: ZoneInfo | None = None,
    *,
    after: datetime,
) -> datetime:
    """Return when a touch is due whose day may be full: then on the least loaded working day shortly before.

    `load` is how many touches are due with the owner on which local day. A day that is not after `after` is no choice,
    and of days that are loaded alike the latest is taken: nobody is contacted earlier than needed, or later than due.
    """
    zone = zone or calendar.zone
    day, room = due.astimezone(zone).date(), policy.cadence.spread
    if load.get(day, 0) < room.most_a_day:
        return due
    earlier = (calendar.shift_working_days(day, -days) for days in range(1, room.earlier + 1))
    choices = [due, *(moment(zone, one, policy.reminders.morning) for one in earlier)]
    possible = [at for at in choices if at.astimezone(zone).date() > after.astimezone(zone).date()]
    return min(possible, key=lambda at: load.get(at.astimezone(zone).date(), 0), default=due)


def rungs(
    policy: Policy, due: datetime, calendar: Calendar, zone: ZoneInfo | None = None, begins: time | None = None
) -> tuple[Rung, ...]:
    """Return the reminders of a due touch, in order: mornings, in UTC, on working days of the owner's calendar.

    `begins` is when the owner's own mornings begin, where that is not as the policy says.
    """
    zone, begins = zone or calendar.zone, begins or policy.reminders.morning
    day = calendar.next_working_day(due.astimezone(zone).date())
    return tuple(
        Rung(
            entry.name,
            moment(zone, calendar.shift_working_days(day, entry.working_days), begins),
            entry.audience,
        )
        for entry in policy.reminders.ladder
    )


def is_new(policy: Policy, *, customer_since: datetime, now: datetime, zone: ZoneInfo) -> bool:
    """Tell whether a customer is still in their first days; the day they came is the first."""
    passed = now.astimezone(zone).date() - customer_since.astimezone(zone).date()
    return passed < policy.cadence.new_customers.first


def counts_as_touch(policy: Policy, kind: TouchKind, *, tier: str | None, new: bool) -> bool:
    """Tell whether such a touch is a real one for a customer of that tier, and so moves the next due date."""
    rhythm = policy.cadence.new_customers if new else _of_tier(policy, tier)
    return rhythm.counts is None or kind in rhythm.counts


def _rhythm(policy: Policy, tier: str | None, last: date, since: date, calendar: Calendar) -> Rhythm:
    new = policy.cadence.new_customers
    if _later(last, new.every, calendar) < since + _whole_days(new.first):
        return new
    return _of_tier(policy, tier)


def _of_tier(policy: Policy, tier: str | None) -> Rhythm:
    return next((line for line in policy.cadence.tiers if line.tier == tier), policy.cadence.otherwise)


def _later(day: date, every: Every, calendar: Calendar) -> date:
    if every.working_days is not None:
        return calendar.shift_working_days(day, every.working_days)
    return day + relativedelta(days=every.days or 0, months=every.months or 0)


def _whole_days(span: timedelta) -> timedelta:
    return timedelta(days=span.days)
