"""Claims: how visitors whom nobody knows say they are called and reached; read by colleagues, proof of nothing."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from sqlalchemy import Column, ForeignKey, Table, select

from storage.columns import Id, Moment, metadata, new_id
from storage.contacts import Contact, consents
from storage.identities import Identities
from storage.rows import Rows
from storage.vault import Sealed

PURPOSE: Final = "answer"
"""What a visitor agrees to: to be answered where they say. Messages unasked are another matter, and not touched."""
METHOD: Final = "web form"

contact_claims = Table(
    "contact_claims",
    metadata,
    Column("id", Id, primary_key=True),
    Column("contact_id", Id, ForeignKey("contacts.id"), nullable=False, index=True),
    Column("name", Sealed),
    Column("reach", Sealed, nullable=False),
    Column("at", Moment, nullable=False),
    Column("came_as", Id),
)


@dataclass(frozen=True, slots=True)
class Claim:
    """What somebody says of themselves: `reach` is a phone number or an e-mail address, as they wrote it.

    It is kept apart from what is on record: nobody is found by it, and it goes into no record by itself.
    """

    reach: str
    name: str | None = None


_of = select(contact_claims.c.reach, contact_claims.c.name).order_by(contact_claims.c.at, contact_claims.c.id)


class Claims(Rows):
    """What visitors say of themselves."""

    def of(self, contact_id: str) -> list[Claim]:
        """List what a contact said of themselves, and those who were joined to them, the oldest first."""
        return self._all(Claim, _of.where(contact_claims.c.contact_id == contact_id), contact_claims)

    def are_wanted(self, contact: Contact) -> bool:
        """Tell whether somebody may be asked: they said nothing of themselves yet, and nobody knows or vouched for them."""
        vouched = Identities(self._buffer).is_vouched_for(contact.id)
        return contact.customer_id is None and not vouched and not self.of(contact.id)

    def add(self, contact_id: str, claim: Claim, now: datetime, came_as: str | None = None) -> None:
        """Write down what somebody says of themselves, and that they agreed to be answered there.

        `came_as` is the contact whose chat it was said in, if that one was joined to somebody since: it stays theirs.
        """
        said = {"id": new_id(), "contact_id": contact_id, "at": now, "came_as": came_as}
        self._add(contact_claims, **said, name=claim.name, reach=claim.reach)
        self._add(consents, **(said | {"id": new_id()}), purpose=PURPOSE, method=METHOD, given=True)
