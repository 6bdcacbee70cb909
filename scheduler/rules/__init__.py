"""Every reason to speak unasked: one function each, from (store, now, policy) to due events."""

from collections.abc import Callable, Iterable
from datetime import datetime
from typing import Final

from scheduler.policy.document import Policy
from scheduler.rules.contacts import contacts_due, labels_due
from scheduler.rules.drafts import drafts_expired
from scheduler.rules.menus import team_menus_due
from scheduler.rules.mornings import mornings
from scheduler.rules.occasions import agreements_due, days_looked_through, occasions_open
from scheduler.rules.tickets import promises_watched, resolved_long_ago
from scheduler.rules.tiers import tiers_reviewed
from scheduler.rules.touches import touches_due
from storage.inbox import Event
from storage.store import Store

Rule = Callable[[Store, datetime, Policy], Iterable[Event]]

RULES: Final[tuple[Rule, ...]] = (
    promises_watched,
    resolved_long_ago,
    touches_due,
    drafts_expired,
    tiers_reviewed,
    days_looked_through,
    agreements_due,
    occasions_open,
    mornings,
    contacts_due,
    labels_due,
    team_menus_due,
)
