"""What a tier is decided from, and the decision with its reasons."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from scheduler.policy.units import Step


@dataclass(frozen=True)
class Figures:
    """What is known of a customer: money in the policy's currency, orders of the last 12 months, scores 0-100.

    `standing` is the share of customers that rank above (0 for the best); share bands need it, and `tiers_of_all`
    works it out. `dimensions` are the scores of scheme C by the ids that the policy gives them.
    """

    money: Decimal = Decimal()
    orders: int = 0
    average_order: Decimal = Decimal()
    first_purchase: date | None = None
    last_purchase: date | None = None
    stage: str | None = None
    potential: int | None = None
    churn_risk: int | None = None
    dimensions: Mapping[str, int] = field(default_factory=dict)
    standing: Decimal | None = None


@dataclass(frozen=True)
class Verdict:
    """A tier, a mark such as `was-strategic` that stays visible beside it, and the reasons as text keys with args."""

    tier: str
    mark: str | None
    reasons: tuple[Step, ...]
