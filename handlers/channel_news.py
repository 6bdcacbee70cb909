"""News of channels: one that went down or came back, a clock that is wrong, words that a platform does not take yet."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from handlers.answer_windows import SERVED_FROM, channel_name
from handlers.cards import Card
from handlers.context import Context, Place
from handlers.routing import Router
from prompts.phrases import Phrases, phrases
from storage.contacts import Contact
from storage.messages import Kind
from storage.staff import Person

router = Router("channel news")
KNOWN = (
    *("auth", "scope", "forbidden", "rival", "address", "ip"),
    *("half set", "neither set", "bad setting"),
    "away",
)
"""The causes that have words of their own; any other is a name of ours for what went wrong."""


@router.on("channel down")
def warn(ctx: Context, facts: dict[str, Any]) -> None:
    """Tell the admins of a channel that does not work, once, wherever else they are reached.

    They hear again if by now something else is wrong that somebody has to mend.
    """
    channel, why, missing = str(facts["channel"]), str(facts["why"]), str(facts.get("missing") or "")
    known = ctx.store.settings.get(_mark(channel))
    if known and (not facts.get("lasts") or known.get("why") == why):
        return
    ctx.store.settings.set(_mark(channel), {"since": known["since"] if known else ctx.now.isoformat(), "why": why})
    cause = why.replace(" ", "-") if why in KNOWN else "other"
    for admin in _admins(ctx):
        t = phrases(admin.language)
        where = channel_name(t, channel)
        text = t("channel-down", channel=where, cause=cause, why=why, missing=missing, named="yes" if missing else "no")
        _tell(ctx, admin, Card(text=text, tone="alarm"), channel)


@router.on("channel up")
def reassure(ctx: Context, facts: dict[str, Any]) -> None:
    """Tell those who heard that a channel was down that it works again."""
    channel = str(facts["channel"])
    known = ctx.store.settings.take(_mark(channel))
    if not known:
        return
    since = datetime.fromisoformat(known["since"])
    for admin in _admins(ctx):
        t = phrases(admin.language)
        text = t("channel-up", channel=channel_name(t, channel), since=t.moment(since, admin.zone, ctx.now))
        _tell(ctx, admin, Card(text=text, tone="good"), channel)


@router.on("clock off")
def warn_of_clock(ctx: Context, facts: dict[str, Any]) -> None:
    """Tell the admins that a platform's clock differs from this machine's, once for each thing that this may mean."""
    channel, cause = str(facts["channel"]), str(facts["cause"])
    known = ctx.store.settings.get(_clock_mark(channel))
    if known and known["cause"] == cause:
        return
    ctx.store.settings.set(_clock_mark(channel), {"cause": cause})
    for admin in _admins(ctx):
        t = phrases(admin.language)
        ahead = "yes" if facts["ahead"] else "no"
        text = t("clock-off", channel=channel_name(t, channel), cause=cause, minutes=facts["minutes"], ahead=ahead)
        _tell(ctx, admin, Card(text=text, tone="alarm"), channel)


@router.on("clock right")
def reassure_of_clock(ctx: Context, facts: dict[str, Any]) -> None:
    """Tell those who heard that a clock was wrong that it is right again."""
    channel = str(facts["channel"])
    if not ctx.store.settings.take(_clock_mark(channel)):
        return
    for admin in _admins(ctx):
        t = phrases(admin.language)
        text = t("clock-right", channel=channel_name(t, channel))
        _tell(ctx, admin, Card(text=text, tone="good"), channel)


def _mark(channel: str) -> str:
    return f"channel down {channel}"


def _clock_mark(channel: str) -> str:
    return f"clock off {channel}"


def _admins(ctx: Context) -> list[Person]:
    return [person for person in ctx.store.staff.everyone() if person.active and person.role == "admin"]


def _tell(ctx: Context, person: Person, card: Card, broken: str) -> None:
    """Say something to somebody elsewhere than on the channel that is broken; in the console at least."""
    known = ctx.store.staff.addresses(person.id)
    others = sorted((ctx.around.channels & known.keys()) - {broken, "web"})
    place = Place(others[0], known[others[0]]) if others else Place("web", f"staff:{person.id}")
    ctx.say(place, card, Kind.ESCALATION)


@router.on("message held")
def explain(ctx: Context, facts: dict[str, Any]) -> None:
    """Tell whoever answers for a customer that words wait until they write again, and why."""
    channel, address = str(facts["channel"]), str(facts["address"])
    contact = ctx.store.contacts.at(channel, address)
    window = ctx.around.windows.get(channel)
    if contact is None or (window is None and facts.get("cause") != "quota"):
        return
    until = datetime.fromisoformat(facts["until"])
    person = _answerable(ctx, contact)
    t = phrases(person.language) if person else ctx.team_phrases(None)
    text = t(
        "message-held",
        name=contact.name or t("contact-unknown"),
        channel=channel_name(t, channel),
        messages=window.messages if window else 0,
        hours=int(window.span.total_seconds() // 3600) if window else 0,
        cause=facts.get("cause") or ("full" if until > ctx.now else "late"),
        until=t.moment(until, person.zone if person else ctx.zone, ctx.now),
        who=_holder(ctx, t, channel, str(facts.get("who") or "")),
    )
    card = Card(text=text, tone="warn")
    if person is None or not ctx.tell(person, card, Kind.ESCALATION):
        ctx.say(ctx.team_place(None), card, Kind.ESCALATION)


def _holder(ctx: Context, t: Phrases, channel: str, userid: str) -> str:
    """Name the colleague who has a chat in person."""
    person = ctx.store.staff.at(SERVED_FROM.get(channel, channel), userid) if userid else None
    return person.name if person else t("kf-somebody")


def _answerable(ctx: Context, contact: Contact) -> Person | None:
    """Find who answers for a contact: for their open request, else for their customer."""
    tickets = ctx.store.tickets.open_of(contact.id)
    customer = ctx.store.customers.get(contact.customer_id)
    owner_id = next((ticket.owner_id for ticket in tickets if ticket.owner_id), customer.owner_id if customer else None)
    return ctx.store.staff.stand_in(ctx.store.staff.get(owner_id), ctx.now)
