"""Sorting: figures from orders, the tier that the policy gives for them, and when time alone may change either.

Bands of the policy are numbers: they are read in the currency of the customer's orders, whatever the policy's own is.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from functools import cached_property
from typing import Any, Final
from zoneinfo import ZoneInfo

from dateutil.relativedelta import relativedelta

from scheduler.due_touches import DueTouches
from scheduler.policy.calendars import moment
from scheduler.policy.document import Policy
from scheduler.policy.figures import Figures, Verdict
from scheduler.policy.schemes import ShareBands, ValueBands
from scheduler.policy.tiers import tier_of
from scheduler.reasons import kept
from storage.customers import Customer
from storage.orders import Totals
from storage.store import Store

YEAR: Final = relativedelta(months=12)
INSTANT: Final = timedelta(microseconds=1)
WARNING_MONTHS: Final = 6
"""Months without a purchase after which a customer's stage is a churn warning (the figure of value bands)."""

Choice = Callable[[Store], list[Customer]]
Placed = tuple[Customer, Mapping[str, Any]]


@dataclass(frozen=True)
class Sorting:
    """The day whose end figures are as of, and the 12 months before it, by the company's clock.

    `version` is the accepted policy's. Where the books are a history, time does not go on: nobody is reviewed. A day
    that is over (`is_over`) may have orders after it, so there everybody is.
    """

    policy: Policy
    version: int
    as_of: date
    now: datetime
    ranked: Mapping[str, Verdict]
    touches: DueTouches
    goes_on: bool = True
    is_over: bool = False

    @property
    def zone(self) -> ZoneInfo:
        return self.policy.company.zone

    @cached_property
    def until(self) -> datetime:
        return moment(self.zone, self.as_of + timedelta(days=1), time()) - INSTANT

    @cached_property
    def since(self) -> datetime:
        return moment(self.zone, self.as_of - YEAR + timedelta(days=1), time()) - INSTANT

    def places(self, store: Store, choice: Choice) -> list[Placed]:
        """Work out everything that tiering writes, for the customers of a choice, changed or not."""
        chosen = choice(store)
        totals = self.totals(store, chosen)
        placed = [(customer, self._place(customer, totals.get(customer.id))) for customer in chosen]
        return self._as_climbed(store, placed)

    def _as_climbed(self, store: Store, placed: list[Placed]) -> list[Placed]:
        """Go on where a ladder stood that was climbed for the same moment: who comes back to a tier calls nobody twice."""
        moved = [customer.id for customer, new in placed if new["touch_due_at"] != customer.touch_due_at]
        climbed = store.reminders.climbed(moved)
        rungs = [climbed.get((customer.id, new["touch_due_at"]), 0) for customer, new in placed]
        return [
            (customer, {**new, **self.touches.on_rung(customer, new["touch_due_at"], rung)} if rung else new)
            for (customer, new), rung in zip(placed, rungs, strict=True)
        ]

    def totals(self, store: Store, chosen: Sequence[Customer]) -> dict[str, Totals]:
        """Add up each customer's orders in the currency of the newest: amounts of two currencies have no sum."""
        found: dict[str, Totals] = {}
        for totals in store.orders.totals(self.since, self.until, [customer.id for customer in chosen]):
            rival = found.get(totals.customer_id)
            if rival is None or _newest(totals) > _newest(rival):
                found[totals.customer_id] = totals
        return found

    def figures(self, totals: Totals | None) -> Figures:
        """Turn sums into what a tier is decided from."""
        if totals is None:
            return Figures()
        return Figures(
            money=totals.spent,
            orders=totals.orders,
            average_order=totals.spent / totals.orders if totals.orders else Decimal(),
            first_purchase=self.day(totals.first_at),
            last_purchase=self.day(totals.last_at),
            stage=self._stage(totals),
        )

    def verdict(self, figures: Figures, currency: str | None, day: date) -> Verdict:
        """Decide a tier as of a day, with the bands read in this currency."""
        policy = self.policy
        if currency is not None and currency != policy.currency:
            policy = policy.model_copy(update={"currency": currency})
        return tier_of(policy, figures, day)

    def day(self, at: datetime | None) -> date | None:
        return at and at.astimezone(self.zone).date()

    def _place(self, customer: Customer, totals: Totals | None) -> Mapping[str, Any]:
        currency = totals.currency if totals else customer.currency
        verdict = self.ranked.get(customer.id) or self.verdict(self.figures(totals), currency, self.as_of)
        first = totals.first_at if totals else None
        return {
            "tier": verdict.tier,
            "tier_mark": verdict.mark,
            "tier_since": customer.tier_since if verdict.tier == customer.tier else self._begin,
            "tier_why": kept(verdict.reasons),
            "tier_review_at": self._review_at(verdict.tier, totals),
            "currency": currency,
            "spent": totals.spent if totals else Decimal(),
            "orders": totals.orders if totals else 0,
            "first_order_at": first,
            "last_order_at": totals.last_at if totals else None,
            "since": min(filter(None, (customer.since, first)), default=None),
            **self._touch(customer, verdict.tier, totals),
        }

    def _review_at(self, tier: str, totals: Totals | None) -> datetime | None:
        """Tell when time alone may change figures or tier: a day that is over already means as soon as may be."""
        if not self.goes_on or isinstance(self.policy.tiers.scheme, ShareBands):
            return None
        if self.is_over:
            return moment(self.zone, self.as_of + timedelta(days=1), time())
        ahead = [day for day in self._changes(tier, totals) if day > self.as_of]
        return moment(self.zone, min(ahead), time()) if ahead else None

    def _changes(self, tier: str, totals: Totals | None) -> Iterator[date]:
        """Give the days on which the oldest order stops counting, and on which silence is complete."""
        if totals is None:
            return
        scheme, oldest, last = self.policy.tiers.scheme, self.day(totals.oldest_at), self.day(totals.last_at)
        if oldest is not None:
            yield leaves_on(oldest)
        if last is not None and isinstance(scheme, ValueBands) and tier != scheme.silence.tier:
            yield last + relativedelta(months=scheme.silence.months)

    def _touch(self, customer: Customer, tier: str, totals: Totals | None) -> Mapping[str, Any]:
        """Keep the due touch, and how far its reminders have come, unless what it is counted from has changed."""
        last_order = totals.last_at if totals else None
        ordered = customer.last_touch_at is None and last_order != customer.last_order_at
        known = {name: getattr(customer, name) for name in ("touch_due_at", "touch_rung", "touch_next_at")}
        if customer.touch_due_at is not None and tier == customer.tier and not ordered:
            return known
        due, first = self.touches.of(customer, tier, totals)
        if due == customer.touch_due_at:
            return known  # another tier, and due as before: what was said about it is not said again
        return {"touch_due_at": due, "touch_rung": 0, "touch_next_at": first}

    @cached_property
    def _begin(self) -> datetime:
        return moment(self.zone, self.as_of, time())

    def _stage(self, totals: Totals) -> str:
        """Say where a customer stands for the ranking of share bands."""
        first, last = self.day(totals.first_at), self.day(totals.last_at)
        if first is None or last is None or self.as_of >= last + relativedelta(months=WARNING_MONTHS):
            return "churn_warning"
        return "new" if self.as_of - first < self.policy.cadence.new_customers.first else "returning"


def leaves_on(day: date) -> date:
    """Give the first day whose 12 months do not hold an order of `day` any more."""
    gone = day + YEAR
    while gone - YEAR < day:  # of 29 February: a year later there is no such day
        gone += timedelta(days=1)
    return gone


def _newest(totals: Totals) -> tuple[float, str]:
    return (totals.last_at.timestamp() if totals.last_at else 0.0), totals.currency
