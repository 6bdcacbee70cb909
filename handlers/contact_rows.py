"""What cards say of a contact: how they are reached, when they like it, and who may be the same person."""

from __future__ import annotations

import re
from collections.abc import Sequence

from handlers.agreement_rows import contact_line
from handlers.cards import Button, Row
from handlers.claims import claims_said
from handlers.context import Context
from handlers.liking import preference_line
from prompts.phrases import Phrases
from storage.contacts import SAME_DIGITS, Contact
from storage.tickets import RUNNING


def channels_of(ctx: Context, t: Phrases, contact: Contact) -> str:
    """Name the channels on which a contact is reached, the one they wrote on last first, then those they closed."""
    known = [t(f"channel-{channel}") for channel in ctx.store.contacts.channels(contact.id)]
    closed = ctx.store.contacts.closed_channels(contact.id)
    known += [t("who-closed-channel", channel=t(f"channel-{channel}")) for channel in closed]
    return " · ".join(known) or t("who-no-channel")


def contact_row(ctx: Context, contact: Contact, among: Sequence[Contact]) -> Row:
    """Show one contact of a customer, with what can be said about who they are."""
    line = contact_line(ctx, contact, channels_of(ctx, ctx.t, contact))
    liked = preference_line(ctx, contact)
    twin = next((other for other in among if _is_asked(ctx, contact, other)), None)
    buttons = []
    if twin is not None:
        args = {"contact": contact.id, "other": twin.id}
        buttons.append(Button(label=ctx.t("contact-same-question"), command="contact join", args=args))
    if ctx.store.joins.of(contact.id):
        buttons.append(Button(label=ctx.t("contact-split-deed"), command="contact split", args={"contact": contact.id}))
    said = [line, *filter(None, (liked, _tags_said(ctx, contact), _claims_line(ctx, ctx.t, contact)))]
    return Row(text="\n".join(said), buttons=tuple(buttons))


def _tags_said(ctx: Context, contact: Contact) -> str:
    """Say which tags colleagues gave a contact in WeCom, and who did."""
    found = []
    for one in ctx.store.followings.of_contacts([contact.id]):
        person = ctx.store.staff.at("wecom", one.userid)
        found += [f"{tag} ({person.name if person else one.userid})" for tag in one.tags]
    return ctx.t("contacts-tags-said", tags=" · ".join(found)) if found else ""


def _claims_line(ctx: Context, t: Phrases, contact: Contact) -> str:
    claims = claims_said(ctx, t, contact)
    return t("contact-claims", claims=claims) if claims else ""


def _is_asked(ctx: Context, contact: Contact, other: Contact) -> bool:
    """Ask about each pair once, at the later met of the two, and never again after somebody said that they are two."""
    later = bool(contact.met_at and other.met_at) and (contact.met_at, contact.id) > (other.met_at, other.id)
    return later and bool(likeness(contact, other)) and not ctx.store.joins.are_apart(contact.id, other.id)


def likeness(one: Contact, other: Contact) -> list[str]:
    """Name what speaks for two contacts being one person; no such thing ever joins them by itself."""
    found = []
    if digits(one.phone) and digits(one.phone) == digits(other.phone):
        found.append("phone")
    if one.name and one.name.casefold() == (other.name or "").casefold() and one.customer_id == other.customer_id:
        found.append("name")
    return found


def digits(phone: str | None) -> str:
    """Give the digits by which a phone number is compared."""
    return re.sub(r"\D", "", phone or "")[-SAME_DIGITS:]


def side_row(ctx: Context, t: Phrases, zone: str, contact: Contact) -> Row:
    """Show one of two who may be one person: who, where, since when, and what is open."""
    customer = ctx.store.customers.get(contact.customer_id)
    last = ctx.store.entries.last_heard(contact.id)
    numbers = [
        ticket.number for ticket in ctx.store.tickets.open_of(contact.id) if ticket.status in (*RUNNING, "waiting")
    ]
    text = t(
        "contact-side",
        name=contact.name or t("contact-unknown"),
        customer=customer.name if customer else t("contact-stranger"),
        channels=channels_of(ctx, t, contact),
        met=t.day(contact.met_at, zone, ctx.now) if contact.met_at else "—",
        last=t.day(last, zone, ctx.now) if last else "—",
        requests=", ".join(numbers) or "—",
        out="yes" if contact.opted_out_at else "no",
    )
    return Row(text="\n".join(filter(None, (text, _claims_line(ctx, t, contact)))))
