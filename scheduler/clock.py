"""The heartbeat's work: asks every rule what is due now and leaves each due moment in the inbox, once by its key."""

from __future__ import annotations

from datetime import datetime

from scheduler.policy.document import Policy
from scheduler.rules import RULES
from storage.store import Store


def beat(store: Store, now: datetime, policy: Policy) -> int:
    """Leave what is due in the inbox; give how many due moments were new.

    A rule says what is due now, never what changed since the last beat: a missed beat costs nothing.
    """
    due = [event for rule in RULES for event in rule(store, now, policy)]
    return len(store.inbox.add(due, now))
