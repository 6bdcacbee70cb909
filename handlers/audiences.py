"""Audiences: who has to hear about a ticket; None is the place where messages go that have nobody."""

from __future__ import annotations

from handlers.context import Context
from storage.staff import Person
from storage.tickets import Ticket


def called(ctx: Context, ticket: Ticket, audience: str) -> list[Person | None]:
    """Name whom a rung calls; who is away or has left is spoken to through those who stand in."""
    people = [_present(ctx, owner_of(ctx, ticket))]
    if audience in ("owner_and_group", "manager"):
        people += [_present(ctx, member) for member in ctx.store.staff.in_group(ticket.group_id)]
    if audience == "manager":
        people.append(manager_of(ctx, ticket))
    known = {person.id: person for person in people if person}
    nobody = [None] if not known or (audience == "manager" and people[-1] is None) else []
    return [*known.values(), *nobody]


def manager_of(ctx: Context, ticket: Ticket) -> Person | None:
    """Name the manager of whoever answers for a ticket; any other manager may not even see it."""
    owner = owner_of(ctx, ticket)
    return _present(ctx, ctx.store.staff.get(owner.manager_id)) if owner else None


def owner_of(ctx: Context, ticket: Ticket) -> Person | None:
    """Name who answers for a ticket: who has it, else whose customer it is."""
    customer = ctx.store.customers.get(ticket.customer_id)
    return ctx.store.staff.get(ticket.owner_id or (customer.owner_id if customer else None))


def _present(ctx: Context, person: Person | None) -> Person | None:
    return ctx.store.staff.stand_in(person, ctx.now)
