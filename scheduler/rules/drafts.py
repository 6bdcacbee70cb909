"""When a draft has waited too long for a yes."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from scheduler.policy.document import Policy
from scheduler.rules.due import AT_ONCE, due
from storage.inbox import Event
from storage.store import Store


def drafts_expired(store: Store, now: datetime, policy: Policy) -> Iterable[Event]:
    """Find drafts whose facts are stale by now."""
    return [due("draft expired", draft.id, draft=draft.id) for draft in store.drafts.expired(now, AT_ONCE)]
