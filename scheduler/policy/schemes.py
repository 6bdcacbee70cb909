"""How customers are sorted into tiers: value bands, share bands or weighted dimensions, each as data."""

from decimal import Decimal
from typing import Annotated, Literal

from pydantic import Field

from scheduler.policy.units import Id, Label, Money, Percent, Section


class TierEntry(Section):
    """What every tier has, whatever sorts customers into it."""

    id: Id
    label: Label
    named_person: bool = False


class ValueTier(TierEntry):
    """A band of money spent in the last 12 months; the last tier has no bound and takes everybody else."""

    over: Money | None = None
    at_least: Money | None = None
    marked_when_silent: bool = False
    spared_at_potential: Percent | None = None

    def takes(self, money: Decimal) -> bool:
        return (self.over is None or money > self.over) and (self.at_least is None or money >= self.at_least)

    @property
    def bound(self) -> Decimal | None:
        return self.at_least if self.over is None else self.over


class Silence(Section):
    """Who has bought nothing for so many calendar months belongs to this tier, however much they once spent."""

    months: Annotated[int, Field(ge=1, le=60)]
    tier: Id


class ValueBands(Section):
    """Scheme A: money over the last 12 months and recency."""

    scheme: Literal["value_bands"]
    entries: Annotated[tuple[ValueTier, ...], Field(min_length=2)]
    silence: Silence


class ShareTier(TierEntry):
    """A share of all customers, in percent, counted from the best."""

    percent: Annotated[int, Field(ge=1, le=100)]


class RankWeights(Section):
    """How much each figure counts when customers are ranked; the three add up to 100."""

    average_order: Percent
    orders: Percent
    stage: Percent


class ShareBands(Section):
    """Scheme B: customers ranked against each other."""

    scheme: Literal["share_bands"]
    entries: Annotated[tuple[ShareTier, ...], Field(min_length=2)]
    weights: RankWeights
    stages: dict[str, Percent]


class ScoreTier(TierEntry):
    """A band of the weighted score 0-100; the last one starts at 0."""

    at_least: Percent


class Warned(Section):
    """Who is likely to leave belongs to this tier, whatever the score."""

    tier: Id
    label: Label
    named_person: bool = False
    risk_at_least: Percent


class Dimension(Section):
    """One side of a customer, scored 0-100, and how much it counts; the weights add up to 100."""

    id: Id
    label: Label
    weight: Percent


class WeightedDimensions(Section):
    """Scheme C: scores for several dimensions, weighted."""

    scheme: Literal["weighted_dimensions"]
    dimensions: Annotated[tuple[Dimension, ...], Field(min_length=1)]
    entries: Annotated[tuple[ScoreTier, ...], Field(min_length=2)]
    churn: Warned


Scheme = Annotated[ValueBands | ShareBands | WeightedDimensions, Field(discriminator="scheme")]


class Tiers(Section):
    """The schemes that the company keeps, and the one in use."""

    use: Id
    presets: dict[Id, Scheme]

    @property
    def scheme(self) -> ValueBands | ShareBands | WeightedDimensions:
        return self.presets[self.use]

    def in_use(self) -> tuple[TierEntry, ...]:
        """Return the tiers of the scheme in use, best first, with the one that overrides the score at the end."""
        return tiers_in(self.scheme)

    def entry(self, tier: str | None) -> TierEntry | None:
        """Return a tier of the scheme in use, or None for one that it does not have."""
        return next((entry for entry in self.in_use() if entry.id == tier), None)

    def known(self) -> frozenset[str]:
        """Return the names of the tiers of all schemes that are kept."""
        return frozenset(entry.id for scheme in self.presets.values() for entry in tiers_in(scheme))


def tiers_in(scheme: ValueBands | ShareBands | WeightedDimensions) -> tuple[TierEntry, ...]:
    """Return the tiers of a scheme, best first."""
    if not isinstance(scheme, WeightedDimensions):
        return scheme.entries
    churn = scheme.churn
    return (*scheme.entries, TierEntry(id=churn.tier, label=churn.label, named_person=churn.named_person))
