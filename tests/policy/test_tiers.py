"""Who belongs to which tier, at both sides of each edge, and why."""

from datetime import date
from decimal import Decimal

import pytest

from prompts.phrases import LANGUAGES, phrases
from scheduler.policy.document import parse
from scheduler.policy.figures import Figures, Verdict
from scheduler.policy.ranking import _places
from scheduler.policy.tiers import tier_of, tiers_of_all
from tests.policy.samples import changed, default, with_scheme

TODAY = date(2026, 11, 23)
LATELY = date(2026, 11, 1)


def keys(verdict: Verdict) -> list[str]:
    return [key.removeprefix("policy-why-") for key, _ in verdict.reasons]


@pytest.mark.parametrize(
    ("money", "tier"),
    [
        ("10000.01", "strategic"),
        ("10000", "growth"),
        ("1000", "growth"),
        ("999.99", "dormant"),
        ("0", "dormant"),
        ("-50", "dormant"),  # more returned than bought
    ],
)
def test_value_bands_have_their_edges_where_the_policy_says(money: str, tier: str) -> None:
    assert tier_of(default(), Figures(money=Decimal(money), last_purchase=LATELY), TODAY).tier == tier


@pytest.mark.parametrize(
    ("last", "today", "tier", "mark"),
    [
        (date(2026, 5, 24), TODAY, "strategic", None),
        (date(2026, 5, 23), TODAY, "dormant", "was-strategic"),  # six months to the day
        (date(2026, 8, 31), date(2027, 2, 27), "strategic", None),
        (date(2026, 8, 31), date(2027, 2, 28), "dormant", "was-strategic"),  # February has no 31st
    ],
)
def test_recency_wins_over_money(last: date, today: date, tier: str, mark: str | None) -> None:
    verdict = tier_of(default(), Figures(money=Decimal(20000), last_purchase=last), today)
    assert (verdict.tier, verdict.mark) == (tier, mark)


@pytest.mark.parametrize(("potential", "tier"), [(70, "growth"), (69, "dormant"), (None, "dormant")])
def test_a_quiet_growth_customer_with_potential_is_not_dormant(potential: int | None, tier: str) -> None:
    figures = Figures(money=Decimal(5000), last_purchase=date(2026, 1, 5), potential=potential)
    verdict = tier_of(default(), figures, TODAY)
    assert (verdict.tier, verdict.mark) == (tier, None)


def test_a_quiet_strategic_customer_is_dormant_whatever_the_potential() -> None:
    figures = Figures(money=Decimal(50000), last_purchase=date(2026, 1, 5), potential=100)
    assert tier_of(default(), figures, TODAY).mark == "was-strategic"


def test_value_bands_give_their_reasons() -> None:
    silent = tier_of(default(), Figures(money=Decimal(20000), last_purchase=date(2026, 1, 5)), TODAY)
    assert keys(silent) == ["money", "last-purchase", "silent"]
    assert keys(tier_of(default(), Figures(), TODAY)) == ["money", "never-bought"]
    quiet = Figures(money=Decimal(5000), last_purchase=date(2026, 1, 5), potential=90)
    assert keys(tier_of(default(), quiet, TODAY)) == ["money", "last-purchase", "spared"]


@pytest.mark.parametrize(
    ("count", "sizes"), [(10, (2, 6, 2)), (5, (1, 3, 1)), (1, (1, 0, 0)), (11, (3, 6, 2)), (100, (20, 60, 20))]
)
def test_share_bands_split_everybody_by_rank(count: int, sizes: tuple[int, int, int]) -> None:
    customers = {
        number: Figures(orders=number, average_order=Decimal(number), money=Decimal(number)) for number in range(count)
    }
    verdicts = tiers_of_all(with_scheme("share_bands"), customers, TODAY)
    best_first = [verdicts[number].tier for number in reversed(range(count))]
    core, potential, base = sizes
    assert best_first == ["core"] * core + ["potential"] * potential + ["base"] * base


def test_ranks_weigh_order_value_frequency_and_stage() -> None:
    customers = {
        "large orders, back again": Figures(average_order=Decimal(900), orders=3, stage="returning"),
        "large orders, leaving": Figures(average_order=Decimal(900), orders=3, stage="churn_warning"),
        "many small orders": Figures(average_order=Decimal(10), orders=9, stage="returning"),
        "new": Figures(average_order=Decimal(50), orders=1, stage="new"),
        "gone": Figures(stage="unheard of"),
    }
    verdicts = tiers_of_all(with_scheme("share_bands"), customers, TODAY)
    ranked = sorted(customers, key=lambda name: int(str(verdicts[name].reasons[0][1]["percent"])))
    assert ranked[0] == "large orders, back again"
    assert ranked[-1] == "gone"
    assert verdicts["gone"].tier == "base"
    assert verdicts["large orders, leaving"].tier == "potential"


def test_equal_customers_are_told_apart_by_money_then_by_how_long_they_are_ours() -> None:
    customers = {
        "younger": Figures(money=Decimal(5), first_purchase=date(2026, 2, 2)),
        "older": Figures(money=Decimal(5), first_purchase=date(2020, 2, 2)),
        "richer": Figures(money=Decimal(6)),
    }
    policy = with_scheme("share_bands")
    verdicts = tiers_of_all(policy, customers, TODAY)
    assert [verdicts[name].reasons[0][1]["percent"] for name in ("richer", "older", "younger")] == [0, 33, 66]
    assert tiers_of_all(policy, dict(reversed(customers.items())), TODAY) == verdicts


def test_customers_with_the_same_figure_share_the_middle_of_their_places() -> None:
    assert _places([7, 1, 7, 9]) == [400, 100, 400, 700]  # of 800: 50, 12.5, 50 and 87.5 points


def test_nobody_and_the_unranked_are_no_trouble_to_share_bands() -> None:
    policy = with_scheme("share_bands")
    assert tiers_of_all(policy, {}, TODAY) == {}
    assert keys(tier_of(policy, Figures(), TODAY)) == ["unranked"]


@pytest.mark.parametrize(
    ("scores", "risk", "tier"),
    [
        ({"influence": 75, "scale": 75, "depth": 75, "openness": 75}, None, "strategic_core"),
        ({"influence": 75, "scale": 75, "depth": 75, "openness": 74}, None, "key_business"),  # 74.85
        ({"influence": 50, "scale": 50, "depth": 50, "openness": 50}, 69, "key_business"),
        ({"influence": 50, "scale": 50, "depth": 50, "openness": 50}, 70, "churn_warning"),
        ({"influence": 100, "scale": 100, "depth": 100, "openness": 100}, 100, "churn_warning"),
        ({"influence": 100, "scale": 100, "depth": 0, "openness": 0}, None, "key_business"),  # 60
        ({"influence": 49, "scale": 50, "depth": 50, "openness": 50}, None, "cultivation"),
        ({"influence": 80}, None, "strategic_core"),  # the known score counts for the others
        ({}, None, "cultivation"),
    ],
)
def test_weighted_dimensions_make_one_score(scores: dict[str, int], risk: int | None, tier: str) -> None:
    verdict = tier_of(with_scheme("four_dimensions"), Figures(dimensions=scores, churn_risk=risk), TODAY)
    assert verdict.tier == tier


def test_a_missing_score_is_said() -> None:
    verdict = tier_of(with_scheme("four_dimensions"), Figures(dimensions={"influence": 80}), TODAY)
    assert verdict.reasons[1] == ("policy-why-missing-scores", {"count": 3})


def test_every_reason_can_be_said_in_both_languages() -> None:
    quiet = date(2026, 1, 5)
    cases = [
        (default(), Figures(money=Decimal("20000.5"), last_purchase=quiet)),
        (default(), Figures(money=Decimal(5000), last_purchase=quiet, potential=90)),
        (default(), Figures()),
        (with_scheme("share_bands"), Figures()),
        (with_scheme("share_bands"), Figures(standing=Decimal("0.25"))),
        (with_scheme("four_dimensions"), Figures(dimensions={"influence": 80})),
        (with_scheme("four_dimensions"), Figures()),
        (with_scheme("four_dimensions"), Figures(churn_risk=88)),
    ]
    for policy, figures in cases:
        for key, args in tier_of(policy, figures, TODAY).reasons:
            assert all(phrases(language)(key, **args) for language in LANGUAGES)


def test_a_new_threshold_is_one_number_in_the_file() -> None:
    policy = parse(changed("over: 10000", "over: 20000"))
    assert tier_of(policy, Figures(money=Decimal(20000), last_purchase=LATELY), TODAY).tier == "growth"
