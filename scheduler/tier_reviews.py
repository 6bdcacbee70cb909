"""Tier reviews: tiers that time alone may have changed, and everybody's once the policy has other thresholds."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Final, TypeVar

from scheduler import books
from scheduler.policy.document import Policy
from scheduler.policy.schemes import ShareBands
from scheduler.tiering import in_force, read_accepted, retier
from storage.store import InTransaction, Store

T = TypeVar("T")
THRESHOLDS: Final = "tier thresholds"
STEP: Final = 500
"""So many customers are called to review in one transaction: some milliseconds."""


@dataclass(frozen=True)
class Thresholds:
    """How far everybody's tier has come: by which policy's thresholds, since which version these hold.

    `after` is the customer up to whom all have been called to review; None when everybody has.
    """

    policy: int
    since: int
    after: str | None = None
    begun_at: str = ""


def review(store: Store, policy: Policy, customer_ids: Sequence[str], now: datetime) -> None:
    """Place customers anew as of today. A scheme that ranks all against all places them when orders come in.

    Raises:
        Conflict: somebody kept changing the same customers.
    """
    _, policy = in_force(store, policy)
    if isinstance(policy.tiers.scheme, ShareBands):
        store.tier_reviews.ask(customer_ids, None)
        return
    day = books.day_of(store, now.astimezone(policy.company.zone).date())
    books.note_review(store, day)

    def here(work: Callable[[Store], T]) -> T:
        return work(store)

    retier(here, here, policy=policy, as_of=day, now=now, customer_ids=customer_ids)


def rank_anew(read: InTransaction, write: InTransaction, policy: Policy, now: datetime) -> None:
    """Place everybody where all are ranked against all, because the policy may be another; writes what changed.

    Raises:
        Conflict: somebody kept changing the same customers.
    """
    _, policy = read(lambda store: in_force(store, policy))
    if isinstance(policy.tiers.scheme, ShareBands):
        today = now.astimezone(policy.company.zone).date()
        day = read(lambda store: books.day_of(store, today))
        retier(read, write, policy=policy, as_of=day, now=now)


def standing(store: Store) -> Thresholds:
    """Tell how far everybody's tier has come; the first policy asked about is taken as the one that placed them."""
    known = store.settings.get(THRESHOLDS)
    if known:
        return Thresholds(**known)
    version = store.policies.newest_version()
    first = Thresholds(version, version)
    _keep(store, first)
    return first


def is_behind(store: Store, known: Thresholds) -> bool:
    """Tell whether somebody may still be placed by other thresholds than those in force."""
    return known.after is not None or known.policy != store.policies.newest_version()


def catch_up(store: Store, now: datetime) -> None:
    """Go one step on: find whether a new policy has other thresholds, then call the next customers to review."""
    known = _compared(store, standing(store), now)
    if known.after is not None:
        known = Thresholds(
            known.policy, known.since, store.tier_reviews.ask_all(known.after, STEP, now), known.begun_at
        )
    _keep(store, known)


def begin_again(store: Store, now: datetime) -> None:
    """Have everybody called to review, because time goes on in books that were a history."""
    known = standing(store)
    _keep(store, Thresholds(known.policy, known.since, "", now.isoformat()))


def _compared(store: Store, known: Thresholds, now: datetime) -> Thresholds:
    newest, before = store.policies.newest(), store.policies.at(known.policy)
    if newest is None or newest.version == known.policy:
        return known
    if before is not None and _thresholds(before.text) == _thresholds(newest.text):
        return Thresholds(newest.version, known.since, known.after, known.begun_at)
    return Thresholds(newest.version, newest.version, "", now.isoformat())


def _thresholds(text: str) -> tuple[object, ...]:
    policy = read_accepted(text)
    return policy.tiers, policy.currency, policy.company.zone


def _keep(store: Store, known: Thresholds) -> None:
    store.settings.set(THRESHOLDS, asdict(known))
