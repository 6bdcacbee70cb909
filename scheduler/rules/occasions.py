"""When the calendar gives a reason to write: once a company day for dates, day by day for contracts and products."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

from scheduler.occasion_days import company_day, looked_on
from scheduler.policy.document import Policy
from scheduler.rules.due import AT_ONCE, due
from storage.inbox import Event
from storage.store import Store

ONE_LINE = "agreements due"
"""The conversation in which contracts and products are looked at, one share after the other."""
TRIED_AGAIN = timedelta(days=1)
"""So long after its dead letter an owner's share is tried afresh."""


def days_looked_through(store: Store, now: datetime, policy: Policy) -> Iterable[Event]:
    """Find that a company day has begun on which birthdays, anniversaries and festivals were not looked for yet."""
    today = company_day(policy, now).isoformat()
    return [] if looked_on(store) == today else [due("occasions looked for", today)]


def agreements_due(store: Store, now: datetime, policy: Policy) -> Iterable[Event]:
    """Find that contracts end or maintenance comes; one event, which goes on until none is left."""
    if not store.agreements.is_due(company_day(policy, now)) or store.inbox.unsettled([ONE_LINE], now - TRIED_AGAIN):
        return []
    return [due("agreements due", f"{now.timestamp():.6f}", one_after_another=ONE_LINE)]


def occasions_open(store: Store, now: datetime, policy: Policy) -> Iterable[Event]:
    """Find the owners who are to be asked about occasions by now; while one's event is under way there is no second."""
    owners = {f"occasions open:{owner}": owner for owner in store.occasions.owners_open(now, AT_ONCE)}
    under_way = store.inbox.unsettled(owners, now - TRIED_AGAIN)
    return [
        due("occasions open", f"{owner}:{now.timestamp():.6f}", one_after_another=conversation, owner=owner)
        for conversation, owner in owners.items()
        if conversation not in under_way
    ]
