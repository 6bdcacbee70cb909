"""When something has to be said about a ticket's promise."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from scheduler.policy.document import Policy
from scheduler.rules.due import AT_ONCE, due
from storage.inbox import Event
from storage.store import Store


def promises_watched(store: Store, now: datetime, policy: Policy) -> Iterable[Event]:
    """Find tickets whose next warning has come."""
    watched = store.tickets.watched(now, AT_ONCE)
    return [due("promise watched", f"{t.number}:{t.watch_at:%Y%m%dT%H%M%S}", ticket=t.number) for t in watched]


def resolved_long_ago(store: Store, now: datetime, policy: Policy) -> Iterable[Event]:
    """Find resolved tickets that the customer has left unanswered for long enough to close them."""
    resolved = store.tickets.resolved_before(now - policy.conversation.auto_close, AT_ONCE)
    return [due("ticket settled", f"{t.number}:{t.reopened}", ticket=t.number) for t in resolved]
