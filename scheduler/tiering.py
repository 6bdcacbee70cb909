"""Tiering: figures from orders, the tier that the policy gives for them, and the next due touch, written where changed.

Bands of the policy are numbers: they are read in the currency of the customer's orders, whatever the policy's own is.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from functools import cached_property, partial
from typing import Any, Final
from zoneinfo import ZoneInfo

from dateutil.relativedelta import relativedelta

from scheduler.due_touches import DueTouches
from scheduler.policy.calendars import moment
from scheduler.policy.document import Policy
from scheduler.policy.figures import Figures, Verdict
from scheduler.policy.schemes import ShareBands
from scheduler.policy.tiers import tier_of, tiers_of_all
from scheduler.reasons import kept
from storage.customers import Customer
from storage.orders import Totals
from storage.rows import Conflict, in_chunks
from storage.store import InTransaction, Store

CHUNK: Final = 100
"""Customers of one transaction: some 10 ms, well under the 50 ms that others may wait."""
ATTEMPTS: Final = 5
"""How often a chunk is worked out again when people keep changing its customers."""
INSTANT: Final = timedelta(microseconds=1)
WARNING_MONTHS: Final = 6
"""Months without a purchase after which a customer's stage is a churn warning (the figure of value bands)."""

Choice = Callable[[Store], list[Customer]]
Placed = tuple[Customer, Mapping[str, Any]]


@dataclass
class Tiering:
    """What a tiering found: customers by tier, how many moved from one tier to another, how many rows changed."""

    as_of: date
    tiers: Counter[str] = field(default_factory=Counter)
    moved: Counter[tuple[str, str]] = field(default_factory=Counter)
    written: int = 0

    def note(self, old: Customer, new: Mapping[str, Any]) -> None:
        self.tiers[new["tier"]] += 1
        if old.tier is not None and old.tier != new["tier"]:
            self.moved[old.tier, new["tier"]] += 1


@dataclass(frozen=True)
class Sorting:
    """The day whose end figures are as of, and the 12 months before it, by the company's clock."""

    policy: Policy
    as_of: date
    ranked: Mapping[str, Verdict]
    touches: DueTouches

    @property
    def zone(self) -> ZoneInfo:
        return self.policy.company.zone

    @cached_property
    def until(self) -> datetime:
        return moment(self.zone, self.as_of + timedelta(days=1), time()) - INSTANT

    @cached_property
    def since(self) -> datetime:
        first = self.as_of - relativedelta(months=12) + timedelta(days=1)
        return moment(self.zone, first, time()) - INSTANT

    def places(self, store: Store, choice: Choice) -> list[Placed]:
        """Work out everything that tiering writes, for the customers of a choice, changed or not."""
        chosen = choice(store)
        totals = self.totals(store, chosen)
        return [(customer, self._place(customer, totals.get(customer.id))) for customer in chosen]

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
            first_purchase=self._day(totals.first_at),
            last_purchase=self._day(totals.last_at),
            stage=self._stage(totals),
        )

    def _place(self, customer: Customer, totals: Totals | None) -> Mapping[str, Any]:
        currency = totals.currency if totals else customer.currency
        verdict = self.ranked.get(customer.id) or self._verdict(totals, currency)
        first = totals.first_at if totals else None
        return {
            "tier": verdict.tier,
            "tier_mark": verdict.mark,
            "tier_since": customer.tier_since if verdict.tier == customer.tier else self._begin,
            "tier_why": kept(verdict.reasons),
            "currency": currency,
            "spent": totals.spent if totals else Decimal(),
            "orders": totals.orders if totals else 0,
            "first_order_at": first,
            "last_order_at": totals.last_at if totals else None,
            "since": min(filter(None, (customer.since, first)), default=None),
            **self._touch(customer, verdict.tier, totals),
        }

    def _verdict(self, totals: Totals | None, currency: str | None) -> Verdict:
        policy = self.policy
        if currency is not None and currency != policy.currency:
            policy = policy.model_copy(update={"currency": currency})
        return tier_of(policy, self.figures(totals), self.as_of)

    def _touch(self, customer: Customer, tier: str, totals: Totals | None) -> Mapping[str, Any]:
        """Keep the due touch, and how far its reminders have come, unless what it is counted from has changed."""
        last_order = totals.last_at if totals else None
        ordered = customer.last_touch_at is None and last_order != customer.last_order_at
        if customer.touch_due_at is not None and tier == customer.tier and not ordered:
            return {name: getattr(customer, name) for name in ("touch_due_at", "touch_rung", "touch_next_at")}
        due, first = self.touches.of(customer, tier, totals)
        return {"touch_due_at": due, "touch_rung": 0, "touch_next_at": first}

    @cached_property
    def _begin(self) -> datetime:
        return moment(self.zone, self.as_of, time())

    def _day(self, at: datetime | None) -> date | None:
        return at and at.astimezone(self.zone).date()

    def _stage(self, totals: Totals) -> str:
        """Say where a customer stands for the ranking of share bands."""
        first, last = self._day(totals.first_at), self._day(totals.last_at)
        if first is None or last is None or self.as_of >= last + relativedelta(months=WARNING_MONTHS):
            return "churn_warning"
        return "new" if self.as_of - first < self.policy.cadence.new_customers.first else "returning"


def retier(
    read: InTransaction,
    write: InTransaction,
    *,
    policy: Policy,
    as_of: date,
    now: datetime,
    customer_ids: Sequence[str] | None = None,
) -> Tiering:
    """Sort customers into tiers by their orders up to the end of `as_of`; all of them if none are named.

    Share bands rank customers against each other, so there everybody is sorted again. Reads in one transaction a
    chunk, writes in another only where something changed; run again, it writes nothing.

    Raises:
        Conflict: somebody kept changing the same customers.
    """
    sorting = _sorting(read, policy, as_of, now)
    tiering = Tiering(as_of)
    for choice in _choices(read, None if sorting.ranked else customer_ids):
        places = read(partial(sorting.places, choice=choice))
        for old, new in places:
            tiering.note(old, new)
        tiering.written += _write(read, write, sorting, places)
    return tiering


def _sorting(read: InTransaction, policy: Policy, as_of: date, now: datetime) -> Sorting:
    today = now.astimezone(policy.company.zone).date()
    owners = {person.id: person for person in read(lambda store: store.staff.everyone())}
    touches = DueTouches(policy, now, max(today - as_of, timedelta()), owners)
    unranked = Sorting(policy, as_of, {}, touches)
    if not isinstance(policy.tiers.scheme, ShareBands):
        return unranked
    return Sorting(policy, as_of, tiers_of_all(policy, _everyones_figures(read, unranked), as_of), touches)


def _everyones_figures(read: InTransaction, sorting: Sorting) -> dict[str, Figures]:
    figures: dict[str, Figures] = {}
    for choice in _choices(read, None):
        figures |= read(partial(_figures, sorting=sorting, choice=choice))
    return figures


def _figures(store: Store, sorting: Sorting, choice: Choice) -> dict[str, Figures]:
    chosen = choice(store)
    totals = sorting.totals(store, chosen)
    return {customer.id: sorting.figures(totals.get(customer.id)) for customer in chosen}


def _choices(read: InTransaction, customer_ids: Sequence[str] | None) -> Iterator[Choice]:
    """Cut the customers into chunks: those that are named, or everybody by id."""
    if customer_ids is not None:
        for ids in in_chunks(customer_ids, CHUNK):
            yield partial(_by_ids, ids=ids)
        return
    after = ""
    while ids := read(partial(_ids, after=after)):
        yield partial(_by_ids, ids=ids)
        after = ids[-1]


def _ids(store: Store, after: str) -> list[str]:
    return store.customers.ids(after, CHUNK)


def _by_ids(store: Store, ids: Sequence[str]) -> list[Customer]:
    return store.customers.by_ids(ids)


def _write(read: InTransaction, write: InTransaction, sorting: Sorting, places: Sequence[Placed]) -> int:
    """Write what differs; what somebody changed since it was read is worked out again, outside the transaction."""
    written = 0
    for _ in range(ATTEMPTS):
        changed = [(old, new) for old, new in places if _differs(old, new)]
        if not changed:
            return written
        done = write(partial(_place, places=changed))
        written += done
        if done == len(changed):
            return written
        places = read(partial(sorting.places, choice=partial(_by_ids, ids=[old.id for old, _ in changed])))
    raise Conflict


def _place(store: Store, places: Sequence[Placed]) -> int:
    return store.customers.place(places)


def _differs(old: Customer, new: Mapping[str, Any]) -> bool:
    return any(getattr(old, name) != value for name, value in new.items())


def _newest(totals: Totals) -> tuple[float, str]:
    return (totals.last_at.timestamp() if totals.last_at else 0.0), totals.currency
