"""Celebrants: contacts found by the day on which they are to be greeted, their birthday or their culture's festival."""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy import and_, exists, or_, select

from storage.contacts import Contact, contacts
from storage.customers import customers
from storage.identities import SILENT, identities
from storage.rows import Rows
from storage.vault import vault

_columns = tuple(contacts.c[name] for name in Contact.__dataclass_fields__)


def birthday_values(birthday: str) -> dict[str, str]:
    """Give the columns of a birthday (`1986-05-24` or `05-24`): sealed, and found by its day without being opened."""
    return {"birthday": birthday, "birthday_mark": birthday_mark(birthday[-5:])}


def birthday_mark(month_day: str) -> str:
    """Give the mark by which everybody is found whose birthday is `05-24`."""
    return vault.blind(f"birthday:{month_day}")


class Celebrants(Rows):
    """Contacts with a reason to be greeted."""

    def born_on(self, marks: Collection[str], after: str, limit: int) -> list[Contact]:
        """Walk through the contacts of customers whose birthday has one of these marks, a page at a time."""
        shown = and_(contacts.c.customer_id.is_not(None), contacts.c.joined_to.is_(None))
        where = (contacts.c.birthday_mark.in_(marks), contacts.c.id > after, shown)
        born = select(contacts.c.id).where(*where).cte("born").prefix_with("MATERIALIZED")  # else all are walked by id
        page = select(born.c.id).order_by(born.c.id).limit(limit)
        return self._all(Contact, select(*_columns).where(contacts.c.id.in_(page)).order_by(contacts.c.id), contacts)

    def of_culture(self, owner_id: str, culture: str, languages: Collection[str]) -> list[Contact]:
        """List the contacts of one owner's customers who are of a culture and in some chat with us.

        Whose culture is not on record has that of their language: `languages` are those of this culture.
        """
        unknown = and_(contacts.c.culture.is_(None), contacts.c.language.in_(languages))
        is_reached = exists().where(identities.c.contact_id == contacts.c.id, identities.c.reachable)
        is_reached = is_reached.where(identities.c.channel.not_in(SILENT))
        statement = select(*_columns).join(customers, customers.c.id == contacts.c.customer_id)
        shown = and_(is_reached, contacts.c.joined_to.is_(None))
        where = (customers.c.owner_id == owner_id, or_(contacts.c.culture == culture, unknown), shown)
        return self._all(Contact, statement.where(*where).order_by(contacts.c.id))
