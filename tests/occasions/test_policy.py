"""What the policy says about occasions: festivals by culture, and what holds where an older policy says nothing."""

from __future__ import annotations

from datetime import date

import pytest

from scheduler.occasion_days import festivals_on, same_day_before
from scheduler.policy.country import festival_day
from scheduler.policy.document import BadPolicy, default_text, parse
from tests.occasions.house import SHANGHAI, at

FESTIVALS = [
    ("CN", "Chinese New Year (Spring Festival)", date(2023, 1, 22)),
    ("CN", "Chinese New Year (Spring Festival)", date(2027, 2, 6)),
    ("CN", "Dragon Boat Festival", date(2026, 6, 19)),
    ("CN", "Mid-Autumn Festival", date(2026, 9, 25)),
    ("CN", "Mid-Autumn Festival", date(2031, 10, 1)),  # on the day of another one
    ("CN", "National Day", date(2026, 10, 1)),
    ("GB", "Christmas Day", date(2027, 12, 25)),  # not the Monday on which it is observed
    ("GB", "New Year's Day", date(2028, 1, 1)),
]


@pytest.mark.parametrize(("country", "holiday", "day"), FESTIVALS)
def test_a_festival_is_the_first_day_of_its_holiday(country: str, holiday: str, day: date) -> None:
    assert festival_day(country, holiday, day.year) == day
    assert all(festival_day(country, holiday, other) != day for other in (day.year - 1, day.year + 1))


def test_each_festival_of_the_default_falls_on_one_day_a_year() -> None:
    policy = parse(default_text())
    days = [date.fromordinal(n) for n in range(date(2026, 1, 1).toordinal(), date(2027, 1, 1).toordinal())]
    found = [festival.id for festival, _ in festivals_on(policy, days)]
    assert sorted(found) == sorted(festival.id for festival in policy.occasions.festivals)


def test_a_policy_from_before_there_were_occasions_has_the_default_ones() -> None:
    text = default_text()
    before = text[: text.index("# ── Occasions")] + text[text.index("# ── ", text.index("\noccasions:") + 1) :]
    assert "\noccasions:" not in before
    assert parse(before) == parse(text)


BROKEN = [
    ("holiday: Mid-Autumn Festival", "holiday: Moon Cake Day", "no-such-holiday"),
    ("country: CN, holiday: Dragon", "country: XX, holiday: Dragon", "country"),
    ("id: mid_autumn", "id: dragon_boat", "twice"),
    ("renewal: [90, 60, 30]", "renewal: [90, 90, 30]", "twice"),
    ("maintenance: 30 ", "maintenance: 0 ", "too-small"),
    ('send_at: "09:00"', 'send_at: "25:00"', "clock-time"),
]


@pytest.mark.parametrize(("old", "new", "kind"), BROKEN)
def test_a_mistake_is_told_by_its_line(old: str, new: str, kind: str) -> None:
    assert default_text().count(old) == 1, old
    with pytest.raises(BadPolicy) as told:
        parse(default_text().replace(old, new))
    assert [problem.kind for problem in told.value.problems] == [kind]


SAME_DAYS = [
    # kept on, began on, is the same day of the year
    ("2026-11-24", "2024-11-24", True),
    ("2026-11-24", "2024-11-23", False),
    ("2026-11-24", "2026-11-24", False),
    ("2027-02-28", "2024-02-29", True),
    ("2027-02-28", "2025-02-28", True),
    ("2028-02-28", "2024-02-29", False),
    ("2028-02-29", "2024-02-29", True),
    ("2027-03-01", "2024-02-29", False),
]


@pytest.mark.parametrize(("kept", "began", "same"), SAME_DAYS)
def test_years_are_complete_on_the_same_day(kept: str, began: str, *, same: bool) -> None:
    spans = same_day_before(SHANGHAI, date.fromisoformat(kept))
    for clock in ("00:00", "23:59"):
        assert any(first <= at(began, clock) < last for first, last in spans) is same
