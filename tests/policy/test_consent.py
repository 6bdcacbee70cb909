"""What stands in the way of a message that nobody asked for, as tables with both sides of each edge."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest

from scheduler.policy.consent import Standing, is_crowded, permission
from scheduler.policy.document import parse
from tests.policy.samples import SHANGHAI, changed, default

NOON = datetime(2026, 11, 23, 12, tzinfo=SHANGHAI)
DAY, SECOND = timedelta(days=1), timedelta(seconds=1)
TWO = (NOON - 3 * DAY, NOON - DAY)


@pytest.mark.parametrize(
    ("kind", "state", "why"),
    [
        ("follow_up", {}, None),
        ("follow_up", {"opted_out": True}, "opted-out"),
        ("apology", {"opted_out": True, "complaint_open": True, "others": TWO}, None),
        ("wake_up", {"agreed": False}, "no-consent"),
        ("wake_up", {}, None),
        ("renewal", {"agreed": False}, None),
        ("renewal", {"complaint_open": True}, "complaint"),
        ("maintenance", {"complaint_open": True}, "complaint"),
        ("greeting", {"others": TWO[:1]}, None),
        ("greeting", {"others": TWO}, "cap"),
        ("wake_up", {"opted_out": True, "agreed": False, "complaint_open": True, "others": TWO}, "opted-out"),
    ],
)
def test_what_stands_in_the_way(kind: Any, state: dict[str, Any], why: str | None) -> None:
    assert permission(default(), kind, Standing(**({"agreed": True} | state)), NOON).obstacle == why


@pytest.mark.parametrize(
    ("days", "crowded"),
    [
        ((), False),
        ((-1,), False),
        ((-1, -2), True),
        ((-7, -1), False),
        ((-6.99, -1), True),
        ((-1, 6), False),  # the first and the last are seven days apart
        ((-1, 5.99), True),
        ((1, 2), True),
        ((1, 7), False),
        ((-6, 6), False),
        ((-6, 0.5), True),
        ((-20, -19, -18), False),
    ],
)
def test_no_span_of_seven_days_holds_more_than_two(days: tuple[float, ...], crowded: bool) -> None:  # noqa: FBT001
    moments = [NOON + timedelta(days=day) for day in days]
    assert is_crowded(default().consent, moments, NOON) is crowded


def test_a_cap_of_nothing_lets_nothing_pass_and_a_cap_of_one_one() -> None:
    nothing, one = (parse(changed("cap: 2 ", f"cap: {cap} ")) for cap in (0, 1))
    assert is_crowded(nothing.consent, [], NOON)
    assert not is_crowded(one.consent, [], NOON)
    assert is_crowded(one.consent, [NOON - DAY], NOON)


@pytest.mark.parametrize(
    ("kind", "asked", "leaves"),
    [
        ("follow_up", "2026-11-23T21:59", "2026-11-23T21:59"),
        ("follow_up", "2026-11-23T22:00", "2026-11-24T08:00"),
        ("apology", "2026-11-23T23:00", "2026-11-24T08:00"),
        ("follow_up", "2026-11-28T12:00", "2026-11-28T12:00"),
        ("wake_up", "2026-11-27T21:59", "2026-11-27T21:59"),
        ("wake_up", "2026-11-28T12:00", "2026-11-30T08:00"),
    ],
)
def test_it_leaves_in_the_contacts_own_day_and_marketing_on_no_weekend(kind: Any, asked: str, leaves: str) -> None:
    asked_at, leaves_at = (datetime.fromisoformat(at).replace(tzinfo=SHANGHAI) for at in (asked, leaves))
    assert permission(default(), kind, Standing(agreed=True, zone=SHANGHAI), asked_at).at == leaves_at


def test_the_cap_is_counted_where_it_leaves_not_where_it_was_asked() -> None:
    """Asked on Saturday, a wake-up leaves on Monday morning: what left the Monday before is out of its week."""
    saturday = datetime(2026, 11, 28, 12, tzinfo=SHANGHAI)
    monday = datetime(2026, 11, 30, 8, tzinfo=SHANGHAI)
    late, early = (
        Standing(agreed=True, zone=SHANGHAI, others=(saturday, at))
        for at in (monday - 7 * DAY + SECOND, monday - 7 * DAY)
    )
    assert permission(default(), "wake_up", late, saturday).obstacle == "cap"
    assert permission(default(), "wake_up", early, saturday).obstacle is None
