"""Draft facts: what is on record to write about to one contact of a customer, and what is known of their place."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

from handlers.context import Context
from prompts.phrases import Phrases, phrases, zone_named
from scheduler.policy.document import Policy
from scheduler.policy.schemes import ValueBands
from storage.attention import LOW
from storage.contacts import Contact
from storage.customers import Customer
from storage.feedback import Feedback
from storage.staff import Person, Scope
from storage.tickets import RUNNING, Ticket

UNSETTLED: Final = (*RUNNING, "waiting")
FRESH: Final = timedelta(days=90)
"""Older praise and suggestions are no reason to write."""
YEAR: Final = timedelta(days=365)
LONGEST_NOTE: Final = 80
FADING: Final = frozenset({"churn_warning", "declining", "lost"})
Facts = dict[str, str | None]


def gathered(ctx: Context, customer: Customer, contact: Contact, reader: Person) -> dict[str, str]:
    """Collect what is on record about a customer that may be written about to this contact.

    Moments and days are ISO text; labels and amounts are said as the colleague reads them who decides about the draft.
    """
    t = phrases(reader.language)
    facts: Facts = {
        "name": contact.name,
        "tier": tier_label(ctx.policy, t, customer),
        "stage": customer.stage,
        "industry": customer.industry,
        "since": customer.since.isoformat() if customer.since else None,
        "birthday_on": _next_birthday(contact, ctx.now.astimezone(zone_named(ctx.zone_of(contact, customer)))),
    }
    facts |= _place_facts(ctx.policy, customer, ctx.now)
    facts |= _touch_facts(ctx, customer, contact) | _order_facts(ctx, customer, t) | _agreement_facts(ctx, customer)
    facts |= _feedback_facts(ctx, customer, contact, reader) | _ticket_facts(ctx, customer, contact, reader)
    return {name: value for name, value in facts.items() if value}


def tier_label(policy: Policy, t: Phrases, customer: Customer) -> str | None:
    entry = policy.tiers.entry(customer.tier)
    return entry.label.said_in(t.language) if entry else customer.tier


def _next_birthday(contact: Contact, now: datetime) -> str | None:
    """Give the day of the next birthday; of somebody born on 29 February it is the 28th in a common year."""
    if not contact.birthday:
        return None
    month, day = (int(part) for part in contact.birthday.split("-")[-2:])
    today = now.date()
    coming = (_day(today.year + n, month, day) for n in (0, 1))
    return next((on for on in coming if on >= today.isoformat()), None)


def _day(year: int, month: int, day: int) -> str:
    try:
        return datetime(year, month, day).date().isoformat()  # noqa: DTZ001 - a day has no zone
    except ValueError:
        return datetime(year, month, day - 1).date().isoformat()  # noqa: DTZ001


def _place_facts(policy: Policy, customer: Customer, now: datetime) -> Facts:
    """Tell what kind of customer it is: the class of the tier, the stage, and what a sleeping one is worth waking by.

    A long silence or a high value calls for a diagnosis; what was worth less is woken by what an old customer has.
    """
    entries = policy.tiers.scheme.entries
    entry = policy.tiers.entry(customer.tier)
    top = entry is not None and (entry.named_person or entry.id == entries[0].id)
    is_new = customer.since is not None and now - customer.since < policy.cadence.new_customers.first
    known = {
        "ranks_top": top,
        "ranks_low": customer.tier == entries[-1].id,
        "is_new": is_new,
        "is_fading": customer.stage in FADING,
        "sleeps": _sleeps(policy, customer),
        "worth_much": top or customer.tier_mark is not None or _spent_much(policy, customer) or _is_long(customer, now),
    }
    return {name: "yes" for name, is_so in known.items() if is_so}


def _sleeps(policy: Policy, customer: Customer) -> bool:
    silence = getattr(policy.tiers.scheme, "silence", None)
    return customer.stage == "lost" or (silence is not None and customer.tier == silence.tier)


def _spent_much(policy: Policy, customer: Customer) -> bool:
    """Tell whether the money of twelve months would be enough for a better tier than the last."""
    scheme = policy.tiers.scheme
    if not isinstance(scheme, ValueBands) or customer.spent is None:
        return False
    return any(entry.takes(customer.spent) for entry in scheme.entries[:-1])


def _is_long(customer: Customer, now: datetime) -> bool:
    last = max((at for at in (customer.last_order_at, customer.last_touch_at) if at), default=None)
    return last is not None and now - last > YEAR


def _touch_facts(ctx: Context, customer: Customer, contact: Contact) -> Facts:
    """Name the last real contact with this person; a note that nobody was reached is none."""
    for touch in ctx.store.touches.of(customer.id):
        if touch.kind != "other" and touch.contact_id in (contact.id, None):
            return {"touch_at": touch.at.isoformat(), "touch_how": touch.kind, "touch_words": _cut(touch.words)}
    return {}


def _cut(words: str) -> str:
    line = " ".join(words.split())
    return line if len(line) <= LONGEST_NOTE else line[: LONGEST_NOTE - 1] + "…"


def _order_facts(ctx: Context, customer: Customer, t: Phrases) -> Facts:
    """Name the last order, and how many there were in twelve months, whatever they were paid in."""
    totals = ctx.store.orders.totals(ctx.now - YEAR, ctx.now, [customer.id])
    count = sum(total.orders for total in totals)
    facts: Facts = {"orders_year": str(count) if count else None}
    for order in ctx.store.orders.of(customer.id):
        if order.amount > 0:
            amount = t.money(order.amount, order.currency)
            return facts | {"order": order.number, "order_at": order.ordered_at.isoformat(), "order_amount": amount}
    return facts


def _agreement_facts(ctx: Context, customer: Customer) -> Facts:
    """Name the contract that ends next and the product whose maintenance comes next."""
    today = ctx.now.astimezone(ctx.policy.company.zone).date()
    facts: Facts = {}
    for contract in ctx.store.agreements.contracts_of([customer.id]):
        if contract.ends_on >= today:
            ends_on = contract.ends_on.isoformat()
            facts |= {
                "contract": contract.number,
                "contract_subject": contract.subject,
                "contract_ends_on": ends_on,
            }
            break
    for product in ctx.store.agreements.installations_of([customer.id]):
        if product.maintenance_on is not None and product.maintenance_on >= today:
            due = product.maintenance_on.isoformat()
            return facts | {"product": product.product, "serial": product.serial, "maintenance_on": due}
    return facts


def _feedback_facts(ctx: Context, customer: Customer, contact: Contact, reader: Person) -> Facts:
    """Name this contact's newest praise and suggestion, and a fresh complaint that no ticket carries."""
    since = ctx.now - FRESH
    pieces = ctx.store.feedback.listed(_whole_house(reader), since=since, customer_id=customer.id, limit=50)
    facts: Facts = {}
    for piece in reversed([piece for piece in pieces if piece.contact_id in (contact.id, None)]):
        if piece.kind != "complaint" or _is_open_grievance(ctx, piece):
            facts |= {f"{piece.kind}_at": piece.at.isoformat(), f"{piece.kind}_topic": piece.topic}
    return facts


def _is_open_grievance(ctx: Context, piece: Feedback) -> bool:
    return piece.ticket is None and piece.at > ctx.now - ctx.policy.consent.complaint_holds


def _ticket_facts(ctx: Context, customer: Customer, contact: Contact, reader: Person) -> Facts:
    settled = ctx.store.tickets.settled_since(customer.id, ctx.now - YEAR)
    facts: Facts = {"solved": str(settled) if settled else None}
    for ticket in unsettled(ctx, customer, reader):
        if ticket.contact_id not in (contact.id, None):
            continue
        opened = ticket.opened_at.isoformat()
        if ticket.type == "complaint":
            facts |= {"complaint": ticket.number, "complaint_at": opened}
        else:
            facts |= {"ticket": ticket.number, "ticket_at": opened, "ticket_status": ticket.status}
    return facts | _rating_facts(ctx, contact)


def _rating_facts(ctx: Context, contact: Contact) -> Facts:
    """Name the newest solution that this contact was not content with."""
    fresh = ctx.now - ctx.policy.consent.complaint_holds
    for ticket in ctx.store.tickets.newest_of(contact.id):
        if ticket.rating is not None and ticket.rating <= LOW and ticket.closed_at and ticket.closed_at > fresh:
            return {"rated": ticket.number, "rated_at": ticket.closed_at.isoformat(), "rated_score": str(ticket.rating)}
    return {}


def unsettled(ctx: Context, customer: Customer, reader: Person) -> list[Ticket]:
    return ctx.store.tickets.listed(_whole_house(reader), statuses=UNSETTLED, customer_id=customer.id)


def _whole_house(person: Person) -> Scope:
    """What may be written about counts whoever works on it; the customer was found by the person's scope."""
    return Scope(person, frozenset(), frozenset(), everything=True)


def purpose_label(t: Phrases, purpose: str) -> str:
    return t(f"purpose-{purpose.replace('_', '-')}")
