"""Outlook: what would move a customer into another tier: so much more money, or the time that passes without any."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal

from dateutil.relativedelta import relativedelta

from scheduler.policy.figures import Figures, Verdict
from scheduler.policy.schemes import ValueBands
from scheduler.sorting import Sorting, leaves_on
from storage.customers import Customer
from storage.store import Store

Leaving = tuple[date, Decimal]
"""A day, and the money that is older than 12 months from then on."""


@dataclass(frozen=True)
class Rise:
    """So much more makes it this tier, up to and including that day; then older orders stop counting.

    With `is_over` it has to be more than the amount; an amount of nothing means that any order does it.
    """

    tier: str
    amount: Decimal
    is_over: bool
    until: date | None


@dataclass(frozen=True)
class Change:
    """The tier from that day on if nothing is bought until then."""

    tier: str
    day: date


@dataclass(frozen=True)
class Outlook:
    """The figures of the 12 months from `since` to `until`, the tier they give, and what would change it."""

    since: date
    until: date
    figures: Figures
    currency: str | None
    verdict: Verdict
    rise: Rise | None = None
    change: Change | None = None


def outlook_of(store: Store, sorting: Sorting, customer: Customer) -> Outlook:
    """Look ahead for one customer; schemes that rank or score are decided by more than money and time."""
    totals = sorting.totals(store, [customer]).get(customer.id)
    figures, currency = sorting.figures(totals), totals.currency if totals else customer.currency
    verdict = sorting.verdict(figures, currency, sorting.as_of)
    since = sorting.as_of - relativedelta(months=12) + timedelta(days=1)
    known = Outlook(since, sorting.as_of, figures, currency, verdict)
    scheme = sorting.policy.tiers.scheme
    if not isinstance(scheme, ValueBands):
        return known
    leaving = _leaving(store, sorting, customer, currency)
    return replace(known, rise=_rise(scheme, known, leaving), change=_change(scheme, sorting, known, leaving))


def _leaving(store: Store, sorting: Sorting, customer: Customer, currency: str | None) -> list[Leaving]:
    if currency is None:
        return []
    amounts = store.orders.amounts(customer.id, currency, sorting.since, sorting.until)
    return [(leaves_on(at.astimezone(sorting.zone).date()), amount) for at, amount in amounts]


def _rise(scheme: ValueBands, known: Outlook, leaving: Sequence[Leaving]) -> Rise | None:
    """Find the next better tier, and what is missing to it; a purchase also ends a silence."""
    tiers = [entry.id for entry in scheme.entries]
    place, money = tiers.index(known.verdict.tier), known.figures.money
    by_money = next(n for n, entry in enumerate(scheme.entries) if entry.takes(money))
    if by_money < place:
        return Rise(tiers[by_money], Decimal(), is_over=False, until=_last_day(leaving))
    if place == 0:
        return None
    better = scheme.entries[place - 1]
    missing = (better.bound or Decimal()) - money
    return Rise(better.id, missing, is_over=better.over is not None, until=_last_day(leaving))


def _last_day(leaving: Sequence[Leaving]) -> date | None:
    """Tell how long today's money counts in full."""
    first = min((day for day, amount in leaving if amount > 0), default=None)
    return first and first - timedelta(days=1)


def _change(scheme: ValueBands, sorting: Sorting, known: Outlook, leaving: Sequence[Leaving]) -> Change | None:
    """Let time pass without an order until the tier is another."""
    for day in _days(scheme, known, leaving):
        gone = sum((amount for leaves, amount in leaving if leaves <= day), Decimal())
        figures = replace(known.figures, money=known.figures.money - gone)
        tier = sorting.verdict(figures, known.currency, day).tier
        if tier != known.verdict.tier:
            return Change(tier, day)
    return None


def _days(scheme: ValueBands, known: Outlook, leaving: Sequence[Leaving]) -> Iterator[date]:
    days = {day for day, _ in leaving}
    last = known.figures.last_purchase
    if last is not None:
        days.add(last + relativedelta(months=scheme.silence.months))
    yield from sorted(day for day in days if day > known.until)
