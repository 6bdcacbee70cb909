"""Which tier a customer belongs to, and why (客户分层)."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import TypeVar

from dateutil.relativedelta import relativedelta

from scheduler.policy.document import Policy
from scheduler.policy.figures import Figures, Verdict
from scheduler.policy.ranking import standings
from scheduler.policy.schemes import ShareBands, ValueBands, ValueTier, WeightedDimensions
from scheduler.policy.units import Step

__all__ = ["Figures", "Verdict", "tier_of", "tiers_of_all"]

Key = TypeVar("Key")


def tier_of(policy: Policy, figures: Figures, today: date) -> Verdict:
    """Return the tier of one customer under the scheme in use; share bands need `figures.standing`."""
    scheme = policy.tiers.scheme
    match scheme:
        case ValueBands():
            return _by_value(scheme, figures, today, policy.currency)
        case ShareBands():
            return _by_share(scheme, figures)
        case WeightedDimensions():
            return _by_score(scheme, figures)


def tiers_of_all(policy: Policy, customers: Mapping[Key, Figures], today: date) -> dict[Key, Verdict]:
    """Return the tier of every customer; share bands rank them against each other."""
    scheme = policy.tiers.scheme
    if isinstance(scheme, ShareBands):
        above = standings(scheme, customers)
        customers = {key: replace(figures, standing=above[key]) for key, figures in customers.items()}
    return {key: tier_of(policy, figures, today) for key, figures in customers.items()}


def _by_value(scheme: ValueBands, figures: Figures, today: date, currency: str) -> Verdict:
    band = next(entry for entry in scheme.entries if entry.takes(figures.money))
    money: Step = ("policy-why-money", {"money": figures.money, "currency": currency, "tier": band.id})
    if not _is_silent(scheme, figures, today) or band.id == scheme.silence.tier:
        return Verdict(band.id, None, (money, *_since(figures)))
    silent: Step = ("policy-why-silent", {"months": scheme.silence.months, "tier": scheme.silence.tier})
    if _is_spared(band, figures):
        spared: Step = ("policy-why-spared", {"potential": figures.potential or 0, "tier": band.id})
        return Verdict(band.id, None, (money, *_since(figures), spared))
    mark = f"was-{band.id}" if band.marked_when_silent else None
    return Verdict(scheme.silence.tier, mark, (money, *_since(figures), silent))


def _is_silent(scheme: ValueBands, figures: Figures, today: date) -> bool:
    """Recency wins over money: silent from the day on which so many calendar months have passed since a purchase."""
    if figures.last_purchase is None:
        return False
    return today >= figures.last_purchase + relativedelta(months=scheme.silence.months)


def _is_spared(band: ValueTier, figures: Figures) -> bool:
    least = band.spared_at_potential
    return least is not None and figures.potential is not None and figures.potential >= least


def _since(figures: Figures) -> tuple[Step, ...]:
    if figures.last_purchase is None:
        return (("policy-why-never-bought", {}),)
    return (("policy-why-last-purchase", {"day": figures.last_purchase}),)


def _by_share(scheme: ShareBands, figures: Figures) -> Verdict:
    if figures.standing is None:
        last = scheme.entries[-1].id
        return Verdict(last, None, (("policy-why-unranked", {"tier": last}),))
    above, reached = figures.standing * 100, 0
    for entry in scheme.entries:
        reached += entry.percent
        if above < reached:
            break
    return Verdict(entry.id, None, (("policy-why-rank", {"percent": int(above), "tier": entry.id}),))


def _by_score(scheme: WeightedDimensions, figures: Figures) -> Verdict:
    risk = figures.churn_risk
    if risk is not None and risk >= scheme.churn.risk_at_least:
        reason: Step = ("policy-why-churn", {"risk": risk, "bound": scheme.churn.risk_at_least})
        return Verdict(scheme.churn.tier, None, (reason,))
    known = [dimension for dimension in scheme.dimensions if dimension.id in figures.dimensions]
    weight = sum(dimension.weight for dimension in known)
    if not weight:
        last = scheme.entries[-1].id
        return Verdict(last, None, (("policy-why-no-scores", {"tier": last}),))
    points = sum(dimension.weight * figures.dimensions[dimension.id] for dimension in known)
    score = Decimal(points) / weight
    tier = next(entry for entry in scheme.entries if score >= entry.at_least).id
    missing = len(scheme.dimensions) - len(known)
    reasons: list[Step] = [("policy-why-score", {"score": round(score, 1), "tier": tier})]
    if missing:
        reasons.append(("policy-why-missing-scores", {"count": missing}))
    return Verdict(tier, None, tuple(reasons))
