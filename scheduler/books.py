"""The order books: kept up to this day, or a history that ended long ago and stands still."""

from __future__ import annotations

from datetime import date
from typing import Final

from dateutil.relativedelta import relativedelta

from scheduler.policy.document import Policy
from storage.store import Store

HISTORY: Final = relativedelta(months=6)
"""Books whose newest order is older are a history: a sample, an archive. As of today all of it would be silence."""
ENDED: Final = "order books ended on"
REVIEWED: Final = "tiers reviewed on"


def are_kept(store: Store, policy: Policy, as_of: date, today: date) -> bool:
    """Tell whether time goes on in the books: the day they are read as of is a late one, or so is any order."""
    if as_of + HISTORY > today:
        return True
    newest = store.orders.newest_at()
    return newest is not None and newest.astimezone(policy.company.zone).date() + HISTORY > today


def day_of(store: Store, today: date) -> date:
    """Give the day that tiers are as of: today, or the end of books that are a history."""
    ended = store.settings.get(ENDED)
    return date.fromisoformat(ended) if ended else today


def last_review(store: Store) -> date | None:
    """Tell as of which day tiers were reviewed last; what is placed as of an earlier one would turn the clock back."""
    reviewed = store.settings.get(REVIEWED)
    return date.fromisoformat(reviewed) if reviewed else None


def note_review(store: Store, day: date) -> None:
    """Remember as of which day tiers were reviewed; written once a day."""
    if last_review(store) != day:
        store.settings.set(REVIEWED, day.isoformat())


def has_ended(store: Store) -> bool:
    return store.settings.get(ENDED) is not None


def note_end(store: Store, as_of: date) -> None:
    """Remember that the books are a history which ended with this day."""
    store.settings.set(ENDED, as_of.isoformat())


def forget_end(store: Store) -> None:
    store.settings.take(ENDED)
