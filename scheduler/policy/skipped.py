"""Which stretches between two moments are no working time, in words: the part of an explanation that calendars give."""

from collections.abc import Iterator
from datetime import date, datetime
from itertools import groupby, pairwise

from scheduler.policy.calendars import DAY, Calendar
from scheduler.policy.units import Step


def skipped(calendar: Calendar, start: datetime, end: datetime) -> Iterator[Step]:
    """Say what between two moments did not count (breaks, nights, weekends, holidays) and which make-up days did."""
    began = calendar.starts_counting(start)
    if began != start:
        yield "policy-step-starts", {"at": began.astimezone(calendar.zone)}
    days = _days(calendar.local_date(began), calendar.local_date(end))
    yield from _breaks(calendar, days, start, end)
    yield from _nights(calendar, days, start, end)
    yield from _free_days(calendar, days)
    yield from (("policy-step-makeup", {"day": day}) for day in days if calendar.is_makeup_day(day))


def _days(first: date, last: date) -> list[date]:
    return [first + count * DAY for count in range((last - first).days + 1)]


def _breaks(calendar: Calendar, days: list[date], start: datetime, end: datetime) -> Iterator[Step]:
    """Say each kind of break once, with how often it fell in between."""
    found: dict[tuple[str, str], int] = {}
    for day in days:
        for (_, stops), (resumes, _) in pairwise(calendar.shifts(day)):
            if start < stops < min(resumes, end):
                key = (_clock(calendar, stops), _clock(calendar, resumes))
                found[key] = found.get(key, 0) + 1
    for (stop, resume), times in found.items():
        yield "policy-step-break", {"from": stop, "until": resume, "times": times}


def _nights(calendar: Calendar, days: list[date], start: datetime, end: datetime) -> Iterator[Step]:
    """Say how many nights lay between working days, by the hours around the first of them."""
    worked = [shifts for day in days if (shifts := calendar.shifts(day))]
    gaps = [(before[-1][1], later[0][0]) for before, later in pairwise(worked)]
    nights = [(closes, opens) for closes, opens in gaps if start < closes < opens < end]
    if nights:
        closes, opens = nights[0]
        hours = {"from": _clock(calendar, closes), "until": _clock(calendar, opens)}
        yield "policy-step-night", {**hours, "times": len(nights)}


def _free_days(calendar: Calendar, days: list[date]) -> Iterator[Step]:
    """Say weekends by their number of days, holidays by their first and last day; a weekend inside one belongs to it."""
    free_runs = (list(run) for free, run in groupby(days, lambda day: not calendar.is_working_day(day)) if free)
    weekend = 0
    for run in free_runs:
        holidays = [day for day in run if calendar.is_holiday(day)]
        if holidays:
            yield "policy-step-holiday", {"from": holidays[0], "until": holidays[-1], "days": len(holidays)}
        weekend += len(run) - len(holidays)
    if weekend:
        yield "policy-step-weekend", {"days": weekend}


def _clock(calendar: Calendar, at: datetime) -> str:
    return at.astimezone(calendar.zone).strftime("%H:%M")
