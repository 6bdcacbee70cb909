"""Sending drafts: one after its press or many after one, each allowed by the policy, each with a way back."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial
from typing import Any, Final

from handlers.cards import Card
from handlers.context import Context, Refused
from handlers.draft_permission import AS_POLICY_SAYS, Standings, may_write
from handlers.liking import liked_moment
from prompts.keeping import kept_percent
from scheduler.policy.consent import Permission
from scheduler.policy.units import zone_of
from storage.contacts import Contact
from storage.customers import Customer
from storage.drafts import Draft
from storage.entries import Entry
from storage.messages import Kind
from storage.rows import Conflict

AT_ONCE: Final = 25
"""So many drafts leave in one transaction: some 1 ms each, well under the 50 ms that others may wait."""
UNDECIDED: Final[dict[str, Any]] = {
    "state": "open",
    "decided_by": None,
    "decided_at": None,
    "kept_percent": None,
    "leaves_at": None,
    "left_at": None,
}


@dataclass(frozen=True)
class Approved:
    """What became of drafts that were approved together: those that leave, and why each other one does not."""

    sent: tuple[Draft, ...]
    held: dict[str, str]
    """By the draft's id: an obstacle of the policy, unreachable, gone (the contact is no more), or the state in which
    somebody else left it."""


def message_key(sent: Draft) -> str:
    """Name a draft's message; taken back and sent again it is another one."""
    return f"draft:{sent.id}:{sent.version}"


def changed(ctx: Context, found: Draft, **values: Any) -> Draft:
    """Change a draft.

    Raises:
        Conflict: somebody decided about it meanwhile; what the bot does by itself is then tried again.
    """
    ctx.store.drafts.change(found, **values)
    return replace(found, **values, version=found.version + 1)


def permitted(
    ctx: Context, found: Draft, not_before: datetime | None = None
) -> tuple[Permission, Customer, Contact, datetime]:
    """Ask whether a draft may be sent, and hold its contact: whoever sends them something else meanwhile waits.

    Raises:
        Refused: the customer or the contact is no more.
    """
    contact = ctx.store.standings.held([found.contact_id]).get(found.contact_id)
    customer = ctx.store.customers.get(found.customer_id)
    if customer is None or contact is None:
        raise Refused("draft-not-found")
    earliest = max(ctx.now + ctx.policy.conversation.undo, not_before or ctx.now)
    asked = may_write(ctx.store, ctx.policy, customer, contact, found.purpose, earliest)
    return asked, customer, contact, earliest


def leave(ctx: Context, found: Draft, contact: Contact, at: datetime, kind: Kind = Kind.REPLY) -> Draft:
    """Let a draft's words leave at that moment in the name of the person who acts.

    Raises:
        Refused: no chat that runs here reaches the contact; what sells does not follow them from a chat they closed.
        Conflict: somebody decided about the draft meanwhile.
    """
    place = ctx.contact_place(contact, found.channel)
    rule = ctx.policy.consent.rule(AS_POLICY_SAYS[found.purpose])
    if place is None or (rule.marketing and place.channel != found.channel):
        raise Refused("draft-unreachable", name=contact.name or "")
    sent = changed(
        ctx,
        found,
        state="sent",
        decided_by=ctx.me.id,
        decided_at=ctx.now,
        channel=place.channel,
        kept_percent=kept_percent(found.original, found.words),
        leaves_at=at,
        left_at=None,
        **unasked(found),
    )
    card = Card(text=sent.words, from_person=ctx.me.name)
    guards = (f"draft:{sent.id}",)
    ctx.say(place, card, kind, key=message_key(sent), guards=guards, receipt=True, not_before=at)
    _remember(ctx, sent)
    return sent


def unasked(found: Draft) -> dict[str, str]:
    """What a model says about a draft after a person decided about it comes too late."""
    return {"writer": "template"} if found.writer == "asked" else {}


def _remember(ctx: Context, sent: Draft) -> None:
    entry = Entry(
        key=message_key(sent),
        flow="out",
        author=ctx.me.id,
        channel=sent.channel,
        words=sent.words,
        at=ctx.now,
        contact_id=sent.contact_id,
        customer_id=sent.customer_id,
    )
    ctx.store.entries.add(entry)


def approve(ctx: Context, drafts: Sequence[Draft], not_before: Callable[[Draft], datetime] | datetime) -> Approved:
    """Send many drafts in the name of the person who acts; each can be taken back until it leaves.

    A draft is sent if it is still open and may go, at the first moment from its own `not_before` on at which its contact
    may be written to. No more than `AT_ONCE` belong into one transaction: whoever has more leaves an event for the rest.
    """
    known = _Known.read(ctx, drafts)
    sent: list[Draft] = []
    held: dict[str, str] = {}
    for draft in drafts:
        moment = not_before(draft) if callable(not_before) else not_before
        what = _approve_one(ctx, draft, known, max(ctx.now + ctx.policy.conversation.undo, moment))
        if isinstance(what, Draft):
            known.standings.note(what)
            sent.append(what)
        else:
            held[draft.id] = what
    return Approved(tuple(sent), held)


@dataclass(frozen=True)
class _Known:
    """Whom drafts are for, read together; their contacts are held until the transaction ends."""

    contacts: dict[str, Contact]
    customers: dict[str, Customer]
    standings: Standings

    @classmethod
    def read(cls, ctx: Context, drafts: Sequence[Draft]) -> _Known:
        contacts = ctx.store.standings.held(sorted({draft.contact_id for draft in drafts}))
        found = ctx.store.customers.by_ids(sorted({draft.customer_id for draft in drafts}))
        customers = {customer.id: customer for customer in found}
        pairs = [(draft.customer_id, draft.contact_id) for draft in drafts]
        people = [(customers[one], contacts[two]) for one, two in pairs if one in customers and two in contacts]
        return cls(contacts, customers, Standings.read(ctx.store, ctx.policy, people, ctx.now))


def _approve_one(ctx: Context, draft: Draft, known: _Known, earliest: datetime) -> Draft | str:
    if draft.state != "open" or draft.expires_at <= ctx.now:
        return draft.state if draft.state != "open" else "expired"
    contact, customer = known.contacts.get(draft.contact_id), known.customers.get(draft.customer_id)
    if contact is None or customer is None:
        return "gone"
    asked = known.standings.may_write(customer, contact, draft.purpose, earliest)
    if asked.obstacle is not None:
        return asked.obstacle
    zone = zone_of(contact.zone or customer.zone) or ctx.policy.company.zone
    may = partial(known.standings.may_write, customer, contact, draft.purpose)
    try:
        return leave(ctx, draft, contact, liked_moment(ctx, draft, contact, zone, asked.at, may), Kind.BULK)
    except Refused:
        return "unreachable"
    except Conflict:
        now = ctx.store.drafts.get(draft.id)
        return now.state if now else "gone"
