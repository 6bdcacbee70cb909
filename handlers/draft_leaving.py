"""Leaving: what is asked again when a draft's message leaves, what becomes of it, and who hears if it stays here."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any, Final
from zoneinfo import ZoneInfo

from handlers.cards import Card
from handlers.context import Context, Surroundings
from handlers.draft_cards import contact_name, show
from handlers.draft_permission import Standings
from handlers.draft_sending import UNDECIDED, changed, message_key
from handlers.routing import Router
from prompts.phrases import phrases
from scheduler.cadence import keep_touch
from scheduler.policy.units import zone_of
from storage.columns import new_id
from storage.drafts import Draft
from storage.messages import Kind
from storage.store import Store
from storage.touches import Touch

router = Router("draft leaving")
UNSENT: Final = ("failed", "dead", "suppressed", "expired")
OVERTAKEN: Final = "overtaken"
HELD_BY: Final = frozenset(
    {"opted-out", "no-consent", "complaint", "cap", "unreachable", "late", "stale", "moved", OVERTAKEN}
)
"""What may hold back a message that was sent; each has its phrase `draft-held-…`."""
LATEST: Final = timedelta(days=3)
LASTS: Final = {"apology": timedelta(days=2), "greeting": timedelta(days=1)}
"""So long after the moment they were meant for words are still what was meant; those of some purposes age faster."""


@router.guard("draft")
def why_not(store: Store, about: str, around: Surroundings, now: datetime) -> str | datetime | None:
    """Ask everything again in the moment of leaving; a night that began meanwhile puts the message off.

    The contact is held until this transaction ends, and that the message leaves is noted: of those that leave at once
    by several ways each sees the others.
    """
    found = store.drafts.get(about)
    if found is None or found.state != "sent" or found.decided_at is None:
        return "not-sent"
    contact = store.standings.held([found.contact_id]).get(found.contact_id)
    customer = store.customers.get(found.customer_id)
    if contact is None or customer is None or store.contacts.address(contact.id, found.channel) is None:
        return "unreachable"
    asked = Standings.read(store, around.policy, [(customer, contact)], now).may_leave(customer, contact, found, now)
    zone = zone_of(contact.zone or customer.zone) or around.policy.company.zone
    obstacle = _too_late(store, found, zone, now) or asked.obstacle
    if obstacle is not None:
        return obstacle
    if asked.at > now:
        store.drafts.put_off(found.id, asked.at)
        return asked.at
    store.drafts.let_go(found.id, now)
    return None


def _too_late(store: Store, found: Draft, zone: ZoneInfo, now: datetime) -> str | None:
    """Tell what has outrun a message while the bot was down: words of its contact, a greeting's day, its own facts."""
    decided = found.decided_at or now
    heard = store.entries.last_heard(found.contact_id)
    if heard is not None and heard > decided:
        return OVERTAKEN
    day = found.facts.get("occasion_day") if found.purpose == "greeting" else None
    if day is not None:
        return "late" if now.astimezone(zone).date() > date.fromisoformat(day) else None
    return "stale" if now > max(decided, found.leaves_at or decided) + LASTS.get(found.purpose, LATEST) else None


@router.on("draft expired")
def expire(ctx: Context, facts: dict[str, Any]) -> None:
    """End a draft that nobody sent in time; its standing card says so, and the morning tells."""
    found = ctx.store.drafts.get(facts["draft"])
    if found is not None and found.state == "open" and found.expires_at <= ctx.now:
        expired = changed(ctx, found, state="expired", decided_at=ctx.now)
        show(ctx, expired, "draft-expired", standing=True, when=found.expires_at)
        ctx.note("draft ended", draft=found.id)


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
        _tell_held(ctx, sent, OVERTAKEN)
    for found in [*ctx.store.drafts.open_for(contact_id), *waiting]:
        _end_overtaken(ctx, found)


def _end_overtaken(ctx: Context, found: Draft) -> None:
    values = UNDECIDED | {"state": OVERTAKEN, "decided_by": found.decided_by, "decided_at": ctx.now}
    gone = changed(ctx, found, **values)
    show(ctx, gone, "draft-overtaken", tone="warn", standing=True, name=contact_name(ctx, found), when=ctx.now)
    ctx.note("draft ended", draft=found.id)


def _tell_held(ctx: Context, sent: Draft, why: str) -> None:
    """Tell the sender, who believes that it went, why it did not: edited cards are easily overlooked."""
    sender = ctx.store.staff.stand_in(ctx.store.staff.get(sent.decided_by), ctx.now)
    customer = ctx.store.customers.get(sent.customer_id)
    t = phrases(sender.language) if sender else ctx.team_phrases(None)
    names = {"name": contact_name(ctx, sent), "customer": customer.name if customer else ""}
    card = Card(text=t(f"draft-held-{why}", **names), tone="warn")
    if sender is None or not ctx.tell(sender, card, Kind.CARD):
        ctx.say(ctx.team_place(None), card, Kind.CARD)


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
        _stay(ctx, found, str(facts.get("error")))


def _stay(ctx: Context, found: Draft, why: str) -> None:
    """Keep a draft whose message stayed here, open for another try unless the customer was quicker; say why."""
    why = why if why in HELD_BY else "failed"
    _tell_held(ctx, found, why)
    if why == OVERTAKEN:
        _end_overtaken(ctx, found)
        return
    again = changed(ctx, found, **UNDECIDED)
    state, tone = ("draft-failed", "alarm") if why == "failed" else ("draft-stayed", "warn")
    show(ctx, again, state, tone=tone, standing=True, name=contact_name(ctx, found))  # type: ignore[arg-type]


def _arrived(ctx: Context, found: Draft) -> None:
    customer = ctx.store.customers.get(found.customer_id)
    sender = ctx.store.staff.get(found.decided_by)
    if customer is None or sender is None:
        return
    how = "greeting" if found.purpose == "greeting" else "message"
    touch = Touch(new_id(), customer.id, how, found.words, ctx.now, staff_id=sender.id, contact_id=found.contact_id)
    keep_touch(ctx.store, ctx.policy, customer, touch)
    show(ctx, found, "draft-delivered", tone="good", standing=True, who=sender.name, when=ctx.now)
