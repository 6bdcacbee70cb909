"""Making a draft: whom to write to, whether that is allowed, and the words; nothing is shown and nothing leaves."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from types import MappingProxyType
from typing import Final, Literal, TypedDict, Unpack, get_args

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
NOTHING_MORE: Final[Mapping[str, str]] = MappingProxyType({})
OCCASIONS: Final = frozenset({"birthday", "festival", "anniversary"})


def make(
    ctx: Context,
    customer: Customer,
    contact: Contact,
    purpose: Purpose,
    *,
    staff: Person,
    tone: Tone | None = None,
    length: Length | None = None,
    extra: Mapping[str, str] = NOTHING_MORE,
    writer: str = "template",
) -> Draft | Hindrance:
    """Write a draft for one contact in a colleague's name and keep it; it stands on no card yet.

    Works as well where no person acts.

    Args:
        ctx: the event.
        customer: whose contact is written to.
        contact: who is written to.
        purpose: what for.
        staff: whose draft it is: who decides about it, and who speaks in it.
        tone: warm if not said.
        length: normal if not said.
        extra: further facts, by name, that win over those on record; days (`…_on`, `occasion_day`) and moments
            (`…_at`) are ISO text. For a greeting: `occasion` (birthday, festival, anniversary), `occasion_day`, and for a
            festival `occasion_name`, its name in the contact's language. For maintenance: `product`, `serial`,
            `maintenance_on`. For a renewal: `contract`, `contract_subject`, `contract_ends_on`.
        writer: whose words these are to be; `asked` if a model is asked for better ones.

    Returns:
        The draft; or a word that says why there is none.
    """
    place = ctx.contact_place(contact)
    if place is None:
        return "unreachable"
    earliest = ctx.now + ctx.policy.conversation.undo
    hindrance = may_write(ctx.store, ctx.policy, customer, contact, purpose, earliest).obstacle
    if hindrance is not None:
        return hindrance
    facts = completed(gathered(ctx, customer, contact, staff) | dict(extra))
    how: _How = {"purpose": purpose, "tone": tone or "warm", "length": length or "normal"}
    words = write(facts=facts, language=contact.language, zone=ctx.zone_of(contact, customer), now=ctx.now, **how)
    if words is None:
        return "no-facts"
    whose: _Whose = {
        "customer_id": customer.id,
        "contact_id": contact.id,
        "staff_id": staff.id,
        "channel": place.channel,
        "writer": writer,
        **how,
    }
    return _keep(ctx, _drawn_up(ctx, words, facts, **whose))


class _How(TypedDict):
    """How a letter is wanted."""

    purpose: Purpose
    tone: Tone
    length: Length


class _Whose(_How):
    """Whose letter it is: whom it goes to and where, who decides about it, and whose words it has."""

    customer_id: str
    contact_id: str
    staff_id: str
    channel: str
    writer: str


def _drawn_up(ctx: Context, words: str, facts: dict[str, str], **more: Unpack[_Whose]) -> Draft:
    """Make a draft of words just written; it stands as long as the policy lets its facts count."""
    expires = ctx.now + ctx.policy.conversation.draft_lifetime
    return Draft(id=new_id(), words=words, original=words, facts=facts, made_at=ctx.now, expires_at=expires, **more)


def _keep(ctx: Context, draft: Draft) -> Draft:
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
