"""When customers are due to be contacted."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

from scheduler.policy.document import Policy
from scheduler.rules.due import AT_ONCE, due
from storage.inbox import Event
from storage.store import Store

TRIED_AGAIN = timedelta(days=1)
"""So long after its dead letter an owner's bundle is tried afresh; until then operators can replay that one."""


def touches_due(store: Store, now: datetime, policy: Policy) -> Iterable[Event]:
    """Find the owners who have something to hear about their customers' next touches; one event each, bundled.

    While one of an owner waits or could not be handled there is no second: a fault costs one event, not one a beat.
    """
    owners = {f"touches:{owner}": owner for owner in store.due.owners_due(now, AT_ONCE)}
    under_way = store.inbox.unsettled(owners, now - TRIED_AGAIN)
    return [
        due("touches due", f"{owner}:{now.timestamp():.6f}", one_after_another=conversation, owner=owner)
        for conversation, owner in owners.items()
        if conversation not in under_way
    ]
