"""Housekeeping: what can matter to nobody any more is forgotten, some of it at a time."""

from __future__ import annotations

from datetime import datetime

from storage.store import Store
from storage.vault import vault


def forget(store: Store, now: datetime) -> int:
    """Drop some of what has long ended, few enough to hold nobody up; tell how many rows that were.

    Chats have no order in which they grow old: each time another part of them is looked at.
    """
    anywhere = vault.blind(now.isoformat())
    ended = store.inbox.forget(now) + store.outbox.forget(now)
    ended += store.codes.forget(store.machine_now()) + store.ended_sessions.forget(store.machine_now())
    ended += store.invitations.forget(now)
    return ended + store.paces.forget(now, anywhere) + store.windows.forget(now, anywhere)
