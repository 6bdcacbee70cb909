"""A recount: the same numbers from raw rows in plain Python, written from the definitions and not from the queries."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any, Final
from zoneinfo import ZoneInfo

from sqlalchemy import Connection, select

from storage.columns import metadata

TABLES: Final = (
    "staff",
    "group_members",
    "customers",
    "tickets",
    "ticket_events",
    "rounds",
    "tier_moves",
    "feedback",
    "drafts",
)
Row = dict[str, Any]
Counted = tuple[int, str | None, str | None]
"""One case: its score, what it is sorted by, and whose it is."""


def raw_rows(connection: Connection) -> dict[str, list[Row]]:
    """Read every row that a number may be made of."""
    return {name: [dict(r._mapping) for r in connection.execute(select(metadata.tables[name]))] for name in TABLES}


@dataclass
class Recount:
    """All rows, as one person may see them, over one period."""

    raw: dict[str, list[Row]]
    person: str
    since: datetime
    until: datetime
    now: datetime
    home: str

    def rows(self, table: str) -> list[Row]:
        return self.raw[table]

    @cached_property
    def staff(self) -> dict[str, Row]:
        return {row["id"]: row for row in self.rows("staff")}

    @cached_property
    def customers(self) -> dict[str, Row]:
        return {row["id"]: row for row in self.rows("customers")}

    @cached_property
    def tickets(self) -> dict[str, Row]:
        return {row["number"]: row for row in self.rows("tickets")}

    @cached_property
    def groups(self) -> set[str]:
        return {row["group_id"] for row in self.rows("group_members") if row["staff_id"] in self.team}

    @cached_property
    def team(self) -> set[str]:
        """Everybody who has the person somewhere above them, and the person."""
        found = set()
        for id_ in self.staff:
            above: str | None = id_
            while above is not None and above != self.person:
                above = self.staff[above]["manager_id"]
            if above == self.person:
                found.add(id_)
        return found

    @property
    def sees_all(self) -> bool:
        return bool(self.staff[self.person]["role"] == "admin")

    def is_mine(self, owner: str | None) -> bool:
        return self.sees_all or owner is None or owner in self.team

    def sees_customer(self, id_: str) -> bool:
        customer = self.customers[id_]
        return self.is_mine(customer["owner_id"]) or customer["group_id"] in self.groups

    def sees_ticket(self, ticket: Row) -> bool:
        if self.sees_all or ticket["owner_id"] in self.team:
            return True
        if ticket["customer_id"] is None:
            return ticket["owner_id"] is None
        return self.sees_customer(ticket["customer_id"])

    def within(self, at: datetime | None) -> bool:
        return at is not None and self.since <= at < self.until

    def cases(self, name: str) -> list[Counted]:
        return list(getattr(self, name)())

    def number(self, name: str) -> tuple[int, int]:
        cases = self.cases(name)
        return sum(score for score, _, _ in cases), len(cases)

    def by(self, name: str, place: int) -> dict[Any, tuple[int, int]]:
        cases = self.cases(name)
        sizes = Counter(case[place] for case in cases)
        return {sort: (sum(c[0] for c in cases if c[place] == sort), size) for sort, size in sizes.items()}

    def _case(self, ticket: Row, score: int) -> Counted:
        customer = self.customers.get(ticket["customer_id"] or "", {})
        return int(score), ticket["type"], ticket["owner_id"] or customer.get("owner_id")

    def _seen(self) -> Iterator[Row]:
        yield from (ticket for ticket in self.tickets.values() if self.sees_ticket(ticket))

    def first_response(self) -> Iterator[Counted]:
        for ticket in self._seen():
            due, at = ticket["first_response_due"], ticket["first_response_at"]
            if at is None and ticket["status"] == "closed":
                continue
            if self.within(due if at is None or at > due else at):
                yield self._case(ticket, at is not None and at <= due)

    def resolution(self) -> Iterator[Counted]:
        for ticket in self._seen():
            due, at = ticket["resolution_due"], ticket["resolved_at"]
            if ticket["goal"] == "under_way" or (at is None and ticket["status"] == "waiting"):
                continue
            if self.within(due if at is None or at > due else at):
                yield self._case(ticket, at is not None and at <= due)

    def under_way(self) -> Iterator[Counted]:
        taken: dict[str, datetime] = {}
        for event in self.rows("ticket_events"):
            if event["what"] == "taken":
                taken[event["number"]] = max(event["at"], taken.get(event["number"], event["at"]))
        for ticket in self._seen():
            due, at = ticket["resolution_due"], taken.get(ticket["number"])
            if ticket["goal"] != "under_way" or (at is None and ticket["status"] != "new"):
                continue
            if self.within(due if at is None or at > due else at):
                yield self._case(ticket, at is not None and at <= due)

    def _events(self, what: str) -> Iterator[tuple[Row, Row]]:
        for event in self.rows("ticket_events"):
            ticket = self.tickets[event["number"]]
            if event["what"] == what and self.within(event["at"]) and self.sees_ticket(ticket):
                yield event, ticket

    def csat(self) -> Iterator[Counted]:
        yield from (self._case(ticket, event["detail"]["score"] in (4, 5)) for event, ticket in self._events("rated"))

    def reopened(self) -> Iterator[Counted]:
        yield from (self._case(ticket, 0) for _, ticket in self._events("reopened"))

    def opened(self) -> Iterator[Counted]:
        yield from (self._case(ticket, 1) for ticket in self._seen() if self.within(ticket["opened_at"]))

    def cadence(self) -> Iterator[Counted]:
        for row in self.rows("rounds"):
            if row["outcome"] != "put_off" and self.within(row["counted_at"]) and self.is_mine(row["owner_id"]):
                yield int(row["outcome"] == "kept"), row["tier"], row["owner_id"]
        for customer in self.customers.values():
            due, owner = customer["touch_due_at"], customer["owner_id"]
            if self.within(due) and self.is_mine(owner):
                zone = ZoneInfo(self.staff[owner]["zone"] if owner else self.home)
                if due.astimezone(zone).date() < self.now.astimezone(zone).date():
                    yield 0, customer["tier"], owner

    def moves(self) -> Iterator[Counted]:
        for row in self.rows("tier_moves"):
            if self.within(row["at"]) and self.sees_customer(row["customer_id"]):
                yield 1, row["new"], self.customers[row["customer_id"]]["owner_id"]

    def complaints(self) -> Iterator[Counted]:
        yield from self._said("complaint", 0)

    def praise(self) -> Iterator[Counted]:
        yield from self._said("praise", 1)

    def _said(self, kind: str, score: int) -> Iterable[Counted]:
        for row in self.rows("feedback"):
            customer = row["customer_id"]
            if row["kind"] == kind and self.within(row["at"]) and (customer is None or self.sees_customer(customer)):
                yield score, row["topic"], customer and self.customers[customer]["owner_id"]

    def drafts_sent(self) -> Iterator[Counted]:
        for row in self.rows("drafts"):
            ended = row["state"] in ("sent", "dropped", "expired")
            if ended and self.within(row["decided_at"]) and self.is_mine(row["staff_id"]):
                edited = "edited" if row["writer"].endswith("edited") else "unchanged"
                sent = row["state"] == "sent"
                yield int(sent), edited if sent else row["state"], row["staff_id"]

    def words_kept(self) -> Iterator[Counted]:
        for row in self.rows("drafts"):
            kept = row["state"] == "sent" and row["kept_percent"] is not None
            if kept and self.within(row["decided_at"]) and self.is_mine(row["staff_id"]):
                yield row["kept_percent"], row["purpose"], row["staff_id"]
