"""Operations: what an operator changes or asks from the command line; run by the bot that holds the database."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any, TypeVar

from prompts.phrases import LANGUAGES, phrases
from scheduler.policy.document import Policy
from storage.columns import new_id
from storage.staff import ROLES, Person
from storage.store import InTransaction, Store

T = TypeVar("T")
EVERY_STATUS = ("new", "taken", "waiting", "resolved", "closed")
OPERATOR = Person("operator", "operator", "admin")
"""Whoever holds the machine may see everything; chat is where ownership is checked."""


class OperationRefused(Exception):
    """An operation cannot be done; the phrase says why and what to do instead."""

    def __init__(self, key: str, **values: Any) -> None:
        super().__init__(key)
        self.key, self.values = key, values


@dataclass(frozen=True)
class Hands:
    """What an operation works with: transactions, the business's time, the policy in force."""

    write: InTransaction
    read: InTransaction
    now: Callable[[], datetime]
    policy: Policy


def add_person(
    hands: Hands,
    *,
    name: str,
    role: str,
    addresses: dict[str, str],
    manager: str | None = None,
    language: str | None = None,
    zone: str | None = None,
) -> dict[str, Any]:
    """Put a colleague on record, or give one of this name new addresses, role and manager."""
    if role not in ROLES:
        raise OperationRefused("operator-role", role=role, roles=", ".join(ROLES))
    company = hands.policy.company

    def work(store: Store) -> dict[str, Any]:
        boss = _named(store, manager) if manager else None
        known = [person for person in store.staff.everyone() if person.name == name]
        manager_id = boss.id if boss else None
        if known:
            store.staff.change(known[0].id, role=role, **({"manager_id": manager_id} if boss else {}))
            for channel, address in addresses.items():
                store.staff.bind(known[0].id, channel, address)
            return {"id": known[0].id, "name": name, "new": False}
        person = Person(new_id(), name, role, language or company.language, zone or company.zone.key, manager_id)
        store.staff.add(person, {"web": f"staff:{person.id}", **addresses})
        return {"id": person.id, "name": name, "new": True}

    return hands.write(work)


def _named(store: Store, name: str) -> Person:
    found = store.staff.named(name)
    if len(found) != 1:
        raise OperationRefused("operator-person", name=name, count=len(found))
    return found[0]


def list_people(hands: Hands) -> list[dict[str, Any]]:
    def work(store: Store) -> list[dict[str, Any]]:
        return [plain(person) | {"addresses": store.staff.addresses(person.id)} for person in store.staff.everyone()]

    return hands.read(work)


def list_tickets(hands: Hands, *, every: bool = False, limit: int = 1000) -> list[dict[str, Any]]:
    """Give tickets as plain values: number, customer, contact, channel, type, priority, status, owner and times."""

    def work(store: Store) -> list[dict[str, Any]]:
        scope = store.staff.scope(OPERATOR)
        statuses = EVERY_STATUS if every else EVERY_STATUS[:4]
        return [_ticket(store, ticket) for ticket in store.tickets.listed(scope, statuses=statuses, limit=limit)]

    return hands.read(work)


def _ticket(store: Store, ticket: Any) -> dict[str, Any]:
    customer = store.customers.get(ticket.customer_id)
    contact = store.contacts.get(ticket.contact_id)
    owner = store.staff.get(ticket.owner_id)
    shown = ("number", "channel", "type", "priority", "status", "opened_at", "first_response_due", "resolution_due")
    more = ("first_response_at", "resolved_at", "closed_at", "rating", "reopened")
    return {name: _plain(getattr(ticket, name)) for name in (*shown, *more)} | {
        "customer": customer.name if customer else None,
        "contact": contact.name if contact else None,
        "owner": owner.name if owner else None,
    }


def list_customers(hands: Hands, *, limit: int = 1000) -> list[dict[str, Any]]:
    def work(store: Store) -> list[dict[str, Any]]:
        return [plain(customer) for customer in store.customers.listed(store.staff.scope(OPERATOR), limit=limit)]

    return hands.read(work)


def list_feedback(hands: Hands, *, limit: int = 1000) -> list[dict[str, Any]]:
    def work(store: Store) -> list[dict[str, Any]]:
        return [plain(piece) for piece in store.feedback.listed(store.staff.scope(OPERATOR), limit=limit)]

    return hands.read(work)


def list_drafts(hands: Hands, *, limit: int = 1000) -> list[dict[str, Any]]:
    def work(store: Store) -> list[dict[str, Any]]:
        everyone = {person.id for person in store.staff.everyone()}
        return [plain(draft) for draft in store.drafts.listed(everyone, limit)]

    return hands.read(work)


def list_dead_letters(hands: Hands, *, limit: int = 1000) -> list[dict[str, Any]]:
    """Give what could not be handled or delivered; never what was said in it."""

    def work(store: Store) -> list[dict[str, Any]]:
        events = [
            {"id": f"in:{e.id}", "kind": e.kind, "channel": e.channel, "since": _plain(e.received_at), "error": e.error}
            for e in store.inbox.dead(limit)
        ]
        messages = [
            {
                "id": f"out:{m.key}",
                "kind": m.kind,
                "channel": m.channel,
                "since": _plain(m.created_at),
                "error": m.error,
            }
            for m in store.outbox.in_state("dead", "failed", "unknown", limit=limit)
        ]
        return events + messages

    return hands.read(work)


def replay(hands: Hands, *, id: str) -> dict[str, Any]:  # noqa: A002 - the name people see
    """Try a dead letter once more, from the first attempt on."""
    side, _, key = id.partition(":")

    def work(store: Store) -> bool:
        if side == "in" and key.isdigit():
            return store.inbox.replay(int(key), hands.now())
        return side == "out" and store.outbox.replay(key, hands.now())

    if not hands.write(work):
        raise OperationRefused("operator-no-letter", id=id)
    return {"id": id}


def take_orders(
    hands: Hands,
    *,
    path: str,
    as_of: str | None = None,
    currency: str | None = None,
    owner: str | None = None,
    columns: dict[str, str] | None = None,
    day_first: bool | None = None,
    dry: bool = False,
) -> dict[str, Any]:
    """Import an order file; gives the report in both languages, and whether the file could be read."""
    from handlers.import_report import render_problem, render_report
    from scheduler.order_import import import_orders
    from storage.importing.problems import UnreadableFile

    owner_id = hands.read(lambda store: _named(store, owner).id) if owner else None
    try:
        report = import_orders(
            hands.write,
            hands.read,
            Path(path),
            policy=hands.policy,
            now=hands.now(),
            as_of=_day(as_of),
            currency=currency,
            owner_id=owner_id,
            columns=columns,  # type: ignore[arg-type]  # names of fields, checked where they are read
            day_first=day_first,
            dry=dry,
        )
    except UnreadableFile as problem:
        unreadable = problem
        return {"taken": False} | {language: render_problem(unreadable, phrases(language)) for language in LANGUAGES}
    return {"taken": True} | {language: render_report(report, phrases(language)) for language in LANGUAGES}


def _day(text: str | None) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        raise OperationRefused("operator-day", day=str(text)) from None


def accept_policy(hands: Hands, *, text: str) -> dict[str, Any]:
    """Put a policy in force, for every replica."""
    from scheduler.policy.document import parse

    parse(text)
    return {"version": hands.write(lambda store: store.policies.accept(text, "operator", hands.now()))}


def link_console(hands: Hands, *, person: str, base: str) -> dict[str, Any]:
    """Make a link that opens the console for a colleague, once."""
    from bot.console.doors import new_link

    def work(store: Store) -> str:
        return new_link(store, _named(store, person).id, base)

    return {"link": hands.write(work)}


OPERATIONS: dict[str, Callable[..., Any]] = {
    operation.__name__: operation
    for operation in (
        add_person,
        list_people,
        list_tickets,
        list_customers,
        list_feedback,
        list_drafts,
        list_dead_letters,
        replay,
        take_orders,
        accept_policy,
        link_console,
    )
}


def plain(record: Any) -> dict[str, Any]:
    """Give a record's fields as plain JSON values; moments in UTC, ISO 8601."""
    return {field.name: _plain(getattr(record, field.name)) for field in dataclasses.fields(record)}


def _plain(value: Any) -> Any:
    if isinstance(value, datetime):
        return value.isoformat().replace("+00:00", "Z")
    return str(value) if isinstance(value, Decimal) else value
