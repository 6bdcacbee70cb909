"""An occasion becomes a draft, or stays visible with the reason why it did not."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import Any, Final
from zoneinfo import ZoneInfo

from handlers.context import Context, Refused
from handlers.draft_making import Letter, make, reachable
from handlers.draft_sending import changed
from prompts.drafting import Purpose
from scheduler.policy.calendars import moment
from scheduler.policy.units import zone_of
from storage.contacts import Contact
from storage.customers import Customer
from storage.drafts import Draft
from storage.occasions import GREETINGS, Occasion
from storage.staff import Person

PURPOSES: Final[dict[str, Purpose]] = {"renewal": "renewal", "maintenance": "maintenance"}
"""What is written on which occasion; every other one is greeted."""


def prepare(ctx: Context, occasion: Occasion, person: Person | None, today: date) -> Occasion:
    """Write the draft of an occasion in a colleague's name, or note what stands in the way; give it as it is then."""
    values = {"state": "stopped", "why": "missed"} if occasion.day < today else _drafted(ctx, occasion, person)
    ctx.store.occasions.change(occasion, **values)
    return ctx.store.occasions.get(occasion.id) or occasion


def _drafted(ctx: Context, occasion: Occasion, person: Person | None) -> dict[str, Any]:
    customer = ctx.store.customers.get(occasion.customer_id)
    if customer is None or person is None:
        return {"state": "stopped", "why": "no-owner"}
    try:
        contact = _contact(ctx, occasion, customer, person)
    except Refused as refusal:
        return {"state": "stopped", "why": refusal.key.removeprefix("draft-")}
    letter = Letter(PURPOSES.get(occasion.kind, "greeting"), person, extra=_facts(ctx, occasion, contact))
    made = make(ctx, customer, contact, letter)
    if isinstance(made, str):
        return {"state": "stopped", "why": made, "contact_id": contact.id}
    _replace_earlier(ctx, occasion)
    if occasion.kind in GREETINGS:
        ctx.store.drafts.change(made, expires_at=_over(ctx, occasion, contact, customer))
    return {"state": "drafted", "why": None, "contact_id": contact.id, "draft_id": made.id}


def _replace_earlier(ctx: Context, occasion: Occasion) -> None:
    """Take away the draft of an earlier lead that nobody decided about: one contract, one draft."""
    for earlier in ctx.store.occasions.about(occasion.customer_id, occasion.kind, occasion.of):
        draft = ctx.store.drafts.get(earlier.draft_id) if earlier.draft_id else None
        if earlier.id != occasion.id and draft is not None and draft.state == "open":
            changed(ctx, draft, state="dropped", decided_at=ctx.now)
            ctx.store.occasions.change(earlier, state="dropped", why="moved")


def _contact(ctx: Context, occasion: Occasion, customer: Customer, person: Person) -> Contact:
    known = ctx.store.contacts.get(occasion.contact_id)
    return known if known is not None else reachable(ctx, customer, person)[0]


def _facts(ctx: Context, occasion: Occasion, contact: Contact) -> dict[str, str]:
    """Give what the words may say about the occasion itself."""
    match occasion.kind:
        case "renewal":
            contract = ctx.store.agreements.contract(occasion.of)
            subject = {"contract_subject": contract.subject} if contract and contract.subject else {}
            return {"contract": occasion.about or "", "contract_ends_on": occasion.day.isoformat()} | subject
        case "maintenance":
            product = ctx.store.agreements.installation(occasion.of)
            named = {"product": product.product, "serial": product.serial} if product else {"product": occasion.about}
            return {name: value for name, value in named.items() if value} | {"maintenance_on": f"{occasion.day}"}
        case "festival":
            name = festival_name(ctx, occasion.about, contact.language)
            return {"occasion": "festival", "occasion_day": f"{occasion.day}", "occasion_name": name}
        case kind:
            return {"occasion": kind, "occasion_day": f"{occasion.day}"}


def festival_name(ctx: Context, id_: str | None, language: str) -> str:
    """Name a festival as a language does; by its id, once the policy has dropped it."""
    known = next((one for one in ctx.policy.occasions.festivals if one.id == id_), None)
    return known.label.said_in(language) if known else id_ or ""


def on_its_day(ctx: Context, draft: Draft) -> datetime | None:
    """Tell when a greeting of a day leaves: then, at the hour of the policy on the contact's own clock; else nothing."""
    if draft.purpose != "greeting" or "occasion_day" not in draft.facts:
        return None
    contact, customer = ctx.store.contacts.get(draft.contact_id), ctx.store.customers.get(draft.customer_id)
    day = date.fromisoformat(draft.facts["occasion_day"])
    return moment(_zone(ctx, contact, customer), day, ctx.policy.occasions.send_at)


def _zone(ctx: Context, contact: Contact | None, customer: Customer | None) -> ZoneInfo:
    known = (contact.zone if contact else None) or (customer.zone if customer else None)
    return zone_of(known) or ctx.policy.company.zone


def _over(ctx: Context, occasion: Occasion, contact: Contact, customer: Customer) -> datetime:
    """Tell when a greeting comes too late: at the end of its day where the contact is."""
    return moment(_zone(ctx, contact, customer), occasion.day + timedelta(days=1), time())
