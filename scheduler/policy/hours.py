"""When a customer may be written to unasked: their own day, never their night."""

from collections.abc import Iterable
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

from scheduler.policy.calendars import moment
from scheduler.policy.document import Policy
from scheduler.policy.sections import QuietHours

SATURDAY = 5
ROUNDS = 14
"""Openings tried before zones are taken to share no daytime: a week has no more days with two edges each."""


def may_disturb(policy: Policy, zone: ZoneInfo | None, now: datetime, *, marketing: bool = False) -> datetime:
    """Return the first moment from `now` on, in UTC, at which a customer may be written to unasked.

    For an unknown zone it must be daytime in all of the company's zones; if they share no daytime, in its main one.
    """
    quiet = policy.quiet_hours
    if zone is not None:
        return _common((zone,), quiet, now, marketing=marketing) or now.astimezone(UTC)
    company = policy.company
    common = _common(company.zones, quiet, now, marketing=marketing)
    return common or _common((company.zone,), quiet, now, marketing=marketing) or now.astimezone(UTC)


def _common(zones: Iterable[ZoneInfo], quiet: QuietHours, now: datetime, *, marketing: bool) -> datetime | None:
    """Return the first moment from `now` on that is open in all zones, or None if a week has none."""
    at = now.astimezone(UTC)
    for _ in range(ROUNDS):
        later = max(_opening(zone, quiet, at, marketing=marketing) for zone in zones)
        if later == at:
            return at
        at = later
    return None


def _opening(zone: ZoneInfo, quiet: QuietHours, at: datetime, *, marketing: bool) -> datetime:
    """Return `at` itself if it is no quiet time in that zone, otherwise the next edge that may end it."""
    local = at.astimezone(zone)
    day, clock = local.date(), local.time()
    if marketing and not quiet.marketing_on_weekends and local.weekday() >= SATURDAY:
        return moment(zone, day + timedelta(days=7 - local.weekday()), time())
    if not _is_quiet(quiet, clock):
        return at
    tomorrow = quiet.starts > quiet.ends and clock >= quiet.starts
    # When clocks go back during quiet hours, their end may already have been shown once: then they are over.
    return max(at, moment(zone, day + timedelta(days=tomorrow), quiet.ends))


def _is_quiet(quiet: QuietHours, clock: time) -> bool:
    if quiet.starts <= quiet.ends:
        return quiet.starts <= clock < quiet.ends
    return clock >= quiet.starts or clock < quiet.ends
