"""Nobody is written to unasked in their night, wherever they are."""

from zoneinfo import ZoneInfo

import pytest

from scheduler.policy.document import Policy, parse
from scheduler.policy.hours import may_disturb
from tests.policy.samples import BERLIN, NEW_YORK, SHANGHAI, changed, default, in_zone, shanghai


@pytest.mark.parametrize(
    ("now", "opens"),
    [
        ("2026-03-03 21:59", "2026-03-03 21:59"),
        ("2026-03-03 22:00", "2026-03-04 08:00"),
        ("2026-03-04 00:00", "2026-03-04 08:00"),
        ("2026-03-04 07:59", "2026-03-04 08:00"),
        ("2026-03-04 08:00", "2026-03-04 08:00"),
        ("2026-03-07 12:00", "2026-03-07 12:00"),  # a Saturday is a day
    ],
)
def test_nights_are_quiet_in_the_customer_s_own_time(now: str, opens: str) -> None:
    assert may_disturb(default(), SHANGHAI, shanghai(now)) == shanghai(opens)


@pytest.mark.parametrize(
    ("now", "opens"),
    [
        ("2026-03-06 21:59", "2026-03-06 21:59"),
        ("2026-03-06 22:00", "2026-03-09 08:00"),  # Friday night: not Saturday morning but Monday
        ("2026-03-07 12:00", "2026-03-09 08:00"),
        ("2026-03-08 23:59", "2026-03-09 08:00"),
        ("2026-03-09 08:00", "2026-03-09 08:00"),
    ],
)
def test_marketing_waits_for_monday(now: str, opens: str) -> None:
    assert may_disturb(default(), SHANGHAI, shanghai(now), marketing=True) == shanghai(opens)


def test_marketing_on_weekends_is_one_word_in_the_file() -> None:
    policy = parse(changed("marketing_on_weekends: false", "marketing_on_weekends: true"))
    saturday = shanghai("2026-03-07 12:00")
    assert may_disturb(policy, SHANGHAI, saturday, marketing=True) == saturday


@pytest.mark.parametrize(
    ("now", "opens"),
    [("2026-03-07 23:00", "2026-03-08 08:00"), ("2026-10-31 23:00", "2026-11-01 08:00")],
)
def test_a_night_in_which_the_clocks_change_ends_at_eight(now: str, opens: str) -> None:
    assert may_disturb(default(), NEW_YORK, in_zone(now, NEW_YORK)) == in_zone(opens, NEW_YORK)


def test_quiet_hours_may_lie_within_a_day_or_not_exist() -> None:
    siesta = parse(changed('starts: "22:00"', 'starts: "13:00"', ('ends: "08:00"', 'ends: "15:00"')))
    assert may_disturb(siesta, SHANGHAI, shanghai("2026-03-03 13:00")) == shanghai("2026-03-03 15:00")
    assert may_disturb(siesta, SHANGHAI, shanghai("2026-03-03 23:00")) == shanghai("2026-03-03 23:00")
    never = parse(changed('ends: "08:00"', 'ends: "22:00"'))
    assert may_disturb(never, SHANGHAI, shanghai("2026-03-03 22:00")) == shanghai("2026-03-03 22:00")


def company_in(*zones: str) -> Policy:
    return parse(changed("other_zones: []", f"other_zones: [{', '.join(zones)}]"))


def test_for_an_unknown_zone_it_is_day_in_all_of_the_company_s() -> None:
    both = company_in("Europe/Berlin")  # shared: 08:00 to 15:00 in Berlin, 15:00 to 22:00 in Shanghai (winter)
    assert may_disturb(both, None, shanghai("2026-03-03 10:00")) == in_zone("2026-03-03 08:00", BERLIN)
    assert may_disturb(both, None, shanghai("2026-03-03 21:59")) == shanghai("2026-03-03 21:59")
    assert may_disturb(both, None, shanghai("2026-03-03 22:00")) == in_zone("2026-03-04 08:00", BERLIN)
    assert may_disturb(default(), None, shanghai("2026-03-03 10:00")) == shanghai("2026-03-03 10:00")


def test_zones_that_share_no_day_leave_the_company_s_main_one() -> None:
    around = company_in("Europe/Berlin", "America/Los_Angeles", "Pacific/Auckland")
    assert may_disturb(around, None, shanghai("2026-03-03 23:00")) == shanghai("2026-03-04 08:00")


def test_where_the_clock_repeats_the_end_of_the_night_the_night_is_over() -> None:
    early = parse(changed('ends: "08:00"', 'ends: "01:30"'))
    again = in_zone("2026-11-01 01:10", NEW_YORK).replace(hour=6)  # 01:10 shown for the second time
    assert again.astimezone(ZoneInfo("America/New_York")).fold == 1
    assert may_disturb(early, NEW_YORK, again) == again
