"""Who crosses from one tier into another: by an order, by a correction, by time alone, by new thresholds."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest

from bot.hands import Hands
from bot.operations import accept_policy
from scheduler import tiering
from scheduler.reasons import told
from scheduler.tier_reviews import standing
from storage.tier_reviews import TierReviews
from tests.policy.samples import changed
from tests.tiers.shop import Shop

INSTANT = timedelta(seconds=1)


def test_an_order_that_moves_a_customer_leaves_a_crossing_with_its_reasons_and_a_first_placing_leaves_none(
    shop: Shop,
) -> None:
    shop.sells(("Acme", 40, 5000))
    assert (shop.known("Acme").tier, shop.moves("Acme")) == ("growth", [])
    shop.sells(("Acme", 0, 7300))
    (move,) = shop.moves("Acme")
    assert (move.old, move.new, move.at, move.scheme, move.policy) == (
        "growth",
        "strategic",
        shop.world.now,
        "value_bands",
        1,
    )
    assert told(move.why)[0] == (
        "policy-why-money",
        {"money": Decimal(12300), "currency": "CNY", "tier": "strategic"},
    )
    shop.sells(("Acme", 0, 10))
    assert len(shop.moves("Acme")) == 1, "a customer who stays does not cross"


def test_a_cancellation_and_a_corrected_order_move_a_customer_back(shop: Shop) -> None:
    shop.brings(f"N1,{shop.day(9)},1,12000,Acme,Acme,CN", f"N2,{shop.day(8)},1,500,Acme,Acme,CN")
    shop.brings(f"C1,{shop.day(1)},-1,3000,Acme,Acme,CN")
    shop.brings(f"N1,{shop.day(9)},1,3100,Acme,Acme,CN")
    assert shop.path("Acme") == [("strategic", "growth"), ("growth", "dormant")]
    assert shop.known("Acme").spent == Decimal(600)


def test_six_months_of_silence_are_complete_with_the_first_moment_of_the_day_and_leave_a_mark(shop: Shop) -> None:
    shop.sells(("Acme", 0, 12000))
    day = date(2027, 5, 23)  # bought on 23 November
    shop.goes_to(shop.at(day) - INSTANT)
    assert shop.known("Acme").tier == "strategic"
    shop.goes_to(shop.at(day))
    customer = shop.known("Acme")
    assert (customer.tier, customer.tier_mark, customer.tier_since) == ("dormant", "was-strategic", shop.at(day))
    assert [(move.old, move.new, move.mark, move.at) for move in shop.moves("Acme")] == [
        ("strategic", "dormant", "was-strategic", shop.at(day))
    ]


def test_money_that_is_older_than_a_year_stops_counting_order_by_order(shop: Shop) -> None:
    shop.sells(("Acme", 360, 9000), ("Acme", 100, 1500), ("Acme", 1, 500))
    assert shop.known("Acme").tier == "strategic"
    gone = date(2026, 11, 28)  # 360 days before the 23rd was 28 November 2025
    shop.goes_to(shop.at(gone) - INSTANT)
    assert shop.known("Acme").spent == Decimal(11000)
    shop.goes_to(shop.at(gone))
    assert (shop.known("Acme").spent, shop.known("Acme").orders) == (Decimal(2000), 2)
    assert shop.path("Acme") == [("strategic", "growth")]
    assert shop.known("Acme").tier_review_at == shop.at(date(2027, 5, 22)), "bought on the 22nd: silent in May"


def test_who_cannot_change_is_never_reviewed(shop: Shop) -> None:
    shop.sells(("Acme", 0, 50))
    shop.customer("Newcomer")
    assert shop.known("Newcomer").tier_review_at is None
    shop.goes_to(shop.at(date(2027, 11, 23)))
    assert (shop.known("Acme").spent, shop.known("Acme").tier_review_at) == (Decimal(), None)


def test_a_missed_week_is_one_review(shop: Shop, monkeypatch: pytest.MonkeyPatch) -> None:
    shop.sells(("Acme", 362, 9000), ("Acme", 360, 1500), ("Acme", 181, 50))
    reviewed: list[object] = []
    due = TierReviews.due

    def noted(self: TierReviews, *when: object) -> list[tuple[str, int]]:
        found = due(self, *when)  # type: ignore[arg-type]
        reviewed.extend(found)
        return found

    shop.works_off(1)
    monkeypatch.setattr(TierReviews, "due", noted)
    shop.world.sleeps(days=7)
    assert shop.path("Acme") == [("strategic", "dormant")], "growth, and then dormant: nobody saw it happen"
    assert len(reviewed) == 1
    shop.works_off()
    assert len(reviewed) == 1


def test_new_thresholds_place_everybody_by_them_and_say_by_which_version(shop: Shop) -> None:
    shop.sells(*((f"K{n}", n % 100, 6000) for n in range(730)))
    shop.works_off(3)
    shop.world.adopt(changed("over: 10000", "over: 5000"))
    shop.works_off()
    for name in ("K0", "K364", "K729"):
        (move,) = shop.moves(name)
        assert (move.old, move.new, move.policy) == ("growth", "strategic", 2)
    found = shop.world.ask(lambda store: store.customers.page("", 1000))
    assert {customer.tier for customer in found} == {"strategic"}
    shop.world.adopt(changed("over: 10000", "over: 7000"))
    shop.works_off()
    assert shop.path("K729")[1:] == [("strategic", "growth")], "at the same moment of a stopped clock"


def test_a_policy_that_leaves_the_thresholds_as_they_are_reviews_nobody(shop: Shop) -> None:
    shop.sells(("Acme", 40, 6000))
    shop.works_off(2)
    before = shop.known("Acme")
    shop.world.adopt(changed("over: 10000", "over: 5000"))
    shop.works_off(4)
    after = shop.known("Acme")
    assert after.tier == "strategic"
    assert after.version > before.version
    shop.world.adopt(changed("over: 10000", "over: 5000", ("auto_close: 48 h", "auto_close: 24 h")))
    shop.works_off(4)
    assert shop.known("Acme").version == after.version
    thresholds = shop.world.ask(standing)
    assert (thresholds.policy, thresholds.since, thresholds.after) == (3, 2, None)


def test_who_is_placed_by_an_older_policy_while_a_new_one_comes_is_placed_again(shop: Shop) -> None:
    shop.sells(("Acme", 40, 6000))
    shop.works_off(2)
    change = shop.world.change

    def late(work: Any) -> Any:
        if getattr(work, "func", None) is tiering._place:
            shop.world.change = change  # type: ignore[method-assign]
            shop.world.adopt(changed("over: 10000", "over: 5000"))
            shop.works_off()
            assert shop.known("Acme").tier == "strategic", "everybody was called to review before the older one wrote"
        return change(work)

    shop.world.change = late  # type: ignore[method-assign]
    shop.sells(("Acme", 0, 10))
    shop.works_off(2)
    assert shop.path("Acme") == [("growth", "strategic"), ("strategic", "growth"), ("growth", "strategic")]


def test_a_scheme_that_ranks_everybody_is_in_force_as_soon_as_it_is_accepted(shop: Shop) -> None:
    shop.sells(*((f"K{n}", n, 1000 - n) for n in range(1, 11)))
    world = shop.world
    hands = Hands(world.change, world.ask, lambda: world.now, lambda: world.bot.policies.current)
    accept_policy(hands, text=changed("use: value_bands", "use: share_bands"))
    shop.works_off(3)
    found = world.ask(lambda store: store.customers.page("", 20))
    assert Counter(customer.tier for customer in found) == {"core": 2, "potential": 6, "base": 2}
    assert [(move.new, move.scheme, move.policy) for move in shop.moves("K1")] == [("core", "share_bands", 2)]


def test_a_chunk_that_cannot_be_handled_holds_nobody_else_up(shop: Shop, monkeypatch: pytest.MonkeyPatch) -> None:
    shop.sells(*((f"K{n}", 360, 6000) for n in range(90)), ("Other", 0, 1))
    shop.works_off(2)
    last = shop.known("K89").id
    bad = shop.world.ask(lambda store: [customer.id for customer in store.customers.page("", 90)])[0]
    review = tiering.retier

    def spoiled(*how: Any, **what: Any) -> Any:
        if bad in what["customer_ids"]:
            raise ValueError("spoiled")
        return review(*how, **what)

    monkeypatch.setattr("scheduler.tier_reviews.retier", spoiled)
    shop.goes_to(shop.at(date(2026, 11, 28)))
    for _ in range(8):
        shop.world.sleeps(minutes=20)
    assert shop.world.ask(lambda store: store.customers.get(last)).spent == 0  # type: ignore[union-attr]
    monkeypatch.undo()
    shop.world.sleeps(days=1)
    shop.works_off(3)
    assert shop.world.ask(lambda store: store.customers.get(bad)).spent == 0  # type: ignore[union-attr]
