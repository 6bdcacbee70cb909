"""When customers are due to be contacted."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from scheduler.policy.document import Policy
from scheduler.rules.due import AT_ONCE, due
from storage.inbox import Event
from storage.store import Store


def touches_due(store: Store, now: datetime, policy: Policy) -> Iterable[Event]:
    """Find the owners who have something to hear about their customers' next touches; one event each, bundled."""
    owners = store.customers.owners_due(now, AT_ONCE)
    return [
        due("touches due", f"{owner}:{now.timestamp():.6f}", one_after_another=f"touches:{owner}", owner=owner)
        for owner in owners
    ]
