"""When the menu of a chat in which a team works reads otherwise than its team does, or the team has left."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Final

from scheduler.policy.document import Policy
from scheduler.rules.due import due
from storage.inbox import Event
from storage.store import Store

CHANNELS: Final = frozenset({"telegram"})
"""Where every chat has a menu of its own; all others offer one for everybody, or none."""
OFFERED: Final = "menus of teams"
"""The setting that keeps which places were offered their team's menu, and in which language; none if that failed."""


def team_menus_due(store: Store, now: datetime, policy: Policy) -> Iterable[Event]:
    """Find whether places of teams want another menu; what failed is tried again a day later, or by a new policy."""
    wanted = {place: language for place, language in policy.places.items() if place.partition(":")[0] in CHANNELS}
    if wanted != (store.settings.get(OFFERED) or {}):
        yield due("team menus due", f"{store.policies.newest_version()}:{now:%Y-%m-%d}", places=wanted)
