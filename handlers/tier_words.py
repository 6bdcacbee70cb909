"""The arguments of the commands about tiers, and how a crossing from one tier into another is worded."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Annotated, Any, Literal

from pydantic import Field

from handlers.arguments import Args, Line, Whom
from handlers.cards import Button, Row
from handlers.context import Context
from prompts.phrases import zone_named
from scheduler.policy.calendars import moment
from scheduler.policy.document import Policy
from scheduler.policy.schemes import tiers_in
from scheduler.reasons import told
from storage.customers import Customer
from storage.tier_moves import TierMove

Way = Literal["up", "down", "across"]
WAS = "was-"
URGENCY: Mapping[Way, int] = {"down": 1, "up": 2, "across": 3}


class OneCustomer(Args):
    customer: Whom


class Moves(Args):
    days: Annotated[int, Field(ge=1, le=366)] = 30


class MovesSince(Args):
    after: Line
    whose: Literal["mine", "team"] = "mine"


def tier_label(policy: Policy, tier: str | None, language: str) -> str | None:
    """Name a tier as the policy does; one of a scheme that is not in use by the name it has there."""
    schemes = (policy.tiers.scheme, *policy.tiers.presets.values())
    return next(
        (entry.label.said_in(language) for scheme in schemes for entry in tiers_in(scheme) if entry.id == tier), tier
    )


def day_said(ctx: Context, day: date) -> str:
    """Say a day of the company's calendar."""
    zone = ctx.policy.company.zone
    return ctx.t.day(moment(zone, day, time()), zone.key, ctx.now)


@dataclass(frozen=True)
class Crossing:
    """One crossing with the customer as they are now."""

    move: TierMove
    customer: Customer
    policy: Policy

    @property
    def way(self) -> Way:
        """Tell whether it went up or down; between two schemes there is neither."""
        ranks = {entry.id: place for place, entry in enumerate(self.policy.tiers.in_use())}
        if self.move.old not in ranks or self.move.new not in ranks:
            return "across"
        return "up" if ranks[self.move.new] < ranks[self.move.old] else "down"

    @property
    def is_lost(self) -> bool:
        """Tell whether somebody is to be won back: a mark of better days came with the crossing, and still stands."""
        return bool(self.move.mark and self.move.mark.startswith(WAS)) and self.customer.tier_mark == self.move.mark

    @property
    def urgency(self) -> int:
        return 0 if self.is_lost else URGENCY[self.way]

    def row(self, ctx: Context, *, about: Iterable[str] = ()) -> Row:
        """Say the crossing on the first line, on the second what it is about and why; with what can be done."""
        why = dict(told(self.move.why))
        more = [*about, *self._mark(ctx), *_rest(ctx, why)]
        return Row(text=f"{self.headline(ctx, why)}\n{' · '.join(more)}".strip(), buttons=self._buttons(ctx))

    def headline(self, ctx: Context, why: Mapping[str, Mapping[str, Any]]) -> str:
        said: dict[str, Any] = {
            "name": self.customer.name,
            "old": self._label(ctx, self.move.old),
            "new": self._label(ctx, self.move.new),
        }
        money, silent = why.get("policy-why-money"), why.get("policy-why-silent")
        if silent and self.way == "down":
            return ctx.t("tier-fell-silent", **said, months=silent["months"])
        if money and self.way != "across":
            amount = ctx.t.money(money["money"], money["currency"])
            return ctx.t(f"tier-went-{self.way}", **said, money=amount)
        return ctx.t("tier-moved", **said, way=self.way)

    def _label(self, ctx: Context, tier: str | None) -> str:
        return tier_label(self.policy, tier, ctx.t.language) or ctx.t("policy-tier", tier="none")

    def _mark(self, ctx: Context) -> Iterable[str]:
        if self.is_lost:
            yield ctx.t("tier-win-back", was=mark_said(ctx, self.policy, self.move.mark))

    def _buttons(self, ctx: Context) -> tuple[Button, ...]:
        show = Button(label=ctx.t("row-show"), command="who", args={"customer": self.customer.id})
        if not self.is_lost:
            return (show,)
        return (wake_up(ctx, self.customer), show)


def wake_up(ctx: Context, customer: Customer) -> Button:
    args = {"customer": customer.id, "purpose": "wake_up"}
    return Button(label=ctx.t("tier-draft-wake-up"), command="draft", args=args)


def mark_said(ctx: Context, policy: Policy, mark: str | None) -> str:
    """Say a mark such as `was-strategic`; nothing if there is none."""
    if not mark:
        return ""
    return ctx.t("tier-was", tier=tier_label(policy, mark.removeprefix(WAS), ctx.t.language))


def _rest(ctx: Context, why: Mapping[str, Mapping[str, Any]]) -> Iterable[str]:
    """Say the reasons that the first line did not: the money of somebody silent, the last purchase, a rank, a score."""
    for key, values in why.items():
        match key:
            case "policy-why-money" if "policy-why-silent" in why:
                yield ctx.t("tier-money", money=ctx.t.money(values["money"], values["currency"]))
            case "policy-why-money" | "policy-why-silent":
                continue
            case "policy-why-last-purchase":
                yield ctx.t("tier-last-purchase", day=day_said(ctx, values["day"]))
            case _:
                yield ctx.t(key, **values)


def on_day(ctx: Context, at: datetime) -> str:
    return ctx.t.day(at, zone_named(ctx.zone).key, ctx.now)
