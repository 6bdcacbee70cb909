"""When WeCom's contacts are read anew, and whose tier moved, which is said there as well."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Final

from scheduler.policy.document import Policy
from scheduler.rules.due import due
from storage.inbox import Event
from storage.store import Store

READING: Final = "wecom contacts"
"""The setting that keeps how far the lists of contacts were read; it is there once an admin wanted that."""
SAID: Final = "wecom contacts said"
"""The setting that keeps of which crossing between tiers WeCom was told last."""
ANEW: Final = timedelta(days=1)
AT_ONCE: Final = 100


def contacts_due(store: Store, now: datetime, _policy: Policy) -> Iterable[Event]:
    """Find whether the lists are a day old; only where an admin ever had them read."""
    reading = store.settings.get(READING)
    if reading and now - datetime.fromisoformat(reading["at"]) >= ANEW:
        yield due("contacts due", reading["at"])


def labels_due(store: Store, _now: datetime, _policy: Policy) -> Iterable[Event]:
    """Find whose tier moved since the last one that WeCom was told of; what is overlooked the daily reading puts right."""
    reading = store.settings.get(READING)
    if not reading:
        return
    said = store.settings.get(SAID) or reading
    for move in store.tier_moves.after(datetime.fromisoformat(said["at"]), AT_ONCE):
        yield due("labels due", move.id, customer=move.customer_id, at=move.at.isoformat())
