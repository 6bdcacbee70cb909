"""Making a draft: whom to write to, whether that is allowed, and the words; nothing is shown and nothing leaves."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Final, Literal, TypedDict, get_args

from handlers.context import Context, Place, Refused
from handlers.draft_facts import gathered, purpose_label, unsettled
from handlers.draft_permission import may_write
from prompts.drafting import Length, Purpose, Tone, purpose_for, write
from scheduler.policy.consent import Obstacle
from storage.columns import new_id
from storage.contacts import Contact
from storage.customers import Customer
from storage.drafts import Draft
from storage.staff import Person

Hindrance = Obstacle | Literal["no-facts", "unreachable"]
"""Why there is no draft: the policy forbids it, nothing on record supports it, no chat that runs here reaches them."""
OCCASIONS: Final = frozenset({"birthday", "festival", "anniversary"})


class How(TypedDict):
    """How a letter is wanted."""

    purpose: Purpose
    tone: Tone
    length: Length


@dataclass(frozen=True)
class Letter:
    """What is to be written, and for whom: `staff` decides about the draft and speaks in it."""

    purpose: Purpose
    staff: Person
    tone: Tone | None = None
    """Warm if not said."""
    length: Length | None = None
    """Normal if not said."""
    extra: Mapping[str, str] = field(default_factory=dict)
    """Further facts, by name, that win over those on record; days (`…_on`, `occasion_day`) and moments (`…_at`) are ISO text.

    For a greeting: `occasion` (birthday, festival, anniversary), `occasion_day`, and for a festival `occasion_name`, its
    name in the contact's language. For maintenance: `product`, `serial`, `maintenance_on`. For a renewal: `contract`,
    `contract_subject`, `contract_ends_on`.
    """
    writer: str = "template"
    """Whose words these are to be; `asked` if a model is asked for better ones."""

    @property
    def how(self) -> How:
        return {"purpose": self.purpose, "tone": self.tone or "warm", "length": self.length or "normal"}


def make(ctx: Context, customer: Customer, contact: Contact, letter: Letter) -> Draft | Hindrance:
    """Write a draft for one contact of a customer and keep it, or say why there is none; it stands on no card yet.

    Works as well where no person acts.
    """
    place = _way_to(ctx, customer, contact, letter.purpose)
    if not isinstance(place, Place):
        return place
    facts = completed(gathered(ctx, customer, contact, letter.staff) | dict(letter.extra))
    zone = ctx.zone_of(contact, customer)
    words = write(facts=facts, language=contact.language, zone=zone, now=ctx.now, **letter.how)
    if words is None:
        return "no-facts"
    draft = Draft(
        id=new_id(),
        customer_id=customer.id,
        contact_id=contact.id,
        staff_id=letter.staff.id,
        channel=place.channel,
        words=words,
        original=words,
        facts=facts,
        made_at=ctx.now,
        expires_at=ctx.now + ctx.policy.conversation.draft_lifetime,
        writer=letter.writer,
        **letter.how,
    )
    return _kept(ctx, draft)


def _way_to(ctx: Context, customer: Customer, contact: Contact, purpose: Purpose) -> Place | Hindrance:
    """Tell where a contact is written to, once a person had time to think again; or what stands in the way."""
    place = ctx.contact_place(contact)
    if place is None:
        return "unreachable"
    earliest = ctx.now + ctx.policy.conversation.undo
    return may_write(ctx.store, ctx.policy, customer, contact, purpose, earliest).obstacle or place


def _kept(ctx: Context, draft: Draft) -> Draft:
    """Put a draft on record, and who had it written."""
    ctx.store.drafts.add(draft)
    who = ctx.staff.id if ctx.staff else "bot"
    ctx.store.audit.note(who, "drafted", draft.customer_id, ctx.now, draft.customer_id)
    return draft


def completed(facts: dict[str, str]) -> dict[str, str]:
    """Add what follows from an occasion: its kind as a fact of its own, and the years of working together."""
    occasion = facts.get("occasion")
    if occasion not in OCCASIONS:
        return facts
    facts = facts | {occasion: "yes"}
    if occasion == "anniversary" and "since" in facts and "occasion_day" in facts and "years" not in facts:
        day = date.fromisoformat(facts["occasion_day"])
        years = day.year - datetime.fromisoformat(facts["since"]).year
        facts |= {"years": str(years)} if years > 0 else {}
    return facts


def reachable(ctx: Context, customer: Customer, reader: Person) -> tuple[Contact, Place]:
    """Choose whom to write to: who has a complaint open, else who is reached where they like it, else anybody.

    Raises:
        Refused: the customer has no contact, or none of them is in a chat that runs here.
    """
    known = ctx.store.contacts.of(customer.id)
    if not known:
        raise Refused("draft-no-contact", name=customer.name)
    places = [(contact, place) for contact in known if (place := ctx.contact_place(contact))]
    if not places:
        raise Refused("draft-unreachable", name=customer.name)
    hurt = {ticket.contact_id for ticket in unsettled(ctx, customer, reader) if ticket.type == "complaint"}
    return min(places, key=lambda found: _preference(found[0], found[1], hurt))


def _preference(contact: Contact, place: Place, hurt: set[str | None]) -> tuple[bool, bool, bool]:
    return contact.id not in hurt, contact.opted_out_at is not None, place.channel != contact.preferred_channel


def fitting_purpose(ctx: Context, customer: Customer, contact: Contact, reader: Person) -> Purpose:
    """Let the facts choose; where the contact did not agree to that, a follow-up does as well."""
    purpose = purpose_for(gathered(ctx, customer, contact, reader))
    asked = may_write(ctx.store, ctx.policy, customer, contact, purpose, ctx.now)
    return "follow_up" if asked.obstacle == "no-consent" else purpose


def refused(ctx: Context, why: str, customer: Customer, contact: Contact, purpose: str) -> Refused:
    """Say why there is no draft or why it must not go, and what may be done instead."""
    key = f"draft-stopped-{why}" if why in get_args(Obstacle) else f"draft-{why}"
    return Refused(
        key,
        name=customer.name,
        contact=contact.name or customer.name,
        purpose=purpose_label(ctx.t, purpose),
        cap=ctx.policy.consent.cap,
        days=ctx.policy.consent.cap_within.days,
    )
