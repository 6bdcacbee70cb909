"""Working time: which days are worked, and where a span of working hours ends. Everything in and out is UTC."""

from bisect import bisect_left
from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from scheduler.policy.country import Year, year_of
from scheduler.policy.document import Policy
from scheduler.policy.sections import CalendarEntry
from scheduler.policy.units import Clock, Shift

DAY = timedelta(days=1)
FAR = 3660
"""Days after which a walk gives up: ten years without work are a mistake in the calendar."""
KEPT = 4096
"""Days whose shifts are remembered by a calendar."""
NO_HOLIDAYS = Year(frozenset(), frozenset())

UtcShift = tuple[datetime, datetime]


class Calendar:
    """The working time of one place: its zone, its week, its country's holidays and make-up workdays."""

    def __init__(self, entry: CalendarEntry) -> None:
        self.entry = entry
        self.zone: ZoneInfo = entry.zone
        self._week = entry.week.days
        self._spare: tuple[Shift, ...] = entry.makeup_hours or next((day for day in self._week if day), ())
        self._free = frozenset(entry.extra_holidays)
        self._worked = frozenset(entry.extra_workdays)
        self._shifts: dict[date, tuple[UtcShift, ...]] = {}

    def is_working_day(self, day: date) -> bool:
        """Tell whether that local date is worked; the company's own days win over the country's."""
        if day in self._worked or day in self._free:
            return day in self._worked
        year = self._year(day)
        return day not in year.free and (bool(self._week[day.weekday()]) or day in year.makeup)

    def is_makeup_day(self, day: date) -> bool:
        """Tell whether that local date is worked although its weekday is free (调休, or the company's own wish)."""
        return not self._week[day.weekday()] and self.is_working_day(day)

    def is_holiday(self, day: date) -> bool:
        """Tell whether that local date is free although its weekday is worked."""
        return bool(self._week[day.weekday()]) and not self.is_working_day(day)

    def shifts(self, day: date) -> tuple[UtcShift, ...]:
        """Return the stretches of work of a local date, as moments in UTC; none on a free day."""
        found = self._shifts.get(day)
        if found is None:
            if len(self._shifts) >= KEPT:
                self._shifts.clear()
            found = self._shifts[day] = self._shifts_of(day)
        return found

    def add(self, start: datetime, duration: timedelta) -> datetime:
        """Return the first moment at which so much working time has passed since `start`.

        Raises:
            ValueError: the duration is negative, or ten years of this calendar go by without work.
        """
        if duration < timedelta():
            raise ValueError("working time is only added forwards")
        begin, left = start.astimezone(UTC), duration
        if not left:
            return begin
        for opens, closes in self._from(begin):
            worked = closes - max(opens, begin)
            if worked >= left:
                return closes - worked + left
            left -= worked
        raise ValueError("the calendar has not enough working time")

    def between(self, start: datetime, end: datetime) -> timedelta:
        """Return the working time from `start` to `end`; negative if the end comes first."""
        begin, until = start.astimezone(UTC), end.astimezone(UTC)
        if until < begin:
            return -self.between(until, begin)
        total = timedelta()
        for opens, closes in self._from(begin):
            if opens >= until:
                return total
            total += min(closes, until) - max(opens, begin)
        return total

    def starts_counting(self, at: datetime) -> datetime:
        """Return the first working moment from `at` on: itself within a shift, otherwise the next opening."""
        begin = at.astimezone(UTC)
        return max(begin, next(self._from(begin))[0])

    def next_working_day(self, day: date) -> date:
        """Return that date if it is worked, otherwise the first worked one after it."""
        for distance in range(FAR):
            candidate = day + distance * DAY
            if self.is_working_day(candidate):
                return candidate
        raise ValueError("the calendar has no working day")

    def shift_working_days(self, day: date, n: int) -> date:
        """Return the n-th working day after a date, or before it if n is negative; for 0 as `next_working_day`."""
        if n == 0:
            return self.next_working_day(day)
        step, left = (DAY if n > 0 else -DAY), abs(n)
        for _ in range(FAR):
            day += step
            left -= self.is_working_day(day)
            if not left:
                return day
        raise ValueError("the calendar has not enough working days")

    def at(self, day: date, clock: time) -> datetime:
        """Return the moment, in UTC, when the clocks of this calendar's zone show that time."""
        return moment(self.zone, day, clock)

    def local_date(self, at: datetime) -> date:
        """Return the date that it is here at that moment."""
        return at.astimezone(self.zone).date()

    def _year(self, day: date) -> Year:
        country = self.entry.country
        return year_of(country, self.entry.subdivision, day.year) if country else NO_HOLIDAYS

    def _shifts_of(self, day: date) -> tuple[UtcShift, ...]:
        hours = (self._week[day.weekday()] or self._spare) if self.is_working_day(day) else ()
        bounds = ((self._minute(day, shift.opens), self._minute(day, shift.closes)) for shift in hours)
        return tuple((opens, closes) for opens, closes in bounds if opens < closes)

    def _minute(self, day: date, minute: int) -> datetime:
        days, minute = divmod(minute, 1440)
        return self.at(day + days * DAY, time(*divmod(minute, 60)))

    def _from(self, begin: datetime) -> Iterator[UtcShift]:
        """Yield the shifts that end after a moment, in order, until ten years go by without any."""
        day, idle = begin.astimezone(self.zone).date(), 0
        while idle < FAR:
            shifts = self.shifts(day)
            idle = 0 if shifts else idle + 1
            yield from (shift for shift in shifts if shift[1] > begin)
            day += DAY


@lru_cache(maxsize=64)
def _built(entry: CalendarEntry) -> Calendar:
    return Calendar(entry)


def calendar_of(policy: Policy, name: str | None = None) -> Calendar:
    """Return a calendar of the policy by name; the company's own for None or a name that the policy has not.

    A person or a team may still carry the name of a calendar that a newer policy dropped; their clocks must go on.
    """
    entry = policy.calendars.get(name or policy.company.calendar)
    return _built(entry or policy.calendars[policy.company.calendar])


def moment(zone: ZoneInfo, day: date, clock: time) -> datetime:
    """Return the moment, in UTC, when the clocks of a zone show that time on that date.

    A time that clocks skip in spring becomes the first moment after the gap; one that they show twice in autumn is
    the first of the two.
    """
    wall = datetime.combine(day, clock, zone)
    first, second = wall.replace(fold=0), wall.replace(fold=1)
    before, after = first.utcoffset(), second.utcoffset()
    if before is None or after is None or before >= after:
        return first.astimezone(UTC)
    earliest = second.astimezone(UTC)
    seconds = range(int((after - before).total_seconds()) + 1)
    return earliest + timedelta(
        seconds=bisect_left(
            seconds, True, key=lambda passed: _offset(earliest + timedelta(seconds=passed), zone) == after
        )
    )


def _offset(at: datetime, zone: ZoneInfo) -> timedelta | None:
    return at.astimezone(zone).utcoffset()


def counted(clock: Clock, calendar: Calendar, start: datetime, end: datetime) -> timedelta:
    """Return how much time of a clock lies between two moments: all of it (`elapsed`) or the working time."""
    return end - start if clock == "elapsed" else calendar.between(start, end)


def after(clock: Clock, calendar: Calendar, start: datetime, duration: timedelta) -> datetime:
    """Return the moment at which so much time of a clock has passed since `start`, in UTC."""
    return start.astimezone(UTC) + duration if clock == "elapsed" else calendar.add(start, duration)
