"""When customers' tiers have to be looked at again."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime
from typing import Final

from scheduler.policy.document import Policy
from scheduler.rules.due import AT_ONCE, due
from scheduler.tier_reviews import is_behind, standing
from storage.inbox import Event
from storage.rows import in_chunks
from storage.store import Store

CHUNK: Final = 50
"""Customers of one review, which reads and writes in one transaction: some 10 ms, 40 ms if all of them move."""
LANE: Final = "tier reviews"
"""Reviews go one after another, each in a transaction of its own, so that nobody waits for more than one."""


def tiers_reviewed(store: Store, now: datetime, policy: Policy) -> Iterable[Event]:
    """Find whose tier time may have changed, in chunks, and whether new thresholds call for everybody.

    While some of them wait there are no more; a chunk that could not be handled is tried again on another day.
    """
    waiting, known = store.tier_reviews.due(now, AT_ONCE), standing(store)
    behind = is_behind(store, known)
    if not (waiting or behind) or store.inbox.unsettled([LANE], now):
        return []
    today = now.astimezone(policy.company.zone).date()
    events = [*_reviews(waiting, today)]
    if behind:
        step = f"{store.policies.newest_version()}:{known.begun_at}:{known.after}:{today}"
        events.append(due("tiers called", step, one_after_another=LANE))
    return events


def _reviews(waiting: Sequence[tuple[str, int]], today: date) -> Iterator[Event]:
    for chunk in in_chunks(waiting, CHUNK):
        seen = hashlib.blake2b(repr(chunk).encode(), digest_size=16).hexdigest()
        ids = [id_ for id_, _ in chunk]
        yield due("tiers reviewed", f"{seen}:{today}", one_after_another=LANE, customers=ids)
