"""What a crossing does to the touch that is due: it may fall due on another day, and nothing is said twice."""

from __future__ import annotations

from datetime import timedelta
from zoneinfo import ZoneInfo

from tests.tiers.shop import Shop

BERLIN = ZoneInfo("Europe/Berlin")


def test_a_crossing_that_leaves_the_due_day_says_no_reminder_again(shop: Shop) -> None:
    li = shop.world.colleague("Li Na")
    shop.customer("A1", owner=li)
    shop.sells(("A1", 3, 500))  # new: weekly whatever the tier
    li.runs("log", customer="A1", words="called about the filters")
    shop.world.wait(days=3, step=timedelta(hours=1))
    before = shop.known("A1")
    assert before.touch_rung == 1, "ahead was said"
    shop.sells(("A1", 0, 20_000))
    after = shop.known("A1")
    assert (before.tier, after.tier) == ("dormant", "strategic")
    assert after.touch_due_at == before.touch_due_at
    assert (after.touch_rung, after.touch_next_at) == (before.touch_rung, before.touch_next_at)


def test_what_somebody_who_left_has_falls_due_on_their_own_calendar(shop: Shop) -> None:
    otto = shop.world.colleague("Otto Braun", zone="Europe/Berlin")
    shop.customer("A1", owner=otto)
    shop.sells(("A1", 150, 500))
    shop.world.change(lambda store: store.staff.change(otto.person.id, active=False))
    shop.sells(("A1", 0, 20_000))
    due = shop.known("A1").touch_due_at
    assert due is not None
    assert f"{due.astimezone(BERLIN):%H:%M}" == "08:30"


def test_who_crosses_away_and_back_before_the_due_day_is_called_about_once(shop: Shop) -> None:
    li = shop.world.colleague("Li Na")
    shop.customer("A1", owner=li)
    shop.sells(("A1", 300, 500), ("A1", 100, 2000))
    li.runs("log", customer="A1", words="called about the filters")
    before = shop.known("A1")
    assert before.tier == "growth"
    shop.world.wait(days=29, step=timedelta(hours=2))
    said = shop.known("A1")
    assert said.touch_due_at == before.touch_due_at
    assert said.touch_rung == 1, "ahead was said"
    shop.sells(("A1", 0, 20_000))
    assert shop.known("A1").touch_due_at != said.touch_due_at
    shop.sells(("A1", 0, -20_000))
    back = shop.known("A1")
    assert (back.tier, back.touch_due_at) == ("growth", said.touch_due_at)
    assert (back.touch_rung, back.touch_next_at) == (1, said.touch_due_at)
