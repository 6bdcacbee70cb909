"""May it go? Consent, complaints, the cap and hours of one contact, asked alike at making, at sending and at leaving."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from scheduler.policy.consent import Permission, Standing, permission
from scheduler.policy.document import Policy
from scheduler.policy.units import MessageKind, zone_of
from storage.contacts import Contact
from storage.customers import Customer
from storage.drafts import Draft
from storage.store import Store

AS_POLICY_SAYS: Final[dict[str, MessageKind]] = {
    "follow_up": "follow_up",
    "value": "value_content",
    "renewal": "renewal",
    "wake_up": "wake_up",
    "greeting": "greeting",
    "maintenance": "maintenance",
    "apology": "apology",
}
"""What drafts are for, in the words of the policy."""


def may_write(
    store: Store, policy: Policy, customer: Customer, contact: Contact, purpose: str, earliest: datetime
) -> Permission:
    """Tell whether and when a message of this purpose may go to a contact, from `earliest` on.

    Whoever goes on to send it holds the contact first (`Contacts.held`): two who ask at once would both hear yes.
    """
    others = _underway(store, policy, contact, earliest)
    return _asked(store, policy, customer, contact, purpose, earliest, [draft.counts_at for draft in others])


def may_leave(
    store: Store, policy: Policy, customer: Customer, contact: Contact, draft: Draft, now: datetime
) -> Permission:
    """Ask again in the moment in which a draft's message is to leave: by then only what left before it counts."""
    others = [
        other.counts_at
        for other in _underway(store, policy, contact, now)
        if other.id != draft.id and (other.left_at or other.leaves_at is None)
    ]
    return _asked(store, policy, customer, contact, draft.purpose, now, others)


def _underway(store: Store, policy: Policy, contact: Contact, at: datetime) -> list[Draft]:
    capped = [purpose for purpose, kind in AS_POLICY_SAYS.items() if policy.consent.rule(kind).capped]
    return store.drafts.underway(contact.id, capped, at - policy.consent.cap_within)


def _asked(
    store: Store,
    policy: Policy,
    customer: Customer,
    contact: Contact,
    purpose: str,
    at: datetime,
    others: list[datetime | None],
) -> Permission:
    since = at - policy.consent.complaint_holds
    standing = Standing(
        opted_out=contact.opted_out_at is not None,
        agreed=contact.agreed_at is not None,
        complaint_open=store.tickets.has_complaint(customer.id) or store.feedback.has_grievance(customer.id, since),
        others=tuple(moment for moment in others if moment),
        zone=zone_of(contact.zone or customer.zone),
    )
    return permission(policy, AS_POLICY_SAYS[purpose], standing, at)
