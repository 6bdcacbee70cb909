"""When the calendar gives a reason to write: once a company day for dates, day by day for contracts and products."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import datetime, timedelta

from scheduler.occasion_days import company_day, looked_on
from scheduler.policy.document import Policy
from scheduler.rules.due import AT_ONCE, due
from storage.inbox import Event
from storage.store import Store

TRIED_AGAIN = timedelta(days=1)
"""So long after its dead letter an owner's share is tried afresh."""


def days_looked_through(store: Store, now: datetime, policy: Policy) -> Iterable[Event]:
    """Find that a company day has begun on which birthdays, anniversaries and festivals were not looked for yet."""
    today = company_day(policy, now).isoformat()
    return [] if looked_on(store) == today else [due("occasions looked for", today)]


def agreements_due(store: Store, now: datetime, policy: Policy) -> Iterable[Event]:
    """Find the owners of contracts that end and of products whose maintenance comes; one event each."""
    owners = store.agreements.owners_due(company_day(policy, now), AT_ONCE)
    return _one_each("agreements due", owners, store, now)


def occasions_open(store: Store, now: datetime, policy: Policy) -> Iterable[Event]:
    """Find the owners who are to be asked about occasions by now; one event each."""
    return _one_each("occasions open", store.occasions.owners_open(now, AT_ONCE), store, now)


def _one_each(kind: str, owners: Collection[str | None], store: Store, now: datetime) -> Iterable[Event]:
    """Leave one event an owner; while one waits or could not be handled there is no second."""
    conversations = {f"{kind}:{owner}": owner for owner in owners}
    under_way = store.inbox.unsettled(conversations, now - TRIED_AGAIN)
    return [
        due(kind, f"{owner}:{now.timestamp():.6f}", one_after_another=conversation, owner=owner)
        for conversation, owner in conversations.items()
        if conversation not in under_way
    ]
