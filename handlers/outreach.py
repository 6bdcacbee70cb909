"""Outreach: a draft for one contact from the facts on record; nothing leaves without a person's yes."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import Any, Final

from handlers.cards import Card
from handlers.context import Context, Refused, Surroundings
from handlers.draft_asking import ask, writer_of_a_new_draft
from handlers.draft_cards import contact_name, show
from handlers.draft_facts import AS_POLICY_SAYS, gathered, purpose_label, reachable, refuse_if_stopped, stopped_by
from handlers.draft_words import DraftWords, MakeDraft, OneDraft
from handlers.finding import customer_ahead
from handlers.routing import Router
from prompts.drafting import OPENINGS, Facts, Purpose, purpose_for, purpose_named, write
from prompts.phrases import phrases
from scheduler.cadence import keep_touch
from scheduler.policy.hours import may_disturb
from scheduler.policy.units import zone_of
from storage.columns import new_id
from storage.contacts import Contact
from storage.customers import Customer
from storage.drafts import Draft
from storage.entries import Entry
from storage.messages import Kind
from storage.rows import Conflict
from storage.store import Store
from storage.touches import Touch

router = Router("outreach")
UNSENT: Final = ("failed", "dead", "suppressed", "expired")


@router.command("draft", MakeDraft)
def draft(ctx: Context, args: MakeDraft) -> None:
    """Write a draft for one contact of a customer, and show it with the facts it was made from."""
    customer, rest = customer_ahead(ctx, args.customer)
    wanted = args.purpose or _purpose(ctx, rest)
    contact, place = reachable(ctx, customer)
    facts = gathered(ctx, customer, contact)
    purpose = wanted or _allowed(ctx, customer, contact, facts)
    refuse_if_stopped(ctx, customer, contact, purpose)
    words = write(purpose, facts, contact.language, ctx.zone_of(contact, customer), ctx.now)
    if words is None:
        raise Refused("draft-no-facts", name=customer.name, purpose=purpose_label(ctx.t, purpose))
    made = Draft(
        id=new_id(),
        customer_id=customer.id,
        contact_id=contact.id,
        staff_id=ctx.me.id,
        channel=place.channel,
        purpose=purpose,
        words=words,
        original=words,
        facts=facts,
        made_at=ctx.now,
        expires_at=ctx.now + ctx.policy.conversation.draft_lifetime,
        writer=writer_of_a_new_draft(ctx),
    )
    ctx.store.drafts.add(made)
    ctx.store.audit.note(ctx.me.id, "drafted", customer.id, ctx.now, customer.id)
    show(ctx, made)
    ask(ctx, made)


def _purpose(ctx: Context, words: str) -> Purpose | None:
    """Read what a draft is for from the words behind the name; none leaves it to the facts."""
    purpose = purpose_named(words) if words else None
    if words and purpose is None:
        known = ", ".join(purpose_label(ctx.t, known) for known in OPENINGS)
        raise Refused("draft-purpose-unknown", line=words[:40], known=known)
    return purpose


def _allowed(ctx: Context, customer: Customer, contact: Contact, facts: Facts) -> Purpose:
    """Let the facts choose; where the contact did not agree to that, a follow-up does as well."""
    purpose = purpose_for(facts)
    return "follow_up" if stopped_by(ctx, customer, contact, purpose) == "no-consent" else purpose


@router.command("draft edit", DraftWords, hidden=True)
def edit(ctx: Context, args: DraftWords) -> None:
    """Change an open draft's words; the first ones are kept beside them."""
    found = _open(ctx, args.draft)
    writer = "model-edited" if found.writer.startswith("model") else "edited"
    show(ctx, _by_person(ctx, found, words=args.words, writer=writer))


@router.command("draft drop", OneDraft, hidden=True)
def drop(ctx: Context, args: OneDraft) -> None:
    """Drop a draft."""
    found = _open(ctx, args.draft)
    dropped = _by_person(ctx, found, state="dropped", decided_by=ctx.me.id, decided_at=ctx.now)
    show(ctx, dropped, "draft-dropped", who=ctx.me.name, when=ctx.now)


@router.command("draft send", OneDraft, hidden=True)
def send(ctx: Context, args: OneDraft) -> None:
    """Send a draft in my name: after the time to think again, and not into the contact's night."""
    found = _open(ctx, args.draft)
    customer, contact = _parties(ctx, found)
    purpose: Any = found.purpose
    refuse_if_stopped(ctx, customer, contact, purpose)
    place = ctx.contact_place(contact, found.channel)
    if place is None:
        raise Refused("draft-unreachable", name=customer.name)
    leaves, disturbed = _leaves_at(ctx, customer, contact, found)
    sent = _by_person(ctx, found, state="sent", decided_by=ctx.me.id, decided_at=ctx.now, channel=place.channel)
    ctx.say(
        place,
        Card(text=sent.words, from_person=ctx.me.name),
        Kind.REPLY,
        key=message_key(sent),
        guards=(f"draft:{sent.id}",),
        receipt=True,
        not_before=leaves,
    )
    _remember(ctx, sent)
    show(ctx, sent, "draft-leaving-quiet" if disturbed else "draft-leaving", undo=True, who=ctx.me.name, when=leaves)


def message_key(sent: Draft) -> str:
    """Name a draft's message; taken back and sent again it is another one."""
    return f"draft:{sent.id}:{sent.version}"


def _leaves_at(ctx: Context, customer: Customer, contact: Contact, found: Draft) -> tuple[datetime, bool]:
    """Tell when the words may leave, and whether that waits for the contact's morning."""
    earliest = ctx.now + ctx.policy.conversation.undo
    marketing = ctx.policy.consent.rule(AS_POLICY_SAYS[found.purpose]).marketing
    leaves = may_disturb(ctx.policy, zone_of(contact.zone or customer.zone), earliest, marketing=marketing)
    return leaves, leaves > earliest


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


@router.command("draft undo", OneDraft, hidden=True)
def undo(ctx: Context, args: OneDraft) -> None:
    """Take back what has not left yet; the draft is open again."""
    found = _visible(ctx, args.draft)
    if found.state != "sent" or not ctx.store.outbox.cancel(message_key(found), now=ctx.now):
        raise Refused("draft-left-already")
    ctx.store.entries.mark(message_key(found), "undone")
    show(ctx, _reopened(ctx, found), "draft-undone", who=ctx.me.name)


def _visible(ctx: Context, id_: str) -> Draft:
    """Find a draft for a customer whom the person who acts may see: owner, group, or their manager.

    Raises:
        Refused: there is none, or it is about somebody else's customer; the words are the same.
    """
    found = ctx.store.drafts.get(id_)
    if found is None or ctx.store.customers.seen_by(ctx.scope, found.customer_id) is None:
        raise Refused("draft-not-found")
    return found


def _open(ctx: Context, id_: str) -> Draft:
    found = _visible(ctx, id_)
    if found.state != "open":
        raise _decided(ctx, found)
    if found.expires_at <= ctx.now:
        raise Refused("draft-decided-expired")
    return found


def _decided(ctx: Context, found: Draft) -> Refused:
    """Say who decided about a draft, and when."""
    by = ctx.store.staff.get(found.decided_by)
    when = ctx.t.moment(found.decided_at or found.expires_at, ctx.zone, ctx.now)
    return Refused(f"draft-decided-{found.state}", who=by.name if by else "", when=when)


def _parties(ctx: Context, found: Draft) -> tuple[Customer, Contact]:
    customer, contact = ctx.store.customers.get(found.customer_id), ctx.store.contacts.get(found.contact_id)
    if customer is None or contact is None:
        raise Refused("draft-not-found")
    return customer, contact


def _changed(ctx: Context, found: Draft, **values: Any) -> Draft:
    """Change a draft.

    Raises:
        Conflict: somebody decided about it meanwhile; what the bot does by itself is then tried again.
    """
    ctx.store.drafts.change(found, **values)
    return replace(found, **values, version=found.version + 1)


def _by_person(ctx: Context, found: Draft, **values: Any) -> Draft:
    """Change a draft for the person who acts, unless somebody was quicker; then say who.

    Raises:
        Refused: somebody decided about it meanwhile.
    """
    if found.writer == "asked":
        values = {"writer": "template"} | values  # what a model says from now on comes too late
    try:
        return _changed(ctx, found, **values)
    except Conflict:
        raise _decided(ctx, ctx.store.drafts.get(found.id) or found) from None


def _reopened(ctx: Context, found: Draft) -> Draft:
    return _changed(ctx, found, state="open", decided_by=None, decided_at=None)


@router.on("draft expired")
def expire(ctx: Context, facts: dict[str, Any]) -> None:
    """End a draft that nobody sent in time."""
    found = ctx.store.drafts.get(facts["draft"])
    if found is not None and found.state == "open" and found.expires_at <= ctx.now:
        expired = _changed(ctx, found, state="expired", decided_at=ctx.now)
        show(ctx, expired, "draft-expired", when=found.expires_at)


@router.on("customer wrote")
def overtake(ctx: Context, facts: dict[str, Any]) -> None:
    """A contact wrote meanwhile: drafts for them end, and what has not left yet stays here."""
    contact_id = str(facts["contact"])
    since = ctx.now - ctx.policy.conversation.draft_lifetime
    waiting = [
        sent
        for sent in ctx.store.drafts.sent_since(contact_id, since)
        if ctx.store.outbox.cancel(message_key(sent), now=ctx.now)
    ]
    for sent in waiting:
        ctx.store.entries.mark(message_key(sent), "undone")
        _tell_held(ctx, sent)
    for found in [*ctx.store.drafts.open_for(contact_id), *waiting]:
        overtaken = _changed(ctx, found, state="overtaken", decided_at=ctx.now)
        show(ctx, overtaken, "draft-overtaken", tone="warn", name=contact_name(ctx, found), when=ctx.now)


def _tell_held(ctx: Context, sent: Draft) -> None:
    """Tell the sender, who believes that it went: edited cards are easily overlooked."""
    sender = ctx.store.staff.get(sent.decided_by)
    customer = ctx.store.customers.get(sent.customer_id)
    if sender is not None and customer is not None:
        text = phrases(sender.language)("draft-held-overtaken", name=contact_name(ctx, sent), customer=customer.name)
        ctx.tell(sender, Card(text=text, tone="warn"), Kind.CARD)


@router.on("news of draft")
def report(ctx: Context, facts: dict[str, Any]) -> None:
    """Note that a draft reached its contact, which may count as a contact; or offer it again if it did not."""
    key = str(facts["key"])
    found = ctx.store.drafts.get(key.split(":")[1])
    if found is None or message_key(found) != key:
        return
    if facts["state"] == "sent":
        ctx.store.entries.mark(key, "delivered")
        _arrived(ctx, found)
    elif facts["state"] in UNSENT:
        ctx.store.entries.mark(key, "failed")
        show(ctx, _reopened(ctx, found), "draft-failed", tone="alarm", name=contact_name(ctx, found))


def _arrived(ctx: Context, found: Draft) -> None:
    customer = ctx.store.customers.get(found.customer_id)
    sender = ctx.store.staff.get(found.decided_by)
    if customer is None or sender is None:
        return
    how = "greeting" if found.purpose == "greeting" else "message"
    touch = Touch(new_id(), customer.id, how, found.words, ctx.now, staff_id=sender.id, contact_id=found.contact_id)
    keep_touch(ctx.store, ctx.policy, customer, touch)
    show(ctx, found, "draft-delivered", tone="good", who=sender.name, when=ctx.now)


@router.guard("draft")
def why_not(store: Store, about: str, around: Surroundings, _now: datetime) -> str | None:
    """Ask in the moment of leaving whether a draft may still go: sent by somebody, to whom it may, not overtaken."""
    found = store.drafts.get(about)
    if found is None or found.state != "sent" or found.decided_at is None:
        return "nobody sends it any more"
    contact = store.contacts.get(found.contact_id)
    if contact is None or store.contacts.address(contact.id, found.channel) is None:
        return "the contact is not in this chat any more"
    rule = around.policy.consent.rule(AS_POLICY_SAYS[found.purpose])
    if rule.capped and contact.opted_out_at is not None:
        return "the contact opted out"
    heard = store.entries.last_heard(contact.id)
    return "the customer wrote meanwhile" if heard is not None and heard > found.decided_at else None
