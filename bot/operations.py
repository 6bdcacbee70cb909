"""Operations: what an operator changes or asks from the command line; run by the bot that holds the database."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Any

from bot.hands import Hands, OperationRefused, day_of, person_named, plain, plain_value
from bot.people import add_person, bring_back, list_people, remove_person, send_away, sign_out
from prompts.phrases import LANGUAGES, Phrases, phrases
from storage.staff import Person
from storage.store import Store

EVERY_STATUS = ("new", "taken", "waiting", "resolved", "closed", "dismissed")
OPERATOR = Person("operator", "operator", "admin")
"""Whoever holds the machine may see everything; chat is where ownership is checked."""


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
    return {name: plain_value(getattr(ticket, name)) for name in (*shown, *more)} | {
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
        everyone = {person.id for person in store.staff.ever()}
        return [plain(draft) for draft in store.drafts.listed(everyone, limit)]

    return hands.read(work)


def list_dead_letters(hands: Hands, *, limit: int = 1000) -> list[dict[str, Any]]:
    """Give what could not be handled or delivered; never what was said in it."""

    def work(store: Store) -> list[dict[str, Any]]:
        events = [_letter(f"in:{e.id}", e, e.received_at) for e in store.inbox.dead(limit)]
        stuck = store.outbox.in_state("dead", "failed", "unknown", limit=limit)
        return events + [_letter(f"out:{m.key}", m, m.created_at) for m in stuck]

    return hands.read(work)


def _letter(id_: str, letter: Any, since: datetime | None) -> dict[str, Any]:
    shown = {"kind": letter.kind, "channel": letter.channel, "since": plain_value(since), "error": letter.error}
    return {"id": id_} | shown


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
    from scheduler.order_import import Wanted, import_orders
    from storage.importing.problems import UnreadableFile

    wanted = Wanted(
        as_of=day_of(as_of) if as_of else None,
        currency=currency,
        owner_id=hands.read(lambda store: person_named(store, owner).id) if owner else None,
        columns=columns,  # type: ignore[arg-type]  # names of fields, checked where they are read
        day_first=day_first,
        dry=dry,
    )
    try:
        report = import_orders(hands.write, hands.read, Path(path), wanted, policy=hands.policy(), now=hands.now())
    except UnreadableFile as problem:
        return _outcome(partial(render_problem, problem), taken=False)
    return _outcome(partial(render_report, report), taken=True)


def take_records(
    hands: Hands,
    *,
    what: str,
    path: str,
    columns: dict[str, str] | None = None,
    day_first: bool | None = None,
    dry: bool = False,
) -> dict[str, Any]:
    """Import a file of contracts, products or contacts; gives the report in both languages, as `take_orders`."""
    from handlers.import_report import render_problem, render_records
    from scheduler.record_import import import_records
    from storage.importing.problems import UnreadableFile

    try:
        report = import_records(
            hands.write,
            hands.read,
            Path(path),
            what,
            policy=hands.policy(),
            now=hands.now(),
            columns=columns,  # type: ignore[arg-type]  # names of fields, checked where they are read
            day_first=day_first,
            dry=dry,
        )
    except UnreadableFile as problem:
        return _outcome(partial(render_problem, problem), taken=False)
    return _outcome(partial(render_records, report), taken=True)


def _outcome(told: Callable[[Phrases], str], *, taken: bool) -> dict[str, Any]:
    """Give what became of a file, told in both languages."""
    return {"taken": taken} | {language: told(phrases(language)) for language in LANGUAGES}


def accept_policy(hands: Hands, *, text: str) -> dict[str, Any]:
    """Put a policy in force, for every replica."""
    from scheduler.policy.document import parse
    from scheduler.tier_reviews import rank_anew

    policy = parse(text)
    version = hands.write(lambda store: store.policies.accept(text, "operator", hands.now()))
    rank_anew(hands.read, hands.write, policy, hands.now())
    return {"version": version}


def link_console(hands: Hands, *, person: str, base: str) -> dict[str, Any]:
    """Make a link that opens the console for a colleague, once."""
    from bot.console.doors import new_link

    def work(store: Store) -> str:
        return new_link(store, person_named(store, person).id, base)

    return {"link": hands.write(work)}


OPERATIONS: dict[str, Callable[..., Any]] = {
    operation.__name__: operation
    for operation in (
        add_person,
        remove_person,
        send_away,
        bring_back,
        sign_out,
        list_people,
        list_tickets,
        list_customers,
        list_feedback,
        list_drafts,
        list_dead_letters,
        replay,
        take_orders,
        take_records,
        accept_policy,
        link_console,
    )
}


__all__ = [
    "OPERATIONS",
    "Hands",
    "OperationRefused",
    "accept_policy",
    "add_person",
    "bring_back",
    "link_console",
    "list_customers",
    "list_dead_letters",
    "list_drafts",
    "list_feedback",
    "list_people",
    "list_tickets",
    "plain",
    "remove_person",
    "replay",
    "send_away",
    "sign_out",
    "take_orders",
    "take_records",
]
