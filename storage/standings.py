"""Standings: what decides whether somebody may be written to unasked, read for several people at once."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import BindParameter, bindparam, select

from storage.contacts import Contact, contacts
from storage.feedback import feedback
from storage.rows import Rows
from storage.tickets import tickets

_held = (
    select(*(contacts.c[name] for name in Contact.__dataclass_fields__))
    .where(contacts.c.id.in_(bindparam("ids", expanding=True)))
    .order_by(contacts.c.id)
    .with_for_update(key_share=True)
)
_customers: BindParameter[list[str]] = bindparam("customers", expanding=True)
_complaining = (
    select(tickets.c.customer_id)
    .where(tickets.c.customer_id.in_(_customers), tickets.c.type == "complaint")
    .where(tickets.c.status.in_(("new", "taken", "waiting")))
)
_grieving = (
    select(feedback.c.customer_id)
    .where(feedback.c.customer_id.in_(_customers), feedback.c.at > bindparam("since"))
    .where(feedback.c.kind == "complaint", feedback.c.ticket.is_(None))
)


class Standings(Rows):
    """Who may be written to."""

    def held(self, contact_ids: Collection[str]) -> dict[str, Contact]:
        """Read contacts as they are now, and let no other transaction decide about them until this one ends."""
        found = self._all(Contact, _held, contacts, ids=sorted(contact_ids))
        return {contact.id: contact for contact in found}

    def complaining(self, customer_ids: Collection[str], since: datetime) -> set[str]:
        """Tell which of these customers have a complaint open, whoever works on it.

        That is one whose ticket is unsettled, or one from `since` on that no ticket carries.
        """
        asked = list(customer_ids)
        open_ones = self._select(_complaining, tickets, customers=asked)
        heard = self._select(_grieving, feedback, customers=asked, since=since)
        return {row.customer_id for row in (*open_ones, *heard)}
