"""Tiering: customers sorted by their orders, written where something changed, each crossing with its reasons."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from functools import lru_cache, partial
from typing import Any, Final

from scheduler import books
from scheduler.due_touches import DueTouches
from scheduler.policy.document import Policy, parse_accepted
from scheduler.policy.figures import Figures
from scheduler.policy.schemes import ShareBands
from scheduler.policy.tiers import tiers_of_all
from scheduler.sorting import Choice, Placed, Sorting
from storage.columns import new_id
from storage.customers import Customer
from storage.rows import Conflict, in_chunks
from storage.store import InTransaction, Store
from storage.tier_moves import TierMove

CHUNK: Final = 100
"""Customers of one transaction: some 10 ms, well under the 50 ms that others may wait."""
ATTEMPTS: Final = 5
"""How often a chunk is worked out again when people keep changing its customers."""


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


def retier(
    read: InTransaction,
    write: InTransaction,
    *,
    policy: Policy,
    as_of: date,
    now: datetime,
    customer_ids: Sequence[str] | None = None,
    is_over: bool = False,
) -> Tiering:
    """Sort customers into tiers by their orders up to the end of `as_of`; all of them if none are named.

    The accepted policy decides; `policy` does where none was accepted yet. Share bands rank customers against each
    other, so there everybody is sorted again. Reads in one transaction a chunk, writes in another only where something
    changed; run again, it writes nothing. From `as_of` on time goes on by itself, if the books are kept; `is_over` says
    that there may be orders after that day, so that everybody is reviewed soon.

    Raises:
        Conflict: somebody kept changing the same customers.
    """
    sorting = replace(read(partial(sorting_of, policy=policy, as_of=as_of, now=now)), is_over=is_over)
    sorting = replace(sorting, touches=replace(sorting.touches, due_days=partial(_due_days, read)))
    if isinstance(sorting.policy.tiers.scheme, ShareBands):
        figures = _everyones_figures(read, sorting)
        sorting = replace(sorting, ranked=tiers_of_all(sorting.policy, figures, as_of))
    tiering = Tiering(as_of)
    for choice in _choices(read, None if sorting.ranked else customer_ids):
        places = read(partial(sorting.places, choice=choice))
        for old, new in places:
            tiering.note(old, new)
        tiering.written += _write(read, write, sorting, places)
    return tiering


def sorting_of(store: Store, policy: Policy, as_of: date, now: datetime) -> Sorting:
    """Make ready to sort as of a day, by the accepted policy; `policy` is taken where none was accepted yet."""
    version, policy = in_force(store, policy)
    today = now.astimezone(policy.company.zone).date()
    owners = {person.id: person for person in store.staff.ever()}  # what somebody who left has, stays on their calendar
    touches = DueTouches(policy, now, max(today - as_of, timedelta()), owners, store.customers.due_days)
    goes_on = books.are_kept(store, policy, as_of, today)
    return Sorting(policy, version, as_of, now, {}, touches, goes_on)


def _due_days(read: InTransaction, owner_id: str, since: datetime) -> dict[datetime, int]:
    return read(lambda store: store.customers.due_days(owner_id, since))


def in_force(store: Store, otherwise: Policy) -> tuple[int, Policy]:
    """Give the policy in force with its version: another replica may have accepted a newer one a moment ago."""
    accepted = store.policies.newest()
    return (accepted.version, read_accepted(accepted.text)) if accepted else (0, otherwise)


@lru_cache(maxsize=8)
def read_accepted(text: str) -> Policy:
    """Read an accepted policy, the same text once."""
    return parse_accepted(text)


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
        done = write(partial(_place, sorting=sorting, places=changed))
        written += done
        if done == len(changed):
            return written
        places = read(partial(sorting.places, choice=partial(_by_ids, ids=[old.id for old, _ in changed])))
    raise Conflict


def _place(store: Store, sorting: Sorting, places: Sequence[Placed]) -> int:
    """Write the places of customers that are as they were read, and who of them crossed; count them."""
    if store.policies.newest_version() != sorting.version:  # accepted meanwhile: these are reviewed by that one
        places = [(old, {**new, "tier_review_at": sorting.now}) for old, new in places]
    same = store.tier_reviews.unchanged(places)
    store.customers.place(same)
    for old, new in same:
        if old.tier is not None and old.tier != new["tier"]:
            store.tier_moves.add(_move(sorting, old, new))
    return len(same)


def _move(sorting: Sorting, old: Customer, new: Mapping[str, Any]) -> TierMove:
    return TierMove(
        id=new_id(),
        customer_id=old.id,
        at=sorting.now,
        old=old.tier,
        new=new["tier"],
        scheme=sorting.policy.tiers.use,
        policy=sorting.version,
        mark=new["tier_mark"],
        why=new["tier_why"],
        told_at=None if old.owner_id else sorting.now,  # nobody to tell: the team's digest names it
    )


def _differs(old: Customer, new: Mapping[str, Any]) -> bool:
    return any(getattr(old, name) != value for name, value in new.items())
