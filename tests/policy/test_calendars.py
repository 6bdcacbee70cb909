"""Working time across breaks, nights, weekends, holidays, make-up workdays and changes of the clock."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scheduler.policy.calendars import calendar_of, moment
from scheduler.policy.sections import CalendarEntry
from tests.policy.samples import BERLIN, NEW_YORK, calendar, default, hours, in_zone, shanghai

CHINA = calendar()

WALKS = [
    # opened, working time, ends
    ("2026-03-03 09:00", 3, "2026-03-03 12:00"),  # a morning ends at its end, not after the break
    ("2026-03-03 09:00", 3 + 1 / 60, "2026-03-03 13:01"),
    ("2026-03-03 11:30", 1, "2026-03-03 13:30"),  # across lunch
    ("2026-03-03 12:00", 1, "2026-03-03 14:00"),
    ("2026-03-03 12:59", 1, "2026-03-03 14:00"),
    ("2026-03-03 17:59", 1, "2026-03-04 09:59"),  # across a night
    ("2026-03-03 18:00", 1, "2026-03-04 10:00"),
    ("2026-03-03 08:59", 1, "2026-03-03 10:00"),
    ("2026-03-06 17:00", 1, "2026-03-06 18:00"),  # Friday evening, just in time
    ("2026-03-06 17:01", 1, "2026-03-09 09:01"),  # across a weekend
    ("2026-03-07 03:00", 1, "2026-03-09 10:00"),
    ("2026-02-13 17:00", 2, "2026-02-14 10:00"),  # Saturday 14 February is a make-up workday
    ("2026-02-14 17:00", 2, "2026-02-24 10:00"),  # then Spring Festival until Monday the 23rd
    ("2026-02-18 10:00", 1, "2026-02-24 10:00"),
    ("2026-02-27 17:00", 2, "2026-02-28 10:00"),  # Saturday 28 February makes up for the 23rd
    ("2026-03-03 09:00", 24, "2026-03-05 18:00"),  # three days of eight hours
]


@pytest.mark.parametrize(("opened", "worked", "ends"), WALKS)
def test_working_time_ends_where_the_table_says(opened: str, worked: float, ends: str) -> None:
    assert CHINA.add(shanghai(opened), hours(worked)) == shanghai(ends)


@pytest.mark.parametrize(
    ("start", "end", "worked"),
    [
        ("2026-03-03 11:00", "2026-03-03 12:00", 1),
        ("2026-03-03 12:00", "2026-03-03 13:00", 0),
        ("2026-03-03 11:59", "2026-03-03 13:01", 2 / 60),
        ("2026-03-06 17:00", "2026-03-09 10:00", 2),
        ("2026-02-14 12:00", "2026-02-24 09:30", 5.5),
        ("2026-03-03 14:00", "2026-03-03 11:00", -2),
        ("2026-03-07 00:00", "2026-03-08 23:59", 0),
    ],
)
def test_working_time_between_two_moments(start: str, end: str, worked: float) -> None:
    assert CHINA.between(shanghai(start), shanghai(end)) == hours(worked)


@given(
    start=st.datetimes(datetime(2024, 1, 1), datetime(2028, 1, 1), timezones=st.just(UTC)),  # noqa: DTZ001 - given UTC
    duration=st.timedeltas(timedelta(), timedelta(hours=400)),
    place=st.sampled_from(
        [
            CHINA,
            calendar("America/New_York", "US"),
            calendar("Europe/Berlin", "DE", {"mon-sun": ["00:00-24:00"]}),
            calendar("Europe/Berlin", "DE", {"mon-sun": ["01:30-02:30", "02:30-03:30", "22:00-24:00"]}),
            calendar("Asia/Kolkata", None, {"sat": ["00:00-00:01"], "wed": ["10:00-20:30", "23:59-24:00"]}),
        ]
    ),
)
@settings(deadline=None, max_examples=300, derandomize=True)
def test_what_was_added_lies_between(start: datetime, duration: timedelta, place: object) -> None:
    assert isinstance(place, type(CHINA))
    assert place.between(start, place.add(start, duration)) == duration


@pytest.mark.parametrize(
    ("day", "worked"),
    [
        (date(2026, 2, 13), True),
        (date(2026, 2, 14), True),  # Saturday, make-up
        (date(2026, 2, 15), False),
        (date(2026, 2, 16), False),  # New Year's Eve, a Monday
        (date(2026, 2, 23), False),
        (date(2026, 2, 24), True),
        (date(2026, 2, 28), True),
        (date(2026, 3, 1), False),
        (date(2026, 1, 4), True),  # Sunday, makes up for 2 January
        (date(2026, 1, 2), False),
    ],
)
def test_chinese_days_follow_the_notice_of_the_year(day: date, worked: bool) -> None:  # noqa: FBT001 - a table's column
    assert CHINA.is_working_day(day) is worked


def test_the_company_s_own_days_win_over_the_country_s() -> None:
    own = calendar(free=(date(2026, 2, 14), date(2026, 3, 3)), worked=(date(2026, 2, 16), date(2026, 3, 7)))
    days = [date(2026, 2, 14), date(2026, 3, 3), date(2026, 2, 16), date(2026, 3, 7), date(2026, 3, 8)]
    assert [own.is_working_day(day) for day in days] == [False, False, True, True, False]
    assert own.add(shanghai("2026-03-06 18:00"), hours(1)) == shanghai("2026-03-07 10:00")


def test_a_make_up_day_has_hours_of_its_own_if_the_calendar_says_so() -> None:
    entry = {
        "zone": "Asia/Shanghai",
        "country": "CN",
        "week": {"mon-fri": ["09:00-18:00"]},
        "makeup_hours": ["10:00-11:00"],
    }
    short = type(CHINA)(CalendarEntry.model_validate(entry))
    assert short.between(shanghai("2026-02-14 00:00"), shanghai("2026-02-15 00:00")) == hours(1)


def test_regional_holidays_count_where_they_are_kept() -> None:
    def place(part: str | None) -> bool:
        entry = {"zone": "Europe/Berlin", "country": "DE", "subdivision": part, "week": {"mon-fri": ["09:00-17:00"]}}
        return type(CHINA)(CalendarEntry.model_validate(entry)).is_working_day(date(2027, 3, 8))

    assert (place("BE"), place("BY"), place(None)) == (False, True, True)  # Women's Day, a Monday


@pytest.mark.parametrize(
    ("day", "count", "expected"),
    [
        (date(2026, 3, 6), 1, date(2026, 3, 9)),
        (date(2026, 3, 6), -1, date(2026, 3, 5)),
        (date(2026, 3, 9), -2, date(2026, 3, 5)),
        (date(2026, 3, 7), 1, date(2026, 3, 9)),
        (date(2026, 3, 7), 0, date(2026, 3, 9)),
        (date(2026, 3, 6), 0, date(2026, 3, 6)),
        (date(2026, 2, 13), 1, date(2026, 2, 14)),
        (date(2026, 2, 13), 2, date(2026, 2, 24)),
        (date(2026, 2, 24), -2, date(2026, 2, 13)),
    ],
)
def test_working_days_are_counted_in_both_directions(day: date, count: int, expected: date) -> None:
    assert CHINA.shift_working_days(day, count) == expected


@pytest.mark.parametrize(
    ("zone", "day", "clock", "expected"),
    [
        (NEW_YORK, date(2026, 3, 8), time(1, 59), "2026-03-08T06:59"),
        (NEW_YORK, date(2026, 3, 8), time(2, 0), "2026-03-08T07:00"),  # skipped: the first moment after
        (NEW_YORK, date(2026, 3, 8), time(2, 59), "2026-03-08T07:00"),
        (NEW_YORK, date(2026, 3, 8), time(3, 0), "2026-03-08T07:00"),
        (NEW_YORK, date(2026, 11, 1), time(1, 30), "2026-11-01T05:30"),  # shown twice: the first
        (NEW_YORK, date(2026, 11, 1), time(2, 0), "2026-11-01T07:00"),
        (BERLIN, date(2026, 3, 29), time(2, 30), "2026-03-29T01:00"),
        (BERLIN, date(2026, 10, 25), time(2, 30), "2026-10-25T00:30"),
        (ZoneInfo("Australia/Lord_Howe"), date(2026, 10, 4), time(2, 15), "2026-10-03T15:30"),  # half an hour
        (ZoneInfo("Africa/Cairo"), date(2026, 4, 24), time(0, 30), "2026-04-23T22:00"),  # at midnight
    ],
)
def test_wall_times_around_a_change_of_clocks(zone: ZoneInfo, day: date, clock: time, expected: str) -> None:
    assert moment(zone, day, clock) == datetime.fromisoformat(expected).replace(tzinfo=UTC)


@pytest.mark.parametrize(
    ("zone", "start", "end", "worked"),
    [
        ("America/New_York", "2026-03-08 00:00", "2026-03-09 00:00", 23),
        ("America/New_York", "2026-03-09 00:00", "2026-03-10 00:00", 24),
        ("America/New_York", "2026-11-01 00:00", "2026-11-02 00:00", 25),
        ("Europe/Berlin", "2026-03-29 00:00", "2026-03-30 00:00", 23),
        ("Europe/Berlin", "2026-10-25 00:00", "2026-10-26 00:00", 25),
    ],
)
def test_days_of_23_and_25_hours_count_as_they_pass(zone: str, start: str, end: str, worked: int) -> None:
    always = calendar(zone, None, {"mon-sun": ["00:00-24:00"]})
    begin, until = in_zone(start, always.zone), in_zone(end, always.zone)
    assert always.between(begin, until) == hours(worked)
    assert always.add(begin, hours(worked)) == until


def test_office_hours_keep_their_wall_time_through_a_change_of_clocks() -> None:
    berlin = calendar("Europe/Berlin", "DE")
    assert berlin.add(in_zone("2026-03-27 17:00", BERLIN), hours(2)) == in_zone("2026-03-30 10:00", BERLIN)
    assert berlin.shifts(date(2026, 3, 27))[0][0].hour == 8  # 09:00 in winter is 08:00 UTC
    assert berlin.shifts(date(2026, 3, 30))[0][0].hour == 7


def test_working_time_is_not_taken_away() -> None:
    with pytest.raises(ValueError, match="forwards"):
        CHINA.add(shanghai("2026-03-03 09:00"), hours(-1))


def test_a_calendar_that_the_policy_dropped_is_replaced_by_the_company_s() -> None:
    assert calendar_of(default(), "gone") is calendar_of(default()) is calendar_of(default(), "china")
