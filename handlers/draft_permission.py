"""May it go? Consent, complaints, the cap and hours of one contact, asked alike at making, at sending and at leaving."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final

from scheduler.policy.consent import Permission, Standing, is_crowded, permission
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


People = Sequence[tuple[Customer, Contact]]


@dataclass
class Standings:
    """What is known of several contacts, read together in a few questions and good for one transaction."""

    policy: Policy
    troubled: frozenset[str]
    """Ids of customers who have a complaint open."""
    underway: dict[str, list[Draft]]
    """By contact: what left lately or is to leave."""

    @classmethod
    def read(cls, store: Store, policy: Policy, people: People, at: datetime) -> Standings:
        """Read what has to be known in order to write to these people from `at` on."""
        customers = {customer.id for customer, _ in people}
        troubled = store.standings.complaining(customers, at - policy.consent.complaint_holds)
        contacts = {contact.id for _, contact in people}
        underway: dict[str, list[Draft]] = {id_: [] for id_ in contacts}
        for draft in store.drafts.underway(contacts, AS_POLICY_SAYS, at - policy.consent.cap_within):
            underway[draft.contact_id].append(draft)
        return cls(policy, frozenset(troubled), underway)

    def may_write(self, customer: Customer, contact: Contact, purpose: str, earliest: datetime) -> Permission:
        """Tell whether and when a message of this purpose may go to one of them, from `earliest` on."""
        return self._asked(customer, contact, purpose, earliest, self.underway[contact.id])

    def may_leave(self, customer: Customer, contact: Contact, draft: Draft, now: datetime) -> Permission:
        """Ask again in the moment in which a draft's message is to leave: by then only what left before it counts."""
        others = [d for d in self.underway[contact.id] if d.id != draft.id and (d.left_at or d.leaves_at is None)]
        return self._asked(customer, contact, draft.purpose, now, others)

    def note(self, sent: Draft) -> None:
        """Take into account what was sent just now."""
        self.underway[sent.contact_id].append(sent)

    def _asked(
        self, customer: Customer, contact: Contact, purpose: str, at: datetime, others: Sequence[Draft]
    ) -> Permission:
        among = self._counted_with(purpose)
        moments = tuple(moment for other in others if other.purpose in among and (moment := other.counts_at))
        standing = Standing(
            opted_out=contact.opted_out_at is not None,
            agreed=contact.agreed_at is not None,
            complaint_open=customer.id in self.troubled,
            others=moments,
            zone=zone_of(contact.zone or customer.zone),
        )
        asked = permission(self.policy, AS_POLICY_SAYS[purpose], standing, at)
        if asked.obstacle is None and is_crowded(self.policy.consent, moments, asked.at):
            return replace(asked, obstacle="cap")
        return asked

    def _counted_with(self, purpose: str) -> frozenset[str]:
        """Name what counts together with a purpose: all that is capped; what is not, among its own kind.

        Words can be edited into anything: without a limit one grievance would let any number of messages through.
        """
        capped = frozenset(one for one, kind in AS_POLICY_SAYS.items() if self.policy.consent.rule(kind).capped)
        return capped if purpose in capped else frozenset({purpose})


def may_write(
    store: Store, policy: Policy, customer: Customer, contact: Contact, purpose: str, earliest: datetime
) -> Permission:
    """Tell whether and when a message of this purpose may go to a contact, from `earliest` on.

    Whoever goes on to send it holds the contact first (`Standings.held` of the store): two who ask at once would both hear yes.
    """
    known = Standings.read(store, policy, [(customer, contact)], earliest)
    return known.may_write(customer, contact, purpose, earliest)
